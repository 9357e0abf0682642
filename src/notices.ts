import { ClientError } from './client';
import type { Refusal } from './wire';

/** What is attempted. What went wrong with it is over when the same is done well. */
export type Topic = 'list' | 'kernel' | 'check' | 'hint' | 'clean' | 'course';

/** What went wrong last, in words, until that is over or dismissed. */
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
  async attempt(
    action: () => Promise<unknown>,
    topic: Topic | null = null
  ): Promise<void> {
    const before = this._last;
    try {
      await action();
      this._end(before, topic);
    } catch (error) {
      this._last = refusalOf(error);
      this._topic = topic;
      // What is no refusal may have lost something: that is to be read.
      this._isRefusal = error instanceof ClientError;
      this._onChange();
    }
  }

  /** Something was done well: that ends the notice that stood there when it began. */
  private _end(before: Refusal | null, topic: Topic | null): void {
    const isSame = topic !== null && topic === this._topic;
    const isKernelBack = topic === 'check' && this._isRefusal;
    if (before && before === this._last && (isSame || isKernelBack)) {
      this.dismiss();
    }
  }

  private _last: Refusal | null = null;
  private _topic: Topic | null = null;
  private _isRefusal = false;
}

/** What went wrong, and the next step. */
export function refusalOf(error: unknown): Refusal {
  return {
    message: error instanceof Error ? error.message : String(error),
    fix: error instanceof ClientError ? error.fix : ''
  };
}
