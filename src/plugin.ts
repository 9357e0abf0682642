import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ILabShell, ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette, SessionContextDialogs } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import type { IAuthorMeans } from './author';
import { CellBadges } from './badges';
import { ExercisesClient } from './client';
import { addCommands, addToPalette, CommandIDs } from './commands';
import { AuthorDesk } from './desk';
import { ExercisesModel } from './model';
import { LabNotebook } from './notebook';
import { ExercisesPanel } from './panel';
import type { IRow } from './row';
import { Settings } from './settings';
import { StatusItem } from './statusItem';
import { IExercisesTracker } from './tokens';
import { ExercisesTracker } from './tracker';

const ID = 'math4ml-lab:plugin';
const RANK = 100;

/** The exercises of the current notebook, in a side panel. */
export const plugin: JupyterFrontEndPlugin<IExercisesTracker> = {
  id: ID,
  description: 'Exercises that are checked on the live kernel.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [
    ILabShell,
    ILayoutRestorer,
    ISettingRegistry,
    ITranslator,
    IRenderMimeRegistry,
    ICommandPalette,
    IStatusBar,
    ILauncher
  ],
  provides: IExercisesTracker,
  activate
};

function activate(
  app: JupyterFrontEnd,
  notebooks: INotebookTracker,
  labShell: ILabShell | null,
  restorer: ILayoutRestorer | null,
  registry: ISettingRegistry | null,
  translator: ITranslator | null,
  rendermime: IRenderMimeRegistry | null,
  palette: ICommandPalette | null,
  statusBar: IStatusBar | null,
  launcher: ILauncher | null
): IExercisesTracker {
  const trans = (translator ?? nullTranslator).load('math4ml_lab');
  const client = new ExercisesClient(app.serviceManager.serverSettings, trans);
  const settings = new Settings(client);
  const author = { client, desk: new AuthorDesk(app, settings) };
  const dialogs = new SessionContextDialogs({
    translator: translator ?? undefined
  });
  const panel = new ExercisesPanel({
    translator,
    rendermime,
    onOpen: path => void app.commands.execute('docmanager:open', { path })
  });
  const tracker = track({
    app,
    notebooks,
    panel,
    client,
    settings,
    author,
    trans,
    dialogs
  });
  panel.model = tracker.current;
  tracker.currentChanged.connect((_, model) => {
    panel.model = model;
  });
  addCommands({ app, tracker, panel, client, desk: author.desk, trans });
  followCommands(app, tracker);
  if (palette) {
    addToPalette(palette, trans);
  }
  const card = { command: CommandIDs.openCourse, rank: RANK };
  launcher?.add({ ...card, category: trans.__('Notebook') });
  if (statusBar) {
    addStatus(app, statusBar, tracker, trans);
  }
  restorer?.add(panel, panel.id);
  addPanel(app, { labShell, notebooks, panel, settings });
  showOnce(app, tracker, panel);
  settings.told.connect(() => tracker.models.forEach(each => each.refresh()));
  if (registry) {
    settings.load(registry, ID).catch((reason: unknown) => {
      console.error('The settings of math4ml-lab cannot be read.', reason);
    });
  }
  return tracker;
}

interface ITracked {
  readonly app: JupyterFrontEnd;
  readonly notebooks: INotebookTracker;
  readonly panel: ExercisesPanel;
  readonly client: ExercisesClient;
  readonly settings: Settings;
  readonly author: IAuthorMeans;
  readonly trans: TranslationBundle;
  readonly dialogs: SessionContextDialogs;
}

/** Keep a model for each open notebook, and signs beside its cells. */
function track(all: ITracked): ExercisesTracker {
  const { app, notebooks, panel, settings, trans, dialogs } = all;
  return new ExercisesTracker(notebooks, widget => {
    settings.begin();
    const notebook = new LabNotebook(widget, dialogs);
    const model = new ExercisesModel({ ...all, notebook });
    const onShow = (row: IRow): void => {
      app.shell.activateById(panel.id);
      void notebook.select(row.info.cell_id).then(() => model.showActive());
    };
    const badges = new CellBadges({ widget, model, settings, trans, onShow });
    widget.disposed.connect(() => badges.dispose());
    return model;
  });
}

interface IPlace {
  readonly labShell: ILabShell | null;
  readonly notebooks: INotebookTracker;
  readonly panel: ExercisesPanel;
  readonly settings: Settings;
}

/** Add the panel; elsewhere than in Lab only to a page with a notebook. */
function addPanel(app: JupyterFrontEnd, place: IPlace): void {
  const { labShell, notebooks, panel, settings } = place;
  let side: string = settings.side;
  const put = (): void => {
    side = settings.side;
    app.shell.add(panel, side, { rank: RANK, type: 'Exercises' });
  };
  const add = (): void => {
    notebooks.widgetAdded.disconnect(add);
    put();
    settings.changed.connect(() => {
      if (side === settings.side) {
        return;
      }
      const isVisible = panel.isVisible;
      put();
      if (isVisible) {
        app.shell.activateById(panel.id);
      }
    });
  };
  if (labShell || notebooks.size > 0) {
    add();
  } else {
    notebooks.widgetAdded.connect(add);
  }
}

/** Open the panel when the page's first notebook with exercises is there; the focus stays where it is. */
function showOnce(
  app: JupyterFrontEnd,
  tracker: ExercisesTracker,
  panel: ExercisesPanel
): void {
  let isShown = false;
  const show = (model: ExercisesModel): void => {
    if (!isShown && model === tracker.current && model.rows.length > 0) {
      isShown = true;
      void app.restored.then(() => app.shell.activateById(panel.id));
    }
  };
  followModels(tracker, show);
}

/** Menus and toolbars ask again what can be done, when that may have changed. */
function followCommands(app: JupyterFrontEnd, tracker: ExercisesTracker): void {
  let said = '';
  followModels(tracker, () => {
    const model = tracker.current;
    const says = [
      model?.canCheck,
      model?.isChecking,
      model?.hasActiveExercise,
      model?.author?.provable
    ].join();
    if (says !== said) {
      said = says;
      app.commands.notifyCommandChanged();
    }
  });
}

function followModels(
  tracker: ExercisesTracker,
  onChange: (model: ExercisesModel) => void
): void {
  const follow = (_: unknown, model: ExercisesModel): void => {
    model.stateChanged.connect(onChange);
  };
  tracker.modelAdded.connect(follow);
  tracker.models.forEach(model => follow(null, model));
  tracker.currentChanged.connect((_, model) => model && onChange(model));
}

function addStatus(
  app: JupyterFrontEnd,
  statusBar: IStatusBar,
  tracker: ExercisesTracker,
  trans: TranslationBundle
): void {
  const item = new StatusItem(
    trans,
    () => void app.commands.execute(CommandIDs.showExercises)
  );
  item.model = tracker.current;
  tracker.currentChanged.connect((_, model) => {
    item.model = model;
  });
  statusBar.registerStatusItem(ID, {
    item,
    align: 'right',
    rank: RANK,
    isActive: () => item.isShown,
    activeStateChanged: item.shown
  });
}
