import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import { firstFailure } from '../failures';
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
  onReveal?: (line: number) => void;
  trans: TranslationBundle;
}

/** The claims of a report; the structural ones that hold share a line, as do those that were not reached. */
export function Claims({ checks, onReveal, trans }: IClaimsProps): JSX.Element {
  const isShared = (check: CheckResult): boolean =>
    STRUCTURE.has(check.name) && check.state !== 'failed';
  const shared = checks.filter(isShared);
  const first = firstFailure(checks);
  return (
    <ul className="jp-Math4mlClaims" aria-label={trans.__('Claims')}>
      <Structure checks={shared} state="held" trans={trans} />
      {checks
        .filter(check => !isShared(check))
        .map(check => (
          <Claim
            key={`${check.name} ${check.answer}`}
            check={check}
            isOpen={check === first}
            onReveal={onReveal}
            trans={trans}
          />
        ))}
      <Structure checks={shared} state="skipped" trans={trans} />
    </ul>
  );
}

interface IStructureProps {
  checks: readonly CheckResult[];
  state: CheckResult['state'];
  trans: TranslationBundle;
}

function Structure(props: IStructureProps): JSX.Element | null {
  const { checks, state, trans } = props;
  const names = new Set(
    checks.filter(check => check.state === state).map(check => check.name)
  );
  if (names.size === 0) {
    return null;
  }
  return (
    <li className="jp-Math4mlClaim" data-state={state}>
      <ClaimMark state={state} trans={trans} />
      <div className="jp-Math4mlClaim-body">
        {[...names].map((name, index) => (
          <React.Fragment key={name}>
            {index > 0 ? ', ' : ''}
            <span data-math4ml-check={name} data-state={state}>
              {structureWord(name, trans)}
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
      return trans.__('inputs unchanged');
    case 'finite':
      return trans.__('finite');
    default:
      return name;
  }
}
