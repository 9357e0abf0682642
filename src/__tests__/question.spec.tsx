import { defaultRenderMime } from '@jupyterlab/rendermime/lib/testutils';
import { nullTranslator } from '@jupyterlab/translation';
import {
  act,
  cleanup,
  fireEvent,
  render,
  screen
} from '@testing-library/react';
import React from 'react';

import { QuestionView } from '../components/question';
import type { Answered, Question } from '../wire';

const trans = nullTranslator.load('math4ml_lab');

afterEach(cleanup);

type Form = Question['form'];

/** One of each form: a form that is missing here does not compile. */
const QUESTIONS: { [K in Form]: Partial<Question> } = {
  choice: { when: 'before', options: ['it falls', 'it grows'] },
  number: { when: 'before' },
  shape: { when: 'before' },
  breaks: { inputs: ['x', 'n'], lines: ['def f(x, n):', '    return x'] },
  spot: { lines: ['def f(x):', '', '    y = x * 2', '    return y'] },
  reflect: { lines: ['def f(x):', '    return -x'] },
  beat: {},
  order: { when: 'hint', lines: ['    return y', 'def f(x):', '    y = x'] },
  choose: { when: 'hint', slots: [['def f(x):'], ['  a', '  b']] },
  explain: {}
};
const forms = Object.keys(QUESTIONS) as Form[];

function questionOf(form: Form, answer?: Partial<Answered>): Question {
  return {
    name: `ask-${form}`,
    form,
    text: 'What happens?',
    when: 'after',
    ...QUESTIONS[form],
    answer: answer ? { at: 1e9, value: 'said', ...answer } : null
  };
}

interface IShown {
  onAnswer: jest.Mock;
  onGoTo: jest.Mock;
  container: HTMLElement;
  show: (question: Question) => void;
}

function ask(question: Question, isBusy = false): IShown {
  const onAnswer = jest.fn();
  const onGoTo = jest.fn();
  const view = (each: Question): JSX.Element => (
    <QuestionView
      question={each}
      onAnswer={onAnswer}
      onGoTo={onGoTo}
      isBusy={isBusy}
      rendermime={null}
      trans={trans}
    />
  );
  const { container, rerender } = render(view(question));
  return {
    onAnswer,
    onGoTo,
    container,
    show: each => rerender(view(each))
  };
}

const press = (name: string | RegExp): boolean =>
  fireEvent.click(screen.getByRole('button', { name }));
const type = (label: string, value: string): boolean =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const text = (): string => document.body.textContent ?? '';
const status = (): string =>
  document.querySelector('.jp-Math4mlQuestion-verdict')?.textContent ?? '';

describe('a question', () => {
  it.each(forms)('of the form %s is skipped with one click', form => {
    const { onAnswer, container } = ask(questionOf(form));
    press('Skip');
    expect(onAnswer.mock.calls).toEqual([[null]]);
    const section = container.querySelector('section');
    expect(section?.dataset.math4mlQuestion).toBe(`ask-${form}`);
    expect(text()).toContain('What happens?');
    expect(status()).toBe('');
  });

  it.each(forms)('of the form %s can be answered after a skip', form => {
    const skipped = questionOf(form, { value: null });
    const { onAnswer } = ask(skipped);
    expect(status()).toBe('Skipped.');
    expect(screen.queryByRole('button', { name: 'Skip' })).toBeNull();
    press('Answer after all');
    expect(status()).toBe('');
    press('Skip');
    expect(onAnswer).toHaveBeenCalledWith(null);
  });

  it.each(forms)('of the form %s sends nothing while it is busy', form => {
    const { onAnswer, container } = ask(questionOf(form), true);
    press('Skip');
    const form_ = container.querySelector('form');
    if (form_) {
      fireEvent.submit(form_);
    }
    expect(onAnswer).not.toHaveBeenCalled();
  });

  it.each(forms)('of the form %s says whether it held, kindly', form => {
    ask(questionOf(form, { right: true }));
    const held = status();
    expect(held.length).toBeGreaterThan(3);
    cleanup();
    ask(questionOf(form, { right: false }));
    const failed = status();
    if (form !== 'explain') {
      expect(failed).not.toBe(held);
    }
    if (!['explain', 'order', 'choose'].includes(form)) {
      expect(failed).toContain('costs nothing');
    }
  });

  it('is chosen among options, in a labelled group', () => {
    const { onAnswer } = ask(questionOf('choice'));
    expect(screen.queryByRole('group', { name: 'Choose one' })).not.toBeNull();
    press('Commit to this');
    expect(onAnswer).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toContain('or skip');
    fireEvent.click(screen.getByRole('radio', { name: 'it grows' }));
    expect(screen.getByRole('alert').textContent).toBe('');
    press('Commit to this');
    expect(onAnswer).toHaveBeenCalledWith('it grows');
  });

  it('takes a number, and says what is none', () => {
    const { onAnswer } = ask(questionOf('number'));
    type('A number', '0,5');
    press('Commit to this');
    expect(onAnswer).not.toHaveBeenCalled();
    expect(text()).toContain('“0,5” is not a number');
    const field = screen.getByLabelText('A number');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    type('A number', ' 0.5');
    expect(field.getAttribute('aria-invalid')).toBe('false');
    fireEvent.submit(field);
    expect(onAnswer).toHaveBeenCalledWith('0.5');
  });

  it('takes a shape, and says what is none', () => {
    const { onAnswer } = ask(questionOf('shape'));
    type('A shape', '3 by 4');
    press('Commit to this');
    expect(text()).toContain('“3 by 4” is not a shape');
    type('A shape', '3,4');
    press('Commit to this');
    expect(onAnswer.mock.calls).toEqual([['(3, 4)']]);
  });

  it('takes a value for each input', () => {
    const { onAnswer } = ask(questionOf('breaks'));
    expect(text()).toContain('def f(x, n):');
    type('x', ' [1, 2]');
    press('Try this input');
    expect(text()).toContain('Write a value for n, or skip.');
    type('n', '3');
    press('Try this input');
    expect(onAnswer.mock.calls).toEqual([[{ x: '[1, 2]', n: '3' }]]);
  });

  it('needs no value for an input with a default', () => {
    const { onAnswer } = ask({ ...questionOf('breaks'), defaults: { n: '1' } });
    expect(screen.getByPlaceholderText('1')).toBeTruthy();
    type('x', '3');
    press('Try this input');
    expect(onAnswer.mock.calls).toEqual([[{ x: '3' }]]);
  });

  it('takes a line by its place, and offers no empty one', () => {
    const { onAnswer } = ask(questionOf('spot'));
    expect(screen.getAllByRole('radio').length).toBe(3);
    press('Mark this line');
    expect(onAnswer).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('radio', { name: /^3.*y = x \* 2$/ }));
    press('Mark this line');
    expect(onAnswer.mock.calls).toEqual([[[2]]]);
  });

  it('leads to the cell in which a check is to be beaten', () => {
    const { onGoTo } = ask(questionOf('beat'));
    press('Go to the cell');
    expect(onGoTo).toHaveBeenCalledTimes(1);
  });

  it('takes a sentence, and shows a model sentence beside it', () => {
    const { onAnswer, show } = ask(questionOf('explain'));
    type('Your sentence', '  ');
    press('Keep my sentence');
    expect(onAnswer).not.toHaveBeenCalled();
    type('Your sentence', 'It is linear.');
    press('Keep my sentence');
    expect(onAnswer).toHaveBeenCalledWith('It is linear.');
    show(
      questionOf('explain', { value: 'It is linear.', truth: 'Linear maps.' })
    );
    expect(status()).toContain('Compare the two yourself');
    expect(text()).toContain('A model sentence');
    expect(text()).toContain('Linear maps.');
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('holds a prediction against what happened, with its moment', () => {
    const kept = questionOf('number', { value: '3' });
    const { show, container } = ask(kept);
    expect(status()).toContain('Noted.');
    expect(container.querySelector('time')?.dateTime).toBe(
      '2001-09-09T01:46:40.000Z'
    );
    const answer = { value: '3', right: false, truth: '2' };
    const follow_up = 'Which axis vanished?';
    show(questionOf('number', { ...answer, follow_up }));
    expect(status()).toBe(
      'You predicted 3. It was 2. A wrong prediction costs nothing.'
    );
    expect(container.querySelector('dl')?.textContent).toBe('');
    expect(text()).toContain('Which axis vanished?');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('shows what was predicted and what was, where they are markdown', () => {
    const answer = { value: '`f`', right: false, truth: '`g`' };
    const { container } = ask(questionOf('choice', answer));
    expect(status()).toContain('It is not what you predicted.');
    const said = container.querySelector('dl')?.textContent ?? '';
    expect(said).toMatch(/^You predicted .*`f`It was`g`$/);
  });

  it('can be tried again until the truth is told', () => {
    const wrong = { value: '{"x": "1", "n": "2"}', right: false };
    const { onAnswer, show } = ask(questionOf('breaks', wrong));
    expect(text()).toContain('x = 1\nn = 2');
    press('Try again');
    type('x', '5');
    type('n', '6');
    press('Try this input');
    expect(onAnswer).toHaveBeenCalledWith({ x: '5', n: '6' });
    show(questionOf('breaks', { ...wrong, at: 1e9 + 1, truth: 'x = 0' }));
    expect(text()).toContain('x = 0');
    // Another input may break it after all.
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeNull();
    cleanup();
    ask(questionOf('spot', { value: '[2]', right: false, truth: 'y = x' }));
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('shows the line that was marked, by its number', () => {
    ask(questionOf('spot', { value: '[2]', right: true }));
    expect(status()).toBe('Yes, that is the line.');
    expect(text()).toContain('line 3: y = x * 2');
  });

  it('says of a line of an earlier answer only whether it was changed', () => {
    const { show } = ask(questionOf('reflect', { value: '[0]', right: false }));
    expect(status()).toContain('stands in your right answer too');
    press('Try again');
    show(questionOf('reflect', { at: 2e9, value: '[1]', right: true }));
    expect(status()).toContain('You changed this line');
    expect(text()).not.toContain('that is the line');
  });

  it('shows an answer that it cannot read as it was kept', () => {
    for (const form of ['breaks', 'spot', 'order', 'choose'] as const) {
      ask(questionOf(form, { value: 'strange', right: true }));
      expect(document.querySelector('pre')?.textContent).toBe('strange');
      cleanup();
    }
  });

  it('keeps the focus near where it was, and takes none', () => {
    const { show } = ask(questionOf('number'));
    expect(document.activeElement).toBe(document.body);
    show(questionOf('number', { value: '3' }));
    expect(document.activeElement).toBe(document.body);
    cleanup();
    const again = ask(questionOf('number'));
    screen.getByRole('button', { name: 'Skip' }).focus();
    again.show(questionOf('number', { value: null }));
    expect(document.activeElement?.tagName).toBe('SECTION');
  });

  it('renders what the author wrote as markdown that is not trusted', async () => {
    const bad = '**bold** <script>window.bad = 1</script>';
    const question: Question = {
      ...questionOf('choice', { truth: bad, follow_up: bad, right: false }),
      text: bad
    };
    const { container } = render(
      <QuestionView
        question={question}
        onAnswer={jest.fn()}
        isBusy={false}
        rendermime={defaultRenderMime()}
        trans={trans}
      />
    );
    await act(() => new Promise(resolve => setTimeout(resolve, 50)));
    // Text, option, truth and follow-up.
    expect(container.querySelectorAll('.jp-RenderedMarkdown').length).toBe(4);
    expect(container.querySelector('script')).toBeNull();
  });
});
