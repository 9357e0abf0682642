import { nullTranslator } from '@jupyterlab/translation';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { Arrange } from '../components/arrange';
import { CodeLine } from '../components/codeLine';

const trans = nullTranslator.load('math4ml_lab');
const LINES = ['    return y', 'def f(x):', '    y = x', '    y += 1'];

/** Each line as high as this, one under the other. */
const HEIGHT = 20;

beforeAll(() => {
  // Neither layout nor pointers in jsdom.
  HTMLElement.prototype.getBoundingClientRect = function () {
    const place = [...(this.parentElement?.children ?? [])].indexOf(this);
    return { top: place * HEIGHT, height: HEIGHT } as DOMRect;
  };
  window.PointerEvent = MouseEvent as typeof PointerEvent;
});
afterEach(cleanup);

function arrange(
  checked: number[] | null = null,
  wrong: number[] = []
): { onCheck: jest.Mock; onSkip: jest.Mock } {
  const onCheck = jest.fn();
  const onSkip = jest.fn();
  render(
    <Arrange
      lines={LINES}
      checked={checked}
      wrong={wrong}
      isBusy={false}
      draft="order"
      problem={null}
      onProblem={jest.fn()}
      onCheck={onCheck}
      onSkip={onSkip}
      trans={trans}
    />
  );
  return { onCheck, onSkip };
}

const button = (name: string): HTMLElement =>
  screen.getByRole('button', { name });
const order = (): number[] =>
  screen.getAllByRole('listitem').map(item => Number(item.dataset.line));
const lineNode = (line: number): Element => {
  const node = document.querySelector(`[data-line="${line}"] code`);
  if (!node) {
    throw new Error('no line');
  }
  return node;
};

describe('lines to be put in order', () => {
  it('move by buttons, with the focus and a word on each move', () => {
    const { onCheck } = arrange();
    const down = button('Move down: return y');
    down.focus();
    fireEvent.click(down);
    expect(order()).toEqual([1, 0, 2, 3]);
    expect(document.activeElement).toBe(button('Move down: return y'));
    expect(screen.getByRole('status').textContent).toBe(
      'Place 2 of 4: return y'
    );
    fireEvent.click(button('Move down: return y'));
    fireEvent.click(button('Move down: return y'));
    expect(order()).toEqual([1, 2, 3, 0]);
    expect(document.activeElement).toBe(button('Move down: return y'));
    fireEvent.click(button('Check the order'));
    expect(onCheck.mock.calls).toEqual([[[1, 2, 3, 0]]]);
  });

  it('do not leave the list, and keep the focus at its ends', () => {
    arrange();
    const up = button('Move up: return y');
    expect(up.getAttribute('aria-disabled')).toBe('true');
    up.focus();
    fireEvent.click(up);
    expect(order()).toEqual([0, 1, 2, 3]);
    expect(document.activeElement).toBe(up);
    expect(button('Move down: y += 1').getAttribute('aria-disabled')).toBe(
      'true'
    );
  });

  it('are carried by a pointer to where it is', () => {
    const { onCheck } = arrange();
    const list = screen.getByRole('list');
    fireEvent.pointerDown(lineNode(0), { button: 0, clientY: 10 });
    expect(document.querySelector('[data-dragged]')).toBe(
      lineNode(0).closest('li')
    );
    fireEvent.pointerMove(list, { clientY: 2 * HEIGHT - 5 });
    expect(order()).toEqual([1, 0, 2, 3]);
    fireEvent.pointerMove(list, { clientY: 10 * HEIGHT });
    expect(order()).toEqual([1, 2, 3, 0]);
    fireEvent.pointerUp(list);
    expect(document.querySelector('[data-dragged]')).toBeNull();
    fireEvent.pointerMove(list, { clientY: 0 });
    expect(order()).toEqual([1, 2, 3, 0]);
    expect(screen.getByRole('status').textContent).toContain('Place 4 of 4');
    expect(onCheck).not.toHaveBeenCalled();
  });

  it('are not carried from a button, nor by another than the first', () => {
    arrange();
    const list = screen.getByRole('list');
    fireEvent.pointerDown(button('Move down: return y'), { button: 0 });
    fireEvent.pointerMove(list, { clientY: 10 * HEIGHT });
    fireEvent.pointerDown(lineNode(0), { button: 2 });
    fireEvent.pointerMove(list, { clientY: 10 * HEIGHT });
    expect(order()).toEqual([0, 1, 2, 3]);
  });

  it('begin as they were left, with what is wrong marked in words', () => {
    arrange([1, 3, 2, 0], [3, 2]);
    expect(order()).toEqual([1, 3, 2, 0]);
    const marked = screen
      .getAllByText('out of place')
      .map(mark => mark.closest('li')?.dataset.line);
    expect(marked).toEqual(['3', '2']);
    fireEvent.click(button('Move down: y += 1'));
    expect(screen.queryByText('out of place')).toBeNull();
  });

  it('begin as they came where what was kept is no order', () => {
    arrange([1, 1, 2, 0]);
    expect(order()).toEqual([0, 1, 2, 3]);
  });

  it('say how far they are indented', () => {
    arrange();
    expect(lineNode(0).textContent).toBe('indented by 4: return y');
    expect(lineNode(1).textContent).toBe('def f(x):');
  });

  it('may be broken between the parts of a long word, and change nothing', () => {
    const text = 'a = keep_it(U[:, k], full_matrices=True) + b';
    render(<CodeLine text={text} trans={trans} />);
    const code = document.querySelector('code');
    expect(code?.textContent).toBe(text);
    expect(code?.innerHTML).toContain('full_<wbr>matrices=<wbr>True)');
    expect(code?.innerHTML).toContain('keep_it(U[:, k]');
  });

  it('can be skipped', () => {
    const { onSkip } = arrange();
    fireEvent.click(button('Skip'));
    expect(onSkip).toHaveBeenCalledTimes(1);
  });
});
