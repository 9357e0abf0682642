import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { ProofRun } from '../proofRun';
import { unreachable } from '../rowState';
import type { Finding, Proof, ProofAnswer, Report } from '../wire';
import { outcomeWords } from '../words';
import { Button } from './button';
import { Findings } from './findings';
import { Matrix } from './matrix';
import { ReportView } from './reportView';

interface IProofViewProps {
  run: ProofRun;
  /** What is told of the module already. */
  told: readonly Finding[];
  onCancel: () => void;
  onOpen: (file: string, line: number) => void;
  rendermime: IRenderMimeRegistry | null;
  trans: TranslationBundle;
}

/** How far a proof is, then what it found. */
export function ProofView(props: IProofViewProps): JSX.Element | null {
  const { run, trans } = props;
  const { answer } = run;
  if (run.isRunning) {
    const total = answer?.total ?? 0;
    const executed = answer?.executed ?? 0;
    const words = total
      ? trans._n(
          'Proving: %2 of %1 answer…',
          'Proving: %2 of %1 answers…',
          total,
          String(executed)
        )
      : trans.__('Drawing inputs, starting a fresh kernel…');
    return (
      <div>
        <div>{words}</div>
        <progress
          className="jp-Math4mlRunning"
          aria-label={words}
          max={total || 1}
          value={executed}
        />
        <Button onClick={props.onCancel}>{trans.__('Cancel the proof')}</Button>
      </div>
    );
  }
  return answer ? <Found {...props} answer={answer} /> : null;
}

function Found(props: IProofViewProps & { answer: ProofAnswer }): JSX.Element {
  const { run, answer, onOpen, trans } = props;
  const { proof, notes = [] } = answer;
  const findings = [...(answer.findings ?? []), ...(proof?.findings ?? [])];
  const isTold = (finding: Finding): boolean =>
    props.told.some(
      ({ line, message }) =>
        line === finding.line && message === finding.message
    );
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return (
    <div data-math4ml-proof={answer.state} data-math4ml-errors={errors}>
      <p role="status">
        <strong>{headline(answer, errors, trans)}</strong>{' '}
        {!proof
          ? (answer.message ?? '')
          : isTried(proof)
            ? facts(proof, trans)
            : trans.__('No solution was tried.')}
      </p>
      {run.isStale ? (
        <p>{trans.__('The module was saved since: prove it again.')}</p>
      ) : null}
      {notes.map(note => (
        <p key={note} className="jp-Math4mlQuiet">
          {note}
        </p>
      ))}
      <Findings
        findings={findings.filter(each => !isTold(each))}
        onOpen={onOpen}
        trans={trans}
      />
      {proof && proof.tried.length > 0 ? (
        <>
          <Matrix proof={proof} trans={trans} />
          <Readings {...props} proof={proof} />
        </>
      ) : null}
    </div>
  );
}

function headline(
  { state, proof }: ProofAnswer,
  errors: number,
  trans: TranslationBundle
): string {
  switch (state) {
    case 'done':
      return errors === 0
        ? proof && !isTried(proof)
          ? trans.__('Nothing could be proven.')
          : trans.__('Proven.')
        : trans._n('%1 thing to mend.', '%1 things to mend.', errors);
    case 'cancelled':
      return trans.__('The proof was cancelled.');
    case 'running':
    case 'broken':
      return trans.__('The proof could not be made.');
    default:
      return unreachable(state);
  }
}

/** Whether there was a solution to try; a finding says why there was none. */
function isTried({ tried }: Proof): boolean {
  return tried.some(({ kind }) => kind === 'solution');
}

function facts(proof: Proof, trans: TranslationBundle): string {
  const count = (kind: string): number =>
    proof.tried.filter(one => one.kind === kind).length;
  const mutants = count('mutant');
  return [
    trans._n('%1 input', '%1 inputs', proof.inputs),
    trans._n('drawn anew %1 time', 'drawn anew %1 times', proof.seeds),
    trans._n('%1 mistake', '%1 mistakes', count('mistake')),
    ...(mutants
      ? [trans._n('%1 changed solution', '%1 changed solutions', mutants)]
      : []),
    trans.__('%1 s', proof.seconds.toFixed(1))
  ].join(', ');
}

/** What a learner would read of each mistake. */
function Readings(props: IProofViewProps & { proof: Proof }): JSX.Element {
  const { proof, trans } = props;
  return (
    <>
      {proof.tried.map(({ kind, name, report }) =>
        kind === 'mistake' && report ? (
          <details key={name} data-math4ml-read={name}>
            <summary>
              {trans.__('What a learner reads:')} <code>{name}</code>
            </summary>
            <Reading {...props} report={report} />
          </details>
        ) : null
      )}
    </>
  );
}

function Reading(props: IProofViewProps & { report: Report }): JSX.Element {
  const { report, rendermime, trans } = props;
  const words = outcomeWords(report.outcome, trans);
  return (
    <div className="jp-Math4mlReading">
      <p>
        <strong>{words.label}</strong> {words.text}
      </p>
      <ReportView
        report={report}
        received={0}
        onHint={() => undefined}
        onAnswer={() => undefined}
        source={report.source}
        rendermime={rendermime}
        trans={trans}
      />
    </div>
  );
}
