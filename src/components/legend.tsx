import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { RowState } from '../rowState';
import type { Tone } from '../words';
import { StateIcon } from './stateIcon';

interface ILegendProps {
  /** Nothing was tried here yet: then it is unfolded. */
  isNew: boolean;
  /** The file that the learner's record is kept in, where that is known. */
  record: string | null;
  trans: TranslationBundle;
}

const JUDGED: RowState = { kind: 'unknown' };

/** What the signs mean, how one works here, what is stored and what is sent. */
export function Legend({ isNew, record, trans }: ILegendProps): JSX.Element {
  const signs: [RowState, Tone, string][] = [
    [JUDGED, 'good', trans.__('every claim about the answer holds')],
    [
      JUDGED,
      'bad',
      trans.__('at least one claim does not hold, or the cell failed')
    ],
    [JUDGED, 'plain', trans.__('not run, or not attempted')],
    [
      { kind: 'edited', passed: false },
      'plain',
      trans.__('edited since it ran')
    ],
    [
      { kind: 'earlier', passed: true, at: 0 },
      'good',
      trans.__('passed before; not run in this kernel')
    ],
    [{ kind: 'asked' }, 'plain', trans.__('a question comes first')],
    [
      { kind: 'checking' },
      'busy',
      trans.__('being checked, or waiting for the kernel')
    ],
    [
      JUDGED,
      'odd',
      trans.__('cannot be judged: the kernel or the check is in the way')
    ]
  ];
  return (
    <details className="jp-Math4mlLegend" open={isNew}>
      <summary>{trans.__('How this works')}</summary>
      <p>
        {trans.__(
          'Write an answer and run its cell: here you see which claims about it hold. Wrong answers cost nothing. Hints open one by one, when you ask.'
        )}
      </p>
      <ul>
        {signs.map(([state, tone, words]) => (
          <li key={words} className="jp-Math4mlLegend-item">
            <StateIcon state={state} tone={tone} /> {words}
          </li>
        ))}
      </ul>
      <p>
        {record
          ? trans.__(
              'Your attempts, hints and answers are kept in %1 and nowhere else.',
              record
            )
          : trans.__(
              'Your attempts, hints and answers are kept on the Jupyter server, in your own files.'
            )}{' '}
        {trans.__('Nothing is sent anywhere.')}
      </p>
    </details>
  );
}
