import type { Report } from './wire';

/** A name that the answer lacked although another cell of the notebook defines it. */
export interface ILack {
  readonly name: string;
  readonly cellId: string;
}

/** Why the answer really failed, where all that it lacks is a cell that has not run in this kernel. */
export function findLack(
  report: Report | null,
  sources: ReadonlyMap<string, string>
): ILack | null {
  const name = report && missingName(report);
  if (!report || !name) {
    return null;
  }
  const found = [...definedNames(sources)].find(
    ([cellId, names]) => cellId !== report.cell_id && names.includes(name)
  );
  return found ? { name, cellId: found[0] } : null;
}

/** The names that each cell defines at top level; cells that define none are left out. */
export function definedNames(
  sources: ReadonlyMap<string, string>
): ReadonlyMap<string, string[]> {
  const found = [...sources].map(([cellId, source]): [string, string[]] => [
    cellId,
    namesIn(source)
  ]);
  return new Map(found.filter(([, names]) => names.length > 0));
}

const STATEMENT =
  /^(?:(?:async[ \t]+)?def[ \t]+(\w+)|class[ \t]+(\w+)|import[ \t]+([^#;\n]+)|from[ \t]+\S+[ \t]+import[ \t]+(?:\(([^)]*)\)|([^#;\n(]+))|((?:\w+[ \t]*,[ \t]*)*\w+)[ \t]*,?[ \t]*(?::[^=\n]*)?=(?!=))/gm;

function namesIn(source: string): string[] {
  return [...source.matchAll(STATEMENT)].flatMap(
    ([, func, type, modules, several, members, targets]) => {
      if (func || type) {
        return [func || type];
      }
      if (modules) {
        return modules.split(',').map(one => bound(one).split('.')[0]);
      }
      return (several ?? members ?? targets)
        .replace(/#.*/g, '')
        .split(',')
        .map(bound)
        .filter(name => /^\w+$/.test(name));
    }
  );
}

/** The name that a part of an import binds. */
function bound(part: string): string {
  return (
    part
      .trim()
      .split(/\s+as\s+/)
      .pop() ?? ''
  );
}

function missingName({ outcome, checks }: Report): string | null {
  if (outcome.kind === 'lacks') {
    return outcome.names[0] ?? null;
  }
  const error =
    outcome.kind === 'cell_raised'
      ? outcome.error
      : checks.find(({ name, state }) => name === 'runs' && state === 'failed')
          ?.measurement;
  return (
    /^NameError: name '(\w+)' is not defined/.exec(error ?? '')?.[1] ?? null
  );
}
