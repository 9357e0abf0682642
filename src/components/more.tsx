import type { TranslationBundle } from '@jupyterlab/translation';
import { ellipsesIcon } from '@jupyterlab/ui-components';
import React, { useId, useRef } from 'react';

import type { Author } from '../author';

interface IMoreProps {
  author: Author | null;
  trans: TranslationBundle;
}

/** What is seldom needed, behind three dots: author mode. */
export function More({ author, trans }: IMoreProps): JSX.Element | null {
  const host = useRef<HTMLDetailsElement>(null);
  const note = useId();
  if (!author) {
    return null;
  }
  const isOn = author.view !== 'off';
  const close = (): void => host.current?.removeAttribute('open');
  return (
    <details
      ref={host}
      className="jp-Math4mlMore"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (relatedTarget && !currentTarget.contains(relatedTarget)) {
          close();
        }
      }}
      onKeyDown={event => {
        if (event.key === 'Escape' && host.current?.open) {
          event.stopPropagation();
          close();
          host.current.querySelector('summary')?.focus();
        }
      }}
    >
      <summary aria-label={trans.__('More')} title={trans.__('More')}>
        <ellipsesIcon.react tag="span" width="14px" height="14px" />
      </summary>
      <div className="jp-Math4mlMore-menu">
        <label>
          <input
            type="checkbox"
            role="switch"
            checked={isOn}
            aria-describedby={note}
            onChange={() => void author.switch(!isOn)}
          />{' '}
          {trans.__('Author mode')}
        </label>
        <div id={note} className="jp-Math4mlQuiet">
          {trans.__('Tag cells, write and prove exercises.')}
        </div>
      </div>
    </details>
  );
}
