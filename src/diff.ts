/** A run of lines: in both texts, or a change of some of the old into some of the new. */
export type DiffBlock =
  | { kind: 'same'; lines: string[] }
  | { kind: 'change'; removed: string[]; added: string[] };

/** How to come from one text to the other, line by line; spaces at the end of a line do not count. */
export function diffLines(before: string, after: string): DiffBlock[] {
  const old = linesOf(before);
  const now = linesOf(after);
  const blocks: DiffBlock[] = [];
  const shared = commonLengths(old, now);
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      same(blocks).push(now[j]);
      i++;
      j++;
    } else if (
      i < old.length &&
      (j >= now.length || shared[i + 1][j] >= shared[i][j + 1])
    ) {
      change(blocks).removed.push(old[i]);
      i++;
    } else {
      change(blocks).added.push(now[j]);
      j++;
    }
  }
  return blocks;
}

/** Lines without what nobody sees: spaces at their ends, and empty lines at the ends of the text. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).map(line => line.trimEnd());
  while (lines.length && lines[0] === '') {
    lines.shift();
  }
  while (lines.at(-1) === '') {
    lines.pop();
  }
  return lines;
}

/** At [i][j] the length of the longest common subsequence of what follows these places. */
function commonLengths(
  old: readonly string[],
  now: readonly string[]
): Uint32Array[] {
  const lengths = Array.from(
    { length: old.length + 1 },
    () => new Uint32Array(now.length + 1)
  );
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      lengths[i][j] =
        old[i] === now[j]
          ? lengths[i + 1][j + 1] + 1
          : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

function same(blocks: DiffBlock[]): string[] {
  const last = blocks.at(-1);
  if (last?.kind === 'same') {
    return last.lines;
  }
  const lines: string[] = [];
  blocks.push({ kind: 'same', lines });
  return lines;
}

function change(blocks: DiffBlock[]): { removed: string[]; added: string[] } {
  const last = blocks.at(-1);
  if (last?.kind === 'change') {
    return last;
  }
  const block = { kind: 'change' as const, removed: [], added: [] };
  blocks.push(block);
  return block;
}
