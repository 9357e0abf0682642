import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { Problem } from '../wire';

interface IProblemsProps {
  problems: readonly Problem[];
  trans: TranslationBundle;
}

/** What is wrong with the notebook's tags or with a module, each with its fix. */
export function Problems(props: IProblemsProps): JSX.Element | null {
  if (props.problems.length === 0) {
    return null;
  }
  return (
    <section
      className="jp-Math4mlProblems"
      aria-label={props.trans.__('Problems')}
    >
      <ul>
        {props.problems.map((problem, index) => (
          <li key={index} data-math4ml-problem={problem.exercise ?? ''}>
            <strong>{problem.message}</strong> {problem.fix}
          </li>
        ))}
      </ul>
    </section>
  );
}
