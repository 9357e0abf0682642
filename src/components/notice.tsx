import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import React, { useEffect, useRef } from 'react';

import type { Refusal } from '../wire';

interface INoticeProps {
  notice: Refusal;
  onDismiss: () => void;
  trans: TranslationBundle;
}

/** What went wrong, and the next step. */
export function Notice(props: INoticeProps): JSX.Element {
  const { notice, onDismiss, trans } = props;
  const host = useRef<HTMLDivElement>(null);
  // What was refused may have been asked for far below.
  useEffect(() => {
    host.current?.scrollIntoView?.({ block: 'nearest' });
  }, [notice]);
  return (
    <div ref={host} className="jp-Math4mlNotice">
      <div role="alert">
        <strong>{notice.message}</strong> {notice.fix}
      </div>
      <button
        type="button"
        className="jp-Math4mlButton"
        aria-label={trans.__('Dismiss')}
        title={trans.__('Dismiss')}
        onClick={onDismiss}
      >
        <closeIcon.react tag="span" width="12px" height="12px" />
      </button>
    </div>
  );
}
