import type { IExercisesClient, INotebook } from './tokens';
import type { CourseAnswer } from './wire';

/** The course that the notebook belongs to, read when somebody looks at it. */
export class CourseView {
  constructor(
    private readonly _notebook: INotebook,
    private readonly _client: IExercisesClient,
    private readonly _onChange: () => void
  ) {}

  /** Null until it was asked for. */
  get answer(): CourseAnswer | null {
    return this._answer;
  }

  get isOpen(): boolean {
    return this._isOpen;
  }

  async open(isOpen: boolean): Promise<void> {
    this._isOpen = isOpen;
    if (isOpen) {
      await this._read();
    }
    this._onChange();
  }

  /** What it says is out of date; `isWanted` though nobody looks at it. */
  age(isWanted: boolean): void {
    if (this._isOpen || isWanted) {
      void this._read().catch(() => undefined);
    }
  }

  private async _read(): Promise<void> {
    const answer = await this._client.course({ path: this._notebook.path });
    // What was known before is better than what the server makes do with.
    this._answer =
      answer.is_unread && this._answer
        ? { ...this._answer, is_unread: true }
        : answer;
    this._onChange();
  }

  private _answer: CourseAnswer | null = null;
  private _isOpen = false;
}
