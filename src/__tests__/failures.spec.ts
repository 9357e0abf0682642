import { firstFailure } from '../failures';
import type { CheckResult } from '../wire';

const check = (
  name: string,
  state: CheckResult['state'],
  measurement: string | null
): CheckResult => ({
  name,
  answer: 'f',
  title: name,
  state,
  measurement
});

describe('the failure that is told', () => {
  it('is the first that says by how much', () => {
    const told = check('even', 'failed', '4, needs 0');
    const later = check('odd', 'failed', '1, needs 2');
    expect(
      firstFailure([
        check('runs', 'held', null),
        check('agrees', 'failed', null),
        told,
        later
      ])
    ).toBe(told);
  });

  it('is the first of all where none says it', () => {
    const silent = check('agrees', 'failed', null);
    expect(firstFailure([silent, check('even', 'failed', null)])).toBe(silent);
    expect(firstFailure([check('even', 'held', null)])).toBeUndefined();
  });
});
