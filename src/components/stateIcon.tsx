import {
  checkIcon,
  circleEmptyIcon,
  closeIcon,
  editIcon,
  historyIcon,
  offlineBoltIcon,
  refreshIcon
} from '@jupyterlab/ui-components';
import React from 'react';

import { questionIcon } from '../icons';
import type { RowState } from '../rowState';
import { unreachable } from '../rowState';
import type { Tone } from '../words';

interface IStateIconProps {
  state: RowState;
  tone: Tone;
}

/** Decoration: the words beside it say the same. */
export function StateIcon({ state, tone }: IStateIconProps): JSX.Element {
  const icon = iconOf(state, tone);
  return (
    <span className="jp-Math4mlIcon" data-tone={tone} aria-hidden="true">
      <icon.react tag="span" width="16px" height="16px" />
    </span>
  );
}

/** The sign of a state; words beside it say the same. */
export function iconOf(state: RowState, tone: Tone): typeof checkIcon {
  if (state.kind === 'edited') {
    return editIcon;
  }
  if (state.kind === 'earlier') {
    return historyIcon;
  }
  if (state.kind === 'asked') {
    return questionIcon;
  }
  switch (tone) {
    case 'good':
      return checkIcon;
    case 'bad':
      return closeIcon;
    case 'busy':
      return refreshIcon;
    case 'plain':
      return circleEmptyIcon;
    case 'odd':
      return offlineBoltIcon;
    default:
      return unreachable(tone);
  }
}
