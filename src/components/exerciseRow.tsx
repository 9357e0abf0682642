import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useId, useRef } from 'react';

import type { IRow } from '../row';
import { stateName } from '../rowState';
import { stateWords } from '../words';
import { ClipLink } from './clipLink';
import { ReportView } from './reportView';
import { StateIcon } from './stateIcon';
import { TitleText } from './titleText';

/** What a row can be asked to do. */
export interface IRowActions {
  select(row: IRow): Promise<void>;
  reveal(row: IRow, line: number): Promise<void>;
  openHint(row: IRow): Promise<void>;
  cancel(row: IRow): Promise<void>;
}

interface IExerciseRowProps {
  row: IRow;
  actions: IRowActions;
  rendermime: IRenderMimeRegistry | null;
  trans: TranslationBundle;
}

/** One exercise: how it stands, and under it why. */
export function ExerciseRow(props: IExerciseRowProps): JSX.Element {
  const { row, actions, trans } = props;
  const details = useId();
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (row.isExpanded) {
      item.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [row.isExpanded]);
  const words = stateWords(row.state, row.info, trans);
  const isPending = words.tone === 'busy';
  return (
    <li
      ref={item}
      className="jp-Math4mlRow"
      data-math4ml-exercise={row.info.exercise}
      data-math4ml-state={stateName(row.state)}
      aria-current={row.isActive ? 'true' : undefined}
    >
      <div className="jp-Math4mlRow-line">
        <button
          type="button"
          className="jp-Math4mlRow-head"
          aria-expanded={row.isExpanded}
          aria-controls={row.isExpanded ? details : undefined}
          onClick={() => void actions.select(row)}
        >
          <StateIcon state={row.state} tone={words.tone} />
          <span className="jp-Math4mlRow-title">
            <TitleText text={row.info.title} />
          </span>
          <span className="jp-Math4mlRow-state">{words.label}</span>
        </button>
        {isPending ? (
          <button
            type="button"
            className="jp-Math4mlButton"
            aria-label={trans.__('Cancel the check of %1', row.info.title)}
            onClick={() => void actions.cancel(row)}
          >
            {trans.__('Cancel')}
          </button>
        ) : null}
      </div>
      {row.isExpanded ? (
        <div id={details} className="jp-Math4mlRow-details">
          {words.text ? <p>{words.text}</p> : null}
          <Details {...props} />
        </div>
      ) : null}
    </li>
  );
}

function Details(props: IExerciseRowProps): JSX.Element {
  const { row, actions, rendermime, trans } = props;
  const { info, report } = row;
  return (
    <>
      {report ? (
        <ReportView
          report={report}
          received={row.received}
          onReveal={line => void actions.reveal(row, line)}
          onHint={() => void actions.openHint(row)}
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
      {info.clip ? <ClipLink clip={info.clip} trans={trans} /> : null}
    </>
  );
}
