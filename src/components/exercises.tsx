import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { ExercisesModel } from '../model';
import { announcement, outcomeWords } from '../words';
import { ExerciseRow } from './exerciseRow';
import { Header } from './header';
import { Notice } from './notice';
import { Problems } from './problems';

interface IExercisesProps {
  model: ExercisesModel | null;
  rendermime: IRenderMimeRegistry | null;
  trans: TranslationBundle;
}

/** All that the panel shows of a notebook. */
export function Exercises(props: IExercisesProps): JSX.Element {
  const { model, trans } = props;
  if (!model) {
    return (
      <p className="jp-Math4mlEmpty">
        {trans.__('Open a notebook to see its exercises here.')}
      </p>
    );
  }
  return (
    <>
      {model.notice ? (
        <Notice
          notice={model.notice}
          onDismiss={() => model.dismissNotice()}
          trans={trans}
        />
      ) : null}
      <Body {...props} model={model} />
      <Announcer model={model} trans={trans} />
    </>
  );
}

interface IBodyProps extends IExercisesProps {
  model: ExercisesModel;
}

function Body({ model, rendermime, trans }: IBodyProps): JSX.Element {
  if (!model.hasTags) {
    return (
      <p className="jp-Math4mlEmpty">
        {trans.__(
          'This notebook has no exercises. A code cell becomes an exercise when it has the tag exercise:<name>.'
        )}
      </p>
    );
  }
  if (!model.listing) {
    return <Loading model={model} trans={trans} />;
  }
  const { rows, problems } = model;
  return (
    <>
      <Header
        title={model.listing.title}
        passed={model.passed}
        total={rows.length}
        canCheck={model.canCheck}
        onCheckAll={() => void model.checkAll()}
        onRefresh={() => void model.refresh()}
        trans={trans}
      />
      <Kernel model={model} trans={trans} />
      <Problems problems={problems} trans={trans} />
      <ul className="jp-Math4mlRows" aria-label={trans.__('Exercises')}>
        {rows.map(row => (
          <ExerciseRow
            key={row.key}
            row={row}
            actions={model}
            rendermime={rendermime}
            trans={trans}
          />
        ))}
      </ul>
    </>
  );
}

interface IPartProps {
  model: ExercisesModel;
  trans: TranslationBundle;
}

function Loading({ model, trans }: IPartProps): JSX.Element {
  return model.notice ? (
    <button
      type="button"
      className="jp-Math4mlButton"
      onClick={() => void model.refresh()}
    >
      {trans.__('Try again')}
    </button>
  ) : (
    <p className="jp-Math4mlEmpty">{trans.__('Reading the exercises…')}</p>
  );
}

/** What keeps this notebook's kernel from being checked, if anything does. */
function Kernel({ model, trans }: IPartProps): JSX.Element | null {
  if (model.hasNoKernel) {
    return (
      <div className="jp-Math4mlNotice">
        <div>
          {trans.__(
            'This notebook has no running kernel: start one to check your answers.'
          )}
        </div>
        <button
          type="button"
          className="jp-Math4mlButton"
          onClick={() => void model.startKernel()}
        >
          {trans.__('Start a kernel')}
        </button>
      </div>
    );
  }
  return model.obstacle ? (
    <div className="jp-Math4mlNotice">
      <div>{outcomeWords(model.obstacle, trans).text}</div>
    </div>
  ) : null;
}

/** Says each verdict once, politely; a new node each time, or the same words twice would be silent. */
function Announcer({ model, trans }: IPartProps): JSX.Element {
  const { verdicts, rows } = model;
  const titles = new Map(
    rows.map(
      ({ info }) => [info.exercise, info.title.replace(/`/g, '')] as const
    )
  );
  return (
    <div className="jp-Math4mlAnnouncer" role="status" aria-live="polite">
      <span key={verdicts.map(verdict => verdict.at).join()}>
        {announcement(verdicts, titles, trans)}
      </span>
    </div>
  );
}
