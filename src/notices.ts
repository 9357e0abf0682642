import { ClientError } from './client';
import type { Refusal } from './wire';

/** What went wrong last, in words, until it is dismissed. */
export class Notices {
  constructor(private readonly _onChange: () => void) {}

  get last(): Refusal | null {
    return this._last;
  }

  dismiss(): void {
    this._last = null;
    this._onChange();
  }

  /** Do something that may fail; it never rejects. */
  async attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this._last = {
        message: error instanceof Error ? error.message : String(error),
        fix: error instanceof ClientError ? error.fix : ''
      };
      this._onChange();
    }
  }

  private _last: Refusal | null = null;
}
