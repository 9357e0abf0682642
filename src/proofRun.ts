import type { IAuthorClient } from './authorTokens';
import type { KnownProof, ProofAnswer, ProofRequest } from './wire';

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
    await this._follow(() => this._client.proof(request));
  }

  /** Follow one that was not started here, or show what it found; rejects with a `ClientError`. */
  async take(known: KnownProof, path: string): Promise<void> {
    if (this.isRunning || this._answer?.id === known.id) {
      return;
    }
    const { is_stale: isStale = false, ...rest } = known;
    this._isStale = isStale;
    this._answer = known.state === 'running' ? { ...rest, path } : null;
    this._onChange();
    await this._follow(() => this._client.proofState(known.id));
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

  private async _follow(ask: () => Promise<ProofAnswer>): Promise<void> {
    // Another one may be started before what is over was fetched.
    const round = (this._round += 1);
    try {
      let answer = await ask();
      while (round === this._round) {
        this._hear(answer);
        if (!this.isRunning || this._isDisposed) {
          break;
        }
        answer = await this._client.proofState(this._id);
      }
    } finally {
      if (round === this._round) {
        this._isStarting = false;
        if (this._answer && this.isRunning) {
          // It was lost sight of: nothing is told of how it ended.
          this._answer = null;
        }
        this._onChange();
      }
    }
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
  private _round = 0;
}
