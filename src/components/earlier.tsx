import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { EarlierAnswer } from '../wire';
import { Moment } from './moment';

export interface IEarlierProps {
  /** Texts that were judged; null while they are not known yet. */
  attempts: readonly EarlierAnswer[] | null;
  /** The text that the cell holds now; null where it is not known. */
  source: string | null;
  onRestore: (source: string) => void;
  trans: TranslationBundle;
}

/** The learner's earlier answers, the newest first, each to be looked at and brought back. */
export function EarlierAnswers(props: IEarlierProps): JSX.Element {
  const { attempts, source, trans } = props;
  if (!attempts?.length) {
    return (
      <p className="jp-Math4mlQuiet" role="status">
        {attempts
          ? trans.__('There are no earlier answers yet.')
          : trans.__('Reading your earlier answers…')}
      </p>
    );
  }
  const newest = [...attempts].sort((a, b) => b.at - a.at);
  return (
    <ol
      className="jp-Math4mlEarlier"
      aria-label={trans.__('Your earlier answers')}
    >
      {newest.map(attempt => (
        <li key={`${attempt.at} ${attempt.source}`}>
          <details>
            <summary>
              {outcomeLabel(attempt.outcome, trans)} <Moment at={attempt.at} />
              <code className="jp-Math4mlEarlier-line">
                {firstLine(attempt.source)}
              </code>
            </summary>
            <pre>{attempt.source}</pre>
            {attempt.source === source ? (
              <div className="jp-Math4mlQuiet">
                {trans.__('This is what your cell holds now.')}
              </div>
            ) : (
              <button
                type="button"
                className="jp-Math4mlButton"
                onClick={() => props.onRestore(attempt.source)}
              >
                {trans.__('Restore this answer')}
              </button>
            )}
          </details>
        </li>
      ))}
    </ol>
  );
}

interface IStartOverProps {
  onStartOver: () => void;
  trans: TranslationBundle;
}

/** Puts the starter back; Undo in the cell takes that back. */
export function StartOver(props: IStartOverProps): JSX.Element {
  const { onStartOver, trans } = props;
  return (
    <button
      type="button"
      className="jp-Math4mlButton"
      title={trans.__(
        'Puts the starter back into the cell; Undo brings your text back'
      )}
      onClick={onStartOver}
    >
      {trans.__('Start over')}
    </button>
  );
}

/** The first line of the code; a comment only where there is nothing else. */
function firstLine(source: string): string {
  const lines = source
    .split('\n')
    .map(line => line.trim())
    .filter(line => line);
  return lines.find(line => !line.startsWith('#')) ?? lines[0] ?? '';
}

/** The kind of an outcome in words; those that judge no text are not kept as attempts. */
function outcomeLabel(kind: string, trans: TranslationBundle): string {
  switch (kind) {
    case 'passed':
      return trans.__('passed');
    case 'failed':
      return trans.__('not yet right');
    case 'not_attempted':
      return trans.__('not attempted');
    case 'cell_raised':
      return trans.__('the cell raised an error');
    case 'timed_out':
      return trans.__('took too long');
    case 'replaced':
      return trans.__('replaced');
    case 'out_of_memory':
      return trans.__('needed too much memory');
    default:
      return trans.__('not judged');
  }
}
