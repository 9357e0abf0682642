import type { IExercisesClient, INotebook } from './tokens';
import type { CleanRunAnswer } from './wire';

/** A run of the saved notebook from the top, in a kernel of its own, followed until it has ended. */
export class CleanRun {
  constructor(
    private readonly _notebook: INotebook,
    private readonly _client: IExercisesClient,
    private readonly _onChange: () => void
  ) {}

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

  /** Save, run and follow; rejects with a `ClientError`. */
  async start(): Promise<void> {
    if (this.isRunning) {
      return;
    }
    this._isStarting = true;
    this._answer = null;
    this._onChange();
    try {
      await this._notebook.save();
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
  }

  private get _id(): string {
    return this._answer?.id ?? '';
  }

  private _hear(answer: CleanRunAnswer): void {
    this._isStarting = false;
    this._answer = answer;
    this._onChange();
  }

  private _answer: CleanRunAnswer | null = null;
  private _isStarting = false;
  private _isDisposed = false;
}
