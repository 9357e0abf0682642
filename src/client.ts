import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IAuthorClient } from './authorTokens';
import type { IExercisesClient } from './tokens';
import type {
  AnswerRequest,
  AttemptsAnswer,
  AttemptsRequest,
  AuthorAnswer,
  AuthorRequest,
  CheckAnswer,
  CheckRequest,
  CleanRunAnswer,
  CleanRunRequest,
  ClipOpened,
  CourseAnswer,
  CourseRequest,
  ExercisesAnswer,
  ExercisesRequest,
  HintRequest,
  Ladder,
  ModuleInfo,
  ModuleRequest,
  Preferences,
  ProofAnswer,
  ProofRequest,
  Question,
  Refusal,
  WatchAnswer,
  WatchRequest
} from './wire';

/** Why a call failed, in words, with the next step. */
export class ClientError extends Error {
  constructor(
    message: string,
    readonly fix: string,
    /** The server was not reached: the same call may work later. */
    readonly isOffline = false
  ) {
    super(message);
    this.name = 'ClientError';
  }
}

/** Speaks with the server extension. */
export class ExercisesClient implements IExercisesClient, IAuthorClient {
  constructor(
    private readonly _settings: ServerConnection.ISettings,
    private readonly _trans: TranslationBundle
  ) {}

  exercises(request: ExercisesRequest): Promise<ExercisesAnswer> {
    return this._send<ExercisesAnswer>('POST', ['exercises'], request);
  }

  watch(request: WatchRequest): Promise<WatchAnswer> {
    return this._send<WatchAnswer>('POST', ['watch'], request);
  }

  check(request: CheckRequest): Promise<CheckAnswer> {
    return this._send<CheckAnswer>('POST', ['check'], request);
  }

  checkState(id: string): Promise<CheckAnswer> {
    return this._send<CheckAnswer>('GET', ['check', id]);
  }

  async cancelCheck(id: string): Promise<void> {
    await this._fetch('DELETE', ['check', id]);
  }

  checksUnderWay(kernelId: string): Promise<CheckAnswer[]> {
    return this._send<CheckAnswer[]>('GET', ['check'], undefined, {
      kernel_id: kernelId
    });
  }

  hint(request: HintRequest): Promise<Ladder> {
    return this._send<Ladder>('POST', ['hint'], request);
  }

  answer(request: AnswerRequest): Promise<Question> {
    return this._send<Question>('POST', ['answer'], request);
  }

  attempts(request: AttemptsRequest): Promise<AttemptsAnswer> {
    return this._send<AttemptsAnswer>('POST', ['attempts'], request);
  }

  course(request: CourseRequest): Promise<CourseAnswer> {
    return this._send<CourseAnswer>('POST', ['course'], request);
  }

  preferences(preferences: Preferences): Promise<Preferences> {
    return this._send<Preferences>('POST', ['preferences'], preferences);
  }

  async clip(opened: ClipOpened): Promise<void> {
    await this._fetch('POST', ['clip'], opened);
  }

  cleanRun(request: CleanRunRequest): Promise<CleanRunAnswer> {
    return this._send<CleanRunAnswer>('POST', ['clean-run'], request);
  }

  cleanRunState(id: string): Promise<CleanRunAnswer> {
    return this._send<CleanRunAnswer>('GET', ['clean-run', id]);
  }

  cancelCleanRun(id: string): Promise<CleanRunAnswer> {
    return this._send<CleanRunAnswer>('DELETE', ['clean-run', id]);
  }

  author(request: AuthorRequest): Promise<AuthorAnswer> {
    return this._send<AuthorAnswer>('POST', ['author'], request);
  }

  createModule(request: ModuleRequest): Promise<ModuleInfo> {
    return this._send<ModuleInfo>('POST', ['module'], request);
  }

  proof(request: ProofRequest): Promise<ProofAnswer> {
    return this._send<ProofAnswer>('POST', ['proof'], request);
  }

  proofState(id: string): Promise<ProofAnswer> {
    return this._send<ProofAnswer>('GET', ['proof', id]);
  }

  cancelProof(id: string): Promise<ProofAnswer> {
    return this._send<ProofAnswer>('DELETE', ['proof', id]);
  }

  private async _send<T>(
    method: string,
    path: string[],
    body?: object,
    query?: Record<string, string>
  ): Promise<T> {
    const response = await this._fetch(method, path, body, query);
    try {
      return (await response.json()) as T;
    } catch {
      throw new ClientError(
        this._trans.__('The server’s answer cannot be read.'),
        this._trans.__('Reload the page; then look at the server’s log.')
      );
    }
  }

  private async _fetch(
    method: string,
    path: string[],
    body?: object,
    query: Record<string, string> = {}
  ): Promise<Response> {
    const url =
      URLExt.join(
        this._settings.baseUrl,
        'math4ml/api',
        ...path.map(encodeURIComponent)
      ) + URLExt.objectToQueryString(query);
    const init = body ? { method, body: JSON.stringify(body) } : { method };
    let response: Response;
    try {
      response = await ServerConnection.makeRequest(url, init, this._settings);
    } catch {
      throw new ClientError(
        this._trans.__('The Jupyter server does not answer.'),
        this._trans.__('Check that it is running and that you are online.'),
        true
      );
    }
    if (!response.ok) {
      throw await this._refusal(response);
    }
    return response;
  }

  private async _refusal(response: Response): Promise<ClientError> {
    const body: unknown = await response.json().catch(() => null);
    if (isRefusal(body)) {
      return new ClientError(body.message, body.fix);
    }
    if (response.status === 404) {
      return new ClientError(
        this._trans.__('The server part of math4ml-lab is not running here.'),
        this._trans.__(
          'Install math4ml-lab where the Jupyter server runs, then restart the server.'
        )
      );
    }
    if (response.status === 401 || response.status === 403) {
      return new ClientError(
        this._trans.__('The Jupyter server does not let you do this.'),
        this._trans.__('Log in again: reload the page.')
      );
    }
    return new ClientError(
      this._trans.__('The server failed (status %1).', response.status),
      this._trans.__('Try again; its log says more.'),
      response.status >= 502
    );
  }
}

function isRefusal(body: unknown): body is Refusal {
  const { message, fix } = (body ?? {}) as Partial<Refusal>;
  return typeof message === 'string' && typeof fix === 'string';
}
