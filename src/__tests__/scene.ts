import { nullTranslator } from '@jupyterlab/translation';

import { ExercisesModel } from '../model';
import type { IRow } from '../row';
import { stateName } from '../rowState';
import type { Report } from '../wire';
import { FakeNotebook } from './fakeNotebook';
import { FakeClient, report, settle } from './fakes';

/** A notebook with two exercises, `one` in cell A and `two` in cell B, and its model. */
export class Scene {
  readonly notebook = new FakeNotebook();
  readonly client = new FakeClient();
  readonly settings = { autoCheck: true };
  readonly model = new ExercisesModel({
    notebook: this.notebook,
    client: this.client,
    settings: this.settings,
    trans: nullTranslator.load('math4ml_lab')
  });

  constructor() {
    this.notebook.add('A', 'a', 'one').add('B', 'b', 'two');
  }

  get states(): string[] {
    return this.model.rows.map(row => stateName(row.state));
  }

  /** The exercises whose rows are open. */
  get open(): string[] {
    const rows = this.model.rows.filter(row => row.isExpanded);
    return rows.map(row => row.info.exercise);
  }

  row(exercise: string): IRow {
    const row = this.model.rows.find(each => each.info.exercise === exercise);
    if (!row) {
      throw new Error(`no row ${exercise}`);
    }
    return row;
  }

  /** The notebook is read and its kernel is there. */
  async start(): Promise<void> {
    this.notebook.tagsChanged.emit();
    this.notebook.kernelReady.emit();
    await settle();
  }

  /** Start, and note what the first row's state is told to be from now on, and when it is to be drawn at once. */
  async told(): Promise<string[]> {
    await this.start();
    const told: string[] = [];
    this.model.stateChanged.connect(() => told.push(this.states[0]));
    this.model.reported.connect(() => told.push('to be drawn'));
    return told;
  }

  /** The cell ran. */
  async run(cellId: string): Promise<void> {
    this.notebook.executed.emit(cellId);
    await settle();
  }
}

export function failed(
  cell: string,
  name: string,
  changes: Partial<Report> = {}
): Report {
  return report(cell, name, { outcome: { kind: 'failed' }, ...changes });
}

/** Let time pass, and all that waits for it happen. */
export async function later(milliseconds: number): Promise<void> {
  jest.advanceTimersByTime(milliseconds);
  await settle();
}
