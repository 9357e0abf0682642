import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useRef } from 'react';

import type { Author } from '../author';
import type { ExercisesModel } from '../model';
import type { ModuleInfo } from '../wire';
import { Button } from './button';
import { Findings } from './findings';
import { useKeptFocus } from './keptFocus';
import { TagForm } from './tagForm';
import { TaggedExercise } from './taggedExercise';

export interface IAuthorProps {
  model: ExercisesModel;
  author: Author;
  rendermime: IRenderMimeRegistry | null;
  trans: TranslationBundle;
}

/** What an author does with the selected cell, and how the modules beside the notebook stand. */
export function AuthorSection(
  props: Omit<IAuthorProps, 'author'>
): JSX.Element | null {
  const { author } = props.model;
  return author && author.view !== 'off' ? (
    <Section {...props} author={author} />
  ) : null;
}

function Section(props: IAuthorProps): JSX.Element {
  const { author, trans } = props;
  const host = useRef<HTMLElement>(null);
  useKeptFocus(host);
  const isLearner = author.view === 'learner';
  return (
    <section
      ref={host}
      className="jp-Math4mlBox jp-Math4mlAuthor"
      aria-label={trans.__('Author mode')}
      tabIndex={-1}
    >
      <div className="jp-Math4mlAuthor-head">
        <strong>
          {isLearner
            ? trans.__('You see what a learner sees.')
            : trans.__('Author mode')}
        </strong>
        <Button onClick={() => author.see(!isLearner)}>
          {isLearner
            ? trans.__('Back to author mode')
            : trans.__('See it as a learner')}
        </Button>
      </div>
      {isLearner ? null : (
        <>
          {author.answer && !author.answer.is_writable ? (
            <p>
              {trans.__(
                'This folder may not be written to: work in a copy of the course.'
              )}
            </p>
          ) : null}
          <Cell {...props} />
          <Broken {...props} />
        </>
      )}
    </section>
  );
}

function Cell(props: IAuthorProps): JSX.Element {
  const { author, trans } = props;
  const { activeCellId, exercises } = author;
  if (activeCellId === null) {
    return <p>{trans.__('Select a code cell to make it an exercise.')}</p>;
  }
  if (exercises.length === 0) {
    return <TagForm key={activeCellId} author={author} trans={trans} />;
  }
  return (
    <>
      {exercises.map(exercise => (
        <TaggedExercise key={exercise} {...props} exercise={exercise} />
      ))}
    </>
  );
}

/** What is wrong with modules that the selected cell does not name. */
function Broken({ author, trans }: IAuthorProps): JSX.Element | null {
  const shown = new Set(author.exercises.map(each => author.module(each)));
  const isBroken = (module: ModuleInfo): boolean =>
    !!module.findings?.length && !shown.has(module);
  const broken = (author.answer?.modules ?? []).filter(isBroken);
  return broken.length === 0 ? null : (
    <div role="group" aria-label={trans.__('Other modules')}>
      <p>{trans.__('Wrong in other modules beside this notebook:')}</p>
      <Findings
        findings={broken.flatMap(({ findings }) => findings ?? [])}
        onOpen={(file, line) => void author.open(file, line)}
        trans={trans}
      />
    </div>
  );
}
