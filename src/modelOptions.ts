import type { TranslationBundle } from '@jupyterlab/translation';

import type { IAuthorMeans } from './author';
import type { IExercisesClient, INotebook, ISettings } from './tokens';

/** What a model works with. */
export interface IModelOptions {
  readonly notebook: INotebook;
  readonly client: IExercisesClient;
  readonly settings: ISettings;
  readonly trans: TranslationBundle;
  /** Without it there is no author mode. */
  readonly author?: IAuthorMeans;
}
