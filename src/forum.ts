import type { TranslationBundle } from '@jupyterlab/translation';

import { firstFailure } from './failures';
import type { Outcome } from './rowState';
import type { Report } from './wire';
import { outcomeWords } from './words';

/** The forum's address where it may become a link, else null. */
export function forumAddress(address: string): string | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const isPlain = !url.username && !url.password;
  return url.protocol === 'https:' && isPlain ? url.href : null;
}

/** What a learner can ask with: the exercise, what happened, and the code where that is given. */
export function forumText(
  title: string,
  report: Report | null,
  source: string | null,
  trans: TranslationBundle
): string {
  const parts = [trans.__('Exercise: %1', title)];
  if (report) {
    parts.push(...happened(report, trans));
  }
  if (source !== null) {
    const fence = fenceFor(source);
    parts.push(
      `${trans.__('My code:')}\n\n${fence}python\n${source.trimEnd()}\n${fence}`
    );
  }
  parts.push(`${trans.__('My question:')} `);
  return parts.join('\n\n');
}

function happened(report: Report, trans: TranslationBundle): string[] {
  const claim = firstFailure(report.checks);
  if (!claim) {
    return [outcomeText(report.outcome, trans)];
  }
  const { measurement, smallest_input, observation } = claim;
  const parts = [trans.__('What does not hold: %1', claim.title)];
  if (measurement) {
    parts.push(quoted(measurement));
  }
  if (smallest_input) {
    parts.push(`${trans.__('Smallest input:')}\n\n${quoted(smallest_input)}`);
  }
  if (observation) {
    parts.push(observation);
  }
  return parts;
}

function outcomeText(outcome: Outcome, trans: TranslationBundle): string {
  const what = trans.__(
    'What happened: %1',
    outcomeWords(outcome, trans).label
  );
  const why =
    outcome.kind === 'cell_raised'
      ? outcome.error
      : outcome.kind === 'timed_out'
        ? outcome.smallest_input
        : null;
  return why ? `${what}\n\n${quoted(why)}` : what;
}

function quoted(text: string): string {
  const fence = fenceFor(text);
  return `${fence}text\n${text}\n${fence}`;
}

/** A fence that the text itself does not hold. */
function fenceFor(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  return '`'.repeat(Math.max(3, ...runs.map(run => run.length + 1)));
}
