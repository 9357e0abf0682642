import type {
  CleanRunAnswer,
  CourseAnswer,
  EarlierAnswer,
  ExercisesAnswer,
  Standing
} from '../../src/wire';
import { COLLAPSE } from './app';
import { AT } from './said';

/** What a server may say besides the exercises themselves. */

export const ATTEMPTS: EarlierAnswer[] = [
  { at: AT + 90, outcome: 'failed', source: COLLAPSE.wrong },
  { at: AT, outcome: 'cell_raised', source: 'collapse = stage' }
];

function standing(title: string, changes: Partial<Standing> = {}): Standing {
  return {
    exercise: title,
    title,
    unit: 'u',
    path: 'u/u.ipynb',
    attempts: 0,
    hints: 0,
    ...changes
  };
}

export const COURSE: Partial<CourseAnswer> = {
  title: 'The mathematics of machine learning',
  record: '/home/learner/.local/share/jupyter/math4ml/record.sqlite',
  due: [standing('Catch the impostor')],
  resume: standing('The slope of a `loss`'),
  units: [
    {
      name: 'linear',
      title: 'Linear algebra as programming',
      path: 'linear/linear.ipynb',
      exercises: [
        standing('one', { passed_at: AT, solved: 'alone' }),
        standing('two', { passed_at: AT, solved: 'revealed' })
      ]
    },
    {
      name: 'calculus',
      title: 'Calculus: the derivative as the best linear approximation',
      path: 'calculus/calculus.ipynb',
      exercises: [standing('three')]
    }
  ]
};

/** A clean run that disagrees about the exercise in this cell. */
export function cleanRun(cell_id: string): Partial<CleanRunAnswer> {
  return {
    state: 'done',
    executed: 9,
    reports: [true, false].map((holds, index) => ({
      cell_id,
      exercise: `${index}`,
      outcome: holds ? { kind: 'passed', inputs: 11 } : { kind: 'failed' },
      checks: [],
      basis: 'run',
      source: '',
      at: AT
    })),
    disagreements: [
      {
        cell_id,
        exercise: 'refactor-pipeline',
        live: 'passed',
        clean: 'failed',
        message:
          'It passed live and fails from the top: it uses stages, which no cell defines any more.'
      }
    ],
    errors: [
      {
        cell_id,
        index: 4,
        error: "NameError: name 'stages' is not defined",
        line: { number: 1, text: 'stages' }
      }
    ],
    notes: ['The file data.csv was read from your folder.']
  };
}

/** An unknown exercise, a module that is broken, and a cell that was lost. */
export function problems(
  first: string,
  second: string
): Partial<ExercisesAnswer> {
  return {
    problems: [
      {
        cell_id: first,
        exercise: 'refactor-pipelin',
        message: "There is no exercise 'refactor-pipelin' in this unit.",
        fix: 'Did you mean refactor-pipeline? Change the tag, or write linear_algebra/refactor_pipelin.py.'
      },
      {
        cell_id: second,
        message: 'features_times_theta.py, line 3: invalid syntax.',
        fix: 'Repair the module, then read the exercises again.'
      }
    ],
    missing: [
      {
        exercise: 'is-it-linear',
        title: 'Catch the impostor',
        names: ['is_linear'],
        starter: 'def is_linear(f, n, rng, trials=20):\n    ...'
      }
    ]
  };
}
