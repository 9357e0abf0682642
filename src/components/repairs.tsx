import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IRepair, IRepairAction } from '../repairs';
import { Button } from './button';

interface IRepairsProps {
  repairs: readonly IRepair[];
  onRepair: (action: IRepairAction) => void;
  trans: TranslationBundle;
}

/** What is wrong with the notebook's tags or with a module, each with its fix, and with a click where that does it. */
export function Repairs(props: IRepairsProps): JSX.Element | null {
  const { repairs, onRepair, trans } = props;
  if (repairs.length === 0) {
    return null;
  }
  return (
    <section className="jp-Math4mlProblems" aria-label={trans.__('Problems')}>
      <ul>
        {repairs.map((repair, index) => (
          <li key={index} data-math4ml-problem={repair.exercise ?? ''}>
            <strong>{repair.message}</strong> {repair.fix}
            <div className="jp-Math4mlButtons">
              {repair.actions.map(action => (
                <Button
                  key={action.key ?? action.label}
                  title={action.title}
                  onClick={() => onRepair(action)}
                >
                  {action.label}
                </Button>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
