import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useMemo } from 'react';

import type { Author } from '../author';
import type { ExercisesModel } from '../model';
import { onward } from '../onward';
import { announcement, outcomeWords } from '../words';
import { AuthorSection } from './authorSection';
import { Button } from './button';
import { CleanRunView } from './cleanRunView';
import { CourseSection } from './courseSection';
import { ExerciseRow } from './exerciseRow';
import { Header } from './header';
import { Legend } from './legend';
import { More } from './more';
import { Notice } from './notice';
import { Repairs } from './repairs';

interface IExercisesProps {
  model: ExercisesModel | null;
  /** Open a notebook of the course. */
  onOpen: (path: string) => void;
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
      {model.notices.last ? (
        <Notice
          notice={model.notices.last}
          onDismiss={() => model.notices.dismiss()}
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

function Body(props: IBodyProps): JSX.Element {
  const { model, trans } = props;
  const { listing, rows, repairs } = model;
  if (!model.hasTags && !listing?.missing?.length) {
    return (
      <>
        <Empty author={model.author} trans={trans} />
        <AuthorSection {...props} />
      </>
    );
  }
  if (!listing) {
    return <Loading model={model} trans={trans} />;
  }
  return (
    <>
      <Top model={model} trans={trans} />
      <Kernel model={model} trans={trans} />
      <CleanRunView
        run={model.cleanRun}
        titles={titlesOf(model)}
        onCancel={() => void model.attempt(() => model.cleanRun.cancel())}
        onGoTo={(cellId, line) =>
          void model.attempt(() => goTo(model, cellId, line))
        }
        trans={trans}
      />
      <AuthorSection {...props} />
      <Repairs
        repairs={repairs.filter(each => !model.author?.tells(each))}
        onRepair={action => void model.attempt(async () => action.run())}
        trans={trans}
      />
      <Rows {...props} />
      <CourseSection
        course={model.course}
        path={model.notebook.path}
        onToggle={isOpen =>
          void model.attempt(() => model.course.open(isOpen), 'course')
        }
        onOpen={props.onOpen}
        trans={trans}
      />
      <Legend
        isNew={rows.every(row => row.info.attempts === 0 && !row.report)}
        record={model.course.answer?.record ?? null}
        trans={trans}
      />
    </>
  );
}

function Top({ model, trans }: IPartProps): JSX.Element {
  return (
    <Header
      title={model.listing?.title ?? ''}
      passed={model.passed}
      total={model.rows.length}
      canCheck={model.canCheck}
      isChecking={model.isChecking}
      isRunning={model.cleanRun.isRunning}
      onCheckAll={() => void model.checkAll()}
      onCancel={() => void model.cancelAll()}
      onCleanRun={() => void model.runClean()}
      onRefresh={() => void model.refresh()}
      author={model.author}
      trans={trans}
    />
  );
}

function Rows(props: IBodyProps): JSX.Element {
  const { model, rendermime, trans } = props;
  const { answer } = model.course;
  const { path } = model.notebook;
  // Rows are drawn again only when what they are given is another thing.
  const next = useMemo(() => onward(answer, path), [answer, path]);
  return (
    <ul
      className="jp-Math4mlRows"
      aria-label={trans.__('Exercises')}
      data-math4ml-watched={model.watch.watched}
    >
      {model.rows.map(row => (
        <ExerciseRow
          key={row.key}
          row={row}
          actions={model.actions}
          onward={next}
          onOpen={props.onOpen}
          forum={model.listing?.forum ?? null}
          rendermime={rendermime}
          trans={trans}
        />
      ))}
    </ul>
  );
}

interface IPartProps {
  model: ExercisesModel;
  trans: TranslationBundle;
}

interface IEmptyProps {
  author: Author | null;
  trans: TranslationBundle;
}

function Empty({ author, trans }: IEmptyProps): JSX.Element {
  return (
    <div className="jp-Math4mlEmpty">
      <More author={author} trans={trans} />
      <p>{trans.__('This notebook has no exercises.')}</p>
      <p>
        {!author
          ? trans.__(
              'Open a notebook of the course. To make one yourself, give a code cell the tag exercise:<name>.'
            )
          : author.view === 'off'
            ? trans.__(
                'Open a notebook of the course. To make one yourself, switch author mode on, behind the three dots.'
              )
            : trans.__(
                'Open a notebook of the course, or select a code cell to make it an exercise.'
              )}
      </p>
    </div>
  );
}

function Loading({ model, trans }: IPartProps): JSX.Element {
  return model.notices.last ? (
    <Button onClick={() => void model.refresh()}>
      {trans.__('Try again')}
    </Button>
  ) : (
    <p className="jp-Math4mlEmpty">{trans.__('Reading the exercises…')}</p>
  );
}

/** What keeps this notebook's kernel from being checked, if anything does. */
function Kernel({ model, trans }: IPartProps): JSX.Element | null {
  if (model.notebook.hasNoKernel) {
    return (
      <div className="jp-Math4mlNotice">
        <div>
          {trans.__(
            'This notebook has no running kernel: start one to check your answers.'
          )}
        </div>
        <Button
          onClick={() =>
            void model.attempt(() => model.notebook.startKernel(), 'kernel')
          }
        >
          {trans.__('Start a kernel')}
        </Button>
      </div>
    );
  }
  return model.watch.obstacle ? (
    <div className="jp-Math4mlNotice">
      <div>{outcomeWords(model.watch.obstacle, trans).text}</div>
    </div>
  ) : null;
}

/** Says each verdict once, politely; a new node each time, or the same words twice would be silent. */
function Announcer({ model, trans }: IPartProps): JSX.Element {
  const { verdicts } = model;
  return (
    <div className="jp-Math4mlAnnouncer" role="status" aria-live="polite">
      <span key={verdicts.map(verdict => verdict.at).join()}>
        {announcement(verdicts, titlesOf(model), trans)}
      </span>
    </div>
  );
}

function goTo(
  { notebook }: ExercisesModel,
  cellId: string,
  line?: number
): Promise<void> {
  return line === undefined
    ? notebook.select(cellId)
    : notebook.reveal(cellId, line);
}

function titlesOf(model: ExercisesModel): ReadonlyMap<string, string> {
  return new Map(
    model.rows.map(
      ({ info }) => [info.exercise, info.title.replace(/`/g, '')] as const
    )
  );
}
