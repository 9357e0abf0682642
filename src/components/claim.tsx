import type { TranslationBundle } from '@jupyterlab/translation';
import {
  checkIcon,
  closeIcon,
  circleEmptyIcon
} from '@jupyterlab/ui-components';
import React from 'react';

import { unreachable } from '../rowState';
import type { CheckResult } from '../wire';
import { ClipLink } from './clipLink';
import { CopyButton } from './copyButton';
import { LineButton } from './lineButton';
import { TitleText } from './titleText';

interface IEvidenceProps {
  check: CheckResult;
  onReveal: (line: number) => void;
  trans: TranslationBundle;
}

interface IClaimProps extends IEvidenceProps {
  /** Whether the evidence against it is unfolded at first: one failure at a time. */
  isOpen: boolean;
}

/** One claim about the answer: what it says, and where it fails, by how much. */
export function Claim(props: IClaimProps): JSX.Element {
  const { check, isOpen, trans } = props;
  const title = <TitleText text={check.title} />;
  return (
    <li
      className="jp-Math4mlClaim"
      data-math4ml-check={check.name}
      data-state={check.state}
    >
      <ClaimMark state={check.state} trans={trans} />
      <div className="jp-Math4mlClaim-body">
        {check.state === 'failed' ? (
          <details open={isOpen}>
            <summary>{title}</summary>
            <Evidence {...props} />
          </details>
        ) : (
          title
        )}
      </div>
    </li>
  );
}

function Evidence({ check, onReveal, trans }: IEvidenceProps): JSX.Element {
  const { measurement, smallest_input, smallest_code } = check;
  const { observation, line, clip } = check;
  return (
    <>
      {measurement ? <pre>{measurement}</pre> : null}
      {smallest_input ? (
        <>
          <SmallestHead
            text={smallest_input}
            code={smallest_code ?? null}
            trans={trans}
          />
          <pre>{smallest_input}</pre>
        </>
      ) : null}
      {observation ? (
        <div className="jp-Math4mlObservation">{observation}</div>
      ) : null}
      <Frequency check={check} trans={trans} />
      {line ? (
        <LineButton line={line} onReveal={onReveal} trans={trans} />
      ) : null}
      {clip ? <ClipLink clip={clip} trans={trans} /> : null}
    </>
  );
}

/** What stands above the smallest input: it is cut for the eye, and copied whole or not at all. */
function SmallestHead(props: {
  text: string;
  code: string | null;
  trans: TranslationBundle;
}): JSX.Element {
  const { text, code, trans } = props;
  const isCut = /…|array of shape/.test(text);
  return (
    <div className="jp-Math4mlQuiet jp-Math4mlSmallest">
      <span>{trans.__('smallest input')}</span>
      {code === null ? null : (
        <CopyButton
          text={code}
          label={trans.__('Copy this input')}
          trans={trans}
        />
      )}
      {code === null && isCut ? (
        <span>{trans.__('(too long to be copied)')}</span>
      ) : null}
    </div>
  );
}

function Frequency(props: {
  check: CheckResult;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { wrong, inputs } = props.check;
  if (typeof wrong !== 'number' || typeof inputs !== 'number') {
    return null;
  }
  return (
    <div className="jp-Math4mlQuiet">
      {props.trans._n(
        'Wrong on %2 of %1 input.',
        'Wrong on %2 of %1 inputs.',
        inputs,
        wrong
      )}
    </div>
  );
}

interface IClaimMarkProps {
  state: CheckResult['state'];
  trans: TranslationBundle;
}

/** ✓ or ✗ with its word for those who do not see it. */
export function ClaimMark({ state, trans }: IClaimMarkProps): JSX.Element {
  const [icon, word] = mark(state, trans);
  return (
    <span
      className="jp-Math4mlMark"
      data-state={state}
      role="img"
      aria-label={word}
    >
      <icon.react tag="span" width="14px" height="14px" />
    </span>
  );
}

function mark(
  state: CheckResult['state'],
  trans: TranslationBundle
): [typeof checkIcon, string] {
  switch (state) {
    case 'held':
      return [checkIcon, trans.__('holds:')];
    case 'failed':
      return [closeIcon, trans.__('does not hold:')];
    case 'skipped':
      return [circleEmptyIcon, trans.__('not looked at:')];
    default:
      return unreachable(state);
  }
}
