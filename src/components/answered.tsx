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
import { saidLabel, saysBoth, truthLabel } from '../answerWords';
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
