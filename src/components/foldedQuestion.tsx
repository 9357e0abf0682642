import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import { verdictWords } from '../answerWords';
import type { Question, Report } from '../wire';
import type { IQuestionProps } from './question';
import { QuestionView } from './question';

/** How much of a question stands in its one line, in signs. */
const ENOUGH = 48;

/** Whether a report came after the question was answered: then it has had its turn. */
export function isOver({ answer }: Question, report: Report | null): boolean {
  return !!answer && !!report && report.at > answer.at;
}

/** A question that has had its turn: one line, with the rest inside. */
export function FoldedQuestion(props: IQuestionProps): JSX.Element {
  const { question, trans } = props;
  return (
    <details className="jp-Math4mlFolded">
      <summary>
        {firstWords(question.text)} <b>{fate(question, trans)}</b>
      </summary>
      <QuestionView {...props} />
    </details>
  );
}

/** The beginning of a text, without its signs of markdown; the stars of code are its own. */
export function firstWords(text: string): string {
  const plain = text
    .split('`')
    .map((part, index) => (index % 2 ? part : part.replace(/[$*\\]/g, '')))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length <= ENOUGH
    ? plain
    : `${plain.slice(0, plain.lastIndexOf(' ', ENOUGH))}…`;
}

/** What became of the question, in a word or two. */
function fate(question: Question, trans: TranslationBundle): string {
  const { answer, when } = question;
  if (!answer) {
    return '';
  }
  if (answer.value !== null && typeof answer.right === 'boolean') {
    if (when === 'before' && question.form !== 'beat') {
      return answer.right
        ? trans.__('As you predicted.')
        : trans.__('Not as you predicted.');
    }
    return answer.right ? trans.__('Right.') : trans.__('Not right.');
  }
  return verdictWords(question, answer, trans);
}
