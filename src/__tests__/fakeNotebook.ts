import { Signal } from '@lumino/signaling';

import type { INotebook } from '../tokens';
import type { CellTag } from '../wire';

/** A notebook that a test writes in. */
export class FakeNotebook implements INotebook {
  path = 'linear.ipynb';
  course: string | null = 'math4ml';
  unit: string | null = 'linear';
  tags: CellTag[] = [];
  kernelId: string | null = 'kernel-1';
  hasNoKernel = false;
  activeCellId: string | null = null;
  isDisposed = false;
  readonly texts = new Map<string, string>();
  readonly counts = new Map<string, number>();
  readonly visits: string[] = [];

  readonly tagsChanged = new Signal<this, void>(this);
  readonly edited = new Signal<this, void>(this);
  readonly executed = new Signal<this, string>(this);
  readonly activeCellChanged = new Signal<this, void>(this);
  readonly kernelChanged = new Signal<this, void>(this);
  readonly kernelReady = new Signal<this, void>(this);
  readonly kernelLost = new Signal<this, void>(this);

  add(cellId: string, source: string, ...exercises: string[]): this {
    this.texts.set(cellId, source);
    for (const exercise of exercises) {
      this.tags.push({ cell_id: cellId, exercise });
    }
    return this;
  }

  edit(cellId: string, source: string): void {
    this.texts.set(cellId, source);
    this.edited.emit();
  }

  activate(cellId: string): void {
    this.activeCellId = cellId;
    this.activeCellChanged.emit();
  }

  source(cellId: string): string | null {
    return this.texts.get(cellId) ?? null;
  }

  executionCount(cellId: string): number | null {
    return this.counts.get(cellId) ?? null;
  }

  sources(): ReadonlyMap<string, string> {
    return this.texts;
  }

  write(cellId: string, source: string): void {
    this.edit(cellId, source);
  }

  async insert(
    after: string | null,
    source: string,
    tag: string
  ): Promise<void> {
    this.visits.push(`insert ${tag} after ${after}: ${source}`);
  }

  tag(cellId: string, tag: string): void {
    this.visits.push(`tag ${cellId} ${tag}`);
  }

  untag(cellId: string, exercise: string): void {
    this.tags = this.tags.filter(
      each => each.cell_id !== cellId || each.exercise !== exercise
    );
    this.tagsChanged.emit();
  }

  async save(): Promise<void> {
    this.visits.push('save');
  }

  async settled(): Promise<void> {
    return Promise.resolve();
  }

  async select(cellId: string): Promise<void> {
    this.visits.push(cellId);
    this.activate(cellId);
  }

  focus(): void {
    this.visits.push('focus');
  }

  async reveal(cellId: string, line: number): Promise<void> {
    this.visits.push(`${cellId}:${line}`);
  }

  async startKernel(): Promise<void> {
    this.visits.push('kernel');
  }

  dispose(): void {
    this.isDisposed = true;
  }
}
