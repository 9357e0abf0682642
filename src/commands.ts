import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ExercisesPanel } from './panel';
import type { ExercisesTracker } from './tracker';

export namespace CommandIDs {
  export const checkAll = 'math4ml:check-all';
  export const checkCell = 'math4ml:check-cell';
  export const showExercises = 'math4ml:show-exercises';
}

/** What the commands work on. */
export interface ICommandTargets {
  app: JupyterFrontEnd;
  tracker: ExercisesTracker;
  panel: ExercisesPanel;
  trans: TranslationBundle;
}

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

export function addCommands(targets: ICommandTargets): void {
  const { app, tracker, panel, trans } = targets;
  const isEnabled = (): boolean => tracker.current?.canCheck ?? false;
  app.commands.addCommand(CommandIDs.checkAll, {
    label: trans.__('Check All Exercises'),
    caption: trans.__('Check what the kernel holds now; runs no cell'),
    isEnabled,
    describedBy: NO_ARGUMENTS,
    execute: () => tracker.current?.checkAll()
  });
  app.commands.addCommand(CommandIDs.checkCell, {
    label: trans.__('Check This Cell'),
    caption: trans.__('Check the exercises of the selected cell; runs no cell'),
    isEnabled,
    describedBy: NO_ARGUMENTS,
    execute: () => tracker.current?.checkCell()
  });
  app.commands.addCommand(CommandIDs.showExercises, {
    label: trans.__('Show Exercises'),
    describedBy: NO_ARGUMENTS,
    execute: () => {
      app.shell.activateById(panel.id);
      panel.focus();
    }
  });
}

export function addToPalette(
  palette: ICommandPalette,
  trans: TranslationBundle
): void {
  const category = trans.__('Exercises');
  for (const command of Object.values(CommandIDs)) {
    palette.addItem({ command, category });
  }
}
