import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import { unreachable } from '../rowState';
import type { Hint, Ladder } from '../wire';
import { ClipLink } from './clipLink';
import { Markdown } from './markdown';
import { WaitingHint } from './waitingHint';

interface IHintsProps {
  ladder: Ladder;
  /** When the ladder came, in milliseconds since 1970. */
  received: number;
  onOpen: () => void;
  rendermime: IRenderMimeRegistry | null;
  trans: TranslationBundle;
}

/** The hints that are open, and the way to the next. */
export function Hints(props: IHintsProps): JSX.Element {
  const { ladder, rendermime, trans } = props;
  return (
    <div className="jp-Math4mlHints">
      {ladder.opened.map(hint => (
        <OpenedHint
          key={hint.level}
          hint={hint}
          label={hintLabel(hint.level, ladder, trans)}
          rendermime={rendermime}
          trans={trans}
        />
      ))}
      <NextHint {...props} />
    </div>
  );
}

interface IOpenedHintProps {
  hint: Hint;
  label: string;
  rendermime: IRenderMimeRegistry | null;
  trans: TranslationBundle;
}

function OpenedHint(props: IOpenedHintProps): JSX.Element {
  const { hint, label, rendermime, trans } = props;
  return (
    <section className="jp-Math4mlHint" aria-label={label}>
      <div className="jp-Math4mlHint-label">{label}</div>
      <Markdown text={hint.text} rendermime={rendermime} />
      {hint.clip ? <ClipLink clip={hint.clip} trans={trans} /> : null}
    </section>
  );
}

function NextHint(props: IHintsProps): JSX.Element | null {
  const { ladder, received, onOpen, trans } = props;
  const { next } = ladder;
  switch (next.state) {
    case 'ready':
    case 'waits': {
      // One component for both, so that a button that opens keeps the focus.
      const seconds = next.state === 'ready' ? 0 : next.seconds;
      return (
        <WaitingHint
          label={hintLabel(next.level, ladder, trans)}
          opensAt={seconds === null ? null : received + seconds * 1000}
          onOpen={onOpen}
          trans={trans}
        />
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
  return trans.__(
    'Hint %1 of %2',
    String(level - below),
    String(ladder.levels - below)
  );
}
