import { ClientError } from '../client';
import type { ExercisesModel } from '../model';
import type { FakeNotebook } from './fakeNotebook';
import type { FakeClient } from './fakes';
import { done, report, settle } from './fakes';
import type { CheckAnswer } from '../wire';
import { failed, Scene } from './scene';

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

describe('the list', () => {
  it('asks for the tags as they stand, and arms the kernel with them', async () => {
    await scene.start();
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
    expect(scene.states).toEqual(['not_run', 'not_run']);
  });

  it('keeps the order of the cells, whatever the order of the answer', async () => {
    await scene.start();
    notebook.tags.reverse();
    notebook.edited.emit();
    expect(model.rows.map(each => each.info.exercise)).toEqual(['two', 'one']);
  });

  it('shows no row for what the server does not know, nor checks it', async () => {
    client.listing = { exercises: [] };
    await scene.start();
    await scene.run('A');
    expect(model.rows).toEqual([]);
    expect(client.checked).toEqual([]);
  });

  it('asks nothing about a notebook without exercises', async () => {
    notebook.tags = [];
    notebook.course = null;
    await scene.start();
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
    await scene.start();
    expect(scene.states).toEqual(['passed', 'failed']);
    // Progress never falls: what was passed once counts.
    expect(model.passed).toBe(2);
  });

  it('says why nothing can be checked', async () => {
    client.watchAnswer = { watched: 0, outcome: { kind: 'gateway' } };
    await scene.start();
    expect(model.watch.obstacle).toEqual({ kind: 'gateway' });
    notebook.kernelLost.emit();
    expect(model.watch.obstacle).toBeNull();
  });

  it('keeps a refusal until it is dismissed', async () => {
    client.failure = new ClientError('No course c.', 'Install it.');
    await scene.start();
    expect(model.notices.last).toEqual({
      message: 'No course c.',
      fix: 'Install it.'
    });
    model.notices.dismiss();
    expect(model.notices.last).toBeNull();
  });
});

describe('a notice', () => {
  const list = async (failure: Error | null): Promise<void> => {
    client.failure = failure;
    await model.refresh();
  };
  const check = async (answer: Error | CheckAnswer): Promise<void> => {
    const id = `check-${client.checked.length + 1}`;
    client.answers.set(id, [answer]);
    await model.checkAll();
  };

  it('ends when the same is done well, and not by other deeds', async () => {
    await scene.start();
    await list(new ClientError('Offline.', 'Wait.', true));
    await model.actions.select(scene.row('one'));
    expect(model.notices.last?.message).toBe('Offline.');
    await list(null);
    expect(model.notices.last).toBeNull();
  });

  it('of a refusal ends with the next check', async () => {
    await scene.start();
    await model.actions.openHint(scene.row('one'));
    await check(new ClientError('No kernel.', 'Start one.'));
    expect(model.notices.last?.message).toBe('No kernel.');
    await check(done('check-2', report('A', 'one')));
    expect(model.notices.last).toBeNull();
  });

  it('of what is no refusal stays until it is dismissed', async () => {
    await scene.start();
    await model.attempt(() => Promise.reject(new Error('Not saved.')), 'clean');
    await check(done('check-1', report('A', 'one')));
    expect(model.notices.last?.message).toBe('Not saved.');
    model.notices.dismiss();
    expect(model.notices.last).toBeNull();
  });
});

describe('the kernel', () => {
  it('that died is no news any more when a cell was checked', async () => {
    const died = { kind: 'kernel_dead' } as const;
    client.answers.set('check-1', [
      done('check-1', report('A', 'one', { outcome: died, source: 'a' }))
    ]);
    client.answers.set('check-2', [
      done('check-2', report('B', 'two', { source: 'b' }))
    ]);
    await scene.start();
    await scene.run('A');
    expect(scene.states).toEqual(['kernel_dead', 'not_run']);
    await scene.run('B');
    expect(scene.states).toEqual(['not_run', 'passed']);
  });

  it('is armed in each of its lives, and whenever the list changes', async () => {
    await scene.start();
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
    client.answers.set('check-1', [
      done('check-1', report('A', 'one', { source: 'a' }))
    ]);
    await scene.start();
    await scene.run('A');
    expect(scene.states[0]).toBe('passed');
    notebook.kernelLost.emit();
    expect(scene.states[0]).toBe('passed_earlier');
    expect(model.passed).toBe(1);
    // The list still brings that report: it is no newer for that.
    client.infos = { one: { latest: report('A', 'one', { source: 'a' }) } };
    await scene.start();
    expect(scene.states[0]).toBe('passed_earlier');
  });
});

describe('an edit', () => {
  it('marks the row, once, and undoing it takes the mark away', async () => {
    client.infos = { one: { latest: report('A', 'one', { source: 'a' }) } };
    await scene.start();
    const changes = jest.fn();
    model.stateChanged.connect(changes);
    notebook.edit('A', 'a + 1');
    notebook.edit('A', 'a + 12');
    expect(scene.states[0]).toBe('passed_edited');
    expect(changes).toHaveBeenCalledTimes(1);
    notebook.edit('A', 'a');
    expect(scene.states[0]).toBe('passed');
    expect(changes).toHaveBeenCalledTimes(2);
  });

  it('of a wrong answer reads "edited"', async () => {
    client.infos = { one: { latest: failed('A', 'one', { source: 'a' }) } };
    await scene.start();
    notebook.edit('A', 'b');
    expect(scene.states[0]).toBe('edited');
  });
});

describe('a hint', () => {
  it('replaces the ladder of its report', async () => {
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
    await scene.start();
    await model.actions.openHint(scene.row('one'));
    expect(client.hinted).toEqual([
      {
        course: 'math4ml',
        exercise: 'one',
        ladder: 'check:value',
        confirmed: false
      }
    ]);
    expect(scene.row('one').report?.ladder).toEqual(client.climbed);
    expect(scene.row('one').received).toBe(Date.now());
  });
});
