import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId } from 'react';

import { AnswerForm } from './answerForm';
import { WrongMark } from './arrange';
import { CodeLine } from './codeLine';
import { useDraft } from './drafts';

interface IChooseProps {
  /** What each line may be. */
  slots: readonly (readonly string[])[];
  /** What was checked last, if anything: one option of each line. */
  checked: readonly number[] | null;
  /** The lines of which the option was wrong then. */
  wrong: readonly number[];
  isBusy: boolean;
  /** What what is begun is kept as. */
  draft: string;
  /** What keeps the answer from being taken, in words. */
  problem: string | null;
  onProblem: (words: string | null) => void;
  onCheck: (chosen: number[]) => void;
  onSkip: () => void;
  trans: TranslationBundle;
}

/** Lines to be chosen, each among a few; one that has no other stands as it is. */
export function Choose(props: IChooseProps): JSX.Element {
  const { slots, checked, wrong, onProblem, trans } = props;
  const [chosen, setChosen] = useDraft<readonly (number | null)[]>(
    props.draft,
    () =>
      slots.map((options, slot) =>
        options.length === 1 ? 0 : (checked?.[slot] ?? null)
      )
  );
  const id = useId();
  const onSubmit = (): void => {
    const all = chosen.filter(each => each !== null);
    if (all.length < slots.length) {
      onProblem(trans.__('Choose one for every line, or skip.'));
    } else {
      onProblem(null);
      props.onCheck(all);
    }
  };
  return (
    <AnswerForm
      label={trans.__('Check the lines')}
      isBusy={props.isBusy}
      problem={props.problem}
      problemId={id}
      onSubmit={onSubmit}
      onSkip={props.onSkip}
      trans={trans}
    >
      {slots.map((options, slot) => (
        <Slot
          key={slot}
          number={slot + 1}
          options={options}
          chosen={chosen[slot]}
          isWrong={wrong.includes(slot) && chosen[slot] === checked?.[slot]}
          onChoose={option => {
            onProblem(null);
            setChosen(chosen.map((old, at) => (at === slot ? option : old)));
          }}
          trans={trans}
        />
      ))}
    </AnswerForm>
  );
}

interface ISlotProps {
  number: number;
  options: readonly string[];
  chosen: number | null;
  isWrong: boolean;
  onChoose: (option: number) => void;
  trans: TranslationBundle;
}

function Slot(props: ISlotProps): JSX.Element {
  const { number, options, chosen, isWrong, trans } = props;
  const group = useId();
  return (
    <fieldset className="jp-Math4mlFields" data-wrong={isWrong || undefined}>
      <legend>
        {trans.__('Line %1', String(number))}{' '}
        {isWrong ? <WrongMark words={trans.__('does not fit')} /> : null}
      </legend>
      {options.length === 1 ? (
        <CodeLine text={options[0]} trans={trans} />
      ) : (
        options.map((option, index) => (
          <label key={index} className="jp-Math4mlOption">
            <input
              type="radio"
              name={group}
              checked={chosen === index}
              onChange={() => props.onChoose(index)}
            />
            <CodeLine text={option} trans={trans} />
          </label>
        ))
      )}
    </fieldset>
  );
}
