import { ClientError } from './client';
import type { IExercisesClient } from './tokens';
import type { CheckAnswer, CheckRequest } from './wire';

const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 2000;
const PATIENCE = 5;

/** One request for a check, followed until it is done. */
export class CheckRun {
  constructor(
    private readonly _client: IExercisesClient,
    readonly request: CheckRequest
  ) {}

  /** Ask, then ask again until the check is done, is abandoned, or the server refuses; `first` is a known answer. */
  async follow(
    onAnswer: (answer: CheckAnswer) => void,
    first?: CheckAnswer
  ): Promise<void> {
    let answer = first ?? (await this._client.check(this.request));
    this._id = answer.id;
    if (this._isCancelled) {
      await this._client.cancelCheck(answer.id);
    }
    let pause = FIRST_PAUSE;
    for (;;) {
      if (this._isAbandoned) {
        return;
      }
      onAnswer(answer);
      if (answer.state === 'done') {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, pause));
      pause = Math.min(pause * 1.6, LONGEST_PAUSE);
      if (this._isAbandoned) {
        return;
      }
      answer = await this._ask(answer);
    }
  }

  /** End the check on the server; what it had found still comes. */
  async cancel(): Promise<void> {
    this._isCancelled = true;
    if (this._id !== null) {
      await this._client.cancelCheck(this._id);
    }
  }

  /** Ask no more. */
  abandon(): void {
    this._isAbandoned = true;
  }

  // A laptop that slept is offline for a moment: that ends no check.
  private async _ask(last: CheckAnswer): Promise<CheckAnswer> {
    try {
      const answer = await this._client.checkState(last.id);
      this._failures = 0;
      return answer;
    } catch (error) {
      if (error instanceof ClientError && error.isOffline) {
        this._failures += 1;
        if (this._failures < PATIENCE) {
          return last;
        }
      }
      throw error;
    }
  }

  private _id: string | null = null;
  private _failures = 0;
  private _isCancelled = false;
  private _isAbandoned = false;
}
