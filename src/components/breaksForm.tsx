import React, { useId, useState } from 'react';

import { AnswerForm } from './answerForm';
import { draftName, useDraft } from './drafts';
import type { IFormProps } from './questionForms';

/** A value for each input, on which the given function is to fail. */
export function BreaksForm(props: IFormProps): JSX.Element {
  const { question, onAnswer, problem, onProblem, trans } = props;
  const { inputs = [], defaults = {} } = question;
  const note = useId();
  const [values, setValues] = useDraft<Readonly<Record<string, string>>>(
    draftName(question),
    () => ({})
  );
  // The input that was left out.
  const [omitted, setOmitted] = useState<string | null>(null);
  const faulty = problem === null ? null : (omitted ?? named(problem, inputs));
  const onSubmit = (): void => {
    const given = inputs.filter(name => values[name]?.trim());
    const left = inputs.filter(name => !given.includes(name));
    const missing =
      left.find(name => !(name in defaults)) ??
      (given.length === 0 ? left[0] : undefined);
    setOmitted(missing ?? null);
    if (missing === undefined) {
      onAnswer(
        Object.fromEntries(given.map(name => [name, values[name].trim()]))
      );
    } else {
      onProblem(trans.__('Write a value for %1, or skip.', missing));
    }
  };
  return (
    <AnswerForm
      label={trans.__('Try this input')}
      isBusy={props.isBusy}
      onSubmit={onSubmit}
      onSkip={() => onAnswer(null)}
      trans={trans}
    >
      <fieldset className="jp-Math4mlFields">
        <legend>{trans.__('An input on which it fails')}</legend>
        {inputs.map(name => (
          <InputField
            key={name}
            name={name}
            value={values[name] ?? ''}
            preset={defaults[name]}
            note={note}
            problem={name === faulty ? problem : null}
            onChange={value => {
              setValues({ ...values, [name]: value });
              onProblem(null);
            }}
          />
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

interface IInputFieldProps {
  name: string;
  value: string;
  /** What it is where nothing is written. */
  preset?: string;
  /** The id of what is said of all fields. */
  note: string;
  problem: string | null;
  onChange: (value: string) => void;
}

/** One input, and under it what is wrong with it. */
function InputField(props: IInputFieldProps): JSX.Element {
  const { name, note, problem, onChange } = props;
  const id = useId();
  return (
    <>
      <label className="jp-Math4mlField">
        <code>{name}</code>
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          value={props.value}
          placeholder={props.preset}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? note : `${id} ${note}`}
          onChange={event => onChange(event.target.value)}
        />
      </label>
      <p id={id} className="jp-Math4mlForm-problem" role="alert">
        {problem}
      </p>
    </>
  );
}

/** The input that a refusal is about: it begins with its name, or is about all of them. */
function named(problem: string, inputs: readonly string[]): string | null {
  const isAbout = (name: string): boolean =>
    problem.startsWith(name) && !/\w/.test(problem.charAt(name.length));
  return inputs.find(isAbout) ?? inputs[inputs.length - 1] ?? null;
}
