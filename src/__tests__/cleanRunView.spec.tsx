import { nullTranslator } from '@jupyterlab/translation';
import { cleanup, render, screen } from '@testing-library/react';
import React from 'react';

import { CleanRunView } from '../components/cleanRunView';
import type { CleanRunAnswer } from '../wire';
import { Scene } from './scene';

const trans = nullTranslator.load('math4ml_lab');

afterEach(cleanup);

describe('a clean run that agrees', () => {
  async function run(changes: Partial<CleanRunAnswer>): Promise<void> {
    const scene = new Scene();
    await scene.start();
    scene.client.cleanRuns = [{ state: 'done', ...changes }];
    await scene.model.runClean();
    render(
      <CleanRunView
        run={scene.model.cleanRun}
        titles={new Map()}
        onCancel={jest.fn()}
        onGoTo={jest.fn()}
        trans={trans}
      />
    );
  }

  it('speaks of the verdicts', async () => {
    await run({});
    expect(screen.queryByText('The exercises’ verdicts agree.')).not.toBeNull();
  });

  it('does not hide that another cell raised', async () => {
    await run({ errors: [{ cell_id: 'C', index: 9, error: 'NameError: y' }] });
    expect(screen.queryByText('The exercises’ verdicts agree.')).toBeNull();
    expect(
      screen.queryByText(/but a cell that answers no exercise raised/)
    ).not.toBeNull();
    expect(screen.queryByText('Cell 10 from the top')).not.toBeNull();
  });
});
