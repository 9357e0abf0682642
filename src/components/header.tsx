import type { TranslationBundle } from '@jupyterlab/translation';
import { refreshIcon } from '@jupyterlab/ui-components';
import React, { useId } from 'react';

interface IHeaderProps {
  title: string;
  passed: number;
  total: number;
  canCheck: boolean;
  onCheckAll: () => void;
  onRefresh: () => void;
  trans: TranslationBundle;
}

/** The unit, how far one is, and what can be done for all exercises at once. */
export function Header(props: IHeaderProps): JSX.Element {
  const { title, passed, total, canCheck, trans } = props;
  const note = useId();
  const count = trans.__('%1 of %2', String(passed), String(total));
  return (
    <header className="jp-Math4mlHeader">
      <div className="jp-Math4mlHeader-unit">
        <span className="jp-Math4mlHeader-title">{title}</span>
        <span className="jp-Math4mlHeader-count">{count}</span>
      </div>
      <div
        className="jp-Math4mlProgress"
        role="progressbar"
        aria-label={trans.__('Exercises passed')}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={passed}
        aria-valuetext={count}
      >
        <div style={{ width: `${total ? (100 * passed) / total : 0}%` }} />
      </div>
      <div className="jp-Math4mlHeader-buttons">
        <button
          type="button"
          className="jp-Math4mlButton"
          aria-disabled={!canCheck}
          aria-describedby={note}
          onClick={canCheck ? props.onCheckAll : undefined}
        >
          {trans.__('Check all')}
        </button>
        <button
          type="button"
          className="jp-Math4mlButton"
          aria-label={trans.__('Read the exercises again')}
          title={trans.__('Read the exercises again')}
          onClick={props.onRefresh}
        >
          <refreshIcon.react tag="span" width="14px" height="14px" />
        </button>
      </div>
      <div id={note} className="jp-Math4mlQuiet">
        {trans.__('Checks what the kernel holds now; runs no cell.')}
      </div>
    </header>
  );
}
