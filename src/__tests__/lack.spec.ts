import { findLack } from '../lack';
import { claim, report } from './fakes';

const failed = report('A', 'one', {
  outcome: { kind: 'failed' },
  checks: [
    claim({
      name: 'runs',
      state: 'failed',
      measurement: "NameError: name 'np' is not defined"
    })
  ]
});

describe('a name that the answer lacks', () => {
  it.each([
    'import numpy as np',
    'import os\nimport numpy as np  # arrays',
    'from numpy import array, np',
    'np = 3',
    'def np(): ...'
  ])('is found in another cell: %s', source => {
    const sources = new Map([
      ['A', 'np = 1'],
      ['B', source]
    ]);
    expect(findLack(failed, sources)).toEqual({ name: 'np', cellId: 'B' });
  });

  it('is the learner’s own matter where no other cell has it', () => {
    const sources = new Map([
      ['A', 'np = 1'],
      ['B', 'import numpy\nprint(np)\nx = np == 3']
    ]);
    expect(findLack(failed, sources)).toBeNull();
    expect(findLack(report('A', 'one'), sources)).toBeNull();
    expect(findLack(null, sources)).toBeNull();
  });

  it('may be what the check itself needs', () => {
    const lacking = report('A', 'one', {
      outcome: { kind: 'lacks', names: ['W'] }
    });
    expect(findLack(lacking, new Map([['B', 'W = 3']]))).toEqual({
      name: 'W',
      cellId: 'B'
    });
  });

  it('may have stopped the cell itself', () => {
    const raised = report('A', 'one', {
      outcome: {
        kind: 'cell_raised',
        error: "NameError: name 'f' is not defined"
      }
    });
    expect(findLack(raised, new Map([['B', 'def f(x): return x']]))).toEqual({
      name: 'f',
      cellId: 'B'
    });
  });
});
