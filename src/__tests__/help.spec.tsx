import { nullTranslator } from '@jupyterlab/translation';
import {
  act,
  cleanup,
  fireEvent,
  render,
  screen
} from '@testing-library/react';
import React from 'react';

import { EarlierAnswers, StartOver } from '../components/earlier';
import { Forum } from '../components/forum';
import { forumAddress, forumText } from '../forum';
import type { EarlierAnswer, Report } from '../wire';
import { FAILED, report, settle } from './fakes';

const trans = nullTranslator.load('math4ml_lab');

afterEach(() => {
  cleanup();
  Reflect.deleteProperty(navigator, 'clipboard');
});

describe('the forum', () => {
  const forum = 'https://forum.example/c/math';
  const source = 'def f(x):\n    return "```"\n';

  function ask(changes: { forum?: string; source?: string | null } = {}): void {
    render(
      <Forum
        forum={forum}
        title="Keep the big bits"
        report={FAILED}
        source={source}
        trans={trans}
        {...changes}
      />
    );
    fireEvent.click(screen.getByText('Ask in the forum'));
  }
  const area = (): HTMLTextAreaElement =>
    screen.getByLabelText('A text to begin with');
  const copy = async (): Promise<void> => {
    fireEvent.click(screen.getByRole('button', { name: 'Copy the text' }));
    await act(settle);
  };

  it('is asked with what happened, and with code only when ticked', () => {
    ask();
    expect(area().readOnly).toBe(true);
    expect(area().value.split('\n\n')).toEqual([
      'Exercise: Keep the big bits',
      'What does not hold: The error is the dropped part',
      '```text\n0.753, needs 1.003\n(rtol 1e-6)\n```',
      'Smallest input:',
      '```text\nM=[[1, 2],\n   [2, 2]]\n```',
      'Twice the value.',
      'My question: '
    ]);
    const box = screen.getByRole<HTMLInputElement>('checkbox');
    expect(box.checked).toBe(false);
    fireEvent.click(box);
    expect(area().value).toContain(
      '````python\ndef f(x):\n    return "```"\n````'
    );
    fireEvent.click(box);
    expect(area().value).not.toContain('def f');
  });

  it('is asked about an exercise that has no failed claim', () => {
    const raised = { kind: 'cell_raised', error: 'NameError: y' } as const;
    const words = (each: Report | null): string =>
      forumText('One', each, null, trans);
    expect(words(report('A', 'one', { outcome: raised }))).toBe(
      'Exercise: One\n\nWhat happened: the cell raised an error\n\n' +
        '```text\nNameError: y\n```\n\nMy question: '
    );
    expect(words(null)).toBe('Exercise: One\n\nMy question: ');
    expect(words(report('A', 'one'))).toContain('What happened: passed');
  });

  it('gets the text by the clipboard', async () => {
    const writeText = jest.fn().mockResolvedValue(undefined);
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText },
      configurable: true
    });
    ask();
    await copy();
    expect(writeText).toHaveBeenCalledWith(area().value);
    expect(screen.getByRole('status').textContent).toBe('Copied.');
  });

  it('gets the text selected where there is no clipboard', async () => {
    ask();
    await copy();
    expect(document.activeElement).toBe(area());
    expect(area().selectionEnd).toBe(area().value.length);
    expect(screen.getByRole('status').textContent).toContain('keyboard');
  });

  it('opens apart from this page, and only by https', () => {
    ask();
    const link = screen.getByRole<HTMLAnchorElement>('link');
    expect(link.href).toBe(forum);
    expect(link.target).toBe('_blank');
    expect(link.rel).toBe('noopener noreferrer');
    cleanup();
    for (const bad of [
      'http://forum.example/',
      'javascript:alert(1)',
      'https://user:secret@forum.example/',
      'forum'
    ]) {
      expect(forumAddress(bad)).toBeNull();
      ask({ forum: bad });
      expect(screen.queryByRole('link')).toBeNull();
      expect(document.body.textContent).toContain(bad);
      cleanup();
    }
  });

  it('offers no code where there is none', () => {
    ask({ source: null });
    expect(screen.queryByRole('checkbox')).toBeNull();
  });
});

describe('earlier answers', () => {
  const ATTEMPTS: EarlierAnswer[] = [
    { at: 1e9, outcome: 'failed', source: 'a = 1' },
    { at: 1e9 + 7200, outcome: 'passed', source: 'a = 3' },
    { at: 1e9 + 3600, outcome: 'cell_raised', source: 'a = b' }
  ];

  function list(
    attempts: EarlierAnswer[] | null,
    source: string | null = null
  ): jest.Mock {
    const onRestore = jest.fn();
    render(
      <EarlierAnswers
        attempts={attempts}
        source={source}
        onRestore={onRestore}
        trans={trans}
      />
    );
    return onRestore;
  }

  it('come the newest first, in words and with their moment', () => {
    list(ATTEMPTS);
    const heads = [...document.querySelectorAll('summary')];
    expect(heads.length).toBe(3);
    expect(heads[0].textContent).toMatch(/^passed .*2001/);
    expect(heads[1].textContent).toMatch(
      /^the cell raised an error .*2001.*a = b$/
    );
    expect(heads[2].textContent).toMatch(/^not yet right .*2001/);
    expect(document.querySelector('details')?.open).toBe(false);
  });

  it('are brought back as they were', () => {
    const onRestore = list(ATTEMPTS, 'a = 3');
    const restore = screen.getAllByRole('button', {
      name: 'Restore this answer',
      hidden: true
    });
    expect(restore.length).toBe(2);
    expect(screen.queryByText(/holds now/)).not.toBeNull();
    fireEvent.click(restore[1]);
    expect(onRestore.mock.calls).toEqual([['a = 1']]);
  });

  it('are said to be on their way, or none', () => {
    list(null);
    expect(screen.getByRole('status').textContent).toContain('Reading');
    cleanup();
    list([]);
    expect(screen.getByRole('status').textContent).toContain('no earlier');
  });

  it('leave the starter within reach', () => {
    const onStartOver = jest.fn();
    render(<StartOver onStartOver={onStartOver} trans={trans} />);
    fireEvent.click(screen.getByRole('button', { name: 'Start over' }));
    expect(onStartOver).toHaveBeenCalledTimes(1);
  });
});
