import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useRef, useState } from 'react';

import { unreachable } from '../rowState';
import type { Value } from '../said';
import type { Hint, Ladder, Question, Refusal } from '../wire';
import { ClipLink } from './clipLink';
import { useKeptFocus } from './keptFocus';
import { Markdown } from './markdown';
import { QuestionView } from './question';
import { ConfirmReveal, Reveal } from './reveal';
import { WaitingHint } from './waitingHint';

/** The levels that are more than words: a puzzle, and a solution. */
const ARRANGE = 4;
const REVEAL = 5;

export interface IHintsProps {
  ladder: Ladder;
  /** When the ladder came, in milliseconds since 1970. */
  received: number;
  /** Open the next hint; `isConfirmed` where it is a solution, and that was meant. */
  onOpen: (isConfirmed?: boolean) => void;
  /** Answer a hint's puzzle; it can only be read where this is missing. */
  onAnswer?: (
    question: Question,
    value: Value
  ) => Promise<Refusal | null> | undefined;
  /** The text of the learner's cell, beside which a solution is shown. */
  source?: string | null;
  /** Whether an answer, or a hint, is on its way. */
  isBusy?: boolean;
  rendermime: IRenderMimeRegistry | null;
  trans: TranslationBundle;
}

/** The hints that are open, and the way to the next. */
export function Hints(props: IHintsProps): JSX.Element {
  const { ladder, trans } = props;
  const host = useRef<HTMLDivElement>(null);
  const [known] = useState(() => ladder.opened.map(({ level }) => level));
  useKeptFocus(host);
  const shown = (hint: Hint): JSX.Element => (
    <OpenedHint
      {...props}
      key={hint.level}
      hint={hint}
      isNew={!known.includes(hint.level)}
    />
  );
  const early = ladder.opened.filter(hint => isEarly(hint, ladder));
  return (
    <div
      ref={host}
      className="jp-Math4mlHints"
      role="group"
      aria-label={trans.__('Hints')}
      tabIndex={-1}
    >
      {ladder.opened.filter(hint => !early.includes(hint)).map(shown)}
      <NextHint {...props} />
      {early.length > 0 ? (
        <details className="jp-Math4mlHints-early">
          <summary>{trans.__('Opened with an earlier verdict')}</summary>
          {early.map(shown)}
        </details>
      ) : null}
    </div>
  );
}

/** All ladders share the last levels: these came with another one, and on this one it is not their turn yet. */
function isEarly({ level }: Hint, { next }: Ladder): boolean {
  return next.state !== 'done' && level > next.level;
}

interface IOpenedHintProps extends IHintsProps {
  hint: Hint;
  /** It was opened while the others stood here. */
  isNew: boolean;
}

function OpenedHint(props: IOpenedHintProps): JSX.Element {
  const { hint, ladder, rendermime, trans } = props;
  const label = hintLabel(hint.level, ladder, trans);
  return (
    <section className="jp-Math4mlHint" aria-label={label}>
      <div className="jp-Math4mlHint-label">{label}</div>
      {hint.text && hint.text !== hint.puzzle?.text ? (
        <Markdown text={hint.text} rendermime={rendermime} />
      ) : null}
      {hint.clip ? <ClipLink clip={hint.clip} trans={trans} /> : null}
      {hint.puzzle ? <Puzzle {...props} puzzle={hint.puzzle} /> : null}
      {hint.code ? <Solution {...props} code={hint.code} /> : null}
    </section>
  );
}

/** A solution, closed again with a button; one that was opened in another session is closed. */
function Solution(props: IOpenedHintProps & { code: string }): JSX.Element {
  const { code, source, isNew, trans } = props;
  const [isShown, setShown] = useState(isNew);
  return (
    <>
      {isShown ? (
        <Reveal code={code} source={source ?? null} trans={trans} />
      ) : null}
      <button
        type="button"
        className="jp-Math4mlButton"
        aria-expanded={isShown}
        onClick={() => setShown(!isShown)}
      >
        {isShown
          ? trans.__('Close the solution')
          : trans.__('Show the solution again')}
      </button>
    </>
  );
}

function Puzzle(props: IHintsProps & { puzzle: Question }): JSX.Element {
  const { puzzle, onAnswer, isBusy, rendermime, trans } = props;
  return (
    <QuestionView
      key={puzzle.name}
      question={puzzle}
      isBusy={!onAnswer || !!isBusy}
      onAnswer={value => onAnswer?.(puzzle, value)}
      rendermime={rendermime}
      trans={trans}
    />
  );
}

function NextHint(props: IHintsProps): JSX.Element | null {
  const { ladder, received, onOpen, trans } = props;
  const { next } = ladder;
  const host = useRef<HTMLDivElement>(null);
  // The ladder whose solution was asked for, and is to be confirmed.
  const [asked, setAsked] = useState<string | null>(null);
  const isAsked = asked === ladder.key;
  switch (next.state) {
    case 'ready':
    case 'waits': {
      // One component for both, so that a button that opens keeps the focus.
      const seconds = next.state === 'ready' ? 0 : next.seconds;
      const isReveal = next.level === REVEAL;
      return (
        <div ref={host}>
          <WaitingHint
            label={hintLabel(next.level, ladder, trans)}
            opensAt={seconds === null ? null : received + seconds * 1000}
            isExpanded={isReveal ? isAsked : undefined}
            onOpen={() =>
              isReveal ? setAsked(isAsked ? null : ladder.key) : onOpen()
            }
            trans={trans}
          />
          {isReveal && isAsked ? (
            <ConfirmReveal
              isBusy={!!props.isBusy}
              onConfirm={() => onOpen(true)}
              onDecline={() => {
                host.current?.querySelector('button')?.focus();
                setAsked(null);
              }}
              trans={trans}
            />
          ) : null}
        </div>
      );
    }
    case 'done':
      return null;
    default:
      return unreachable(next);
  }
}

function hintLabel(
  level: number,
  ladder: Ladder,
  trans: TranslationBundle
): string {
  // A ladder may begin above level 1; the learner counts the hints that there are.
  const below = (ladder.first ?? 1) - 1;
  const number = String(level - below);
  const count = String(ladder.levels - below);
  switch (level) {
    case ARRANGE:
      return trans.__('Hint %1 of %2: a puzzle', number, count);
    case REVEAL:
      return trans.__('Hint %1 of %2: a solution', number, count);
    default:
      return trans.__('Hint %1 of %2', number, count);
  }
}
