import type { TranslationBundle } from '@jupyterlab/translation';

import type { INotebook } from './tokens';
import type { CellTag, Missing, Problem } from './wire';

/** What is wrong with the notebook's tags or with a module, and what a click can mend. */
export interface IRepair {
  readonly message: string;
  readonly fix: string;
  readonly exercise: string | null;
  /** The cell that it is about. */
  readonly cellId: string | null;
  /** Whether the module is missing or broken that the cell's tag names. */
  readonly isOfModule?: boolean;
  readonly actions: readonly IRepairAction[];
}

export interface IRepairAction {
  /** What it stays the same by while its words change; its words where they do not. */
  readonly key?: string;
  readonly label: string;
  /** What the click does, where the label alone does not say it. */
  readonly title: string;
  run(): void | Promise<void>;
}

interface ICircumstances {
  readonly notebook: INotebook;
  readonly problems: readonly Problem[];
  readonly missing: readonly Missing[];
  readonly activeCellId: string | null;
  readonly trans: TranslationBundle;
}

/** Everything that is wrong, in the order of the cells; lost cells come last. */
export function findRepairs(now: ICircumstances): IRepair[] {
  const twice = duplicates(now.notebook.tags);
  return [
    ...[...twice].map(([exercise, cells]) => duplicate(exercise, cells, now)),
    ...now.problems
      .filter(({ exercise }) => !exercise || !twice.has(exercise))
      .map(problem => ofProblem(problem, now)),
    ...now.missing.map(missing => lost(missing, now))
  ];
}

/** The exercises that several cells are tagged with, scratch cells aside. */
export function duplicates(
  tags: readonly CellTag[]
): ReadonlyMap<string, readonly string[]> {
  const cells = new Map<string, string[]>();
  for (const { exercise, cell_id } of tags.filter(tag => !tag.review)) {
    cells.set(exercise, [...(cells.get(exercise) ?? []), cell_id]);
  }
  return new Map([...cells].filter(([, found]) => found.length > 1));
}

function duplicate(
  exercise: string,
  cells: readonly string[],
  { notebook, activeCellId, trans }: ICircumstances
): IRepair {
  const actions = cells.flatMap((cellId, index) => {
    const name = copyName(cells, index, notebook, trans);
    const use = {
      key: `use ${cellId}`,
      label:
        cellId === activeCellId
          ? trans.__('Use the selected cell')
          : trans.__('Use %1', name),
      title: trans.__('Takes the tag from the others; no text is changed'),
      run: () =>
        cells
          .filter((_, other) => other !== index)
          .forEach(other => notebook.untag(other, exercise))
    };
    const look = {
      key: `look ${cellId}`,
      label: trans.__('Go to %1', name),
      title: '',
      run: () => notebook.select(cellId)
    };
    return cellId === activeCellId ? [use] : [use, look];
  });
  return {
    message: trans.__(
      '%1 cells have the tag exercise:%2.',
      String(cells.length),
      exercise
    ),
    fix: trans.__('The first one counts. Which one is your answer?'),
    exercise,
    cellId: cells[1],
    actions
  };
}

/** What a person finds a copy by: the number beside it, or its place among the copies. */
function copyName(
  cells: readonly string[],
  index: number,
  notebook: INotebook,
  trans: TranslationBundle
): string {
  const counts = cells.map(cellId => notebook.executionCount(cellId));
  const count = counts[index];
  // A pasted copy brings the number with it.
  if (count !== null && counts.filter(each => each === count).length === 1) {
    return `[${count}]`;
  }
  if (index === cells.length - 1) {
    return index === 1
      ? trans.__('the second, below')
      : trans.__('the last, furthest down');
  }
  switch (index) {
    case 0:
      return trans.__('the first, above');
    case 1:
      return trans.__('the second');
    case 2:
      return trans.__('the third');
    default:
      return trans.__('number %1 from the top', String(index + 1));
  }
}

function ofProblem(
  { message, fix, exercise, cell_id }: Problem,
  { notebook, trans }: ICircumstances
): IRepair {
  const actions =
    exercise && cell_id
      ? [
          {
            label: trans.__('Go to the cell'),
            title: '',
            run: () => notebook.select(cell_id)
          },
          {
            label: trans.__('Remove the tag'),
            title: trans.__('The cell stays; it is no exercise any more'),
            run: () => notebook.untag(cell_id, exercise)
          }
        ]
      : [];
  return {
    message,
    fix,
    exercise: exercise ?? null,
    cellId: cell_id ?? null,
    isOfModule: actions.length > 0,
    actions
  };
}

function lost(
  { exercise, title, names, starter }: Missing,
  { notebook, trans }: ICircumstances
): IRepair {
  const cellId = definingCell(notebook, names);
  return {
    message: trans.__('No cell has the exercise “%1”.', title),
    fix:
      cellId === null
        ? trans.__('Put its starter back in a new cell at the end.')
        : trans.__('A cell defines %1: is it the answer?', names.join(', ')),
    exercise,
    cellId,
    actions:
      cellId === null
        ? [
            {
              label: trans.__('Put it back'),
              title: '',
              run: () => notebook.insert(null, starter, `exercise:${exercise}`)
            }
          ]
        : [
            {
              label: trans.__('Tag that cell'),
              title: '',
              run: () => {
                notebook.tag(cellId, `exercise:${exercise}`);
                return notebook.select(cellId);
              }
            }
          ]
  };
}

/** The last cell without an exercise that defines one of the names at top level. */
function definingCell(
  notebook: INotebook,
  names: readonly string[]
): string | null {
  const tagged = new Set(notebook.tags.map(tag => tag.cell_id));
  const found = [...notebook.sources()].filter(
    ([id, source]) =>
      !tagged.has(id) && names.some(name => defines(source, name))
  );
  return found.pop()?.[0] ?? null;
}

/** Whether a text defines a name at top level. */
export function defines(source: string, name: string): boolean {
  const quoted = name.replace(/[^\w]/g, '');
  return new RegExp(
    `^(?:(?:async\\s+)?def\\s+${quoted}\\b|class\\s+${quoted}\\b|${quoted}\\s*(?::[^=\\n]*)?=(?!=))`,
    'm'
  ).test(source);
}
