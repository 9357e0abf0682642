import React from 'react';

import { moduleFile, plainName } from '../exerciseNames';
import type { ModuleInfo } from '../wire';
import type { IAuthorProps } from './authorSection';
import { Button } from './button';
import { Findings } from './findings';
import { ProofView } from './proofView';
import { TitleText } from './titleText';

interface ITaggedProps extends IAuthorProps {
  exercise: string;
}

/** An exercise of the selected cell: its tag, its module, its proof. */
export function TaggedExercise(props: ITaggedProps): JSX.Element {
  const { author, exercise, trans } = props;
  const module = author.module(exercise);
  return (
    <div data-math4ml-author={exercise}>
      <div className="jp-Math4mlAuthor-head">
        <code>{`exercise:${exercise}`}</code>
        <Button
          title={trans.__('The cell stays; it is no exercise any more')}
          onClick={() => author.untag(exercise)}
        >
          {trans.__('Untag')}
        </Button>
      </div>
      {module ? (
        <Module {...props} module={module} />
      ) : author.answer ? (
        <NoModule {...props} />
      ) : (
        <p>{trans.__('Reading the modules…')}</p>
      )}
    </div>
  );
}

function NoModule({ author, exercise, trans }: ITaggedProps): JSX.Element {
  return (
    <>
      <p>
        {trans.__('There is no %1 beside this notebook.', moduleFile(exercise))}
      </p>
      <Button
        isOff={!author.answer?.is_writable}
        title={trans.__(
          'Writes a module to be filled in, with the names that the cell defines'
        )}
        onClick={() => void author.create(exercise)}
      >
        {trans.__('Create it from this cell')}
      </Button>
    </>
  );
}

function Module(props: ITaggedProps & { module: ModuleInfo }): JSX.Element {
  const { model, author, exercise, module, rendermime, trans } = props;
  const run = author.proof(exercise);
  const row = model.rows.find(
    ({ info }) =>
      info.exercise === exercise && info.cell_id === author.activeCellId
  );
  const open = (file: string, line?: number): void =>
    void author.open(file, line);
  return (
    <>
      {module.title ? (
        <p>
          <TitleText text={module.title} />
        </p>
      ) : null}
      <div className="jp-Math4mlButtons">
        <Button onClick={() => open(module.path)}>
          {trans.__('Open %1', moduleFile(exercise))}
        </Button>
        <Button
          isOff={!row?.info.starter}
          title={trans.__(
            'As a learner finds it; what stands there is kept among the earlier answers'
          )}
          onClick={() => row && void model.actions.startOver(row)}
        >
          {trans.__('Put the starter in')}
        </Button>
        {run?.isRunning ? null : (
          <Button
            title={trans.__('Runs all its answers in a fresh kernel')}
            aria-label={trans.__('Prove %1', plainName(exercise))}
            onClick={() => void author.prove(exercise)}
          >
            {trans.__('Prove')}
          </Button>
        )}
      </div>
      <Findings findings={module.findings ?? []} onOpen={open} trans={trans} />
      {run ? (
        <ProofView
          run={run}
          told={module.findings ?? []}
          onCancel={() => void author.cancel(exercise)}
          onOpen={open}
          rendermime={rendermime}
          trans={trans}
        />
      ) : null}
    </>
  );
}
