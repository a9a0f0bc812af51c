import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenOrganisation, Role } from '../../network/accounts/index.ts';
import { createLog } from '../../platform/telemetry/index.ts';
import { ensureOperators, mintForBootstrap, openForBootstrap } from '../../server/bootstrap.ts';
import { configFrom, type ServerConfig } from '../../server/config.ts';
import { createPostroad, type Postroad, type PostroadOptions } from '../../server/postroad.ts';
import { cloneDatabase } from './database.ts';
import { schemaVersion } from './template.ts';

export { cloneDatabase } from './database.ts';

/** What a test sends and gets: JSON over real HTTP on loopback. */
export type Answer<T = Record<string, unknown>> = {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
};
export type Client = {
  get<T = never>(path: string, headers?: Record<string, string>): Promise<Answer<T>>;
  post<T = never>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  send<T = never>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
};

export type TestNetwork = {
  readonly postroad: Postroad;
  readonly baseUrl: string;
  readonly operator: Client;
  /** Database URLs, for checks that look behind the API (never for acting). */
  readonly liveUrl: string;
  readonly testUrl: string;
  readonly logLines: readonly string[];
  client(key?: string): Client;
  /** Opens an organisation and mints a key for it in a world. */
  open(
    command: OpenOrganisation,
    role: Role,
    world?: 'live' | 'test',
  ): Promise<{ id: string; key: string; client: Client }>;
  settle(): Promise<void>;
  stop(): Promise<void>;
};

/** A whole network on two fresh databases, listening on a free loopback port. */
export async function startTestNetwork(
  overrides: Partial<ServerConfig> = {},
  more: Pick<PostroadOptions, 'webFolder'> = {},
): Promise<TestNetwork> {
  const [live, test, dataFolder] = await Promise.all([
    cloneDatabase(),
    cloneDatabase(),
    mkdtemp(join(tmpdir(), 'postroad-test-')),
  ]);
  const logLines: string[] = [];
  const postroad = await createPostroad({
    config: configFrom({}, { dataFolder, port: 0, ratePerMinute: 1e9, rateBurst: 1e9, ...overrides }),
    liveUrl: live.url,
    testUrl: test.url,
    schemaVersion: await schemaVersion(),
    log: createLog({ level: 'info', write: (line) => logLines.push(line) }),
    ...more,
  });
  await postroad.http.listen({ host: '127.0.0.1', port: 0 });
  const address = postroad.http.server.address();
  if (address === null || typeof address === 'string') throw new Error('the test server has no port');
  const baseUrl = `http://127.0.0.1:${address.port}`;
  const client = (key?: string) => clientOf(baseUrl, key);
  const { live: operatorId } = await ensureOperators(postroad.worlds);
  const operator = client(
    await mintForBootstrap(postroad.worlds.live, operatorId, 'operator', 'test operator'),
  );
  return {
    postroad,
    baseUrl,
    operator,
    liveUrl: live.url,
    testUrl: test.url,
    logLines,
    client,
    open: async (command, role, world = 'live') => {
      const organisation = await openForBootstrap(postroad.worlds[world], command);
      const key = await mintForBootstrap(postroad.worlds[world], organisation.id, role, role);
      return { id: organisation.id, key, client: client(key) };
    },
    settle: () => postroad.settle(),
    stop: async () => {
      await postroad.stop();
      await Promise.all([live.drop(), test.drop(), rm(dataFolder, { recursive: true, force: true })]);
    },
  };
}

export function clientOf(baseUrl: string, key?: string): Client {
  const send: Client['send'] = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : {
            body:
              typeof body === 'string' || body instanceof Uint8Array
                ? (body as BodyInit)
                : JSON.stringify(body),
          }),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      body: (isJson && bytes.length > 0 ? JSON.parse(new TextDecoder().decode(bytes)) : {}) as T,
    };
  };
  return {
    send,
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body, headers) => send('POST', path, body, headers),
  };
}
