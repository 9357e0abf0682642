import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon, moveDownIcon, moveUpIcon } from '@jupyterlab/ui-components';
import React, { useId, useRef, useState } from 'react';

import { isOrder } from '../said';
import { AnswerForm } from './answerForm';
import { CodeRow } from './codeLine';
import { useDraft } from './drafts';

/** Which way a line moves. */
type Step = -1 | 1;

export interface IArrangeProps {
  /** The lines as they came, out of order. */
  lines: readonly string[];
  /** The order that was checked last, if any. */
  checked: readonly number[] | null;
  /** The places, among `lines`, of those that stood wrong in it. */
  wrong: readonly number[];
  isBusy: boolean;
  /** What what is begun is kept as. */
  draft: string;
  /** What keeps the answer from being taken, in words. */
  problem: string | null;
  onProblem: (words: string | null) => void;
  onCheck: (order: number[]) => void;
  onSkip: () => void;
  trans: TranslationBundle;
}

/** Lines to be put in order, with buttons or by dragging them. */
export function Arrange(props: IArrangeProps): JSX.Element {
  const { lines, checked, wrong, trans } = props;
  const { order, place, said } = useOrder(props);
  const id = useId();
  const list = useRef<HTMLOListElement>(null);
  const drag = useDrag(list, order, place);
  return (
    <AnswerForm
      label={trans.__('Check the order')}
      isBusy={props.isBusy}
      onSubmit={() => props.onCheck([...order])}
      onSkip={props.onSkip}
      problem={props.problem}
      problemId={id}
      trans={trans}
    >
      <ol
        ref={list}
        className="jp-Math4mlArrange"
        aria-label={trans.__('Lines to put in order')}
        {...drag.handlers}
      >
        {order.map((line, index) => (
          <ArrangedLine
            // By its line, or the focus would stay at the place instead.
            key={line}
            line={line}
            text={lines[line]}
            isFirst={index === 0}
            isLast={index === order.length - 1}
            isWrong={wrong.includes(line) && checked?.[index] === line}
            isDragged={drag.line === line}
            onMove={step => place(line, index + step)}
            trans={trans}
          />
        ))}
      </ol>
      <div className="jp-Math4mlAnnouncer" role="status">
        {said}
      </div>
    </AnswerForm>
  );
}

/** The present order, how to put a line elsewhere, and what is said of it. */
function useOrder({ lines, checked, draft, onProblem, trans }: IArrangeProps): {
  order: readonly number[];
  place: (line: number, index: number) => void;
  said: string;
} {
  const [order, setOrder] = useDraft<readonly number[]>(draft, () =>
    checked && isOrder(checked, lines.length)
      ? [...checked]
      : lines.map((_, line) => line)
  );
  const [said, setSaid] = useState('');
  const place = (line: number, index: number): void => {
    const others = order.filter(each => each !== line);
    onProblem(null);
    setOrder([...others.slice(0, index), line, ...others.slice(index)]);
    setSaid(
      trans.__(
        'Place %1 of %2: %3',
        String(index + 1),
        String(order.length),
        lines[line].trim()
      )
    );
  };
  return { order, place, said };
}

/** Lets a pointer carry a line to where it is; the list takes all events, since lines move. */
function useDrag(
  list: React.RefObject<HTMLOListElement>,
  order: readonly number[],
  place: (line: number, index: number) => void
): {
  line: number | null;
  handlers: React.HTMLAttributes<HTMLOListElement>;
} {
  const [line, setLine] = useState<number | null>(null);
  const end = (): void => setLine(null);
  const onPointerDown = (event: React.PointerEvent): void => {
    const target = event.target as Element;
    const item = target.closest<HTMLElement>('[data-line]');
    if (item && event.button === 0 && !target.closest('button')) {
      list.current?.setPointerCapture?.(event.pointerId);
      setLine(Number(item.dataset.line));
    }
  };
  const onPointerMove = (event: React.PointerEvent): void => {
    if (line === null || !list.current) {
      return;
    }
    const above = [...list.current.children].filter(item => {
      const { top, height } = item.getBoundingClientRect();
      const isOther = (item as HTMLElement).dataset.line !== String(line);
      return isOther && top + height / 2 < event.clientY;
    });
    if (above.length !== order.indexOf(line)) {
      place(line, above.length);
    }
  };
  return {
    line,
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp: end,
      onPointerCancel: end,
      onLostPointerCapture: end
    }
  };
}

interface IArrangedLineProps {
  line: number;
  text: string;
  isFirst: boolean;
  isLast: boolean;
  isWrong: boolean;
  isDragged: boolean;
  onMove: (step: Step) => void;
  trans: TranslationBundle;
}

function ArrangedLine(props: IArrangedLineProps): JSX.Element {
  const { line, text, isWrong, trans } = props;
  return (
    <li
      className="jp-Math4mlArrange-line"
      data-line={line}
      data-wrong={isWrong || undefined}
      data-dragged={props.isDragged || undefined}
    >
      <span className="jp-Math4mlArrange-grip" aria-hidden="true" />
      <span className="jp-Math4mlArrange-code">
        {isWrong ? <WrongMark words={trans.__('out of place')} /> : null}
        <CodeRow text={text} trans={trans} />
      </span>
      <span className="jp-Math4mlArrange-buttons">
        <MoveButton {...props} step={-1} isOff={props.isFirst} />
        <MoveButton {...props} step={1} isOff={props.isLast} />
      </span>
    </li>
  );
}

interface IMoveButtonProps extends IArrangedLineProps {
  step: Step;
  isOff: boolean;
}

function MoveButton(props: IMoveButtonProps): JSX.Element {
  const { step, isOff, onMove, trans } = props;
  const words = step < 0 ? trans.__('Move up') : trans.__('Move down');
  const icon = step < 0 ? moveUpIcon : moveDownIcon;
  return (
    <button
      type="button"
      className="jp-Math4mlButton"
      data-step={step}
      aria-label={`${words}: ${props.text.trim()}`}
      title={words}
      aria-disabled={isOff}
      onClick={isOff ? undefined : () => onMove(step)}
    >
      <icon.react tag="span" width="12px" height="12px" />
    </button>
  );
}

/** Says at a line that it is not right there: an icon and its word. */
export function WrongMark({ words }: { words: string }): JSX.Element {
  return (
    <span className="jp-Math4mlWrong">
      <span className="jp-Math4mlMark" data-state="failed" aria-hidden="true">
        <closeIcon.react tag="span" width="12px" height="12px" />
      </span>
      {words}
    </span>
  );
}
