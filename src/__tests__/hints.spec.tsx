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
import type { Ladder } from '../wire';
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
