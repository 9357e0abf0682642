import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import { unreachable } from '../rowState';
import {
  isOrder,
  parseInputs,
  parseNumber,
  parsePlaces,
  parseShape
} from '../said';
import type { Answered, Question } from '../wire';
import { CodeLine, CodeLines } from './codeLine';
import { Markdown } from './markdown';
import { Moment } from './moment';

interface IAnswerProps {
  question: Question;
  answer: Answered;
  rendermime: IRenderMimeRegistry | null;
  trans: TranslationBundle;
}

/** What was said and when, beside what is right, and the question that follows. */
export function AnswerView(props: IAnswerProps): JSX.Element {
  const { question, answer, rendermime, trans } = props;
  return (
    <>
      {answer.value === null || saysBoth(question, answer) ? (
        <Moment at={answer.at} />
      ) : null}
      <dl className="jp-Math4mlSaid">
        {answer.value === null || saysBoth(question, answer) ? null : (
          <div>
            <dt>
              {saidLabel(question, trans)} <Moment at={answer.at} />
            </dt>
            <dd>
              <Said {...props} value={answer.value} />
            </dd>
          </div>
        )}
        {answer.truth && !saysBoth(question, answer) ? (
          <div>
            <dt>{truthLabel(question, trans)}</dt>
            <dd>
              <Truth {...props} truth={answer.truth} />
            </dd>
          </div>
        ) : null}
      </dl>
      <FollowUp answer={answer} rendermime={rendermime} />
    </>
  );
}

interface IFollowUpProps {
  answer: Answered;
  rendermime: IRenderMimeRegistry | null;
}

/** What the author asks next, after what was said. */
export function FollowUp(props: IFollowUpProps): JSX.Element | null {
  const { answer, rendermime } = props;
  return answer.follow_up ? (
    <div className="jp-Math4mlFollowUp">
      <Markdown text={answer.follow_up} rendermime={rendermime} />
    </div>
  ) : null;
}

/** Whether it held, in a sentence; a wrong answer costs nothing, and the words say so. */
export function verdictWords(
  question: Question,
  answer: Answered,
  trans: TranslationBundle
): string {
  if (answer.value === null) {
    return trans.__('Skipped.');
  }
  if (question.form === 'explain') {
    return answer.truth
      ? trans.__('Compare the two yourself: nobody grades this.')
      : trans.__('Kept as you wrote it.');
  }
  if (typeof answer.right === 'boolean') {
    return answer.right
      ? rightWords(question, answer, trans)
      : wrongWords(question, answer, trans);
  }
  return question.when === 'before'
    ? trans.__('Noted. When your cell is checked, you see how it is.')
    : trans.__('Noted.');
}

/** Whether the sentence about a prediction has both values in it: those of a choice are markdown. */
function saysBoth({ form, when }: Question, { truth }: Answered): boolean {
  return when === 'before' && form !== 'choice' && !!truth;
}

function forecastWords(
  question: Question,
  answer: Answered,
  trans: TranslationBundle
): string {
  const { value, truth, right } = answer;
  if (!saysBoth(question, answer)) {
    return right
      ? trans.__('It is as you predicted.')
      : trans.__(
          'It is not what you predicted. A wrong prediction costs nothing.'
        );
  }
  return right
    ? trans.__('Right: you predicted %1, and it was %2.', value, truth)
    : trans.__(
        'You predicted %1. It was %2. A wrong prediction costs nothing.',
        value,
        truth
      );
}

function rightWords(
  question: Question,
  answer: Answered,
  trans: TranslationBundle
): string {
  switch (question.form) {
    case 'choice':
    case 'number':
    case 'shape':
    case 'explain':
      return question.when === 'before'
        ? forecastWords(question, answer, trans)
        : trans.__('That is right.');
    case 'breaks':
      return trans.__('Yes: on this input it fails.');
    case 'spot':
    case 'reflect':
      return trans.__('Yes, that is the line.');
    case 'beat':
      return trans.__(
        'A wrong answer passed the check: now you know what it cannot see.'
      );
    case 'order':
      return trans.__('Every line is in its place.');
    case 'choose':
      return trans.__('Every line fits.');
    default:
      return unreachable(question.form);
  }
}

function wrongWords(
  question: Question,
  answer: Answered,
  trans: TranslationBundle
): string {
  const count = answer.wrong?.length ?? 0;
  switch (question.form) {
    case 'choice':
    case 'number':
    case 'shape':
    case 'explain':
      return question.when === 'before'
        ? forecastWords(question, answer, trans)
        : trans.__('Not so. A wrong answer costs nothing.');
    case 'breaks':
      return trans.__(
        'On this input it gives the right answer. A try costs nothing.'
      );
    case 'spot':
    case 'reflect':
      return trans.__('It is another line. A wrong guess costs nothing.');
    case 'beat':
      return trans.__('The check was not beaten yet. A try costs nothing.');
    case 'order':
      return count
        ? trans._n(
            '%1 line is out of place. Move it, and check again.',
            '%1 lines are out of place. Move them, and check again.',
            count
          )
        : trans.__('This is not the order yet.');
    case 'choose':
      return count
        ? trans._n(
            '%1 line does not fit yet. Choose again.',
            '%1 lines do not fit yet. Choose again.',
            count
          )
        : trans.__('These are not the lines yet.');
    default:
      return unreachable(question.form);
  }
}

function saidLabel(question: Question, trans: TranslationBundle): string {
  switch (question.form) {
    case 'choice':
    case 'number':
    case 'shape':
      return question.when === 'before'
        ? trans.__('You predicted')
        : trans.__('You said');
    case 'breaks':
      return trans.__('Your input');
    case 'spot':
    case 'reflect':
      return trans.__('You marked');
    case 'beat':
      return trans.__('You tried');
    case 'order':
    case 'choose':
      return trans.__('Your lines');
    case 'explain':
      return trans.__('Your sentence');
    default:
      return unreachable(question.form);
  }
}

function truthLabel(question: Question, trans: TranslationBundle): string {
  switch (question.form) {
    case 'choice':
    case 'number':
    case 'shape':
      return question.when === 'before'
        ? trans.__('It was')
        : trans.__('It is');
    case 'explain':
      return trans.__('A model sentence');
    case 'breaks':
      return trans.__('What happened');
    case 'spot':
    case 'reflect':
    case 'beat':
    case 'order':
    case 'choose':
      return trans.__('What is right');
    default:
      return unreachable(question.form);
  }
}

interface ISaidProps extends IAnswerProps {
  value: string;
}

/** The answer in the form of its question; as it was kept where it cannot be read. */
function Said(props: ISaidProps): JSX.Element | null {
  const { question, value, rendermime, trans } = props;
  const { lines = [], slots = [] } = question;
  const places = parsePlaces(value);
  switch (question.form) {
    case 'choice':
      return <Markdown text={value} rendermime={rendermime} />;
    case 'number':
    case 'shape':
      return <code>{value}</code>;
    case 'explain':
      return <p className="jp-Math4mlSaid-text">{value}</p>;
    case 'beat':
      return null;
    case 'breaks':
      return <SaidInputs value={value} />;
    case 'spot':
    case 'reflect':
      return <SaidLine {...props} place={places?.[0] ?? null} />;
    case 'order':
      return isOrder(places, lines.length) ? (
        <CodeLines
          lines={places.map(place => lines[place])}
          label={trans.__('Your lines')}
          trans={trans}
        />
      ) : (
        <pre>{value}</pre>
      );
    case 'choose':
      return places?.length === slots.length ? (
        <CodeLines
          lines={slots.map((options, slot) => options[places[slot]] ?? '')}
          label={trans.__('Your lines')}
          trans={trans}
        />
      ) : (
        <pre>{value}</pre>
      );
    default:
      return unreachable(question.form);
  }
}

/** What is right; a bare number or shape is no markdown. */
function Truth(props: IAnswerProps & { truth: string }): JSX.Element {
  const { question, truth, rendermime } = props;
  const isNumber = question.form === 'number' && parseNumber(truth) !== null;
  const isShape = question.form === 'shape' && parseShape(truth) !== null;
  return isNumber || isShape ? (
    <code>{truth}</code>
  ) : (
    <Markdown text={truth} rendermime={rendermime} />
  );
}

function SaidInputs({ value }: { value: string }): JSX.Element {
  const inputs = parseInputs(value);
  return (
    <pre>
      {inputs
        ? Object.entries(inputs)
            .map(([name, text]) => `${name} = ${text}`)
            .join('\n')
        : value}
    </pre>
  );
}

function SaidLine(props: ISaidProps & { place: number | null }): JSX.Element {
  const { question, value, place, trans } = props;
  const line = place === null ? undefined : question.lines?.[place];
  return place === null || line === undefined ? (
    <pre>{value}</pre>
  ) : (
    <>
      {trans.__('line %1:', String(place + 1))}{' '}
      <CodeLine text={line.trim()} trans={trans} />
    </>
  );
}
