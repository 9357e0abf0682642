import type { JupyterFrontEnd } from '@jupyterlab/application';
import { showErrorMessage } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IExercisesClient } from './tokens';
import type { CourseAnswer } from './wire';

interface ITargets {
  app: JupyterFrontEnd;
  client: IExercisesClient;
  trans: TranslationBundle;
}

/** Open the notebook of the course of this folder where the learner was last, or its first. */
export async function openCourse(
  { app, client, trans }: ITargets,
  folder: string
): Promise<void> {
  const path = await notebookOf(client, folder).catch((error: Error) => {
    void showErrorMessage(trans.__('The course cannot be opened'), error);
    return undefined;
  });
  if (path === null) {
    await showErrorMessage(
      trans.__('There is no course in this folder'),
      trans.__(
        'Go to the folder that holds course.toml, or make a copy of the course: jupyter math4ml start'
      )
    );
  } else if (path !== undefined) {
    await app.commands.execute('docmanager:open', { path });
  }
}

async function notebookOf(
  client: IExercisesClient,
  folder: string
): Promise<string | null> {
  // Any name in the folder will do: a course is found by the folder.
  const request = { path: PathExt.join(folder, 'any.ipynb') };
  const course: CourseAnswer = await client.course(request);
  return course.resume?.path ?? course.units[0]?.path ?? null;
}
