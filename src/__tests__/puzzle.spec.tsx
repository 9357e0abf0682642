import { nullTranslator } from '@jupyterlab/translation';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { QuestionView } from '../components/question';
import type { Answered, Question } from '../wire';

const trans = nullTranslator.load('math4ml_lab');

afterEach(cleanup);

const ORDER: Question = {
  name: 'arrange',
  form: 'order',
  text: 'Put them in order.',
  when: 'hint',
  lines: ['    return y', 'def f(x):', '    y = x']
};
const CHOOSE: Question = {
  name: 'arrange',
  form: 'choose',
  text: 'Which lines?',
  when: 'hint',
  slots: [['def f(x):'], ['  a', '  b']]
};

function answered(question: Question, answer: Partial<Answered>): Question {
  return { ...question, answer: { at: 1e9, value: '', ...answer } };
}

function ask(question: Question): {
  onAnswer: jest.Mock;
  show: (question: Question) => void;
} {
  const onAnswer = jest.fn();
  const view = (each: Question): JSX.Element => (
    <QuestionView
      question={each}
      onAnswer={onAnswer}
      isBusy={false}
      rendermime={null}
      trans={trans}
    />
  );
  const { rerender } = render(view(question));
  return { onAnswer, show: each => rerender(view(each)) };
}

const press = (name: string): boolean =>
  fireEvent.click(screen.getByRole('button', { name }));
const text = (): string => document.body.textContent ?? '';
const status = (): string =>
  document.querySelector('.jp-Math4mlQuestion-verdict')?.textContent ?? '';

describe('a puzzle', () => {
  it('stays where it can be moved while it is wrong', () => {
    const { onAnswer, show } = ask(ORDER);
    press('Move up: def f(x):');
    press('Check the order');
    expect(onAnswer.mock.calls).toEqual([[[1, 0, 2]]]);
    show(answered(ORDER, { value: '[1, 0, 2]', right: false, wrong: [0] }));
    expect(status()).toContain('1 line is out of place.');
    expect(screen.getAllByText('out of place').length).toBe(1);
    press('Move down: return y');
    expect(screen.queryByText('out of place')).toBeNull();
    press('Check the order');
    expect(onAnswer).toHaveBeenLastCalledWith([1, 2, 0]);
    show(answered(ORDER, { value: '[1, 2, 0]', right: true }));
    expect(status()).toBe('Every line is in its place.');
    expect(screen.queryByRole('button')).toBeNull();
    const lines = [...document.querySelectorAll('li code')];
    expect(lines.map(line => line.lastChild?.textContent)).toEqual([
      'def f(x):',
      'y = x',
      'return y'
    ]);
  });

  it('is chosen line by line, and marks what does not fit', () => {
    const { onAnswer, show } = ask(CHOOSE);
    press('Check the lines');
    expect(onAnswer).not.toHaveBeenCalled();
    expect(text()).toContain('Choose one for every line, or skip.');
    expect(screen.getAllByRole('radio').length).toBe(2);
    fireEvent.click(screen.getByRole('radio', { name: /a$/ }));
    press('Check the lines');
    expect(onAnswer.mock.calls).toEqual([[[0, 0]]]);
    show(answered(CHOOSE, { value: '[0, 0]', right: false, wrong: [1] }));
    expect(
      screen.queryByRole('group', { name: 'Line 2 does not fit' })
    ).not.toBeNull();
    fireEvent.click(screen.getByRole('radio', { name: /b$/ }));
    expect(screen.queryByText('does not fit')).toBeNull();
    press('Check the lines');
    expect(onAnswer).toHaveBeenLastCalledWith([0, 1]);
  });
});
