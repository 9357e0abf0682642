import { nullTranslator } from '@jupyterlab/translation';
import type { TranslationBundle } from '@jupyterlab/translation';
import { act, cleanup, render } from '@testing-library/react';
import React from 'react';

import { Exercises } from '../components/exercises';
import { ExercisesModel } from '../model';
import type { Answered, Question } from '../wire';
import { FakeAuthorClient, FakeDesk, PROOF } from './fakeAuthor';
import { FakeNotebook } from './fakeNotebook';
import {
  done,
  FAILED,
  FakeClient,
  LADDER,
  OUTCOMES,
  report,
  settle
} from './fakes';

/** Marks what went through the translator. */
const untranslated = { trans: nullTranslator.load('math4ml_lab') };
const marked = (text: string): string => `⟦${text}⟧`;
const trans: TranslationBundle = {
  ...untranslated.trans,
  __: (text, ...rest) => marked(untranslated.trans.__(text, ...rest)),
  _n: (one, many, n, ...rest) =>
    marked(untranslated.trans._n(one, many, n, ...rest))
};

const FORMS: { [K in Question['form']]: Partial<Question> } = {
  choice: { options: ['falls', 'grows'] },
  number: {},
  shape: {},
  breaks: { inputs: ['bx'], lines: ['def f(x):', '    return x'] },
  spot: { lines: ['def g(x):', '    return -x'] },
  reflect: { lines: ['def h(x):', '    return x * x'] },
  beat: {},
  order: { lines: ['    return y', 'def k(x):'] },
  choose: { slots: [['def m(x):'], ['  a', '  b']] },
  explain: {}
};
const SAID: Readonly<Record<string, Partial<Answered> | null>> = {
  open: null,
  skipped: { value: null },
  right: { right: true, truth: '1' },
  wrong: { right: false, follow_up: 'And then?' }
};

const QUESTIONS: Question[] = Object.entries(FORMS).flatMap(([form, given]) =>
  Object.entries(SAID).map(([how, answer]) => ({
    name: `${form}-${how}`,
    form: form as Question['form'],
    when: 'after' as const,
    text: 'What happens?',
    ...given,
    answer: answer ? { at: 1e9, value: '0', ...answer } : null
  }))
);

/** All that the authors, the server and the learner say in this scene. */
const WORDS = [
  ...['Linear algebra', 'Title of one', 'Title of two', 'one', 'Lost title'],
  ...['Sum', 'The course', 'Unit title', 'Due title', 'Resume title', 'a note'],
  ...[
    'Tag wrong.',
    'Mend the tag.',
    'raised here',
    'disagrees',
    'printed',
    'a'
  ],
  ...['The value is right', 'solution()', 'starter()', 'old = 1', 'code = 1'],
  ...['free', 'exercise:one', 'exercise:two'],
  // Stands between names, whatever the language.
  ...[', ', ': ', '−', '+', '↵']
];
const DATA = JSON.stringify([
  WORDS,
  QUESTIONS,
  OUTCOMES,
  FAILED,
  LADDER,
  PROOF
]);

/** What is shown, or said by an attribute, and is neither translated nor said by others. */
function bare(): string[] {
  const ATTRIBUTES = ['aria-label', 'title', 'placeholder', 'aria-valuetext'];
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      found.push(
        ...ATTRIBUTES.map(name => (node as Element).getAttribute(name) ?? '')
      );
    } else if (!node.parentElement?.closest('time, textarea')) {
      found.push(node.textContent ?? '');
    }
  }
  const isData = (text: string): boolean =>
    DATA.includes(JSON.stringify(text.trim()).slice(1, -1));
  // A text without letters is the same in all languages.
  const isWord = (text: string): boolean => /\p{L}/u.test(text);
  return found.filter(
    text => isWord(text) && !text.includes('⟦') && !isData(text)
  );
}

describe('every text of ours goes through the translator', () => {
  const notebook = new FakeNotebook();
  const client = new FakeClient();
  const author = new FakeAuthorClient();
  const desk = new FakeDesk();
  desk.isOn = false;
  const model = new ExercisesModel({
    notebook,
    client,
    settings: { autoCheck: true },
    trans,
    author: { client: author, desk }
  });
  const show = (): void => {
    cleanup();
    render(
      <Exercises
        model={model}
        onOpen={jest.fn()}
        rendermime={null}
        trans={trans}
      />
    );
  };
  let checks = 0;
  const check = async (changes: Partial<typeof FAILED>): Promise<void> => {
    const id = `check-${++checks}`;
    client.answers.set(id, [
      done(id, report('A', 'one', { source: 'a', ...changes }))
    ]);
    await act(() => model.checkAll());
    show();
  };

  beforeAll(async () => {
    notebook.add('A', 'a', 'one').add('B', 'b', 'two');
    client.listing = { title: 'Linear algebra' };
    notebook.tagsChanged.emit();
    notebook.kernelReady.emit();
    await settle();
  });
  afterEach(cleanup);
  afterAll(() => model.dispose());

  it('finds a text that does not', () => {
    document.body.textContent = 'Bare words';
    expect(bare()).toEqual(['Bare words']);
    document.body.textContent = '';
  });

  it.each(Object.values(OUTCOMES))('$kind', async outcome => {
    await check({ outcome });
    expect(document.body.textContent).toContain('⟦');
    expect(bare()).toEqual([]);
  });

  it('a failed claim, hints, a puzzle, a solution and what was printed', async () => {
    await check({
      ...FAILED,
      basis: 'live',
      isolation: 'guarded',
      notes: ['a note'],
      printed: 'printed',
      ladder: {
        ...LADDER,
        opened: [
          ...LADDER.opened,
          { level: 4, text: '', puzzle: QUESTIONS[0] },
          { level: 5, text: '', code: 'solution()' }
        ]
      },
      other_ladders: [LADDER]
    });
    const shows = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent?.includes('Show the solution')
    );
    await act(async () => shows?.click());
    expect(document.querySelector('.jp-Math4mlDiff')).not.toBeNull();
    expect(bare()).toEqual([]);
  });

  it.each(QUESTIONS)('a question: $name', async question => {
    await check({
      solution: 'solution()',
      questions: [question],
      outcome: OUTCOMES.passed
    });
    expect(document.querySelector('.jp-Math4mlQuestion')).not.toBeNull();
    expect(bare()).toEqual([]);
  });

  it('problems, the course, a clean run and the way out', async () => {
    client.earlier = [{ at: 1e9, outcome: 'failed', source: 'old = 1' }];
    client.infos = {
      one: { due_at: 1, starter: 'starter()', is_changed: true }
    };
    client.listing = {
      title: 'Linear algebra',
      forum: 'https://forum.example.org',
      problems: [
        {
          message: 'Tag wrong.',
          fix: 'Mend the tag.',
          cell_id: 'B',
          exercise: 'two'
        }
      ],
      missing: [
        { exercise: 'three', title: 'Lost title', names: ['f'], starter: '' }
      ]
    };
    const standing = {
      exercise: 'one',
      title: 'Due title',
      unit: 'u',
      path: 'u.ipynb',
      attempts: 1,
      hints: 0,
      passed_at: 1e9
    };
    client.course = async () => ({
      course: 'c',
      title: 'The course',
      is_unread: true,
      due: [standing],
      resume: { ...standing, title: 'Resume title' },
      units: [
        { name: 'u', title: 'Unit title', path: 'u', exercises: [standing] }
      ]
    });
    client.cleanRuns = [
      {
        state: 'done',
        notes: ['a note'],
        errors: [{ cell_id: 'A', index: 0, error: 'raised here' }],
        disagreements: [
          {
            cell_id: 'A',
            exercise: 'one',
            live: 'passed',
            clean: 'failed',
            message: 'disagrees'
          }
        ]
      }
    ];
    await act(() => model.refresh());
    await act(() => model.course.open(true));
    await act(() => model.runClean());
    const row = model.rows[0];
    await act(() => model.actions.recall(row));
    show();
    for (const part of ['Problems', 'Course', 'Box', 'Forum', 'Earlier']) {
      expect(document.querySelector(`.jp-Math4ml${part}`)).not.toBeNull();
    }
    expect(bare()).toEqual([]);
  });

  it('author mode: a name, no module, a broken one, a proof', async () => {
    const { findings } = PROOF;
    const see = (part: string): void => {
      show();
      expect(document.body.textContent).toContain(part);
      expect(bare()).toEqual([]);
    };
    author.modules = [
      { exercise: 'two', path: 'two.py', findings },
      { exercise: 'free', path: 'free.py', title: 'Sum' }
    ];
    author.isWritable = false;
    notebook.add('C', 'f = 1').activate('C');
    await act(() => desk.switch(true));
    see('Its module will be');
    notebook.activate('A');
    see('There is no one.py');
    notebook.activate('B');
    author.modules[0] = { exercise: 'two', path: 'two.py', title: 'Sum' };
    await act(() => desk.switch(true));
    author.proofs = [{ proof: PROOF, notes: ['a note'], message: 'Sum' }];
    await act(() => model.author?.prove('two') ?? Promise.resolve());
    see('Which answer fails');
    author.proofs = [{ state: 'broken', message: 'Sum' }];
    await act(() => model.author?.prove('two') ?? Promise.resolve());
    see('could not be made');
    model.author?.see(true);
    see('You see what a learner sees');
    await act(() => desk.switch(false));
  });

  it('no notebook, no exercises, and why nothing can be checked', async () => {
    client.watchAnswer = { outcome: OUTCOMES.not_python };
    await act(() => model.refresh());
    show();
    expect(document.body.textContent).toContain('speaks R');
    expect(bare()).toEqual([]);
    cleanup();
    const none = { model: null, onOpen: jest.fn(), rendermime: null, trans };
    render(<Exercises {...none} />);
    expect(document.body.textContent).toContain('⟦');
    expect(bare()).toEqual([]);
  });
});
