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

import { Hints } from '../components/hints';
import type { Hint, Ladder } from '../wire';
import { LADDER } from './fakes';

const trans = nullTranslator.load('math4ml_lab');

afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

describe('hints', () => {
  function renderHints(ladder: Ladder, received = Date.now()): jest.Mock {
    const onOpen = jest.fn();
    render(
      <Hints
        ladder={ladder}
        received={received}
        onOpen={onOpen}
        rendermime={null}
        trans={trans}
      />
    );
    return onOpen;
  }

  it('count down to the next, which opens by itself', () => {
    jest.useFakeTimers();
    const onOpen = renderHints(LADDER);
    const button = screen.getByRole('button', { name: 'Hint 2 of 3' });
    const isOff = (): string | null => button.getAttribute('aria-disabled');
    button.focus();
    expect(screen.queryByText(/in 42 s/)).not.toBeNull();
    fireEvent.click(button);
    expect(onOpen).not.toHaveBeenCalled();
    act(() => jest.advanceTimersByTime(2000));
    expect(screen.queryByText(/in 40 s/)).not.toBeNull();
    expect(isOff()).toBe('true');
    act(() => jest.advanceTimersByTime(40000));
    expect(isOff()).toBe('false');
    expect(document.activeElement).toBe(button);
    fireEvent.click(button);
    expect(onOpen).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('wait for an attempt where no time opens them', () => {
    const next = { state: 'waits', level: 2, seconds: null } as const;
    renderHints({ ...LADDER, next });
    const button = screen.getByRole('button');
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(
      screen.queryByText('opens after an attempt that behaves differently')
    ).not.toBeNull();
  });

  it('are offered at once when they are ready, and not when all are open', () => {
    const onOpen = renderHints({
      ...LADDER,
      next: { state: 'ready', level: 2 }
    });
    fireEvent.click(screen.getByRole('button', { name: 'Hint 2 of 3' }));
    expect(onOpen).toHaveBeenCalledTimes(1);
    cleanup();
    renderHints({ ...LADDER, next: { state: 'done' } });
    expect(screen.queryByRole('button')).toBeNull();
    expect(
      screen.queryByRole('region', { name: 'Hint 1 of 3' })
    ).not.toBeNull();
  });

  it('are counted from the first that the ladder has', () => {
    const next = { state: 'ready', level: 2 } as const;
    renderHints({ ...LADDER, first: 2, levels: 3, opened: [], next });
    expect(
      screen.queryByRole('button', { name: 'Hint 1 of 2' })
    ).not.toBeNull();
  });

  it('say once what a puzzle asks', () => {
    const text = 'Put the lines in order.';
    const lines = ['def f():', '    return 1'];
    const puzzle = {
      name: 'a',
      form: 'order',
      when: 'hint',
      text,
      lines
    } as const;
    renderHints({ ...LADDER, opened: [{ level: 4, text, puzzle }] });
    expect(screen.queryAllByText(text).length).toBe(1);
  });

  it('of another ladder stand folded below the next one, until it is their turn', () => {
    const text = 'Put the lines in order.';
    const early: Hint[] = [
      { level: 4, text },
      { level: 5, text: 'A right answer.', code: 'x = 1' }
    ];
    const first: Hint = { level: 1, text: 'What is dropped?' };
    const ladder = { ...LADDER, levels: 5 };
    const follows = (before: Element, after: Element): boolean =>
      before.compareDocumentPosition(after) ===
      Node.DOCUMENT_POSITION_FOLLOWING;
    for (const level of [1, 2]) {
      const opened = level === 1 ? early : [first, ...early];
      renderHints({ ...ladder, opened, next: { state: 'ready', level } });
      const button = screen.getByRole('button', {
        name: `Hint ${level} of 5`
      });
      const details = screen
        .getByText('Opened with an earlier verdict')
        .closest('details');
      expect(details?.open).toBe(false);
      expect(details?.querySelectorAll('section').length).toBe(2);
      expect(details && follows(button, details)).toBe(true);
      expect(details?.textContent).not.toContain('dropped');
      cleanup();
    }
    const next = { state: 'ready', level: 5 } as const;
    renderHints({ ...ladder, opened: [first, early[0]], next });
    expect(document.querySelector('details')).toBeNull();
    cleanup();
    renderHints({ ...ladder, opened: early, next: { state: 'done' } });
    expect(document.querySelector('details')).toBeNull();
  });

  it('are rendered as markdown that is not trusted', async () => {
    const rendermime = defaultRenderMime();
    const text = 'What is **dropped**? <script>window.bad = 1</script>';
    const { container } = render(
      <Hints
        ladder={{ ...LADDER, opened: [{ level: 1, text }] }}
        received={0}
        onOpen={jest.fn()}
        rendermime={rendermime}
        trans={trans}
      />
    );
    await act(() => new Promise(resolve => setTimeout(resolve, 50)));
    expect(container.querySelector('.jp-RenderedMarkdown')).not.toBeNull();
    expect(container.textContent).toContain('dropped');
    expect(container.querySelector('script')).toBeNull();
  });
});
