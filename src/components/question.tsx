import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId, useRef, useState } from 'react';

import { verdictWords } from '../answerWords';
import { unreachable } from '../rowState';
import type { Value } from '../said';
import { parsePlaces } from '../said';
import type { Question, Refusal } from '../wire';
import { AnswerView, FollowUp } from './answered';
import { SkipButton } from './answerForm';
import { Arrange } from './arrange';
import { BreaksForm } from './breaksForm';
import { Choose } from './choose';
import { CodeLines } from './codeLine';
import { draftName } from './drafts';
import { useKeptFocus } from './keptFocus';
import { Markdown } from './markdown';
import type { IFormProps } from './questionForms';
import { ChoiceForm, ExplainForm, LineForm, TextForm } from './questionForms';

export interface IQuestionProps extends Pick<
  IFormProps,
  'question' | 'isBusy' | 'rendermime' | 'trans'
> {
  /** Send an answer; tells why it was refused, where it was. */
  onAnswer: (value: Value) => Promise<Refusal | null> | undefined;
  /** Go to the cell that an answer is run in. */
  onGoTo?: () => void;
}

/** A question, and what was answered to it. */
export function QuestionView(props: IQuestionProps): JSX.Element {
  const { question, rendermime, trans } = props;
  const { answer } = question;
  const id = useId();
  const host = useRef<HTMLElement>(null);
  // The moment of the answer that is to be given anew.
  const [again, setAgain] = useState<number | null>(null);
  const form = { ...props, ...useAnswering(props) };
  useKeptFocus(host);
  const isOpen = !answer || again === answer.at;
  const isShown = answer && !isOpen && !isInPlace(question);
  return (
    <section
      ref={host}
      className="jp-Math4mlQuestion"
      tabIndex={-1}
      aria-labelledby={id}
      data-math4ml-question={question.name}
      data-state={questionState(question)}
    >
      <div id={id} className="jp-Math4mlQuestion-label">
        {questionLabel(question, trans)}
      </div>
      <Markdown text={question.text} rendermime={rendermime} />
      <Given question={question} isOpen={isOpen} trans={trans} />
      <p className="jp-Math4mlQuestion-verdict" role="status">
        {answer && !isOpen ? verdictWords(question, answer, trans) : null}
      </p>
      {isShown ? (
        <AnswerView
          question={question}
          answer={answer}
          rendermime={rendermime}
          trans={trans}
        />
      ) : (
        <>
          <Form {...form} />
          {answer && !isOpen ? (
            <FollowUp answer={answer} rendermime={rendermime} />
          ) : null}
        </>
      )}
      {isShown && canRetry(question) ? (
        <button
          type="button"
          className="jp-Math4mlButton"
          onClick={() => setAgain(answer.at)}
        >
          {answer.value === null
            ? trans.__('Answer after all')
            : trans.__('Try again')}
        </button>
      ) : null}
    </section>
  );
}

/** Sends answers, and keeps what is wrong with the last one, in words. */
function useAnswering(
  props: IQuestionProps
): Pick<IFormProps, 'onAnswer' | 'problem' | 'onProblem'> {
  const [problem, onProblem] = useState<string | null>(null);
  const onAnswer = (value: Value): void => {
    onProblem(null);
    void props
      .onAnswer(value)
      ?.then(said => onProblem(said && `${said.message} ${said.fix}`.trim()));
  };
  return { onAnswer, problem, onProblem };
}

/** Lines that are not in order yet stay where they can be moved. */
function isInPlace({ form, answer }: Question): boolean {
  const isPuzzle = form === 'order' || form === 'choose';
  const isWrong = answer?.right === false && answer.value !== null;
  return isPuzzle && isWrong && !answer.truth;
}

/** What was skipped can be answered, and what was wrong again, until the truth is told. */
function canRetry({ form, when, answer }: Question): boolean {
  // On another input another thing happens.
  const isTold = form !== 'breaks' && (!!answer?.truth || when === 'before');
  return answer?.value === null || (answer?.right === false && !isTold);
}

function questionState({ answer }: Question): string {
  if (!answer) {
    return 'open';
  }
  if (answer.value === null) {
    return 'skipped';
  }
  return typeof answer.right === 'boolean'
    ? answer.right
      ? 'right'
      : 'wrong'
    : 'answered';
}

function questionLabel(question: Question, trans: TranslationBundle): string {
  switch (question.form) {
    case 'choice':
    case 'number':
    case 'shape':
      return question.when === 'before'
        ? trans.__('What do you expect?')
        : trans.__('A question');
    case 'breaks':
      return trans.__('Break it');
    case 'spot':
      return trans.__('Find the line');
    case 'reflect':
      return trans.__('Look back');
    case 'beat':
      return trans.__('Beat the check');
    case 'order':
      return trans.__('Put the lines in order');
    case 'choose':
      return trans.__('Choose the lines');
    case 'explain':
      return trans.__('In a sentence');
    default:
      return unreachable(question.form);
  }
}

interface IGivenProps {
  question: Question;
  isOpen: boolean;
  trans: TranslationBundle;
}

/** The code that a question is about, where its lines are not what is answered with. */
function Given(props: IGivenProps): JSX.Element | null {
  const { question, isOpen, trans } = props;
  const { form, lines = [] } = question;
  const isChosenFrom = form === 'spot' || form === 'reflect';
  const isForm = form === 'order' || form === 'choose';
  return !lines.length || isForm || (isChosenFrom && isOpen) ? null : (
    <CodeLines
      lines={lines}
      label={trans.__('The code in question')}
      trans={trans}
    />
  );
}

interface IAnyFormProps extends IFormProps {
  onGoTo?: () => void;
}

function Form(props: IAnyFormProps): JSX.Element {
  const { question, onAnswer, trans } = props;
  const { lines = [], slots = [], answer } = question;
  const puzzle = {
    checked: answer?.value ? parsePlaces(answer.value) : null,
    wrong: answer?.wrong ?? [],
    isBusy: props.isBusy,
    draft: draftName(question),
    problem: props.problem,
    onProblem: props.onProblem,
    onCheck: onAnswer,
    onSkip: () => onAnswer(null),
    trans
  };
  switch (question.form) {
    case 'choice':
      return <ChoiceForm {...props} />;
    case 'number':
    case 'shape':
      return <TextForm {...props} />;
    case 'breaks':
      return <BreaksForm {...props} />;
    case 'spot':
    case 'reflect':
      return <LineForm {...props} />;
    case 'beat':
      return <Beat {...props} />;
    case 'order':
      return <Arrange lines={lines} {...puzzle} />;
    case 'choose':
      return <Choose slots={slots} {...puzzle} />;
    case 'explain':
      return <ExplainForm {...props} />;
    default:
      return unreachable(question.form);
  }
}

/** Answered in the cell: what runs there is looked at. */
function Beat(props: IAnyFormProps): JSX.Element {
  const { onGoTo, trans } = props;
  return (
    <div className="jp-Math4mlForm">
      <p className="jp-Math4mlQuiet">
        {trans.__(
          'Write a wrong answer in the cell, and run it. It costs nothing, and your earlier answers are kept.'
        )}
      </p>
      <div className="jp-Math4mlForm-buttons">
        {onGoTo ? (
          <button type="button" className="jp-Math4mlButton" onClick={onGoTo}>
            {trans.__('Go to the cell')}
          </button>
        ) : null}
        <SkipButton
          isBusy={props.isBusy}
          onSkip={() => props.onAnswer(null)}
          trans={trans}
        />
      </div>
    </div>
  );
}
