import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useState } from 'react';

import type { IRow } from '../row';
import type { Question } from '../wire';
import { Button } from './button';
import { ClipLink } from './clipLink';
import type { IExerciseRowProps } from './exerciseRow';
import { Forum } from './forum';
import { EarlierAnswers, StartOver } from './earlier';
import { FoldedQuestion, isOver } from './foldedQuestion';
import { QuestionView } from './question';
import { ReportView } from './reportView';
import { TitleText } from './titleText';

/** What an open row shows: what comes first, what was found, what comes next, and the way out when stuck. */
export function RowDetails(props: IExerciseRowProps): JSX.Element {
  const { row, actions, rendermime, trans } = props;
  const { info, report } = row;
  const isPast = row.state.kind === 'checking' || row.state.kind === 'queued';
  return (
    <>
      <Due row={row} onReview={() => void actions.review(row)} trans={trans} />
      {info.is_changed ? (
        <p className="jp-Math4mlQuiet">
          {trans.__('The exercise has changed since you passed it.')}
        </p>
      ) : null}
      <RowQuestions {...props} which={isForecast} />
      <Lack {...props} />
      {report ? (
        <div className={isPast ? 'jp-Math4mlPast' : undefined}>
          {isPast ? (
            <p>{trans.__('The verdict below is of the run before.')}</p>
          ) : null}
          <ReportView
            report={report}
            received={row.received}
            onReveal={line => void actions.reveal(row, line)}
            onHint={isConfirmed => void actions.openHint(row, isConfirmed)}
            onAnswer={({ name }, value) => actions.answer(row, name, value)}
            source={row.source}
            rendermime={rendermime}
            trans={trans}
          />
        </div>
      ) : (
        <ul className="jp-Math4mlClaims" aria-label={trans.__('Claims')}>
          {info.checks.length > 0 ? (
            <li className="jp-Math4mlQuiet">
              {trans.__('What will be checked, besides shape and the like:')}
            </li>
          ) : null}
          {info.checks.map(check => (
            <li key={check.name} className="jp-Math4mlClaim">
              <TitleText text={check.title} />
            </li>
          ))}
        </ul>
      )}
      <Success {...props} />
      <RowQuestions {...props} which={question => isLater(question, row)} />
      <RowQuestions
        {...props}
        which={question => isForecast(question) || isLater(question, row)}
        isOver
      />
      <Stuck {...props} />
      {info.clip ? <ClipLink clip={info.clip} trans={trans} /> : null}
    </>
  );
}

/** The answer lacked what a cell that has not run would have brought. */
function Lack({ row, actions, trans }: IExerciseRowProps): JSX.Element | null {
  return row.lack === null ? null : (
    <div className="jp-Math4mlBox">
      <div>
        {trans.__(
          'Another cell defines %1, and has not run in this kernel. Run that one first, then this one.',
          row.lack.name
        )}
      </div>
      <Button onClick={() => void actions.goToLack(row)}>
        {trans.__('Go to that cell')}
      </Button>
    </div>
  );
}

/** Those of the row's questions whose turn it is; with `isOver` those that have had it, each in a line. */
function RowQuestions(
  props: IExerciseRowProps & {
    which: (question: Question) => boolean;
    isOver?: boolean;
  }
): JSX.Element {
  const { row, actions, which, rendermime, trans } = props;
  const shown = row.questions.filter(
    question =>
      which(question) && isOver(question, row.report) === !!props.isOver
  );
  const View = props.isOver ? FoldedQuestion : QuestionView;
  return (
    <>
      {shown.map(question => (
        <View
          key={question.name}
          question={question}
          isBusy={false}
          onAnswer={value => actions.answer(row, question.name, value)}
          onGoTo={() => void actions.goTo(row)}
          rendermime={rendermime}
          trans={trans}
        />
      ))}
    </>
  );
}

/** A prediction, which comes before the verdict. */
function isForecast({ when, form }: Question): boolean {
  return when === 'before' && form !== 'beat' && form !== 'breaks';
}

/** Something to try with the cell itself, at any time. */
function isChallenge(question: Question): boolean {
  return question.when === 'before' && !isForecast(question);
}

/** What stands below the verdict. */
function isLater(question: Question, row: IRow): boolean {
  return question.when === 'after' ? hasPassed(row) : isChallenge(question);
}

function hasPassed({ state }: IRow): boolean {
  return state.kind === 'judged' && state.outcome.kind === 'passed';
}

/** The way out: earlier answers, the starter, and people. */
function Stuck(props: IExerciseRowProps): JSX.Element {
  const { row, actions, forum, trans } = props;
  const [isOpen, setOpen] = useState(false);
  const latest = row.report?.at;
  // A new report means a new answer to be kept.
  useEffect(() => {
    if (isOpen) {
      void actions.recall(row);
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isOpen, latest]);
  return (
    <details
      className="jp-Math4mlStuck"
      onToggle={event => setOpen(event.currentTarget.open)}
    >
      <summary>
        {forum
          ? trans.__('Earlier answers, start over, ask')
          : trans.__('Earlier answers, start over')}
      </summary>
      <EarlierAnswers
        attempts={row.earlier}
        source={row.source}
        onRestore={source => void actions.restore(row, source)}
        trans={trans}
      />
      {row.info.starter ? (
        <StartOver
          onStartOver={() => void actions.startOver(row)}
          trans={trans}
        />
      ) : null}
      {forum ? (
        <Forum
          forum={forum}
          title={row.info.title}
          report={row.report}
          source={row.source}
          trans={trans}
        />
      ) : null}
    </details>
  );
}

/** What was revealed comes back, as a blank cell. */
function Due(props: {
  row: IRow;
  onReview: () => void;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { row, onReview, trans } = props;
  const { due_at } = row.info;
  if (typeof due_at !== 'number' || row.isReview) {
    return null;
  }
  const days = Math.ceil((due_at * 1000 - Date.now()) / 86_400_000);
  if (days > 0) {
    return (
      <p className="jp-Math4mlQuiet">
        {trans._n(
          'You saw the solution: it comes back in %1 day.',
          'You saw the solution: it comes back in %1 days.',
          days
        )}
      </p>
    );
  }
  return (
    <div className="jp-Math4mlBox">
      <div>
        {trans.__(
          'You saw the solution. Can you write it now, from the start?'
        )}
      </div>
      <Button onClick={onReview}>{trans.__('Write it once more')}</Button>
    </div>
  );
}

/** After a pass: another way to write it, and the way on. */
function Success({
  row,
  actions,
  onward,
  onOpen,
  trans
}: IExerciseRowProps): JSX.Element | null {
  const { report } = row;
  if (!hasPassed(row)) {
    return null;
  }
  return (
    <>
      {report?.solution ? (
        <details>
          <summary>{trans.__('Another right way to write it')}</summary>
          <pre>{report.solution}</pre>
        </details>
      ) : null}
      {actions.hasNext(row) ? (
        <Button className="jp-mod-next" onClick={() => void actions.goOn(row)}>
          {trans.__('Next exercise')}
        </Button>
      ) : (
        <Done onward={onward} onOpen={onOpen} trans={trans} />
      )}
    </>
  );
}

/** The last exercise of the notebook was passed: what comes next is in another one. */
function Done(
  props: Pick<IExerciseRowProps, 'onward' | 'onOpen' | 'trans'>
): JSX.Element | null {
  const { onward, onOpen, trans } = props;
  if (!onward) {
    return null;
  }
  const { unit } = onward;
  return unit ? (
    <div className="jp-Math4mlBox">
      <div>{trans.__('All exercises of this notebook are passed.')}</div>
      <Button className="jp-mod-next" onClick={() => onOpen(unit.path)}>
        {trans.__('Next: %1', unit.title)}
      </Button>
    </div>
  ) : (
    <p>{trans.__('This was the last exercise of the course.')}</p>
  );
}
