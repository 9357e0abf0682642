import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { checkIcon } from '@jupyterlab/ui-components';

import type { IAuthorDesk } from './authorTokens';
import { openCourse } from './course';
import { exercisesIcon } from './icons';
import type { ExercisesModel } from './model';
import type { ExercisesPanel } from './panel';
import type { IExercisesClient } from './tokens';
import type { ExercisesTracker } from './tracker';

export namespace CommandIDs {
  export const checkCell = 'math4ml:check-cell';
  export const checkAll = 'math4ml:check-all';
  export const cancel = 'math4ml:cancel-checks';
  export const cleanRun = 'math4ml:clean-run';
  export const showExercises = 'math4ml:show-exercises';
  export const nextExercise = 'math4ml:next-exercise';
  export const openCourse = 'math4ml:open-course';
  export const authorMode = 'math4ml:toggle-author-mode';
  export const proveCell = 'math4ml:prove-cell';
}

/** What the commands work on. */
export interface ICommandTargets {
  app: JupyterFrontEnd;
  tracker: ExercisesTracker;
  panel: ExercisesPanel;
  client: IExercisesClient;
  desk: IAuthorDesk;
  trans: TranslationBundle;
}

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

export function addCommands(targets: ICommandTargets): void {
  addCellCommand(targets);
  addModelCommands(targets);
  addCourseCommand(targets);
  addAuthorCommands(targets);
}

function addCellCommand({ app, tracker, trans }: ICommandTargets): void {
  app.commands.addCommand(CommandIDs.checkCell, {
    label: trans.__('Check This Cell'),
    caption: trans.__('Check the exercises of the selected cell; runs no cell'),
    icon: args => (args.toolbar ? checkIcon : undefined),
    isEnabled: () => tracker.current?.canCheck ?? false,
    // In a cell's toolbar it would be noise where there is nothing to check.
    isVisible: () => tracker.current?.hasActiveExercise ?? false,
    describedBy: {
      args: { type: 'object', properties: { toolbar: { type: 'boolean' } } }
    },
    execute: () => tracker.current?.checkCell()
  });
}

function addModelCommands(targets: ICommandTargets): void {
  const { app, tracker, trans } = targets;
  const show = (): void => showPanel(targets);
  const add = (
    id: string,
    label: string,
    caption: string,
    execute: (model: ExercisesModel) => unknown,
    isEnabled: (model: ExercisesModel) => boolean
  ): void => {
    app.commands.addCommand(id, {
      label,
      caption,
      isEnabled: () => tracker.current !== null && isEnabled(tracker.current),
      describedBy: NO_ARGUMENTS,
      execute: () => tracker.current && execute(tracker.current)
    });
  };
  const hasRows = (model: ExercisesModel): boolean => model.rows.length > 0;
  add(
    CommandIDs.checkAll,
    trans.__('Check All Exercises'),
    trans.__('Tell how each cell stood right after its run; runs no cell'),
    model => model.checkAll(),
    model => model.canCheck
  );
  add(
    CommandIDs.cancel,
    trans.__('Cancel Checks'),
    trans.__('End the checks under way; the kernel goes on'),
    model => model.cancelAll(),
    model => model.isChecking
  );
  add(
    CommandIDs.cleanRun,
    trans.__('Verify Exercises From a Clean Run'),
    trans.__('Run a copy of the notebook from the top in a fresh kernel'),
    model => {
      show();
      return model.runClean();
    },
    hasRows
  );
  add(
    CommandIDs.nextExercise,
    trans.__('Go to the Next Exercise'),
    trans.__('Select the next exercise that is not passed yet'),
    model => model.goOn(),
    hasRows
  );
  app.commands.addCommand(CommandIDs.showExercises, {
    label: trans.__('Show Exercises'),
    caption: trans.__('Show the panel and put the focus there'),
    describedBy: NO_ARGUMENTS,
    execute: show
  });
}

function showPanel({ app, panel }: ICommandTargets): void {
  app.shell.activateById(panel.id);
  panel.focus();
}

function addAuthorCommands(targets: ICommandTargets): void {
  const { app, tracker, desk, trans } = targets;
  app.commands.addCommand(CommandIDs.authorMode, {
    label: trans.__('Author Mode'),
    caption: trans.__('Tag cells, write and prove exercises in the panel'),
    isToggleable: true,
    isToggled: () => desk.isOn,
    describedBy: NO_ARGUMENTS,
    execute: () => desk.switch(!desk.isOn)
  });
  app.commands.addCommand(CommandIDs.proveCell, {
    label: trans.__('Prove the Exercise of This Cell'),
    caption: trans.__('Run all its answers in a fresh kernel'),
    isEnabled: () => (tracker.current?.author?.provable.length ?? 0) > 0,
    isVisible: () => desk.isOn,
    describedBy: NO_ARGUMENTS,
    execute: async () => {
      const author = tracker.current?.author;
      if (author) {
        showPanel(targets);
        await Promise.all(author.provable.map(each => author.prove(each)));
      }
    }
  });
  desk.changed.connect(() => {
    for (const id of [CommandIDs.authorMode, CommandIDs.proveCell]) {
      app.commands.notifyCommandChanged(id);
    }
  });
}

/** The launcher's card, too. */
function addCourseCommand(targets: ICommandTargets): void {
  const { app, trans } = targets;
  app.commands.addCommand(CommandIDs.openCourse, {
    label: args =>
      args.isPalette
        ? trans.__('Open the Course')
        : (courseTitle(targets.tracker) ?? trans.__('Math exercises')),
    caption: trans.__('Open the course where you were'),
    icon: args => (args.isPalette ? undefined : exercisesIcon),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          cwd: { type: 'string' },
          isPalette: { type: 'boolean' }
        }
      }
    },
    execute: args => openCourse(targets, String(args.cwd ?? ''))
  });
}

/** The title of the course that was looked at; null where none is known. */
function courseTitle({ models }: ExercisesTracker): string | null {
  const answers = models.map(({ course }) => course.answer);
  return answers.find(answer => answer?.units.length)?.title || null;
}

export function addToPalette(
  palette: ICommandPalette,
  trans: TranslationBundle
): void {
  const category = trans.__('Exercises');
  for (const command of Object.values(CommandIDs)) {
    palette.addItem({ command, category, args: { isPalette: true } });
  }
}
