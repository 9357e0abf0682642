import { JSONExt } from '@lumino/coreutils';
import type { ReadonlyJSONObject } from '@lumino/coreutils';

import { keyOf } from './judgements';
import type { IExercisesClient, INotebook } from './tokens';
import type { CellTag, ExerciseInfo, ExercisesAnswer } from './wire';

/** What the server says of the notebook's exercises. */
export class Listing {
  constructor(
    private readonly _notebook: INotebook,
    private readonly _client: IExercisesClient
  ) {}

  /** Null until the server has answered, and where there is nothing to ask about. */
  get answer(): ExercisesAnswer | null {
    return this._answer;
  }

  get infos(): readonly ExerciseInfo[] {
    return this._answer?.exercises ?? [];
  }

  /** The exercises that the server knows and the notebook still holds, in the order of the cells. */
  get shown(): readonly ExerciseInfo[] {
    const infos = new Map(this.infos.map(info => [keyOf(info), info]));
    return this._notebook.tags.flatMap(tag => infos.get(keyOf(tag)) ?? []);
  }

  /** Their tags. */
  get known(): readonly CellTag[] {
    const infos = new Set(this.infos.map(keyOf));
    return this._notebook.tags.filter(tag => infos.has(keyOf(tag)));
  }

  /** The scratch cells of a second time. */
  get reviews(): ReadonlySet<string> {
    const reviews = this._notebook.tags.filter(tag => tag.review);
    return new Set(reviews.map(tag => tag.cell_id));
  }

  /** Ask; tells whether the answer was taken: one that a newer question overtook is not. */
  async read(): Promise<boolean> {
    const request = (this._request += 1);
    const { path, course, unit } = this._notebook;
    const cells = [...this._notebook.tags];
    const answer =
      cells.length > 0 || course !== null
        ? await this._client.exercises({ path, cells, course, unit })
        : null;
    if (request !== this._request) {
      return false;
    }
    this._answer = answer && this._kept(answer);
    return true;
  }

  /** The answer with what it says again as it was: only what changed is drawn anew. */
  private _kept(answer: ExercisesAnswer): ExercisesAnswer {
    const known = new Map(this.infos.map(info => [keyOf(info), info]));
    const exercises = answer.exercises.map(info => {
      const before = known.get(keyOf(info));
      return before && isSame(before, info) ? before : info;
    });
    return { ...answer, exercises };
  }

  private _answer: ExercisesAnswer | null = null;
  private _request = 0;
}

function isSame(one: ExerciseInfo, other: ExerciseInfo): boolean {
  return JSONExt.deepEqual(
    one as unknown as ReadonlyJSONObject,
    other as unknown as ReadonlyJSONObject
  );
}
