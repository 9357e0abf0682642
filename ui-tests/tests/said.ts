import type { CheckResult, Ladder, Question, Report } from '../../src/wire';
import { COLLAPSE } from './app';

/** What a server may say of an exercise; the states are seen with it. */

const VIDEO = 'https://www.youtube.com/watch?v=uZeDTwWcnuY&t=1354s';

const CLIP = {
  title: 'Everything is a pipeline of functions',
  url: VIDEO,
  start: 1354,
  end: 1420
};

function claim(changes: Partial<CheckResult>): CheckResult {
  return { name: 'c', answer: 'collapse', title: '', state: 'held', ...changes };
}

const STRUCTURE = ['defined', 'runs', 'kind', 'shape', 'unchanged'].map(name =>
  claim({ name, title: name })
);

const BROKEN_CLAIM = claim({
  name: 'does_all_of_it',
  title: 'One product does what the stages do in turn',
  state: 'failed',
  measurement: 'got [ 5. 11.], want [ 8. 10.]\nlargest difference 3, allowed 1e-06',
  smallest_input: 'stages=[array([[1., 1.],\n              [0., 1.]]), array([[2., 0.],\n              [1., 3.]])]',
  observation: 'The shapes are right, the numbers are not.',
  wrong: 9,
  inputs: 11,
  line: { number: 4, text: '        product = product @ stage' },
  clip: CLIP
});

const TEXTS = [
  'Send one vector through the stages by hand. Where does your matrix send it?',
  'In $WXv$ the vector meets $X$ first, although $W$ is written first.',
  'Multiply in the opposite order, each new stage from the left:\n\n```python\nproduct = stage @ product\n```'
];

/** A ladder with this many hints open. */
export function ladder(open: number, changes: Partial<Ladder> = {}): Ladder {
  return {
    key: 'check:does_all_of_it',
    levels: 5,
    opened: TEXTS.slice(0, open).map((text, index) => ({
      level: index + 1,
      text,
      clip: index === 1 ? CLIP : null
    })),
    next: { state: 'ready', level: open + 1 },
    ...changes
  };
}

export const FAILED: Partial<Report> = {
  outcome: { kind: 'failed' },
  checks: [
    ...STRUCTURE,
    claim({ name: 'keeps', title: '`collapse` of one stage is that stage' }),
    BROKEN_CLAIM,
    claim({ name: 'fast', title: 'It is one product', state: 'skipped' })
  ],
  ladder: ladder(1, { next: { state: 'waits', level: 2, seconds: 42 } })
};

/** The same, and why is known. */
export const SLIP: Partial<Report> = {
  outcome: { kind: 'failed' },
  known_slip: true,
  checks: [{ ...BROKEN_CLAIM, smallest_input: null, observation: null, clip: null }]
};

export const PASSED: Partial<Report> = {
  outcome: { kind: 'passed', inputs: 11 },
  checks: [
    ...STRUCTURE,
    claim({
      name: 'does_all_of_it',
      title: 'One product does what the stages do in turn'
    })
  ],
  solution: 'from functools import reduce\n\ndef collapse(*stages):\n    return reduce(lambda whole, stage: stage @ whole, stages)\n'
};

/** Every other outcome by its kind. */
export const OTHERS: readonly Report['outcome'][] = [
  { kind: 'not_run' },
  { kind: 'not_attempted' },
  {
    kind: 'cell_raised',
    error: "NameError: name 'stage' is not defined",
    line: { number: 2, text: '    product = stage[0]' }
  },
  {
    kind: 'timed_out',
    seconds: 8,
    smallest_input: 'stages=[array([[1., 1.],\n              [0., 1.]])]',
    line: { number: 2, text: '    while True:' }
  },
  { kind: 'out_of_memory', megabytes: 1024 },
  { kind: 'kernel_busy' },
  { kind: 'kernel_restarted' },
  { kind: 'kernel_dead' },
  { kind: 'not_python', language: 'R' },
  { kind: 'gateway' },
  { kind: 'no_snapshot', why: 'it holds memory of the graphics card' },
  { kind: 'cancelled' },
  {
    kind: 'broken',
    message: 'refactor_pipeline.py, line 12: the check ends with a ZeroDivisionError.',
    fix: 'Tell your teacher, or repair the module and read the exercises again.'
  }
];

/** The last learner's answer, line by line. */
const LINES = COLLAPSE.wrong.split('\n');

function asks(changes: Partial<Question>): Question {
  return { name: 'q', form: 'choice', when: 'after', text: '', ...changes };
}

export const AT = 1_780_000_000;

export const NUMBER = asks({
  form: 'number',
  text: 'How many rows has the product of a 3×2 and a 2×4 matrix?'
});

/** Questions that come after the verdict, open and answered. */
export const QUESTIONS: Readonly<Record<string, Question>> = {
  'question-choice': asks({
    text: 'Which stage does the vector meet first in $ABv$?',
    options: ['`A`', '`B`', 'both at once']
  }),
  'question-wrong': asks({
    text: 'Which stage does the vector meet first in $ABv$?',
    options: ['`A`', '`B`', 'both at once'],
    answer: {
      at: AT,
      value: '`A`',
      right: false,
      follow_up: 'Put the brackets in: $A(Bv)$. What is computed first?'
    }
  }),
  'question-breaks': asks({
    form: 'breaks',
    text: 'This answer is wrong. On which stages does it fail?',
    inputs: ['stages'],
    lines: LINES
  }),
  'question-spot': asks({
    form: 'spot',
    text: 'One line is wrong. Which one?',
    lines: LINES
  }),
  'question-beat': asks({
    form: 'beat',
    when: 'before',
    text: 'Write a wrong `collapse` that passes the check.'
  }),
  'question-explain': asks({
    form: 'explain',
    text: 'Why does the first stage stand furthest to the right?'
  }),
  'question-explained': asks({
    form: 'explain',
    text: 'Why does the first stage stand furthest to the right?',
    answer: {
      at: AT,
      value: 'The vector stands on the right, so it meets that one first.',
      truth: 'A product applies the factor nearest to the vector first.'
    }
  }),
  'question-skipped': { ...NUMBER, answer: { at: AT, value: null } },
  'question-right': asks({
    form: 'shape',
    text: 'What is the shape of the product of a 3×2 and a 2×4 matrix?',
    answer: { at: AT, value: '(3, 4)', right: true, truth: '(3, 4)' }
  })
};

export const PREDICTION = asks({
  when: 'before',
  form: 'shape',
  text: 'What is the shape of `collapse(A, B)` for $A$ of shape (2, 3) and $B$ of shape (4, 2)?'
});

const PUZZLE: Question = asks({
  name: 'order',
  form: 'order',
  when: 'hint',
  text: 'Put the lines of a right answer in order.',
  lines: [
    '        whole = stage @ whole',
    'def collapse(*stages):',
    '    return whole',
    '    whole = stages[0]',
    '    for stage in stages[1:]:'
  ]
});

/** A ladder that ends with this. */
function after(hint: Partial<Ladder['opened'][number]>): Ladder {
  const level = hint.code ? 5 : 4;
  return ladder(0, {
    opened: [{ level, text: '', ...hint }],
    next:
      level === 5 ? { state: 'done' } : { state: 'ready', level: level + 1 }
  });
}

/** The ladders with more than words. */
export const LADDERS: Readonly<Record<string, Ladder>> = {
  puzzle: after({ puzzle: PUZZLE }),
  'puzzle-wrong': after({
    puzzle: {
      ...PUZZLE,
      name: 'order-wrong',
      answer: { at: AT, value: '[1, 3, 0, 4, 2]', right: false, wrong: [0, 4] }
    }
  }),
  'puzzle-choose': after({
    puzzle: asks({
      name: 'choose',
      form: 'choose',
      when: 'hint',
      text: 'Choose each line.',
      slots: [
        ['def collapse(*stages):'],
        ['    whole = stages[0]', '    whole = stages[-1]'],
        ['    for stage in stages[1:]:'],
        ['        whole = stage @ whole', '        whole = whole @ stage'],
        ['    return whole']
      ]
    })
  }),
  reveal: after({
    text: 'A solution:',
    code: COLLAPSE.right.replace(/product/g, 'whole')
  })
};

export const REFLECTION = asks({
  form: 'reflect',
  text: 'Your last failure was this. Which line was wrong?',
  lines: LINES
});
