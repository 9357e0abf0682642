import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ILabShell, ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette, SessionContextDialogs } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { ExercisesClient } from './client';
import { addCommands, addToPalette } from './commands';
import { ExercisesModel } from './model';
import { LabNotebook } from './notebook';
import { ExercisesPanel } from './panel';
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
    ICommandPalette
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
  palette: ICommandPalette | null
): IExercisesTracker {
  const trans = (translator ?? nullTranslator).load('math4ml_lab');
  const client = new ExercisesClient(app.serviceManager.serverSettings, trans);
  const dialogs = new SessionContextDialogs({
    translator: translator ?? undefined
  });
  const isAutoCheck = autoCheckSetting(registry);
  const tracker = new ExercisesTracker(
    notebooks,
    notebook =>
      new ExercisesModel(
        new LabNotebook(notebook, dialogs),
        client,
        isAutoCheck
      )
  );
  const panel = new ExercisesPanel({ translator, rendermime });
  panel.model = tracker.current;
  tracker.currentChanged.connect((_, model) => {
    panel.model = model;
    app.commands.notifyCommandChanged();
  });
  addCommands({ app, tracker, panel, trans });
  if (palette) {
    addToPalette(palette, trans);
  }
  restorer?.add(panel, panel.id);
  addPanel(app, labShell, notebooks, panel);
  showOnce(app, tracker, panel);
  return tracker;
}

/** Add the panel; elsewhere than in Lab only to a page with a notebook. */
function addPanel(
  app: JupyterFrontEnd,
  labShell: ILabShell | null,
  notebooks: INotebookTracker,
  panel: ExercisesPanel
): void {
  const add = (): void => {
    notebooks.widgetAdded.disconnect(add);
    app.shell.add(panel, 'right', { rank: RANK, type: 'Exercises' });
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
  const follow = (_: unknown, model: ExercisesModel): void => {
    model.stateChanged.connect(show);
  };
  tracker.modelAdded.connect(follow);
  tracker.models.forEach(model => follow(null, model));
  tracker.currentChanged.connect((_, model) => model && show(model));
}

/** The setting as it stands at each call; on, where there are no settings. */
function autoCheckSetting(registry: ISettingRegistry | null): () => boolean {
  let isOn = true;
  const read = (settings: ISettingRegistry.ISettings): void => {
    isOn = settings.get('autoCheck').composite !== false;
  };
  registry?.load(ID).then(
    settings => {
      read(settings);
      settings.changed.connect(read);
    },
    (reason: unknown) => {
      console.error('The settings of math4ml-lab cannot be read.', reason);
    }
  );
  return () => isOn;
}
