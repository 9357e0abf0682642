import type { TranslationBundle } from '@jupyterlab/translation';
import { copyIcon } from '@jupyterlab/ui-components';
import React, { useState } from 'react';

import { Button } from './button';

interface ICopyButtonProps {
  text: string;
  label: string;
  trans: TranslationBundle;
}

/** Copies a text, and says whether it did. */
export function CopyButton(props: ICopyButtonProps): JSX.Element {
  const { text, label, trans } = props;
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(trans.__('Copied.'));
    } catch {
      // No clipboard without https, or without leave.
      setSaid(trans.__('Your browser does not let it be copied.'));
    }
  };
  return (
    <>
      <Button
        className="jp-mod-bare"
        aria-label={label}
        title={label}
        onClick={() => void copy()}
      >
        <copyIcon.react tag="span" width="14px" height="14px" />
      </Button>
      <span role="status">{said}</span>
    </>
  );
}
