import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { CleanRun } from '../cleanRun';
import { unreachable } from '../rowState';
import type { CleanRunAnswer } from '../wire';
import { Button } from './button';
import { TitleText } from './titleText';

interface ICleanRunProps {
  run: CleanRun;
  /** The titles of the exercises by name. */
  titles: ReadonlyMap<string, string>;
  onCancel: () => void;
  onGoTo: (cellId: string, line?: number) => void;
  trans: TranslationBundle;
}

/** How far a clean run is, then what it found: where the live kernel and the notebook from the top disagree. */
export function CleanRunView(props: ICleanRunProps): JSX.Element | null {
  const { run, onCancel, trans } = props;
  const { answer } = run;
  if (run.isRunning) {
    const executed = answer?.executed ?? 0;
    const total = answer?.total ?? 0;
    const words = total
      ? trans.__('Running cell %1 of %2…', String(executed + 1), String(total))
      : trans.__('Starting a fresh kernel…');
    return (
      <section className="jp-Math4mlBox" aria-label={trans.__('Clean run')}>
        <div>{words}</div>
        <progress
          className="jp-Math4mlRunning"
          aria-label={words}
          max={total || 1}
          value={executed}
        />
        <Button onClick={onCancel}>{trans.__('Cancel the clean run')}</Button>
      </section>
    );
  }
  return answer ? <Found {...props} answer={answer} /> : null;
}

function Found(
  props: ICleanRunProps & { answer: CleanRunAnswer }
): JSX.Element {
  const { answer, run, titles, onGoTo, trans } = props;
  const { disagreements = [], errors = [], notes = [] } = answer;
  const passed = answer.reports.filter(
    ({ outcome }) => outcome.kind === 'passed'
  );
  const title = (exercise: string): string => titles.get(exercise) ?? exercise;
  return (
    <section
      className="jp-Math4mlBox"
      aria-label={trans.__('Clean run')}
      data-math4ml-clean={answer.state}
    >
      <div role="status">
        <strong>{stateText(answer.state, trans)}</strong>{' '}
        {answer.message ??
          trans._n(
            '%2 of %1 exercise holds from the top.',
            '%2 of %1 exercises hold from the top.',
            answer.reports.length,
            passed.length
          )}
      </div>
      <Outdated {...props} />
      <ul className="jp-Math4mlBox-items">
        {disagreements.map(({ cell_id, exercise, message }) => (
          <li key={exercise} data-math4ml-disagrees={exercise}>
            <Button className="jp-mod-link" onClick={() => onGoTo(cell_id)}>
              <TitleText text={title(exercise)} />
            </Button>{' '}
            {message}
          </li>
        ))}
        {errors.map(({ cell_id, index, error, line }) => (
          <li key={cell_id}>
            <Button
              className="jp-mod-link"
              onClick={() => onGoTo(cell_id, line?.number ?? undefined)}
            >
              {trans.__('Cell %1 from the top', String(index + 1))}
            </Button>{' '}
            {error}
          </li>
        ))}
        {notes.map(note => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      {answer.state === 'done' && disagreements.length === 0 ? (
        <p>{agreeWords(errors.length > 0, trans)}</p>
      ) : null}
      <Button onClick={() => run.dismiss()}>{trans.__('Close')}</Button>
    </section>
  );
}

function Outdated({ run, trans }: ICleanRunProps): JSX.Element | null {
  return run.isOutdated ? (
    <p>
      {trans.__(
        'The notebook has changed since: this is of its earlier state.'
      )}
    </p>
  ) : null;
}

/** No verdict is another one from the top; what raised besides is listed by its cells. */
function agreeWords(hasErrors: boolean, trans: TranslationBundle): string {
  return hasErrors
    ? trans.__(
        'The exercises’ verdicts agree, but a cell that answers no exercise raised from the top.'
      )
    : trans.__('The exercises’ verdicts agree.');
}

function stateText(
  state: CleanRunAnswer['state'],
  trans: TranslationBundle
): string {
  switch (state) {
    case 'starting':
    case 'running':
      return trans.__('Clean run:');
    case 'done':
      return trans.__('Clean run done.');
    case 'timed_out':
      return trans.__('The clean run took too long.');
    case 'cancelled':
      return trans.__('Clean run cancelled.');
    case 'kernel_dead':
      return trans.__('The fresh kernel died.');
    case 'broken':
      return trans.__('The clean run could not be made.');
    default:
      return unreachable(state);
  }
}
