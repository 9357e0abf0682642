import { PathExt } from '@jupyterlab/coreutils';
import { Signal } from '@lumino/signaling';

import type { IAuthorClient, IAuthorDesk } from './authorTokens';
import { plainName, suggestedName } from './exerciseNames';
import type { Topic } from './notices';
import { ProofRun } from './proofRun';
import type { IRepair } from './repairs';
import type { INotebook } from './tokens';
import type { AuthorAnswer, ModuleInfo } from './wire';

/** What there has to be for author mode. */
export interface IAuthorMeans {
  readonly client: IAuthorClient;
  readonly desk: IAuthorDesk;
}

/** The notebook that is written in. */
interface IHost {
  readonly notebook: INotebook;
  /** Read the exercises again, and have their cells watched anew. */
  refresh(): Promise<void>;
  attempt(action: () => Promise<unknown>, topic: Topic): Promise<void>;
}

/** Author mode in one notebook: modules, tags and proofs. What goes wrong is shown, never thrown. */
export class Author {
  constructor(
    private readonly _means: IAuthorMeans,
    private readonly _host: IHost,
    private readonly _emit: () => void
  ) {
    _means.desk.changed.connect(this._onSwitched, this);
    _means.desk.saved.connect(this._onSaved, this);
    _host.notebook.edited.connect(this._onEdited, this);
  }

  /** `learner` is a look at what learners see, one click away from author mode. */
  get view(): 'off' | 'author' | 'learner' {
    if (!this._means.desk.isOn) {
      return 'off';
    }
    return this._isLearner ? 'learner' : 'author';
  }

  /** The modules beside the notebook; null until the server has answered. */
  get answer(): AuthorAnswer | null {
    return this._answer;
  }

  /** The selected cell, where that is one of code. */
  get activeCellId(): string | null {
    const { activeCellId } = this._host.notebook;
    return activeCellId !== null &&
      this._host.notebook.sources().has(activeCellId)
      ? activeCellId
      : null;
  }

  /** Its text. */
  get source(): string {
    const { notebook } = this._host;
    return notebook.sources().get(this.activeCellId ?? '') ?? '';
  }

  /** A name for its exercise, after what it defines. */
  get suggested(): string {
    return suggestedName(this.source);
  }

  /** The exercises that the selected cell is tagged with. */
  get exercises(): readonly string[] {
    const { notebook } = this._host;
    return notebook.tags
      .filter(tag => tag.cell_id === this.activeCellId && !tag.review)
      .map(tag => tag.exercise);
  }

  /** The exercises that any cell is tagged with. */
  get tagged(): ReadonlySet<string> {
    const { tags } = this._host.notebook;
    return new Set(tags.map(tag => plainName(tag.exercise)));
  }

  module(exercise: string): ModuleInfo | null {
    const name = plainName(exercise);
    const modules = this._answer?.modules ?? [];
    return modules.find(each => each.exercise === name) ?? null;
  }

  /** Whether author mode says already what is wrong with a module. */
  tells({ exercise, cellId, message, isOfModule }: IRepair): boolean {
    if (this.view !== 'author' || !this._answer || !exercise || !isOfModule) {
      return false;
    }
    const module = this.module(exercise);
    return module
      ? !!module.findings?.some(each => message.endsWith(each.message))
      : cellId === this.activeCellId;
  }

  proof(exercise: string): ProofRun | null {
    return this._proofs.get(plainName(exercise)) ?? null;
  }

  dispose(): void {
    this._proofs.forEach(run => run.dispose());
    Signal.disconnectReceiver(this);
  }

  /** Read what is beside the notebook, where somebody would look at it. */
  look(): Promise<void> {
    const { client } = this._means;
    if (this.view === 'off') {
      return Promise.resolve();
    }
    const request = (this._request += 1);
    return this._attempt(async () => {
      const answer = await client.author({ path: this._host.notebook.path });
      if (request === this._request) {
        this._answer = answer;
        this._emit();
        this._take(answer);
      }
    });
  }

  switch(isOn: boolean): Promise<void> {
    this._isLearner = false;
    return this._attempt(() => this._means.desk.switch(isOn));
  }

  /** See what a learner sees, or come back. */
  see(isLearner: boolean): void {
    this._isLearner = isLearner;
    this._emit();
  }

  /** Give the selected cell an exercise. */
  tag(exercise: string): void {
    const cell = this.activeCellId;
    if (cell !== null) {
      this._host.notebook.tag(cell, `exercise:${exercise}`);
    }
  }

  untag(exercise: string): void {
    const cell = this.activeCellId;
    if (cell !== null) {
      this._host.notebook.untag(cell, exercise);
    }
  }

  /** Write the module of an exercise from what the selected cell defines, and open it. */
  create(exercise: string): Promise<void> {
    return this._attempt(async () => {
      const module = await this._means.client.createModule({
        path: this._host.notebook.path,
        exercise: plainName(exercise),
        source: this.source
      });
      await this._host.refresh();
      await this.open(module.path);
    });
  }

  open(path: string, line?: number): Promise<void> {
    return this._attempt(() => this._means.desk.open(path, line));
  }

  /** The exercises of the selected cell that can be proven now. */
  get provable(): readonly string[] {
    return this.view !== 'author'
      ? []
      : this.exercises.filter(
          each => this.module(each) && !this.proof(each)?.isRunning
        );
  }

  /** Prove an exercise as it is saved; what is edited beside the notebook is saved first. */
  prove(exercise: string): Promise<void> {
    return this._attempt(async () => {
      const module = this.module(exercise);
      if (module) {
        await this._means.desk.save(module.path);
      }
      const run = this._run(exercise);
      await run.start({ path: this._host.notebook.path, exercise });
      await this._ended(run);
    });
  }

  /** Show the proofs that were begun before this page was there, or in another one. */
  private _take({ modules, proofs = [] }: AuthorAnswer): void {
    for (const known of proofs) {
      const name = plainName(known.exercise);
      const path = modules.find(({ exercise }) => exercise === name)?.path;
      const run = this._run(name);
      if (path !== undefined && run.answer?.id !== known.id && !run.isRunning) {
        void this._attempt(async () => {
          await run.take(known, path);
          if (known.state === 'running') {
            await this._ended(run);
          }
        });
      }
    }
  }

  private async _ended(run: ProofRun): Promise<void> {
    if (run.answer?.notes?.length) {
      // With another battery the exercise is another one.
      await this._host.refresh();
    }
  }

  private _run(exercise: string): ProofRun {
    const name = plainName(exercise);
    const run =
      this._proofs.get(name) ?? new ProofRun(this._means.client, this._emit);
    this._proofs.set(name, run);
    return run;
  }

  cancel(exercise: string): Promise<void> {
    const run = this.proof(exercise);
    return this._attempt(async () => run?.cancel());
  }

  private _attempt(action: () => Promise<unknown>): Promise<void> {
    return this._host.attempt(action, 'author');
  }

  private _onSwitched(): void {
    void this.look();
    this._emit();
  }

  private _onEdited(): void {
    const suggested = this.view === 'author' ? this.suggested : '';
    if (suggested !== this._shown) {
      this._shown = suggested;
      this._emit();
    }
  }

  private _onSaved(_: unknown, path: string): void {
    const folder = PathExt.dirname(plain(this._host.notebook.path));
    const saved = plain(path);
    const isBeside = PathExt.dirname(saved) === folder && saved.endsWith('.py');
    if (!isBeside && !/(^|\/)(course|videos)\.toml$/.test(saved)) {
      return;
    }
    this._proofs.forEach(run => {
      if (run.answer && plain(run.answer.path) === saved) {
        run.age();
      }
    });
    void this._host.refresh();
  }

  private readonly _proofs = new Map<string, ProofRun>();
  private _answer: AuthorAnswer | null = null;
  private _isLearner = false;
  private _shown = '';
  private _request = 0;
}

/** A path without the prefix of its drive. */
function plain(path: string): string {
  return path.replace(/^[^/:]+:/, '');
}
