import type { IAuthorClient } from './authorTokens';
import type { ProofAnswer, ProofRequest } from './wire';

/** A proof of one exercise, followed until it has ended. */
export class ProofRun {
  constructor(
    private readonly _client: IAuthorClient,
    private readonly _onChange: () => void
  ) {}

  /** How far it is, or what it found; null where nothing is known yet. */
  get answer(): ProofAnswer | null {
    return this._answer;
  }

  get isRunning(): boolean {
    return this._isStarting || this._answer?.state === 'running';
  }

  /** Whether the module was saved after the proof began. */
  get isStale(): boolean {
    return this._isStale;
  }

  /** Start and follow; rejects with a `ClientError`. */
  async start(request: ProofRequest): Promise<void> {
    if (this.isRunning) {
      return;
    }
    this._isStarting = true;
    this._isStale = false;
    this._answer = null;
    this._onChange();
    try {
      this._hear(await this._client.proof(request));
      while (this._answer && this.isRunning && !this._isDisposed) {
        this._hear(await this._client.proofState(this._id));
      }
    } finally {
      this._isStarting = false;
      if (this._answer && this.isRunning) {
        // It was lost sight of: nothing is told of how it ended.
        this._answer = null;
      }
      this._onChange();
    }
  }

  async cancel(): Promise<void> {
    if (this._answer && this.isRunning) {
      this._hear(await this._client.cancelProof(this._id));
    }
  }

  age(): void {
    this._isStale = true;
  }

  dispose(): void {
    this._isDisposed = true;
  }

  private get _id(): string {
    return this._answer?.id ?? '';
  }

  private _hear(answer: ProofAnswer): void {
    // What was asked before it was cancelled may be answered after.
    if (this._answer === null || this._answer.state === 'running') {
      this._answer = answer;
    }
    this._isStarting = false;
    this._onChange();
  }

  private _answer: ProofAnswer | null = null;
  private _isStarting = false;
  private _isStale = false;
  private _isDisposed = false;
}
