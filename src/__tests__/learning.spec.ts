import { Settings } from '../settings';
import { FakeClient, report, settle } from './fakes';
import { failed, later, Scene } from './scene';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('a page that was loaded again', () => {
  it('follows the checks that are under way, once in a kernel’s life', async () => {
    const scene = new Scene();
    scene.client.underWay = [
      {
        id: 'check-9',
        state: 'running',
        reports: [],
        cells: [{ cell_id: 'A', exercise: 'one' }]
      }
    ];
    scene.client.answers.set('check-9', [
      {
        id: 'check-9',
        state: 'done',
        reports: [report('A', 'one', { source: 'a' })]
      }
    ]);
    await scene.start();
    expect(scene.states).toEqual(['checking', 'not_run']);
    await later(200);
    expect(scene.states).toEqual(['passed', 'not_run']);
    expect(scene.client.checked).toEqual([]);
    await scene.model.refresh();
    expect(scene.client.asked).toEqual(['kernel-1']);
  });
});

describe('a clean run', () => {
  it('saves first, is followed to its end, and can be put away', async () => {
    const scene = new Scene();
    await scene.start();
    scene.client.cleanRuns = [
      { state: 'running', executed: 1 },
      { state: 'running', executed: 2 },
      { state: 'done', executed: 4 }
    ];
    const run = scene.model.runClean();
    expect(scene.model.cleanRun.isRunning).toBe(true);
    await run;
    expect(scene.notebook.visits).toEqual(['save']);
    expect(scene.model.cleanRun.answer?.state).toBe('done');
    expect(scene.model.cleanRun.isRunning).toBe(false);
    scene.model.cleanRun.dismiss();
    expect(scene.model.cleanRun.answer).toBeNull();
  });

  it('is of an earlier state when the notebook was edited, or gone', async () => {
    const scene = new Scene();
    await scene.start();
    const { cleanRun } = scene.model;
    const wrong = failed('A', 'one');
    scene.client.cleanRuns = [{ state: 'done', reports: [wrong] }];
    await scene.model.runClean();
    expect(cleanRun.isOutdated).toBe(false);
    scene.notebook.edit('A', 'later');
    expect(cleanRun.isOutdated).toBe(true);
    expect(cleanRun.answer).not.toBeNull();
    scene.notebook.edit('A', 'a');
    expect(cleanRun.isOutdated).toBe(false);
    scene.client.cleanRuns = [{ state: 'done', reports: [] }];
    await scene.model.runClean();
    scene.notebook.edit('A', 'later');
    expect(cleanRun.answer).toBeNull();
  });

  it('that is refused says why', async () => {
    const scene = new Scene();
    await scene.start();
    await scene.model.runClean();
    expect(scene.model.notices.last?.message).toBe('no clean run');
    expect(scene.model.cleanRun.isRunning).toBe(false);
  });
});

describe('repairs', () => {
  it('of two cells with one tag let the learner choose', async () => {
    const scene = new Scene();
    scene.notebook.add('C', 'c', 'one');
    await scene.start();
    const [repair] = scene.model.repairs;
    expect(repair.message).toBe('2 cells have the tag exercise:one.');
    const use = repair.actions.find(({ label }) =>
      label.startsWith('Use the second')
    );
    await use?.run();
    expect(scene.notebook.tags.map(tag => tag.cell_id)).toEqual(['B', 'C']);
  });

  it('of two cells with one tag name each as a person finds it, and lead there', async () => {
    const scene = new Scene();
    scene.notebook.add('C', 'c', 'one');
    await scene.start();
    const labels = (): string[] =>
      scene.model.repairs[0].actions.map(({ label }) => label);
    expect(labels()).toEqual([
      'Use the first, above',
      'Go to the first, above',
      'Use the second, below',
      'Go to the second, below'
    ]);
    scene.notebook.counts.set('A', 7).set('C', 9);
    await scene.model.repairs[0].actions[3].run();
    expect(labels()).toEqual(['Use [7]', 'Go to [7]', 'Use the selected cell']);
    expect(scene.notebook.activeCellId).toBe('C');
    // A pasted copy has the number of what it was copied from.
    scene.notebook.counts.set('C', 7);
    expect(labels()[0]).toBe('Use the first, above');
  });

  it('of a lost cell find what defines its names, or put the starter back', async () => {
    const scene = new Scene();
    const missing = {
      title: 'Three',
      starter: 'three = ...',
      names: ['three']
    };
    scene.notebook.add('D', 'x = 1\nthree = 3');
    scene.client.listing = { missing: [{ exercise: 'three', ...missing }] };
    await scene.start();
    await scene.model.repairs[0].actions[0].run();
    expect(scene.notebook.visits).toContain('tag D exercise:three');
    scene.notebook.edit('D', 'threeish = 3; other(three=3)');
    await scene.model.repairs[0].actions[0].run();
    expect(scene.notebook.visits).toContain(
      'insert exercise:three after null: three = ...'
    );
  });
});

describe('a prediction', () => {
  it('is wanted before the verdict is shown, and announced', async () => {
    const scene = new Scene();
    const question = {
      name: 'ask-1',
      form: 'number' as const,
      text: 'How many?',
      when: 'before' as const
    };
    scene.client.infos = { one: { questions: [question] } };
    scene.client.answers.set('check-1', [
      {
        id: 'check-1',
        state: 'done',
        reports: [report('A', 'one', { source: 'a', questions: [question] })]
      }
    ]);
    await scene.start();
    await scene.run('A');
    expect(scene.states[0]).toBe('asked');
    expect(scene.row('one').report).toBeNull();
    expect(scene.model.verdicts).toEqual([]);
    scene.client.question = { ...question, answer: { at: 1, value: null } };
    await scene.model.actions.answer(scene.row('one'), 'ask-1', null);
    expect(scene.client.answered[0]).toMatchObject({
      exercise: 'one',
      question: 'ask-1',
      value: null
    });
    expect(scene.states[0]).toBe('passed');
    expect(scene.model.verdicts.length).toBe(1);
  });

  it('holds the verdict back while the next run is checked, too', async () => {
    const scene = new Scene();
    const question = {
      name: 'ask-1',
      form: 'number' as const,
      text: 'How many?',
      when: 'before' as const
    };
    scene.client.infos = { one: { questions: [question] } };
    scene.client.answers.set('check-1', [
      {
        id: 'check-1',
        state: 'done',
        reports: [report('A', 'one', { source: 'a', questions: [question] })]
      }
    ]);
    await scene.start();
    await scene.run('A');
    await scene.run('A');
    expect(scene.states[0]).toBe('checking');
    expect(scene.row('one').report).toBeNull();
  });
});

describe('an earlier answer', () => {
  it('comes back, and what it replaces is kept', async () => {
    const scene = new Scene();
    scene.client.earlier = [{ at: 1, outcome: 'failed', source: 'old' }];
    await scene.start();
    await scene.model.actions.recall(scene.row('one'));
    expect(scene.row('one').earlier?.map(each => each.source)).toEqual(['old']);
    await scene.model.actions.restore(scene.row('one'), 'old');
    expect(scene.notebook.source('A')).toBe('old');
    expect(scene.row('one').earlier?.map(each => each.source)).toEqual([
      'a',
      'old'
    ]);
  });
});

describe('settings', () => {
  it('hold as they are by default where there is no registry', async () => {
    const client = new FakeClient();
    const settings = new Settings(client);
    settings.begin();
    await settle();
    expect(settings.autoCheck).toBe(true);
    expect(settings.badges).toBe(true);
    expect(settings.side).toBe('right');
    expect(client.preferred).toEqual([]);
  });
});
