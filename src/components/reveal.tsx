import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId } from 'react';

import type { DiffBlock } from '../diff';
import { diffLines } from '../diff';
import { unreachable } from '../rowState';
import { CodeLine } from './codeLine';

interface IConfirmRevealProps {
  isBusy: boolean;
  onConfirm: () => void;
  onDecline: () => void;
  trans: TranslationBundle;
}

/** What a solution costs, before it is shown. */
export function ConfirmReveal(props: IConfirmRevealProps): JSX.Element {
  const { isBusy, trans } = props;
  const id = useId();
  return (
    <div className="jp-Math4mlConfirm" role="group" aria-labelledby={id}>
      <p id={id}>
        {trans.__(
          'Show a solution? It then comes back after 1, 3 and 7 days to be written once more.'
        )}
      </p>
      <div className="jp-Math4mlForm-buttons">
        <button
          type="button"
          className="jp-Math4mlButton"
          aria-disabled={isBusy}
          onClick={isBusy ? undefined : props.onConfirm}
        >
          {trans.__('Show the solution')}
        </button>
        <button
          type="button"
          className="jp-Math4mlButton"
          onClick={props.onDecline}
        >
          {trans.__('Not yet')}
        </button>
      </div>
    </div>
  );
}

export interface IRevealProps {
  /** The solution. */
  code: string;
  /** The learner's cell; null where it is not known. */
  source: string | null;
  trans: TranslationBundle;
}

/** A solution beside the learner's cell; under it, line by line, where the panel is narrow. */
export function Reveal({ code, source, trans }: IRevealProps): JSX.Element {
  const blocks = diffLines(source ?? '', code);
  const isSame = blocks.every(block => block.kind === 'same');
  const hasOwn = !!source?.trim();
  return (
    <div className="jp-Math4mlDiff-frame">
      {isSame ? (
        <p>{trans.__('Your cell is this solution, line by line.')}</p>
      ) : null}
      {hasOwn && !isSame ? (
        <div className="jp-Math4mlDiff-heads">
          <span>
            <Sign kind="removed" /> {trans.__('your cell')}
          </span>
          <span>
            <Sign kind="added" /> {trans.__('the solution')}
          </span>
        </div>
      ) : null}
      <div
        className="jp-Math4mlDiff"
        data-own={hasOwn || undefined}
        role="group"
        aria-label={
          hasOwn
            ? trans.__('A solution, compared with your cell')
            : trans.__('A solution')
        }
      >
        {blocks.map((block, index) => (
          <Block key={index} block={block} hasOwn={hasOwn} trans={trans} />
        ))}
      </div>
    </div>
  );
}

interface IBlockProps {
  block: DiffBlock;
  hasOwn: boolean;
  trans: TranslationBundle;
}

function Block({ block, hasOwn, trans }: IBlockProps): JSX.Element {
  switch (block.kind) {
    case 'same':
      return (
        <div className="jp-Math4mlDiff-block">
          <Side kind="same" lines={block.lines} trans={trans} />
          {hasOwn ? (
            // The same lines on the other side, for the eye only.
            <div className="jp-Math4mlDiff-twin" aria-hidden="true">
              <Side kind="same" lines={block.lines} trans={trans} />
            </div>
          ) : null}
        </div>
      );
    case 'change':
      return (
        <div className="jp-Math4mlDiff-block">
          {hasOwn ? (
            <Side kind="removed" lines={block.removed} trans={trans} />
          ) : null}
          <Side kind="added" lines={block.added} trans={trans} />
        </div>
      );
    default:
      return unreachable(block);
  }
}

type SideKind = 'same' | 'removed' | 'added';

interface ISideProps {
  kind: SideKind;
  lines: readonly string[];
  trans: TranslationBundle;
}

function Side({ kind, lines, trans }: ISideProps): JSX.Element {
  return (
    <div className="jp-Math4mlDiff-side" data-kind={kind}>
      {lines.map((line, index) => (
        <div key={index} className="jp-Math4mlDiff-line">
          <Sign kind={kind} />
          <span className="jp-Math4mlAnnouncer">{signWords(kind, trans)} </span>
          <CodeLine text={line} trans={trans} />
        </div>
      ))}
    </div>
  );
}

function Sign({ kind }: { kind: SideKind }): JSX.Element {
  const signs = { same: '\u00a0', removed: '−', added: '+' };
  return (
    <span className="jp-Math4mlDiff-sign" data-kind={kind} aria-hidden="true">
      {signs[kind]}
    </span>
  );
}

function signWords(kind: SideKind, trans: TranslationBundle): string {
  switch (kind) {
    case 'same':
      return trans.__('in both:');
    case 'removed':
      return trans.__('only in yours:');
    case 'added':
      return trans.__('only in the solution:');
    default:
      return unreachable(kind);
  }
}
