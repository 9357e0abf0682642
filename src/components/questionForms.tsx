import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId } from 'react';

import type { Value } from '../said';
import { parseNumber, parseShape } from '../said';
import type { Question } from '../wire';
import { AnswerForm } from './answerForm';
import { CodeLine } from './codeLine';
import { draftName, useDraft } from './drafts';
import { Markdown } from './markdown';

export interface IFormProps {
  question: Question;
  onAnswer: (value: Value) => void;
  isBusy: boolean;
  /** What keeps the answer from being taken, in words. */
  problem: string | null;
  onProblem: (words: string | null) => void;
  rendermime: IRenderMimeRegistry | null;
  trans: TranslationBundle;
}

/** One of the author's options. */
export function ChoiceForm(props: IFormProps): JSX.Element {
  const { question, onAnswer, rendermime, trans } = props;
  const { options = [] } = question;
  return (
    <RadioForm
      {...props}
      legend={trans.__('Choose one')}
      commit={commitLabel(question, trans)}
      missing={trans.__('Choose one first, or skip.')}
      onChoose={index => onAnswer(options[index])}
      options={options.map((option, index) => (
        <Markdown key={index} text={option} rendermime={rendermime} />
      ))}
    />
  );
}

/** A line of code, marked. */
export function LineForm(props: IFormProps): JSX.Element {
  const { question, onAnswer, trans } = props;
  const { lines = [] } = question;
  return (
    <RadioForm
      {...props}
      legend={trans.__('Which line?')}
      commit={trans.__('Mark this line')}
      missing={trans.__('Mark a line first, or skip.')}
      onChoose={index => onAnswer([index])}
      options={lines.map((line, index) =>
        line.trim() ? (
          <React.Fragment key={index}>
            <span className="jp-Math4mlOption-number">{index + 1}</span>
            <CodeLine text={line} trans={trans} />
          </React.Fragment>
        ) : null
      )}
    />
  );
}

interface IRadioFormProps extends IFormProps {
  legend: string;
  commit: string;
  /** What is said when nothing is chosen. */
  missing: string;
  /** What stands at each button; null where there is nothing to choose. */
  options: readonly (JSX.Element | null)[];
  onChoose: (index: number) => void;
}

function RadioForm(props: IRadioFormProps): JSX.Element {
  const { options, problem, onProblem, trans } = props;
  const group = useId();
  const [chosen, setChosen] = useDraft<number | null>(
    draftName(props.question),
    () => null
  );
  return (
    <AnswerForm
      label={props.commit}
      isBusy={props.isBusy}
      problem={problem}
      problemId={`${group}-problem`}
      onSubmit={() =>
        chosen === null ? onProblem(props.missing) : props.onChoose(chosen)
      }
      onSkip={() => props.onAnswer(null)}
      trans={trans}
    >
      <fieldset className="jp-Math4mlFields">
        <legend>{props.legend}</legend>
        {options.map((option, index) =>
          option ? (
            <label key={index} className="jp-Math4mlOption">
              <input
                type="radio"
                name={group}
                checked={chosen === index}
                onChange={() => {
                  setChosen(index);
                  onProblem(null);
                }}
              />
              {option}
            </label>
          ) : null
        )}
      </fieldset>
    </AnswerForm>
  );
}

/** A number, or a shape; what is neither is said, and not sent. */
export function TextForm(props: IFormProps): JSX.Element {
  const { question, onAnswer, problem, onProblem, trans } = props;
  const isShape = question.form === 'shape';
  const id = useId();
  const [text, setText] = useDraft(draftName(question), () => '');
  const onSubmit = (): void => {
    const value = isShape ? parseShape(text) : parseNumber(text);
    if (value === null) {
      onProblem(
        isShape ? notShapeWords(text, trans) : notNumberWords(text, trans)
      );
    } else {
      onAnswer(value);
    }
  };
  return (
    <AnswerForm
      label={commitLabel(question, trans)}
      isBusy={props.isBusy}
      problem={problem}
      problemId={`${id}-problem`}
      onSubmit={onSubmit}
      onSkip={() => onAnswer(null)}
      trans={trans}
    >
      <label className="jp-Math4mlField" htmlFor={id}>
        {isShape ? trans.__('A shape') : trans.__('A number')}
        <input
          id={id}
          type="text"
          inputMode={isShape ? undefined : 'decimal'}
          placeholder={isShape ? '(3, 4)' : '0.5'}
          autoComplete="off"
          spellCheck={false}
          value={text}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : `${id}-problem`}
          onChange={event => {
            setText(event.target.value);
            onProblem(null);
          }}
        />
      </label>
    </AnswerForm>
  );
}

/** A sentence of the learner's own. */
export function ExplainForm(props: IFormProps): JSX.Element {
  const { question, onAnswer, problem, onProblem, trans } = props;
  const id = useId();
  const [text, setText] = useDraft(draftName(question), () => '');
  return (
    <AnswerForm
      label={trans.__('Keep my sentence')}
      isBusy={props.isBusy}
      problem={problem}
      problemId={id}
      onSubmit={() =>
        text.trim()
          ? onAnswer(text.trim())
          : onProblem(trans.__('Write a sentence first, or skip.'))
      }
      onSkip={() => onAnswer(null)}
      trans={trans}
    >
      <label className="jp-Math4mlField">
        {trans.__('Your sentence')}
        <textarea
          rows={3}
          value={text}
          aria-describedby={problem === null ? undefined : id}
          onChange={event => {
            setText(event.target.value);
            onProblem(null);
          }}
        />
      </label>
    </AnswerForm>
  );
}

function commitLabel(question: Question, trans: TranslationBundle): string {
  return question.when === 'before'
    ? trans.__('Commit to this')
    : trans.__('Answer');
}

function notNumberWords(text: string, trans: TranslationBundle): string {
  return text.trim()
    ? trans.__(
        '“%1” is not a number. Write one such as -0.5 or 1e-3, with a point.',
        text.trim()
      )
    : trans.__('Write a number first, or skip.');
}

function notShapeWords(text: string, trans: TranslationBundle): string {
  return text.trim()
    ? trans.__(
        '“%1” is not a shape. Write one such as (3, 4); a single number has the shape ().',
        text.trim()
      )
    : trans.__('Write a shape first, or skip.');
}
