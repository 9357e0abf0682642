import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { memo, useEffect, useId, useRef } from 'react';

import type { Onward } from '../onward';
import type { IRow } from '../row';
import { stateName } from '../rowState';
import type { Value } from '../said';
import { stateWords } from '../words';
import type { Clip, Refusal } from '../wire';
import { Button } from './button';
import { ClipOpened } from './clipLink';
import type { Drafts } from './drafts';
import { DraftsContext } from './drafts';
import { RowDetails } from './rowDetails';
import { StateIcon } from './stateIcon';
import { TitleText } from './titleText';

/** What a row can be asked to do. */
export interface IRowActions {
  select(row: IRow): Promise<void>;
  reveal(row: IRow, line: number): Promise<void>;
  openHint(row: IRow, confirmed?: boolean): Promise<void>;
  cancel(row: IRow): Promise<void>;
  goTo(row: IRow): Promise<void>;
  goToLack(row: IRow): Promise<void>;
  answer(row: IRow, question: string, value: Value): Promise<Refusal | null>;
  drafts(row: IRow): Drafts;
  recall(row: IRow): Promise<void>;
  restore(row: IRow, source: string): Promise<void>;
  startOver(row: IRow): Promise<void>;
  review(row: IRow): Promise<void>;
  goOn(row: IRow): Promise<void>;
  hasNext(row: IRow): boolean;
  watch(row: IRow, clip: Clip): Promise<void>;
}

export interface IExerciseRowProps {
  row: IRow;
  actions: IRowActions;
  /** Where one goes when all exercises of the notebook are passed; null while that is not known. */
  onward: Onward | null;
  /** Open a notebook of the course. */
  onOpen: (path: string) => void;
  /** Where questions can be asked that neither video nor checks answer. */
  forum: string | null;
  rendermime: IRenderMimeRegistry | null;
  trans: TranslationBundle;
}

/** One exercise: how it stands, and under it why. Drawn again only when its row is another. */
export const ExerciseRow = memo(function ExerciseRow(
  props: IExerciseRowProps
): JSX.Element {
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
      data-math4ml-review={row.isReview || undefined}
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
            {row.isReview ? <>{trans.__('Once more:')} </> : null}
            <TitleText text={row.info.title} />
          </span>
          <span className="jp-Math4mlRow-state">{words.label}</span>
        </button>
        {isPending ? (
          <Button
            aria-label={trans.__('Cancel the check of %1', row.info.title)}
            onClick={() => void actions.cancel(row)}
          >
            {trans.__('Cancel')}
          </Button>
        ) : null}
      </div>
      {row.isExpanded ? (
        <div id={details} className="jp-Math4mlRow-details">
          {words.text ? <p>{words.text}</p> : null}
          <ClipOpened.Provider value={clip => void actions.watch(row, clip)}>
            <DraftsContext.Provider value={actions.drafts(row)}>
              <RowDetails {...props} />
            </DraftsContext.Provider>
          </ClipOpened.Provider>
        </div>
      ) : null}
    </li>
  );
});
