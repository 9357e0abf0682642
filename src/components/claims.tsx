import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { CheckResult } from '../wire';
import { Claim, ClaimMark } from './claim';

/** What every answer must do, before its claims are looked at. */
const STRUCTURE: ReadonlySet<string> = new Set([
  'defined',
  'runs',
  'kind',
  'shape',
  'unchanged',
  'finite'
]);

interface IClaimsProps {
  checks: readonly CheckResult[];
  onReveal: (line: number) => void;
  trans: TranslationBundle;
}

/** The claims of a report; the structural ones that hold share a line. */
export function Claims({ checks, onReveal, trans }: IClaimsProps): JSX.Element {
  const isOnLine = (check: CheckResult): boolean =>
    STRUCTURE.has(check.name) && check.state === 'held';
  const names = new Set(checks.filter(isOnLine).map(check => check.name));
  return (
    <ul className="jp-Math4mlClaims" aria-label={trans.__('Claims')}>
      {names.size ? <Structure names={[...names]} trans={trans} /> : null}
      {checks
        .filter(check => !isOnLine(check))
        .map(check => (
          <Claim
            key={`${check.name} ${check.answer}`}
            check={check}
            onReveal={onReveal}
            trans={trans}
          />
        ))}
    </ul>
  );
}

function Structure(props: {
  names: string[];
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <li className="jp-Math4mlClaim">
      <ClaimMark state="held" trans={props.trans} />
      <div className="jp-Math4mlClaim-body">
        {props.names.map((name, index) => (
          <React.Fragment key={name}>
            {index > 0 ? ', ' : ''}
            <span data-math4ml-check={name} data-state="held">
              {structureWord(name, props.trans)}
            </span>
          </React.Fragment>
        ))}
      </div>
    </li>
  );
}

function structureWord(name: string, trans: TranslationBundle): string {
  switch (name) {
    case 'defined':
      return trans.__('defined');
    case 'runs':
      return trans.__('runs');
    case 'kind':
      return trans.__('kind');
    case 'shape':
      return trans.__('shape');
    case 'unchanged':
      return trans.__('arguments unchanged');
    case 'finite':
      return trans.__('finite');
    default:
      return name;
  }
}
