import type { ICellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type { CellTag } from './wire';

/** The exercises that the tags of a cell name; only code can be an answer. */
export function exercisesOf(cell: ICellModel): CellTag[] {
  const found = new Map<string, CellTag>();
  for (const tag of cell.type === 'code' ? tagsOf(cell) : []) {
    const named = parseTag(cell.id, tag);
    if (named && !found.has(named.exercise)) {
      found.set(named.exercise, named);
    }
  }
  return [...found.values()];
}

export function tagsOf(cell: ICellModel): string[] {
  const tags: unknown = cell.getMetadata('tags');
  return Array.isArray(tags)
    ? tags.filter((tag): tag is string => typeof tag === 'string')
    : [];
}

/** What a tag says of its cell: `exercise:` its answer, `review:` a scratch cell for a second time. */
export function parseTag(cellId: string, tag: string): CellTag | null {
  const [, kind, name] = /^(exercise|review):\s*(\S.*?)\s*$/.exec(tag) ?? [];
  return name === undefined
    ? null
    : kind === 'review'
      ? { cell_id: cellId, exercise: name, review: true }
      : { cell_id: cellId, exercise: name };
}

/** What a notebook's metadata says under `math4ml`. */
export function metadataOf(
  model: INotebookModel,
  key: 'course' | 'unit'
): string | null {
  const ours: unknown = model.getMetadata('math4ml');
  const value = (ours as ReadonlyPartialJSONObject | undefined)?.[key];
  return typeof value === 'string' && value !== '' ? value : null;
}
