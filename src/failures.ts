import type { CheckResult } from './wire';

/** The first claim that does not hold and says by how much, else the first that does not hold. */
export function firstFailure(
  checks: readonly CheckResult[]
): CheckResult | undefined {
  const failures = checks.filter(check => check.state === 'failed');
  return failures.find(check => check.measurement) ?? failures[0];
}
