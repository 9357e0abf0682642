import { CheckRun } from './checkRun';
import type { Judgements } from './judgements';
import { keyOf } from './judgements';
import { definedNames } from './lack';
import type { IExercisesClient, INotebook } from './tokens';
import type { CellTag, CheckAnswer, Report } from './wire';

/** Milliseconds in which most verdicts come: a row that says "checking" for less only flickers. */
const QUICK = 150;

/** What checks work on. */
export interface ICheckingContext {
  readonly notebook: INotebook;
  readonly client: IExercisesClient;
  readonly judgements: Judgements;
  /** The present life of the kernel. */
  life(): number;
  attempt(action: () => Promise<unknown>): Promise<void>;
  /** Reports came that still count; to be told at once. */
  onReports(run: CheckRun, reports: readonly Report[]): void;
  emit(): void;
}

/** Begins checks, follows them, and takes over those that an earlier life of this page began. */
export class Checking {
  constructor(private readonly _context: ICheckingContext) {}

  /** Check these; one that nobody asked for by hand is shown as under way only when it takes its time. */
  async check(tags: readonly CellTag[], isByHand = true): Promise<void> {
    const { notebook } = this._context;
    if (notebook.kernelId !== null && tags.length > 0) {
      const run = this._run(notebook.kernelId, tags);
      await this._follow(run, undefined, isByHand ? 0 : QUICK);
    }
  }

  /** Take over the checks under way, once in a kernel's life. */
  async adopt(known: readonly CellTag[]): Promise<void> {
    const { client, judgements, notebook } = this._context;
    const { kernelId } = notebook;
    if (kernelId === null || this._isAdopted || known.length === 0) {
      return;
    }
    this._isAdopted = true;
    const keys = new Set(known.map(keyOf));
    for (const answer of await client.checksUnderWay(kernelId)) {
      const tags = (answer.cells ?? []).filter(
        tag => keys.has(keyOf(tag)) && !judgements.pending(keyOf(tag))
      );
      if (tags.length > 0) {
        void this._follow(this._run(kernelId, tags), answer);
      }
    }
  }

  /** The kernel is another one, or lives anew. */
  forget(): void {
    this._isAdopted = false;
  }

  private _run(kernelId: string, tags: readonly CellTag[]): CheckRun {
    const { notebook, client } = this._context;
    const sources = notebook.sources();
    const cells = tags.map(tag => ({
      ...tag,
      source: sources.get(tag.cell_id) ?? ''
    }));
    return new CheckRun(client, {
      path: notebook.path,
      kernel_id: kernelId,
      cells,
      defined: Object.fromEntries(definedNames(sources))
    });
  }

  private async _follow(
    run: CheckRun,
    first?: CheckAnswer,
    quiet = 0
  ): Promise<void> {
    const { judgements, attempt, emit } = this._context;
    judgements.begin(run);
    const shown = quiet > 0 ? setTimeout(emit, quiet) : emit();
    await attempt(() => run.follow(answer => this._hear(run, answer), first));
    clearTimeout(shown ?? undefined);
    judgements.end(run);
    emit();
  }

  private _hear(run: CheckRun, answer: CheckAnswer): void {
    const { judgements, life, onReports, emit } = this._context;
    const reports = judgements.hear(run, answer, life());
    if (reports.length > 0) {
      onReports(run, reports);
    } else {
      emit();
    }
  }

  private _isAdopted = false;
}
