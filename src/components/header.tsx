import type { TranslationBundle } from '@jupyterlab/translation';
import { refreshIcon } from '@jupyterlab/ui-components';
import React, { useId } from 'react';

import type { Author } from '../author';
import { Button } from './button';
import { More } from './more';

interface IHeaderProps {
  title: string;
  passed: number;
  total: number;
  canCheck: boolean;
  isChecking: boolean;
  isRunning: boolean;
  onCheckAll: () => void;
  onCancel: () => void;
  onCleanRun: () => void;
  onRefresh: () => void;
  author: Author | null;
  trans: TranslationBundle;
}

/** The unit, how far one is, and what can be done for all exercises at once. */
export function Header(props: IHeaderProps): JSX.Element {
  const { title, passed, total, canCheck, isChecking, isRunning, trans } =
    props;
  const note = useId();
  const count = trans.__('%1 of %2', String(passed), String(total));
  return (
    <header className="jp-Math4mlHeader">
      <div className="jp-Math4mlHeader-unit">
        <span className="jp-Math4mlHeader-title">{title}</span>
        <span className="jp-Math4mlHeader-count">{count}</span>
        <Button
          className="jp-mod-bare"
          aria-label={trans.__('Read the exercises again')}
          title={trans.__('Read the exercises again')}
          onClick={props.onRefresh}
        >
          <refreshIcon.react tag="span" width="14px" height="14px" />
        </Button>
        <More author={props.author} trans={trans} />
      </div>
      <Bar passed={passed} total={total} count={count} trans={trans} />
      <div className="jp-Math4mlButtons">
        {isChecking ? (
          <Button onClick={props.onCancel}>{trans.__('Cancel')}</Button>
        ) : (
          <Button
            isOff={!canCheck}
            aria-describedby={note}
            onClick={props.onCheckAll}
          >
            {trans.__('Check all')}
          </Button>
        )}
        <Button
          isOff={isRunning}
          title={trans.__(
            'Runs a copy of the notebook from the top in a fresh kernel, in the background'
          )}
          onClick={props.onCleanRun}
        >
          {trans.__('Verify from a clean run')}
        </Button>
      </div>
      <div id={note} className="jp-Math4mlQuiet">
        {trans.__(
          '“Check all” runs no cell. A cell that has run is told as it stood right after that run; any other is judged on what the kernel holds now, and its row says so.'
        )}
      </div>
    </header>
  );
}

interface IBarProps {
  passed: number;
  total: number;
  count: string;
  trans: TranslationBundle;
}

function Bar({ passed, total, count, trans }: IBarProps): JSX.Element {
  return (
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
  );
}
