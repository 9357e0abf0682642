import type { TranslationBundle } from '@jupyterlab/translation';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import React from 'react';

import type { Value } from '../said';
import type { Hint, Ladder, Question, Refusal, Report } from '../wire';
import { Claims } from './claims';
import { Hints } from './hints';
import { LineButton } from './lineButton';

interface IReportViewProps {
  report: Report;
  /** When the report's ladder came, in milliseconds since 1970. */
  received: number;
  onReveal: (line: number) => void;
  onHint: (isConfirmed?: boolean) => void;
  /** Answer the puzzle of a hint. */
  onAnswer: (
    question: Question,
    value: Value
  ) => Promise<Refusal | null> | undefined;
  /** The cell's text now, beside which a solution is shown. */
  source: string;
  rendermime: IRenderMimeRegistry | null;
  trans: TranslationBundle;
}

/** What a check found: claims first, then help, then what was printed. */
export function ReportView(props: IReportViewProps): JSX.Element {
  const { report, received, onReveal, onHint, rendermime, trans } = props;
  const { checks, ladder, notes = [], printed } = report;
  return (
    <>
      {report.basis === 'live' && checks.length ? (
        <p className="jp-Math4mlQuiet">
          {trans.__(
            'Checked against the kernel’s state now; this cell’s own run was not recorded.'
          )}
        </p>
      ) : null}
      {report.isolation === 'guarded' && checks.length ? (
        <p className="jp-Math4mlQuiet">
          {trans.__(
            'Checked inside the kernel itself, on copies of your objects: its process cannot be copied here.'
          )}
        </p>
      ) : null}
      <Where report={report} onReveal={onReveal} trans={trans} />
      {checks.length ? (
        <Claims checks={checks} onReveal={onReveal} trans={trans} />
      ) : null}
      <Slip report={report} trans={trans} />
      {notes.map(note => (
        <p key={note} className="jp-Math4mlNote">
          {note}
        </p>
      ))}
      {ladder ? (
        <Hints
          ladder={ladder}
          received={received}
          onOpen={onHint}
          onAnswer={props.onAnswer}
          source={props.source}
          rendermime={rendermime}
          trans={trans}
        />
      ) : null}
      <OtherHints {...props} />
      {printed ? (
        <details className="jp-Math4mlPrinted">
          <summary>{trans.__('Printed while it was checked')}</summary>
          <pre>{printed}</pre>
        </details>
      ) : null}
    </>
  );
}

/** The place where the answer stopped, for the outcomes that have one. */
function Where(props: {
  report: Report;
  onReveal: (line: number) => void;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { outcome } = props.report;
  if (outcome.kind !== 'cell_raised' && outcome.kind !== 'timed_out') {
    return null;
  }
  return (
    <>
      {outcome.kind === 'cell_raised' ? <pre>{outcome.error}</pre> : null}
      {outcome.kind === 'timed_out' && outcome.smallest_input ? (
        <>
          <div className="jp-Math4mlQuiet">
            {props.trans.__('on this input')}
          </div>
          <pre>{outcome.smallest_input}</pre>
        </>
      ) : null}
      {outcome.line ? (
        <LineButton
          line={outcome.line}
          onReveal={props.onReveal}
          trans={props.trans}
        />
      ) : null}
    </>
  );
}

/** A recognised mistake; its name may be the answer, so the server gives it late. */
function Slip(props: {
  report: Report;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { known_slip, ladder } = props.report;
  const words =
    ladder?.title ??
    (known_slip ? props.trans.__('This looks like a known slip.') : null);
  return words === null ? null : <p className="jp-Math4mlSlip">{words}</p>;
}

/** Hints that were opened before, of ladders that do not fit this report; what was read is not taken away. */
function OtherHints(props: IReportViewProps): JSX.Element | null {
  const { report, received, rendermime, trans } = props;
  const { other_ladders: others = [] } = report;
  return others.length === 0 ? null : (
    <details>
      <summary>{trans.__('Hints opened before')}</summary>
      {others.map(ladder => (
        <Hints
          key={ladder.key}
          ladder={{
            ...ladder,
            opened: ladder.opened.filter(isWords),
            next: DONE
          }}
          received={received}
          onOpen={() => undefined}
          source={props.source}
          rendermime={rendermime}
          trans={trans}
        />
      ))}
    </details>
  );
}

/** The last two hints belong to the exercise: they stand in the present ladder. */
function isWords({ level }: Hint): boolean {
  return level < 4;
}

const DONE: Ladder['next'] = { state: 'done' };
