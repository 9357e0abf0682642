import type { DiffBlock } from '../diff';
import { diffLines } from '../diff';

/** The blocks as a unified diff writes them. */
function unified(blocks: readonly DiffBlock[]): string[] {
  return blocks.flatMap(block =>
    block.kind === 'same'
      ? block.lines.map(line => `  ${line}`)
      : [
          ...block.removed.map(line => `- ${line}`),
          ...block.added.map(line => `+ ${line}`)
        ]
  );
}

describe('diffLines', () => {
  it('keeps what is common, and names what changed', () => {
    const before = 'def f(x):\n    y = x\n    return y';
    const after = 'def f(x):\n    y = x + 1\n    # Done.\n    return y';
    expect(unified(diffLines(before, after))).toEqual([
      '  def f(x):',
      '-     y = x',
      '+     y = x + 1',
      '+     # Done.',
      '      return y'
    ]);
  });

  it('keeps the most lines that can be kept, not the first', () => {
    expect(unified(diffLines('x\na\nb\nc', 'a\nb\nc\nx'))).toEqual([
      '- x',
      '  a',
      '  b',
      '  c',
      '+ x'
    ]);
  });

  it('changes nothing where only what nobody sees differs', () => {
    expect(diffLines('\na = 1  \r\nb\n\n', 'a = 1\nb')).toEqual([
      { kind: 'same', lines: ['a = 1', 'b'] }
    ]);
    expect(diffLines('', ' \n')).toEqual([]);
  });

  it('knows texts of which one is empty', () => {
    expect(diffLines('', 'a\nb')).toEqual([
      { kind: 'change', removed: [], added: ['a', 'b'] }
    ]);
    expect(diffLines('a', '')).toEqual([
      { kind: 'change', removed: ['a'], added: [] }
    ]);
  });

  it('gives both texts back, whatever they are', () => {
    const texts = ['a\nb\na', 'b\nb', 'x\na\nb\ny', 'a\n  a\n\na', 'c'];
    for (const before of texts) {
      for (const after of texts) {
        const blocks = diffLines(before, after);
        const side = (name: 'removed' | 'added'): string =>
          blocks
            .flatMap(each => (each.kind === 'same' ? each.lines : each[name]))
            .join('\n');
        expect(side('removed')).toBe(before);
        expect(side('added')).toBe(after);
      }
    }
  });
});
