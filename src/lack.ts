import { defines } from './repairs';
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
  const found = [...sources].find(
    ([cellId, source]) =>
      cellId !== report.cell_id &&
      (defines(source, name) || imports(source, name))
  );
  return found ? { name, cellId: found[0] } : null;
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

function imports(source: string, name: string): boolean {
  return source
    .split('\n')
    .some(line =>
      new RegExp(`^(?:import|from)\\s.*\\b${name}\\s*(?:,|#|$)`).test(line)
    );
}
