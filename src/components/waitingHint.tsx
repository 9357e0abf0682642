import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useId, useReducer } from 'react';

interface IWaitingHintProps {
  label: string;
  /** In milliseconds since 1970; null: only after another attempt that behaves differently. */
  opensAt: number | null;
  /** Whether what it asks first is shown, where it asks something. */
  isExpanded?: boolean;
  onOpen: () => void;
  trans: TranslationBundle;
}

/** The button of a hint that opens later; it counts down by itself, and keeps the focus it has. */
export function WaitingHint(props: IWaitingHintProps): JSX.Element {
  const { label, opensAt, onOpen, trans } = props;
  const id = useId();
  const [, tick] = useReducer((ticks: number) => ticks + 1, 0);
  const left =
    opensAt === null ? null : Math.ceil((opensAt - Date.now()) / 1000);
  const isOpen = left !== null && left <= 0;
  useEffect(() => {
    if (opensAt === null || isOpen) {
      return;
    }
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [opensAt, isOpen]);
  return (
    <div className="jp-Math4mlHint-next">
      <button
        type="button"
        className="jp-Math4mlButton"
        aria-disabled={!isOpen}
        aria-expanded={props.isExpanded}
        aria-describedby={isOpen ? undefined : id}
        onClick={isOpen ? onOpen : undefined}
      >
        {label}
      </button>
      {isOpen ? null : (
        <span id={id} className="jp-Math4mlQuiet">
          {left === null
            ? trans.__('opens after an attempt that behaves differently')
            : trans.__(
                'opens after an attempt that behaves differently, or in %1 s',
                String(left)
              )}
        </span>
      )}
    </div>
  );
}
