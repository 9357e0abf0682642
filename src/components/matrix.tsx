import type { TranslationBundle } from '@jupyterlab/translation';
import type { RefObject } from 'react';
import React, { useLayoutEffect, useRef, useState } from 'react';

import { unreachable } from '../rowState';
import type { Proof, Tried } from '../wire';
import { outcomeWords } from '../words';

interface IMatrixProps {
  proof: Proof;
  trans: TranslationBundle;
}

/** Which answer fails which check. It scrolls in a box of its own. */
export function Matrix({ proof, trans }: IMatrixProps): JSX.Element {
  const { claims, tried } = proof;
  const own = tried.filter(({ kind }) => kind !== 'mutant');
  const mutants = tried.filter(({ kind }) => kind === 'mutant');
  const label = trans.__('Which answer fails which check');
  const [host, isCut] = useCut();
  return (
    <>
      {isCut ? (
        <p className="jp-Math4mlQuiet">
          {trans.__(
            'Wider than the panel: scroll sideways, or widen the panel.'
          )}
        </p>
      ) : null}
      <div
        ref={host}
        className="jp-Math4mlScroll"
        role="region"
        aria-label={label}
        tabIndex={0}
      >
        <table className="jp-Math4mlMatrix">
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col">{trans.__('answer')}</th>
              {claims.map(({ name, title }) => (
                <th key={name} scope="col" title={title}>
                  <span>{name}</span>
                </th>
              ))}
              <th scope="col">{trans.__('found to be')}</th>
            </tr>
          </thead>
          <tbody>
            {own.map(one => (
              <tr key={`${one.kind} ${one.name}`} data-math4ml-tried={one.name}>
                <th scope="row">{answerName(one, trans)}</th>
                {claims.map(({ name }) => (
                  <Mark
                    key={name}
                    isFailed={one.failed?.includes(name) ?? false}
                    trans={trans}
                  />
                ))}
                <td>
                  {one.recognised ?? outcomeWords(one.outcome, trans).label}
                </td>
              </tr>
            ))}
            {mutants.length > 0 ? (
              <Mutants proof={proof} mutants={mutants} trans={trans} />
            ) : null}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** A box, and whether some of what it holds is out of sight. */
function useCut(): [RefObject<HTMLDivElement>, boolean] {
  const host = useRef<HTMLDivElement>(null);
  const [isCut, setCut] = useState(false);
  useLayoutEffect(() => {
    const box = host.current;
    const look = (): void =>
      setCut(box !== null && box.scrollWidth > box.clientWidth);
    look();
    const observer = new ResizeObserver(look);
    if (box) {
      observer.observe(box);
    }
    return () => observer.disconnect();
  }, []);
  return [host, isCut];
}

interface IMarkProps {
  isFailed: boolean;
  trans: TranslationBundle;
}

function Mark({ isFailed, trans }: IMarkProps): JSX.Element {
  const word = isFailed ? trans.__('fails') : trans.__('does not fail');
  return (
    <td data-math4ml-fails={isFailed}>
      <span role="img" aria-label={word} title={word}>
        {isFailed ? '✗' : '·'}
      </span>
    </td>
  );
}

function Mutants(
  props: IMatrixProps & { mutants: readonly Tried[] }
): JSX.Element {
  const { proof, mutants, trans } = props;
  const count = (name: string): number =>
    mutants.filter(one => one.failed?.includes(name)).length;
  return (
    <tr>
      <th scope="row">
        {trans._n(
          '%1 changed solution',
          '%1 changed solutions',
          mutants.length
        )}
      </th>
      {proof.claims.map(({ name }) => (
        <td key={name}>{count(name)}</td>
      ))}
      <td />
    </tr>
  );
}

function answerName(one: Tried, trans: TranslationBundle): string {
  switch (one.kind) {
    case 'starter':
      return trans.__('starter');
    case 'solution':
      return trans.__('solution');
    case 'mistake':
    case 'mutant':
      return one.name;
    default:
      return unreachable(one.kind);
  }
}
