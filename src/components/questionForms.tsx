import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId, useState } from 'react';

import type { Value } from '../said';
import { parseNumber, parseShape } from '../said';
import type { Question } from '../wire';
import { AnswerForm } from './answerForm';
import { CodeLine } from './codeLine';
import { Markdown } from './markdown';

export interface IFormProps {
  question: Question;
  onAnswer: (value: Value) => void;
  isBusy: boolean;
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
  const { options, trans } = props;
  const group = useId();
  const [chosen, setChosen] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <AnswerForm
      label={props.commit}
      isBusy={props.isBusy}
      problem={problem}
      onSubmit={() =>
        chosen === null ? setProblem(props.missing) : props.onChoose(chosen)
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
                  setProblem(null);
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
  const { question, onAnswer, trans } = props;
  const isShape = question.form === 'shape';
  const id = useId();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const onSubmit = (): void => {
    const value = isShape ? parseShape(text) : parseNumber(text);
    if (value === null) {
      setProblem(
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
          onChange={event => {
            setText(event.target.value);
            setProblem(null);
          }}
        />
      </label>
    </AnswerForm>
  );
}

/** A value for each input, on which the given function is to fail. */
export function BreaksForm(props: IFormProps): JSX.Element {
  const { question, onAnswer, trans } = props;
  const { inputs = [] } = question;
  const note = useId();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const onSubmit = (): void => {
    const missing = inputs.find(name => !values[name]?.trim());
    if (missing === undefined) {
      onAnswer(
        Object.fromEntries(inputs.map(name => [name, values[name].trim()]))
      );
    } else {
      setProblem(trans.__('Write a value for %1, or skip.', missing));
    }
  };
  return (
    <AnswerForm
      label={trans.__('Try this input')}
      isBusy={props.isBusy}
      problem={problem}
      onSubmit={onSubmit}
      onSkip={() => onAnswer(null)}
      trans={trans}
    >
      <fieldset className="jp-Math4mlFields" aria-describedby={note}>
        <legend>{trans.__('An input on which it fails')}</legend>
        {inputs.map(name => (
          <label key={name} className="jp-Math4mlField">
            <code>{name}</code>
            <input
              type="text"
              autoComplete="off"
              spellCheck={false}
              value={values[name] ?? ''}
              onChange={event => {
                setValues({ ...values, [name]: event.target.value });
                setProblem(null);
              }}
            />
          </label>
        ))}
        <div id={note} className="jp-Math4mlQuiet">
          {trans.__(
            'As in Python, such as 3 or [[1, 2], [3, 4]]; a function as what it does with x, such as x ** 2 or np.maximum(x, 0).'
          )}
        </div>
      </fieldset>
    </AnswerForm>
  );
}

/** A sentence of the learner's own. */
export function ExplainForm(props: IFormProps): JSX.Element {
  const { onAnswer, trans } = props;
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <AnswerForm
      label={trans.__('Keep my sentence')}
      isBusy={props.isBusy}
      problem={problem}
      onSubmit={() =>
        text.trim()
          ? onAnswer(text.trim())
          : setProblem(trans.__('Write a sentence first, or skip.'))
      }
      onSkip={() => onAnswer(null)}
      trans={trans}
    >
      <label className="jp-Math4mlField">
        {trans.__('Your sentence')}
        <textarea
          rows={3}
          value={text}
          onChange={event => {
            setText(event.target.value);
            setProblem(null);
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
