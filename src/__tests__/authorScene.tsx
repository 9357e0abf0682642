import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { Exercises } from '../components/exercises';
import { ExercisesModel } from '../model';
import { FakeAuthorClient, FakeDesk } from './fakeAuthor';
import { FakeNotebook } from './fakeNotebook';
import { FakeClient, settle } from './fakes';

const trans = nullTranslator.load('math4ml_lab');

/** The panel in author mode, beside a notebook in no course. */
export class AuthorScene {
  readonly notebook = new FakeNotebook();
  readonly client = new FakeClient();
  readonly author = new FakeAuthorClient();
  readonly desk = new FakeDesk();
  readonly model = new ExercisesModel({
    notebook: this.notebook,
    client: this.client,
    settings: { autoCheck: true },
    trans,
    author: { client: this.author, desk: this.desk }
  });

  constructor() {
    this.notebook.course = null;
  }

  /** Read the notebook, and draw the panel again whenever the model changes. */
  readonly start = async (): Promise<void> => {
    const panel = (): JSX.Element => (
      <Exercises
        model={this.model}
        onOpen={jest.fn()}
        rendermime={null}
        trans={trans}
      />
    );
    const { rerender } = render(panel());
    this.model.stateChanged.connect(() => rerender(panel()));
    await act(async () => {
      this.notebook.tagsChanged.emit();
      this.notebook.kernelReady.emit();
      await settle();
    });
  };
}

export async function click(name: string | RegExp): Promise<void> {
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name }));
    await settle();
  });
}

/** All that stands on the page. */
export const text = (): string => document.body.textContent ?? '';
