import { ClientError } from '../client';
import { ExercisesModel } from '../model';
import type { IRow } from '../row';
import { stateName } from '../rowState';
import type { Report } from '../wire';
import { done, FakeClient, FakeNotebook, report, settle } from './fakes';

let notebook: FakeNotebook;
let client: FakeClient;
let model: ExercisesModel;
let isAutoCheck: boolean;

const states = (): string[] => model.rows.map(row => stateName(row.state));
const open = (): string[] =>
  model.rows.filter(row => row.isExpanded).map(row => row.info.exercise);
const failed = (cell: string, name: string, changes = {}): Report =>
  report(cell, name, { outcome: { kind: 'failed' }, ...changes });

function row(exercise: string): IRow {
  const found = model.rows.find(each => each.info.exercise === exercise);
  if (!found) {
    throw new Error(`no row ${exercise}`);
  }
  return found;
}

async function later(milliseconds: number): Promise<void> {
  jest.advanceTimersByTime(milliseconds);
  await settle();
}

async function start(): Promise<void> {
  notebook.tagsChanged.emit();
  notebook.kernelReady.emit();
  await settle();
}

beforeEach(() => {
  jest.useFakeTimers();
  isAutoCheck = true;
  notebook = new FakeNotebook().add('A', 'a', 'one').add('B', 'b', 'two');
  client = new FakeClient();
  model = new ExercisesModel(notebook, client, () => isAutoCheck);
});

afterEach(() => {
  model.dispose();
  jest.useRealTimers();
});

describe('the list', () => {
  it('asks for the tags as they stand, and arms the kernel with them', async () => {
    await start();
    expect(client.listed.at(-1)).toEqual({
      path: 'linear.ipynb',
      course: 'math4ml',
      unit: 'linear',
      cells: notebook.tags
    });
    expect(client.watched.at(-1)).toEqual({
      path: 'linear.ipynb',
      kernel_id: 'kernel-1',
      cells: notebook.tags
    });
    expect(states()).toEqual(['not_run', 'not_run']);
  });

  it('keeps the order of the cells, whatever the order of the answer', async () => {
    await start();
    notebook.tags.reverse();
    expect(model.rows.map(each => each.info.exercise)).toEqual(['two', 'one']);
  });

  it('shows no row for what the server does not know, nor checks it', async () => {
    client.listing = { exercises: [] };
    await start();
    notebook.executed.emit('A');
    await settle();
    expect(model.rows).toEqual([]);
    expect(client.checked).toEqual([]);
  });

  it('asks nothing about a notebook without exercises', async () => {
    notebook.tags = [];
    await start();
    expect(client.listed).toEqual([]);
    expect(client.watched).toEqual([]);
    expect(model.hasTags).toBe(false);
  });

  it('does not let an old answer replace a newer one', async () => {
    const answers: ((title: string) => void)[] = [];
    client.exercises = request =>
      new Promise(resolve =>
        answers.push(title =>
          resolve({
            course: 'c',
            unit: 'u',
            title,
            exercises: [],
            problems: [],
            ...(request as object)
          })
        )
      );
    notebook.tagsChanged.emit();
    notebook.tagsChanged.emit();
    answers[1]('new');
    await settle();
    answers[0]('old');
    await settle();
    expect(model.listing?.title).toBe('new');
  });

  it('shows the report that the server kept', async () => {
    client.infos = {
      one: { latest: report('A', 'one', { source: 'a' }) },
      two: { latest: failed('B', 'two', { source: 'b' }), passed_at: 7 }
    };
    await start();
    expect(states()).toEqual(['passed', 'failed']);
    // Progress never falls: what was passed once counts.
    expect(model.passed).toBe(2);
  });

  it('says why nothing can be checked', async () => {
    client.watchAnswer = { watched: 0, outcome: { kind: 'gateway' } };
    await start();
    expect(model.obstacle).toEqual({ kind: 'gateway' });
    notebook.kernelLost.emit();
    expect(model.obstacle).toBeNull();
  });

  it('keeps a refusal until it is dismissed', async () => {
    client.failure = new ClientError('No course c.', 'Install it.');
    await start();
    expect(model.notice).toEqual({ message: 'No course c.', fix: 'Install it.' });
    model.dismissNotice();
    expect(model.notice).toBeNull();
  });
});

describe('the kernel', () => {
  it('is armed in each of its lives, and whenever the list changes', async () => {
    await start();
    const before = client.watched.length;
    notebook.kernelLost.emit();
    notebook.tagsChanged.emit();
    await settle();
    expect(client.watched.length).toBe(before);
    notebook.kernelReady.emit();
    await settle();
    expect(client.watched.length).toBe(before + 1);
    notebook.add('C', 'c', 'three').tagsChanged.emit();
    await settle();
    expect(client.watched.at(-1)?.cells.length).toBe(3);
  });

  it('that starts anew leaves what was passed as passed before', async () => {
    client.answers.set('check-1', [done('check-1', report('A', 'one', { source: 'a' }))]);
    await start();
    notebook.executed.emit('A');
    await settle();
    expect(states()[0]).toBe('passed');
    notebook.kernelLost.emit();
    expect(states()[0]).toBe('passed_earlier');
    expect(model.passed).toBe(1);
    // The list still brings that report: it is no newer for that.
    client.infos = { one: { latest: report('A', 'one', { source: 'a' }) } };
    await start();
    expect(states()[0]).toBe('passed_earlier');
  });
});

describe('a check', () => {
  it('follows a run of the cell, with all its exercises', async () => {
    notebook.add('A', 'a', 'extra');
    await start();
    notebook.executed.emit('A');
    await settle();
    expect(client.checked).toEqual([
      {
        path: 'linear.ipynb',
        kernel_id: 'kernel-1',
        cells: [
          { cell_id: 'A', exercise: 'one', source: 'a' },
          { cell_id: 'A', exercise: 'extra', source: 'a' }
        ]
      }
    ]);
    expect(states()).toEqual(['checking', 'not_run', 'checking']);
  });

  it('does not follow a run where the setting is off, or without a kernel', async () => {
    await start();
    isAutoCheck = false;
    notebook.executed.emit('A');
    isAutoCheck = true;
    notebook.kernelId = null;
    notebook.executed.emit('A');
    await settle();
    expect(client.checked).toEqual([]);
  });

  it('asks less and less often until it is done', async () => {
    client.answers.set('check-1', [
      { id: 'check-1', state: 'queued', reports: [] },
      { id: 'check-1', state: 'running', reports: [] },
      { id: 'check-1', state: 'running', reports: [] },
      done('check-1', report('A', 'one', { source: 'a' }))
    ]);
    await start();
    notebook.executed.emit('A');
    await settle();
    expect(states()[0]).toBe('queued');
    await later(200);
    expect(states()[0]).toBe('checking');
    await later(200);
    expect(client.polled.length).toBe(1);
    await later(120);
    expect(client.polled.length).toBe(2);
    await later(2000);
    expect(states()[0]).toBe('passed');
    await later(20000);
    expect(client.polled.length).toBe(3);
  });

  it('of all cells is one request, and shows each report as it comes', async () => {
    const one = failed('A', 'one', { source: 'a' });
    const two = report('B', 'two', { source: 'b', at: 1001 });
    client.answers.set('check-1', [
      { id: 'check-1', state: 'running', reports: [one] },
      done('check-1', one, two)
    ]);
    await start();
    void model.checkAll();
    await settle();
    expect(client.checked.length).toBe(1);
    expect(states()).toEqual(['failed', 'checking']);
    expect(model.verdict).toBe(one);
    await later(200);
    expect(states()).toEqual(['failed', 'passed']);
    expect(model.verdict).toBe(two);
    expect(model.isChecking).toBe(false);
  });

  it('gives way to a later one of the same cell, even when it answers last', async () => {
    const old = failed('A', 'one', { source: 'a', at: 5000 });
    client.answers.set('check-1', [
      { id: 'check-1', state: 'running', reports: [] },
      done('check-1', old)
    ]);
    client.answers.set('check-2', [
      done('check-2', report('A', 'one', { source: 'a', at: 4000 }))
    ]);
    await start();
    notebook.executed.emit('A');
    await settle();
    notebook.executed.emit('A');
    await settle();
    expect(states()[0]).toBe('passed');
    await later(5000);
    expect(states()[0]).toBe('passed');
    expect(client.polled).toEqual([]);
  });

  it('of all goes on for the cells that did not run again', async () => {
    const late = done(
      'check-1',
      failed('A', 'one', { source: 'a' }),
      report('B', 'two', { source: 'b' })
    );
    client.answers.set('check-1', [
      { id: 'check-1', state: 'running', reports: [] },
      late
    ]);
    client.answers.set('check-2', [
      done('check-2', report('A', 'one', { source: 'a' }))
    ]);
    await start();
    void model.checkAll();
    await settle();
    notebook.executed.emit('A');
    await settle();
    await later(200);
    expect(states()).toEqual(['passed', 'passed']);
  });

  it('can be cancelled', async () => {
    await start();
    notebook.executed.emit('A');
    await settle();
    client.answers.set('check-1', [
      done(
        'check-1',
        report('A', 'one', { source: 'a', outcome: { kind: 'cancelled' } })
      )
    ]);
    await model.cancel(row('one'));
    expect(client.cancelled).toEqual(['check-1']);
    await later(200);
    expect(states()[0]).toBe('cancelled');
    expect(open()).toEqual([]);
  });

  it('survives a moment without the server, but no refusal', async () => {
    client.answers.set('check-1', [
      { id: 'check-1', state: 'running', reports: [] },
      new ClientError('offline', 'wait', true),
      done('check-1', report('A', 'one', { source: 'a' }))
    ]);
    await start();
    notebook.executed.emit('A');
    await settle();
    await later(200);
    expect(model.notice).toBeNull();
    await later(400);
    expect(states()[0]).toBe('passed');

    client.answers.set('check-2', [new ClientError('No kernel.', 'Start one.')]);
    notebook.executed.emit('B');
    await settle();
    expect(model.notice?.message).toBe('No kernel.');
    expect(states()[1]).toBe('not_run');
  });

  it('ends with the model', async () => {
    await start();
    notebook.executed.emit('A');
    await settle();
    model.dispose();
    await later(10000);
    expect(client.polled).toEqual([]);
    expect(notebook.isDisposed).toBe(true);
    notebook.tagsChanged.emit();
    expect(client.listed.length).toBe(1);
  });
});

describe('an edit', () => {
  it('marks the row, once, and undoing it takes the mark away', async () => {
    client.infos = { one: { latest: report('A', 'one', { source: 'a' }) } };
    await start();
    const changes = jest.fn();
    model.stateChanged.connect(changes);
    notebook.edit('A', 'a + 1');
    notebook.edit('A', 'a + 12');
    expect(states()[0]).toBe('passed_edited');
    expect(changes).toHaveBeenCalledTimes(1);
    notebook.edit('A', 'a');
    expect(states()[0]).toBe('passed');
    expect(changes).toHaveBeenCalledTimes(2);
  });

  it('of a wrong answer reads "edited"', async () => {
    client.infos = { one: { latest: failed('A', 'one', { source: 'a' }) } };
    await start();
    notebook.edit('A', 'b');
    expect(states()[0]).toBe('edited');
  });
});

describe('the open row', () => {
  it('is the active cell’s', async () => {
    await start();
    notebook.activate('B');
    expect(open()).toEqual(['two']);
    expect(row('two').isActive).toBe(true);
    notebook.activate('prose');
    expect(open()).toEqual(['two']);
  });

  it('becomes the first setback of a check, and only that', async () => {
    client.answers.set('check-1', [
      {
        id: 'check-1',
        state: 'running',
        reports: [failed('A', 'one', { source: 'a' })]
      },
      done('check-1', failed('A', 'one'), failed('B', 'two'))
    ]);
    await start();
    void model.checkAll();
    await settle();
    await later(200);
    expect(open()).toEqual(['one']);
  });

  it('is chosen by a click, which also selects the cell', async () => {
    notebook.add('A', 'a', 'extra');
    await start();
    await model.select(row('extra'));
    expect(notebook.visits).toEqual(['A']);
    expect(open()).toEqual(['extra']);
    await model.select(row('extra'));
    expect(open()).toEqual([]);
    expect(notebook.visits).toEqual(['A']);
  });
});

describe('a hint', () => {
  it('replaces the ladder of its report, and counts', async () => {
    const ladder = {
      key: 'check:value',
      levels: 2,
      opened: [],
      next: { state: 'ready', level: 1 } as const
    };
    client.infos = {
      one: { latest: failed('A', 'one', { source: 'a', ladder }) }
    };
    client.climbed = {
      ...ladder,
      opened: [{ level: 1, text: 'Look.' }],
      next: { state: 'waits', level: 2, seconds: 60 }
    };
    await start();
    await model.openHint(row('one'));
    expect(client.hinted).toEqual([
      { course: 'math4ml', exercise: 'one', ladder: 'check:value' }
    ]);
    expect(row('one').report?.ladder).toEqual(client.climbed);
    expect(row('one').received).toBe(Date.now());
    expect(row('one').info.hints).toBe(1);
  });
});
