import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { CourseView } from '../courseView';
import type { CourseAnswer, Standing, UnitInfo } from '../wire';
import { dayWords } from '../words';
import { Button } from './button';
import { TitleText } from './titleText';

interface ICourseSectionProps {
  course: CourseView;
  /** The notebook that is shown. */
  path: string;
  onToggle: (isOpen: boolean) => void;
  onOpen: (path: string) => void;
  trans: TranslationBundle;
}

/** The whole course: its units, where one stands, what comes back, where one was. */
export function CourseSection(props: ICourseSectionProps): JSX.Element {
  const { course, onToggle, trans } = props;
  const { answer, isOpen } = course;
  return (
    <details
      className="jp-Math4mlCourse"
      open={isOpen}
      onToggle={event => {
        if (event.currentTarget.open !== isOpen) {
          onToggle(event.currentTarget.open);
        }
      }}
    >
      <summary>{trans.__('The course')}</summary>
      {answer ? (
        <Overview {...props} answer={answer} />
      ) : (
        <p className="jp-Math4mlQuiet">{trans.__('Reading the course…')}</p>
      )}
    </details>
  );
}

function Overview(
  props: ICourseSectionProps & { answer: CourseAnswer }
): JSX.Element {
  const { answer, path, onOpen, trans } = props;
  const { due = [], resume, units } = answer;
  if (units.length === 0) {
    return <p>{trans.__('This notebook belongs to no course.')}</p>;
  }
  return (
    <>
      <div className="jp-Math4mlHeader-title">{answer.title}</div>
      {answer.is_unread ? (
        <p role="status">
          {trans.__(
            'Your progress cannot be read now: this is what was last known. Nothing is lost.'
          )}
        </p>
      ) : null}
      {resume && resume.path !== path ? (
        <p>
          <Button onClick={() => onOpen(resume.path)}>
            {trans.__('Go on where you were')}
          </Button>{' '}
          <TitleText text={resume.title} />
        </p>
      ) : null}
      {due.length > 0 ? (
        <>
          <p>{trans.__('Time to write these once more:')}</p>
          <ul>
            {due.map(standing => (
              <li key={standing.exercise}>
                <Button
                  className="jp-mod-link"
                  onClick={() => onOpen(standing.path)}
                >
                  <TitleText text={standing.title} />
                </Button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <ul aria-label={trans.__('Units')}>
        {units.map(unit => (
          <Unit key={unit.name} {...props} unit={unit} />
        ))}
      </ul>
      <Summary units={units} trans={trans} />
    </>
  );
}

function Unit(props: ICourseSectionProps & { unit: UnitInfo }): JSX.Element {
  const { unit, path, onOpen, trans } = props;
  const passed = unit.exercises.filter(isPassed).length;
  return (
    <li
      className="jp-Math4mlUnit"
      aria-current={unit.path === path ? 'true' : undefined}
    >
      <Button className="jp-mod-link" onClick={() => onOpen(unit.path)}>
        {unit.title}
      </Button>
      <span className="jp-Math4mlHeader-count">
        {trans.__('%1 of %2', String(passed), String(unit.exercises.length))}
      </span>
    </li>
  );
}

function Summary(props: {
  units: readonly UnitInfo[];
  trans: TranslationBundle;
}): JSX.Element | null {
  const { units, trans } = props;
  const passed = units.flatMap(unit => unit.exercises).filter(isPassed);
  if (passed.length === 0) {
    return null;
  }
  const count = (solved: Standing['solved']): string =>
    String(passed.filter(standing => standing.solved === solved).length);
  const last = Math.max(...passed.map(({ passed_at }) => passed_at ?? 0));
  return (
    <p className="jp-Math4mlQuiet">
      {trans.__(
        'Solved without help: %1, with hints: %2, after the solution was shown: %3. Last one %4.',
        count('alone'),
        count('with_hints'),
        count('revealed'),
        dayWords(last, trans)
      )}
    </p>
  );
}

function isPassed({ passed_at }: Standing): boolean {
  return typeof passed_at === 'number';
}
