import { nullTranslator } from '@jupyterlab/translation';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { ClientError } from '../client';
import { Exercises } from '../components/exercises';
import { ExercisesModel } from '../model';
import { FakeNotebook } from './fakeNotebook';
import { FAILED, FakeClient, settle } from './fakes';

const trans = nullTranslator.load('math4ml_lab');

afterEach(cleanup);

describe('the panel', () => {
  let notebook: FakeNotebook;
  let client: FakeClient;
  let model: ExercisesModel;

  beforeEach(() => {
    notebook = new FakeNotebook();
    client = new FakeClient();
    const settings = { autoCheck: true };
    model = new ExercisesModel({ notebook, client, settings, trans });
  });
  afterEach(() => model.dispose());

  const show = (shown: ExercisesModel | null = model): void => {
    cleanup();
    render(
      <Exercises
        model={shown}
        onOpen={jest.fn()}
        rendermime={null}
        trans={trans}
      />
    );
  };
  const start = async (): Promise<void> => {
    notebook.tagsChanged.emit();
    await settle();
    show();
  };
  const text = (): string => document.body.textContent ?? '';

  it('says what to do when there is nothing to show', () => {
    show(null);
    expect(text()).toContain('Open a notebook');
    show();
    expect(text()).toContain('the tag exercise:<name>');
  });

  it('shows unit and progress', async () => {
    client.infos = { one: { passed_at: 5 } };
    notebook.add('A', 'a', 'one').add('B', 'b', 'two');
    await start();
    const bar = screen.getByRole('progressbar');
    expect(bar.getAttribute('aria-valuenow')).toBe('1');
    expect(bar.getAttribute('aria-valuemax')).toBe('2');
    expect(text()).toContain('Linear algebra');
    expect(text()).toContain('1 of 2');
    expect(text()).toContain('runs no cell');
    expect(document.querySelectorAll('[data-math4ml-exercise]').length).toBe(2);
  });

  it('offers a kernel, and checks nothing without one', async () => {
    notebook.add('A', 'a', 'one').kernelId = null;
    notebook.hasNoKernel = true;
    await start();
    fireEvent.click(screen.getByRole('button', { name: 'Check all' }));
    fireEvent.click(screen.getByRole('button', { name: 'Start a kernel' }));
    expect(notebook.visits).toEqual(['kernel']);
    expect(client.checked).toEqual([]);
  });

  it('lists problems with their fix', async () => {
    client.listing = {
      exercises: [],
      problems: [{ message: 'There is no exercise x.', fix: 'Write x.py.' }]
    };
    notebook.add('A', 'a', 'x');
    await start();
    expect(text()).toContain('There is no exercise x. Write x.py.');
  });

  it('shows a failure until it is over, and lets one try again', async () => {
    client.failure = new ClientError('No server.', 'Start it.');
    notebook.add('A', 'a', 'one');
    await start();
    expect(screen.getByRole('alert').textContent).toBe('No server. Start it.');
    client.failure = null;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settle();
    show();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(text()).toContain('Title of one');
  });

  it('announces a verdict politely', async () => {
    client.answers.set('check-1', [
      { id: 'check-1', state: 'done', reports: [FAILED] }
    ]);
    notebook.add('A', 'a', 'one');
    await start();
    notebook.executed.emit('A');
    await settle();
    show();
    const status = document.querySelector('.jp-Math4mlAnnouncer');
    expect(status?.getAttribute('aria-live')).toBe('polite');
    expect(status?.getAttribute('role')).toBe('status');
    expect(status?.textContent).toBe('Title of one: not yet right');
  });
});
