import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

interface IAnswerFormProps {
  /** What the button says. */
  label: string;
  isBusy: boolean;
  onSubmit: () => void;
  /** What keeps the answer from being given, after it was tried; it has this id. */
  problem?: string | null;
  problemId?: string;
  children: React.ReactNode;
  onSkip: () => void;
  trans: TranslationBundle;
}

/** A form of a question: fields, the button that commits, and the one that skips. */
export function AnswerForm(props: IAnswerFormProps): JSX.Element {
  const { label, isBusy, problem, problemId, trans } = props;
  return (
    <form
      className="jp-Math4mlForm"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        if (!isBusy) {
          props.onSubmit();
        }
      }}
    >
      {props.children}
      <p id={problemId} className="jp-Math4mlForm-problem" role="alert">
        {problem}
      </p>
      <div className="jp-Math4mlForm-buttons">
        <button
          type="submit"
          className="jp-Math4mlButton"
          aria-disabled={isBusy}
          aria-describedby={problem ? problemId : undefined}
        >
          {label}
        </button>
        <SkipButton isBusy={isBusy} onSkip={props.onSkip} trans={trans} />
      </div>
    </form>
  );
}

interface ISkipButtonProps {
  isBusy: boolean;
  onSkip: () => void;
  trans: TranslationBundle;
}

/** One click, and no question asked. */
export function SkipButton(props: ISkipButtonProps): JSX.Element {
  const { isBusy, onSkip, trans } = props;
  return (
    <button
      type="button"
      className="jp-Math4mlButton jp-Math4mlForm-skip"
      aria-disabled={isBusy}
      onClick={isBusy ? undefined : onSkip}
    >
      {trans.__('Skip')}
    </button>
  );
}
