import { nullTranslator } from '@jupyterlab/translation';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { Hints } from '../components/hints';
import { Reveal } from '../components/reveal';
import type { Ladder, Question } from '../wire';
import { LADDER } from './fakes';

const trans = nullTranslator.load('math4ml_lab');
const CODE = 'def f(x):\n    return x + 1';

afterEach(cleanup);

/** What a screen reader hears, line by line. */
function heard(): string[] {
  return [...document.querySelectorAll('.jp-Math4mlDiff-line')]
    .filter(line => !line.closest('[aria-hidden]'))
    .map(line => {
      const words = line.querySelector('.jp-Math4mlAnnouncer')?.textContent;
      return `${words ?? ''}${line.querySelector('code')?.textContent ?? ''}`;
    });
}

describe('a solution', () => {
  const show = (source: string | null): void => {
    render(<Reveal code={CODE} source={source} trans={trans} />);
  };

  it('is compared with the cell, with a sign and a word at each line', () => {
    show('def f(x):\n    return x');
    expect(heard()).toEqual([
      'in both: def f(x):',
      'only in yours: indented by 4: return x',
      'only in the solution: indented by 4: return x + 1'
    ]);
    const signs = [...document.querySelectorAll('[data-kind="added"]')];
    expect(signs.some(sign => sign.textContent === '+')).toBe(true);
    const name = 'A solution, compared with your cell';
    expect(screen.queryByRole('group', { name })).not.toBeNull();
  });

  it('stands alone where there is nothing to compare it with', () => {
    for (const source of [null, ' \n']) {
      show(source);
      expect(heard().length).toBe(2);
      expect(document.body.textContent).not.toContain('only in yours');
      expect(
        screen.queryByRole('group', { name: 'A solution' })
      ).not.toBeNull();
      cleanup();
    }
  });

  it('says when the cell is just that', () => {
    show(`${CODE}\n`);
    expect(screen.queryByText(/is this solution/)).not.toBeNull();
  });
});

describe('the last hints', () => {
  const PUZZLE: Question = {
    name: 'arrange',
    form: 'order',
    text: 'Put them in order.',
    when: 'hint',
    lines: ['    return x', 'def f(x):']
  };

  function climb(changes: Partial<Ladder>): {
    onOpen: jest.Mock;
    onAnswer: jest.Mock;
    show: (changes: Partial<Ladder>) => void;
  } {
    const onOpen = jest.fn();
    const onAnswer = jest.fn();
    const view = (more: Partial<Ladder>): JSX.Element => (
      <Hints
        ladder={{ ...LADDER, levels: 5, opened: [], ...more }}
        received={Date.now()}
        onOpen={onOpen}
        onAnswer={onAnswer}
        source="def f(x):"
        rendermime={null}
        trans={trans}
      />
    );
    const { rerender } = render(view(changes));
    return { onOpen, onAnswer, show: more => rerender(view(more)) };
  }
  const button = (name: string): HTMLElement =>
    screen.getByRole('button', { name });

  it('ask first whether a solution is meant to be shown', () => {
    const next = { state: 'ready', level: 5 } as const;
    const { onOpen, show } = climb({ next });
    const opener = button('Hint 5 of 5: a solution');
    expect(opener.getAttribute('aria-expanded')).toBe('false');
    opener.focus();
    fireEvent.click(opener);
    expect(onOpen).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(opener);
    expect(opener.getAttribute('aria-expanded')).toBe('true');
    expect(screen.queryByText(/after 1, 3 and 7 days/)).not.toBeNull();
    button('Not yet').focus();
    fireEvent.click(button('Not yet'));
    expect(screen.queryByText(/7 days/)).toBeNull();
    expect(document.activeElement).toBe(opener);
    fireEvent.click(opener);
    button('Show the solution').focus();
    fireEvent.click(button('Show the solution'));
    expect(onOpen.mock.calls).toEqual([[true]]);
    const opened = [{ level: 5, text: 'One way.', code: CODE }];
    show({ opened, next: { state: 'done' } });
    expect(heard()).toContain(
      'only in the solution: indented by 4: return x + 1'
    );
    expect(document.activeElement).toBe(
      screen.getByRole('group', { name: 'Hints' })
    );
  });

  it('close a solution, and keep it closed when one comes back', () => {
    const opened = [{ level: 5, text: 'One way.', code: CODE }];
    const { show } = climb({});
    show({ opened, next: { state: 'done' } });
    expect(heard().length).toBeGreaterThan(0);
    fireEvent.click(button('Close the solution'));
    expect(heard()).toEqual([]);
    fireEvent.click(button('Show the solution again'));
    expect(heard().length).toBeGreaterThan(0);
    cleanup();
    climb({ opened, next: { state: 'done' } });
    expect(heard()).toEqual([]);
    expect(button('Show the solution again')).not.toBeNull();
  });

  it('do not ask while they wait', () => {
    const { onOpen } = climb({
      next: { state: 'waits', level: 5, seconds: null }
    });
    fireEvent.click(button('Hint 5 of 5: a solution'));
    expect(screen.queryByText(/7 days/)).toBeNull();
    expect(onOpen).not.toHaveBeenCalled();
  });

  it('open without a question where they are words or a puzzle', () => {
    const { onOpen } = climb({ next: { state: 'ready', level: 4 } });
    fireEvent.click(button('Hint 4 of 5: a puzzle'));
    expect(onOpen.mock.calls).toEqual([[]]);
  });

  it('hold a puzzle that can be answered', () => {
    const { onAnswer } = climb({
      opened: [{ level: 4, text: '', puzzle: PUZZLE }],
      next: { state: 'ready', level: 5 }
    });
    fireEvent.click(button('Move up: def f(x):'));
    fireEvent.click(button('Check the order'));
    expect(onAnswer.mock.calls).toEqual([[PUZZLE, [1, 0]]]);
  });
});
