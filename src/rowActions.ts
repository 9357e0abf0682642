import type { Drafts } from './components/drafts';
import type { Expansion } from './expansion';
import type { Judgements } from './judgements';
import { keyOf } from './judgements';
import type { Topic } from './notices';
import { refusalOf } from './notices';
import type { Questions } from './questions';
import type { IRow } from './row';
import type { IExercisesClient, INotebook } from './tokens';
import type { Value } from './said';
import type { Clip, EarlierAnswer, ExercisesAnswer, Refusal } from './wire';

/** What the actions work on. */
export interface IActionContext {
  readonly notebook: INotebook;
  readonly client: IExercisesClient;
  readonly judgements: Judgements;
  readonly questions: Questions;
  readonly expansion: Expansion;
  listing(): ExercisesAnswer | null;
  /** The next exercise that is not passed yet. */
  next(row: IRow): IRow | null;
  attempt(action: () => Promise<unknown>, topic?: Topic): Promise<void>;
  emit(): void;
}

/** What a row can be asked to do. What goes wrong is shown, never thrown. */
export class RowActions {
  constructor(private readonly _context: IActionContext) {}

  /** Earlier answers by row, where they were asked for. */
  get earlier(): ReadonlyMap<string, readonly EarlierAnswer[]> {
    return this._earlier;
  }

  /** What was begun in the row's questions. */
  drafts({ key }: IRow): Drafts {
    const drafts = this._drafts.get(key) ?? new Map<string, unknown>();
    this._drafts.set(key, drafts);
    return drafts;
  }

  /** Select the row's cell, and show the row's details. */
  async select(row: IRow): Promise<void> {
    this._context.expansion.toggle(row);
    this._context.emit();
    if (!row.isActive) {
      await this.goTo(row);
    }
  }

  reveal(row: IRow, line: number): Promise<void> {
    const { attempt, notebook } = this._context;
    return attempt(() => notebook.reveal(row.info.cell_id, line));
  }

  cancel(row: IRow): Promise<void> {
    const pending = this._context.judgements.pending(row.key);
    return this._context.attempt(async () => pending?.run.cancel());
  }

  /** Open the next hint of the ladder that the row's report names; the solution only if that is confirmed. */
  openHint(row: IRow, confirmed = false): Promise<void> {
    const { attempt, client, judgements, emit, listing } = this._context;
    const ladder = row.report?.ladder;
    const course = listing()?.course;
    return attempt(async () => {
      if (!ladder || course === undefined) {
        return;
      }
      const { exercise } = row.info;
      const key = ladder.key;
      judgements.climb(
        row.key,
        await client.hint({ course, exercise, ladder: key, confirmed })
      );
      emit();
    }, 'hint');
  }

  /** Send an answer; tells why it was refused, where it was. */
  async answer(
    row: IRow,
    question: string,
    value: Value
  ): Promise<Refusal | null> {
    const { client, questions, judgements, notebook, emit } = this._context;
    try {
      const answered = await client.answer({
        path: notebook.path,
        exercise: row.info.exercise,
        question,
        value,
        kernel_id: notebook.kernelId
      });
      questions.set(row.key, answered);
      judgements.solvePuzzle(row.key, answered);
      emit();
      return null;
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** Fetch the earlier answers of a row. */
  recall(row: IRow): Promise<void> {
    const { attempt, client, notebook, emit } = this._context;
    return attempt(async () => {
      const { attempts } = await client.attempts({
        path: notebook.path,
        exercise: row.info.exercise
      });
      this._remember(row, attempts);
      emit();
    });
  }

  /** A passage of a video was opened; nobody waits for this to be known. */
  async watch({ info }: IRow, clip: Clip): Promise<void> {
    const { client, listing } = this._context;
    const course = listing()?.course;
    if (course !== undefined) {
      const { title, start } = clip;
      const opened = { course, exercise: info.exercise, title, start };
      await client.clip(opened).catch(() => undefined);
    }
  }

  /** Put the starter back; what stood there is kept among the earlier answers. */
  startOver(row: IRow): Promise<void> {
    return this.restore(row, row.info.starter ?? '');
  }

  /** Put an earlier text into the cell; what stood there is kept among the earlier answers. */
  restore(row: IRow, source: string): Promise<void> {
    const { attempt, notebook, emit } = this._context;
    return attempt(async () => {
      const replaced = notebook.source(row.info.cell_id) ?? '';
      if (replaced.trim() !== '' && replaced !== source) {
        const at = Date.now() / 1000;
        this._replaced.set(row.key, [
          { at, outcome: 'replaced', source: replaced },
          ...(this._replaced.get(row.key) ?? [])
        ]);
        this._remember(row, this._recorded.get(row.key) ?? []);
      }
      notebook.write(row.info.cell_id, source);
      await notebook.select(row.info.cell_id);
      emit();
    });
  }

  /** Write a revealed exercise once more, from its starter, in a scratch cell below. */
  review(row: IRow): Promise<void> {
    const { attempt, notebook } = this._context;
    const { cell_id, exercise, starter } = row.info;
    return attempt(() =>
      notebook.insert(cell_id, starter ?? '', `review:${exercise}`)
    );
  }

  /** Go to the next exercise that is not passed yet, to work in its cell. */
  async goOn(row: IRow): Promise<void> {
    const { expansion, notebook, emit } = this._context;
    const next = this._context.next(row);
    if (next) {
      expansion.open(next.key);
      emit();
      await this.goTo(next);
      notebook.focus();
    }
  }

  hasNext(row: IRow): boolean {
    const next = this._context.next(row);
    return next !== null && next.key !== row.key;
  }

  /** Go to the row's cell. */
  goTo({ info }: IRow): Promise<void> {
    const { attempt, notebook } = this._context;
    return attempt(() => notebook.select(info.cell_id));
  }

  /** Go to the cell that has what the answer lacked. */
  async goToLack({ lack }: IRow): Promise<void> {
    const { attempt, notebook } = this._context;
    if (lack) {
      await attempt(() => notebook.select(lack.cellId));
    }
  }

  private _remember(row: IRow, attempts: readonly EarlierAnswer[]): void {
    this._recorded.set(row.key, attempts);
    this._earlier.set(keyOf(row.info), [
      ...(this._replaced.get(row.key) ?? []),
      ...attempts
    ]);
  }

  private readonly _earlier = new Map<string, readonly EarlierAnswer[]>();
  private readonly _drafts = new Map<string, Drafts>();
  private readonly _recorded = new Map<string, readonly EarlierAnswer[]>();
  private readonly _replaced = new Map<string, readonly EarlierAnswer[]>();
}
