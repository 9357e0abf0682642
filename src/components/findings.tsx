import { PathExt } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { Finding } from '../wire';
import { Button } from './button';

interface IFindingsProps {
  findings: readonly Finding[];
  onOpen: (file: string, line: number) => void;
  trans: TranslationBundle;
}

/** What an author has to mend, or should look at; each leads to its line. */
export function Findings(props: IFindingsProps): JSX.Element | null {
  const { findings, onOpen, trans } = props;
  return findings.length === 0 ? null : (
    <ul className="jp-Math4mlFindings" aria-label={trans.__('Findings')}>
      {findings.map(({ severity, file, line, message, fix }, index) => (
        <li key={index} data-math4ml-finding={severity}>
          <span className="jp-Math4mlFindings-kind">
            {severity === 'error' ? trans.__('error') : trans.__('warning')}
          </span>{' '}
          <Button
            className="jp-mod-link"
            title={trans.__('Open the module at this line')}
            onClick={() => onOpen(file, line)}
          >
            {trans.__('%1, line %2', PathExt.basename(file), String(line))}
          </Button>
          <div>{message}</div>
          <div className="jp-Math4mlQuiet">{fix}</div>
        </li>
      ))}
    </ul>
  );
}
