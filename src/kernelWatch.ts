import type { IExercisesClient, INotebook } from './tokens';
import type { CellTag, WatchAnswer } from './wire';

export type Obstacle = NonNullable<WatchAnswer['outcome']>;

/** Arms a notebook's kernel, so that each run is judged from that very state; counts the kernel's lives. */
export class KernelWatch {
  constructor(
    private readonly _notebook: INotebook,
    private readonly _client: IExercisesClient
  ) {}

  /** Differs before and after a restart or a change of the kernel. */
  get life(): number {
    return this._life;
  }

  /** The name of the kernel's life; null while it is not known. */
  get epoch(): string | null {
    return this._epoch;
  }

  /** Why no cell of this kernel can be judged, where that is so. */
  get obstacle(): Obstacle | null {
    return this._obstacle;
  }

  /** How many cells are judged by their own runs. */
  get watched(): number {
    return this._watched;
  }

  begin(): void {
    this._isReady = true;
  }

  end(): void {
    this._isReady = false;
    this._watched = 0;
    this._obstacle = null;
    this._epoch = null;
    this._life += 1;
  }

  /** Have these cells watched, and only these, if the kernel is there. */
  async arm(known: readonly CellTag[]): Promise<void> {
    const { kernelId, path } = this._notebook;
    const cells = [...known];
    const isNeeded = cells.length > 0 || this._watched > 0;
    if (!this._isReady || kernelId === null || !isNeeded) {
      return;
    }
    const life = this._life;
    const answer = await this._client.watch({
      path,
      kernel_id: kernelId,
      cells
    });
    if (life === this._life) {
      this._watched = answer.watched;
      this._obstacle = answer.outcome ?? null;
      this._epoch = answer.epoch ?? null;
    }
  }

  private _isReady = false;
  private _watched = 0;
  private _obstacle: Obstacle | null = null;
  private _epoch: string | null = null;
  private _life = 0;
}
