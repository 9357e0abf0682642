import { nullTranslator } from '@jupyterlab/translation';
import {
  act,
  cleanup,
  fireEvent,
  render,
  screen
} from '@testing-library/react';
import React from 'react';

import type { Drafts } from '../components/drafts';
import { DraftsContext } from '../components/drafts';
import { QuestionView } from '../components/question';
import type { Question, Refusal } from '../wire';
import { settle } from './fakes';

const trans = nullTranslator.load('math4ml_lab');

afterEach(cleanup);

const BREAKS: Question = {
  name: 'breaks-1',
  form: 'breaks',
  text: 'On which input does it fail?',
  when: 'after',
  inputs: ['x', 'n']
};

function ask(
  question: Question,
  drafts: Drafts,
  refusal: Refusal | null = null
): void {
  cleanup();
  render(
    <DraftsContext.Provider value={drafts}>
      <QuestionView
        question={question}
        onAnswer={() => Promise.resolve(refusal)}
        isBusy={false}
        rendermime={null}
        trans={trans}
      />
    </DraftsContext.Provider>
  );
}

const type = (label: string, value: string): boolean =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const value = (label: string): string =>
  screen.getByLabelText<HTMLInputElement>(label).value;
const press = (name: string): boolean =>
  fireEvent.click(screen.getByRole('button', { name }));
const field = (label: string): HTMLElement => screen.getByLabelText(label);
/** What is read with a field. */
const described = (label: string): string =>
  (field(label).getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map(id => document.getElementById(id)?.textContent ?? `no ${id}`)
    .join(' ');

describe('what was typed and not sent', () => {
  it('comes back with each kind of form', () => {
    const drafts: Drafts = new Map();
    ask(BREAKS, drafts);
    type('x', '[1, 2]');
    ask(BREAKS, drafts);
    expect([value('x'), value('n')]).toEqual(['[1, 2]', '']);

    const number: Question = { ...BREAKS, name: 'ask-1', form: 'number' };
    ask(number, drafts);
    type('A number', '0.5');
    const explain: Question = { ...BREAKS, name: 'ask-2', form: 'explain' };
    ask(explain, drafts);
    type('Your sentence', 'Because');
    const options = ['a', 'b'];
    const choice: Question = {
      ...BREAKS,
      name: 'ask-3',
      form: 'choice',
      options
    };
    ask(choice, drafts);
    fireEvent.click(screen.getByRole('radio', { name: 'b' }));
    const lines = ['second', 'first'];
    const order: Question = { ...BREAKS, name: 'order', form: 'order', lines };
    ask(order, drafts);
    press('Move down: second');

    ask(number, drafts);
    expect(value('A number')).toBe('0.5');
    ask(explain, drafts);
    expect(value('Your sentence')).toBe('Because');
    ask(choice, drafts);
    expect(
      screen.getByRole<HTMLInputElement>('radio', { name: 'b' }).checked
    ).toBe(true);
    ask(order, drafts);
    expect(
      screen.getAllByRole('listitem').map(({ dataset }) => dataset.line)
    ).toEqual(['1', '0']);
  });

  it('belongs to its row, and is gone once it was answered', () => {
    const drafts: Drafts = new Map();
    ask(BREAKS, drafts);
    type('x', '1');
    ask(BREAKS, new Map());
    expect(value('x')).toBe('');
    ask({ ...BREAKS, answer: { at: 5, value: null } }, drafts);
    press('Answer after all');
    expect(value('x')).toBe('');
  });
});

describe('a refused input', () => {
  const refuse = async (message: string): Promise<void> => {
    ask(BREAKS, new Map(), { message, fix: 'Write one such as 3.' });
    type('x', 'abc');
    type('n', '2');
    press('Try this input');
    await act(settle);
  };

  it('is told at the field that it is about, until that is changed', async () => {
    await refuse("x: 'abc' is no value.");
    expect(described('x')).toContain(
      "x: 'abc' is no value. Write one such as 3."
    );
    expect(field('x').getAttribute('aria-invalid')).toBe('true');
    expect(described('n')).not.toContain('no value');
    expect(field('n').getAttribute('aria-invalid')).toBe('false');
    expect(value('x')).toBe('abc');
    type('x', '1');
    expect(described('x')).not.toContain('no value');
  });

  it('is told at the last field where it is about all of them', async () => {
    await refuse('The kernel is busy.');
    expect(described('n')).toContain('The kernel is busy.');
  });

  it('of another form is told in the form', async () => {
    const number: Question = { ...BREAKS, name: 'ask-1', form: 'number' };
    ask(number, new Map(), { message: 'Offline.', fix: 'Wait.' });
    type('A number', '3');
    press('Answer');
    await act(settle);
    expect(described('A number')).toBe('Offline. Wait.');
  });
});
