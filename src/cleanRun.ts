import { Signal } from '@lumino/signaling';

import type { IExercisesClient, INotebook } from './tokens';
import type { CleanRunAnswer } from './wire';

/** A run of the saved notebook from the top, in a kernel of its own, followed until it has ended. */
export class CleanRun {
  constructor(
    private readonly _notebook: INotebook,
    private readonly _client: IExercisesClient,
    private readonly _onChange: () => void
  ) {
    _notebook.edited.connect(this._onEdited, this);
  }

  /** How far it is, or how it ended; null where there is none to tell of. */
  get answer(): CleanRunAnswer | null {
    return this._answer;
  }

  get isRunning(): boolean {
    return (
      this._isStarting ||
      this._answer?.state === 'starting' ||
      this._answer?.state === 'running'
    );
  }

  /** The notebook is another one than the one that ran. */
  get isOutdated(): boolean {
    return this._isOutdated;
  }

  /** Save, run and follow; rejects with a `ClientError`. */
  async start(): Promise<void> {
    if (this.isRunning) {
      return;
    }
    this._isStarting = true;
    this._isOutdated = false;
    this._answer = null;
    this._onChange();
    try {
      await this._notebook.save();
      this._ran = this._text();
      const { path, kernelId } = this._notebook;
      this._hear(await this._client.cleanRun({ path, kernel_id: kernelId }));
      while (this._answer && this.isRunning && !this._isDisposed) {
        this._hear(await this._client.cleanRunState(this._id));
      }
    } finally {
      this._isStarting = false;
      this._onChange();
    }
  }

  async cancel(): Promise<void> {
    if (this._answer && this.isRunning) {
      this._hear(await this._client.cancelCleanRun(this._id));
    }
  }

  dismiss(): void {
    this._answer = null;
    this._onChange();
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.disconnectReceiver(this);
  }

  private get _id(): string {
    return this._answer?.id ?? '';
  }

  private _hear(answer: CleanRunAnswer): void {
    this._isStarting = false;
    this._answer = answer;
    this._isOutdated = this._text() !== this._ran;
    this._onChange();
  }

  private _onEdited(): void {
    if (!this._answer) {
      return;
    }
    const isOutdated = this._text() !== this._ran;
    if (isOutdated && !this.isRunning && !hasFindings(this._answer)) {
      this.dismiss();
    } else if (isOutdated !== this._isOutdated) {
      this._isOutdated = isOutdated;
      this._onChange();
    }
  }

  private _text(): string {
    return JSON.stringify([...this._notebook.sources()]);
  }

  private _answer: CleanRunAnswer | null = null;
  private _ran = '';
  private _isStarting = false;
  private _isOutdated = false;
  private _isDisposed = false;
}

/** Whether it says something to be worked on: all else is over when the notebook is another one. */
function hasFindings(answer: CleanRunAnswer): boolean {
  const { reports, disagreements = [], errors = [] } = answer;
  const isGood = reports.every(({ outcome }) => outcome.kind === 'passed');
  return disagreements.length > 0 || errors.length > 0 || !isGood;
}
