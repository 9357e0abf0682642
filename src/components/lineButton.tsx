import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { Line } from '../wire';

interface ILineButtonProps {
  line: Line;
  /** Leads there; it can only be read where this is missing. */
  onReveal?: (line: number) => void;
  trans: TranslationBundle;
}

/** A line of the learner's own; a button where it stands in this cell. */
export function LineButton(props: ILineButtonProps): JSX.Element {
  const { line, onReveal, trans } = props;
  const { number } = line;
  const code = <code>{line.text.trim()}</code>;
  if (!onReveal && typeof number === 'number') {
    return (
      <div className="jp-Math4mlLine">
        {trans.__('your line %1:', String(number))} {code}
      </div>
    );
  }
  if (typeof number !== 'number') {
    return (
      <div className="jp-Math4mlLine">
        {trans.__('in another cell:')} {code}
      </div>
    );
  }
  return (
    <button
      type="button"
      className="jp-Math4mlLine"
      title={trans.__('Go to this line')}
      onClick={() => onReveal?.(number)}
    >
      {trans.__('your line %1:', String(number))} {code}
    </button>
  );
}
