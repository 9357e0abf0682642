import type { TranslationBundle } from '@jupyterlab/translation';

import { unreachable } from './rowState';
import type { Answered, Question } from './wire';

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
export function saysBoth(
  { form, when }: Question,
  { truth }: Answered
): boolean {
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
      return trans.__('Yes, that is the line.');
    case 'reflect':
      return trans.__(
        'You changed this line: it does not stand so in your right answer.'
      );
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
      return trans.__('It is another line. A wrong guess costs nothing.');
    case 'reflect':
      return trans.__(
        'This line stands in your right answer too. A wrong guess costs nothing.'
      );
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

/** What stands above the learner's own words. */
export function saidLabel(
  question: Question,
  trans: TranslationBundle
): string {
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

/** What stands above the author's. */
export function truthLabel(
  question: Question,
  trans: TranslationBundle
): string {
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
