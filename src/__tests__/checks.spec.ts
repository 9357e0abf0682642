import { ClientError } from '../client';
import type { ExercisesModel } from '../model';
import type { FakeNotebook } from './fakeNotebook';
import type { FakeClient } from './fakes';
import { done, report, settle } from './fakes';
import { failed, later, Scene } from './scene';
import type { CheckAnswer } from '../wire';

let notebook: FakeNotebook;
let client: FakeClient;
let model: ExercisesModel;
let scene: Scene;
beforeEach(() => {
  jest.useFakeTimers();
  scene = new Scene();
  ({ notebook, client, model } = scene);
});

afterEach(() => {
  model.dispose();
  jest.useRealTimers();
});

describe('a check', () => {
  it('follows a run of the cell, with all its exercises', async () => {
    notebook.add('A', 'a', 'extra');
    await scene.start();
    await scene.run('A');
    expect(client.checked).toEqual([
      {
        path: 'linear.ipynb',
        kernel_id: 'kernel-1',
        cells: [
          { cell_id: 'A', exercise: 'one', source: 'a' },
          { cell_id: 'A', exercise: 'extra', source: 'a' }
        ],
        defined: {}
      }
    ]);
    expect(scene.states).toEqual(['checking', 'not_run', 'checking']);
  });

  it('says which names the cells define, each of them', async () => {
    notebook.write('A', 'y = np.sum(x)');
    notebook.write('B', 'import numpy as np\n\ndef f(x):\n    z = x');
    await scene.start();
    await scene.run('A');
    expect(client.checked[0].defined).toEqual({ A: ['y'], B: ['np', 'f'] });
  });

  it('does not follow a run where the setting is off, or without a kernel', async () => {
    await scene.start();
    scene.settings.autoCheck = false;
    notebook.executed.emit('A');
    scene.settings.autoCheck = true;
    notebook.kernelId = null;
    await scene.run('A');
    expect(client.checked).toEqual([]);
  });

  it('asks less and less often until it is done', async () => {
    client.answers.set('check-1', [
      { id: 'check-1', state: 'queued', reports: [] },
      { id: 'check-1', state: 'running', reports: [] },
      { id: 'check-1', state: 'running', reports: [] },
      done('check-1', report('A', 'one', { source: 'a' }))
    ]);
    await scene.start();
    await scene.run('A');
    expect(scene.states[0]).toBe('queued');
    await later(200);
    expect(scene.states[0]).toBe('checking');
    await later(200);
    expect(client.polled.length).toBe(1);
    await later(120);
    expect(client.polled.length).toBe(2);
    await later(2000);
    expect(scene.states[0]).toBe('passed');
    await later(20000);
    expect(client.polled.length).toBe(3);
  });

  it('that follows a run shows as under way only when it takes its time', async () => {
    const told = await scene.told();
    let answer: (answer: CheckAnswer) => void = () => undefined;
    client.check = () => new Promise(resolve => (answer = resolve));
    await scene.run('A');
    await later(149);
    expect(told).toEqual([]);
    await later(1);
    expect(told).toEqual(['checking']);
    answer(done('check-1', report('A', 'one', { source: 'a' })));
    await settle();
    expect(told.slice(1, 3)).toEqual(['passed', 'to be drawn']);
  });

  it('that is quick goes from one state to the next', async () => {
    client.answers.set('check-1', [
      done('check-1', report('A', 'one', { source: 'a' }))
    ]);
    const told = await scene.told();
    await scene.run('A');
    await later(1000);
    expect(new Set(told)).toEqual(new Set(['passed', 'to be drawn']));
  });

  it('that was asked for by hand shows at once', async () => {
    const told = await scene.told();
    void model.checkCell('A');
    expect(told).toEqual(['checking']);
  });

  it('of all cells is one request, and shows each report as it comes', async () => {
    const one = failed('A', 'one', { source: 'a' });
    const two = report('B', 'two', { source: 'b', at: 1001 });
    client.answers.set('check-1', [
      { id: 'check-1', state: 'running', reports: [one] },
      done('check-1', one, two)
    ]);
    await scene.start();
    void model.checkAll();
    await settle();
    expect(client.checked.length).toBe(1);
    expect(scene.states).toEqual(['failed', 'checking']);
    expect(model.verdicts).toEqual([one]);
    await later(200);
    expect(scene.states).toEqual(['failed', 'passed']);
    expect(model.verdicts).toEqual([two]);
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
    await scene.start();
    await scene.run('A');
    await scene.run('A');
    expect(scene.states[0]).toBe('passed');
    await later(5000);
    expect(scene.states[0]).toBe('passed');
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
    await scene.start();
    void model.checkAll();
    await settle();
    await scene.run('A');
    await later(200);
    expect(scene.states).toEqual(['passed', 'passed']);
  });

  it('can be cancelled', async () => {
    await scene.start();
    await scene.run('A');
    client.answers.set('check-1', [
      done(
        'check-1',
        report('A', 'one', { source: 'a', outcome: { kind: 'cancelled' } })
      )
    ]);
    await model.actions.cancel(scene.row('one'));
    expect(client.cancelled).toEqual(['check-1']);
    await later(200);
    expect(scene.states[0]).toBe('cancelled');
    expect(scene.open).toEqual([]);
  });

  it('survives a moment without the server, but no refusal', async () => {
    client.answers.set('check-1', [
      { id: 'check-1', state: 'running', reports: [] },
      new ClientError('offline', 'wait', true),
      done('check-1', report('A', 'one', { source: 'a' }))
    ]);
    await scene.start();
    await scene.run('A');
    await later(200);
    expect(model.notices.last).toBeNull();
    await later(400);
    expect(scene.states[0]).toBe('passed');

    client.answers.set('check-2', [
      new ClientError('No kernel.', 'Start one.')
    ]);
    await scene.run('B');
    expect(model.notices.last?.message).toBe('No kernel.');
    expect(scene.states[1]).toBe('not_run');
  });

  it('ends with the model', async () => {
    await scene.start();
    await scene.run('A');
    model.dispose();
    await later(10000);
    expect(client.polled).toEqual([]);
    expect(notebook.isDisposed).toBe(true);
    notebook.tagsChanged.emit();
    expect(client.listed.length).toBe(1);
  });
});

describe('the open row', () => {
  it('is the active cell’s', async () => {
    await scene.start();
    notebook.activate('B');
    expect(scene.open).toEqual(['two']);
    expect(scene.row('two').isActive).toBe(true);
    notebook.activate('prose');
    expect(scene.open).toEqual(['two']);
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
    await scene.start();
    void model.checkAll();
    await settle();
    await later(200);
    expect(scene.open).toEqual(['one']);
  });

  it('is chosen by a click, which also selects the cell', async () => {
    notebook.add('A', 'a', 'extra');
    await scene.start();
    await model.actions.select(scene.row('extra'));
    expect(notebook.visits).toEqual(['A']);
    expect(scene.open).toEqual(['extra']);
    await model.actions.select(scene.row('extra'));
    expect(scene.open).toEqual([]);
    expect(notebook.visits).toEqual(['A']);
  });
});
