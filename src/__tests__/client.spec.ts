import { ServerConnection } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';

import { ClientError, ExercisesClient } from '../client';

const REQUEST = { path: 'a.ipynb', kernel_id: 'k', cells: [] };

function clientWith(answer: () => Promise<Response>): {
  client: ExercisesClient;
  requests: Request[];
} {
  const requests: Request[] = [];
  const settings = ServerConnection.makeSettings({
    baseUrl: 'http://server.test/user/ada/',
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
      requests.push(new Request(input, init));
      return answer();
    }
  });
  const trans = nullTranslator.load('math4ml_lab');
  return { client: new ExercisesClient(settings, trans), requests };
}

const json = (status: number, body: unknown) => async (): Promise<Response> =>
  new Response(JSON.stringify(body), { status });

async function failure(promise: Promise<unknown>): Promise<ClientError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason
  );
  expect(error).toBeInstanceOf(ClientError);
  return error as ClientError;
}

describe('ExercisesClient', () => {
  it('posts under the base URL, and returns the answer', async () => {
    const { client, requests } = clientWith(json(200, { watched: 2 }));
    await expect(client.watch(REQUEST)).resolves.toEqual({ watched: 2 });
    expect(requests[0].method).toBe('POST');
    expect(requests[0].url.split('?')[0]).toBe(
      'http://server.test/user/ada/math4ml/api/watch'
    );
    await expect(requests[0].json()).resolves.toEqual(REQUEST);
  });

  it('escapes the id of a check', async () => {
    const { client, requests } = clientWith(json(200, {}));
    await client.checkState('a/../b');
    expect(requests[0].method).toBe('GET');
    expect(requests[0].url).toContain('/math4ml/api/check/a%2F..%2Fb');
  });

  it('cancels without reading a body', async () => {
    const { client, requests } = clientWith(
      async () => new Response(null, { status: 204 })
    );
    await client.cancelCheck('c1');
    expect(requests[0].method).toBe('DELETE');
  });

  it('hands on the words of a refusal', async () => {
    const { client } = clientWith(
      json(404, { message: 'No check c1.', fix: 'Check again.' })
    );
    const error = await failure(client.checkState('c1'));
    expect(error.message).toBe('No check c1.');
    expect(error.fix).toBe('Check again.');
    expect(error.isOffline).toBe(false);
  });

  it('says when the server extension is not there', async () => {
    const { client } = clientWith(json(404, { message: 'Not Found' }));
    const error = await failure(client.watch(REQUEST));
    expect(error.message).toContain('server part of math4ml-lab');
    expect(error.fix).toContain('Install math4ml-lab');
  });

  it('says when the server is not reached', async () => {
    const { client } = clientWith(() => Promise.reject(new TypeError('gone')));
    const error = await failure(client.watch(REQUEST));
    expect(error.message).toContain('does not answer');
    expect(error.isOffline).toBe(true);
  });

  it.each([401, 403])('asks to log in again after %i', async status => {
    const { client } = clientWith(json(status, {}));
    const error = await failure(client.watch(REQUEST));
    expect(error.fix).toContain('Log in');
  });

  it.each([
    [500, false],
    [503, true]
  ])('names the status %i', async (status, isOffline) => {
    const { client } = clientWith(
      async () => new Response('<html>', { status })
    );
    const error = await failure(client.watch(REQUEST));
    expect(error.message).toContain(String(status));
    expect(error.isOffline).toBe(isOffline);
  });

  it('says when the answer is no JSON', async () => {
    const { client } = clientWith(
      async () => new Response('<html>', { status: 200 })
    );
    const error = await failure(client.watch(REQUEST));
    expect(error.message).toContain('cannot be read');
  });
});
