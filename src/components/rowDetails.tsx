import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IRow } from '../row';
import { Button } from './button';
import { ClipLink } from './clipLink';
import type { IExerciseRowProps } from './exerciseRow';
import { ReportView } from './reportView';
import { TitleText } from './titleText';

/** What an open row shows: what comes first, what was found, what comes next, and the way out when stuck. */
export function RowDetails(props: IExerciseRowProps): JSX.Element {
  const { row, actions, rendermime, trans } = props;
  const { info, report } = row;
  return (
    <>
      <Due row={row} onReview={() => void actions.review(row)} trans={trans} />
      {info.is_changed ? (
        <p className="jp-Math4mlQuiet">
          {trans.__('The exercise has changed since you passed it.')}
        </p>
      ) : null}
      {report ? (
        <ReportView
          report={report}
          received={row.received}
          onReveal={line => void actions.reveal(row, line)}
          onHint={confirmed => void actions.openHint(row, confirmed)}
          rendermime={rendermime}
          trans={trans}
        />
      ) : (
        <ul className="jp-Math4mlClaims" aria-label={trans.__('Claims')}>
          {info.checks.map(check => (
            <li key={check.name} className="jp-Math4mlClaim">
              <TitleText text={check.title} />
            </li>
          ))}
        </ul>
      )}
      <Success {...props} />
      {info.clip ? <ClipLink clip={info.clip} trans={trans} /> : null}
    </>
  );
}

/** What was revealed comes back, as a blank cell. */
function Due(props: {
  row: IRow;
  onReview: () => void;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { row, onReview, trans } = props;
  const { due_at } = row.info;
  if (typeof due_at !== 'number' || row.isReview) {
    return null;
  }
  const days = Math.ceil((due_at * 1000 - Date.now()) / 86_400_000);
  if (days > 0) {
    return (
      <p className="jp-Math4mlQuiet">
        {trans._n(
          'You saw the solution: it comes back in %1 day.',
          'You saw the solution: it comes back in %1 days.',
          days
        )}
      </p>
    );
  }
  return (
    <div className="jp-Math4mlBox">
      <div>
        {trans.__(
          'You saw the solution. Can you write it now, from the start?'
        )}
      </div>
      <Button onClick={onReview}>{trans.__('Write it once more')}</Button>
    </div>
  );
}

/** After a pass: another way to write it, and the way on. */
function Success({
  row,
  actions,
  trans
}: IExerciseRowProps): JSX.Element | null {
  const { state, report } = row;
  if (state.kind !== 'judged' || state.outcome.kind !== 'passed') {
    return null;
  }
  return (
    <>
      {report?.solution ? (
        <details>
          <summary>{trans.__('Another right way to write it')}</summary>
          <pre>{report.solution}</pre>
        </details>
      ) : null}
      {actions.hasNext(row) ? (
        <Button className="jp-mod-next" onClick={() => void actions.goOn(row)}>
          {trans.__('Next exercise')}
        </Button>
      ) : null}
    </>
  );
}
