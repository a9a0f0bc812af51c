import { createDeviceKey, deviceProof } from '../../sdk/src/device-proof.ts';
import type { Answer, Client, TestNetwork } from './network.ts';

/** What a device with a key of its own sends; `prove` is what it adds to one request. */
export type TestDevice = {
  readonly key: CryptoKeyPair;
  logIn(body: object, nowMs?: number): Promise<Answer<LoggedIn>>;
};
export type LoggedIn = {
  session: { id: string };
  device?: { id: string; token_hash: string };
  csrf_token: string;
};
/** A log-in on a device: its requests are proven, `bare` ones have the stolen cookie alone. */
export type BoundBrowser = {
  readonly client: Client;
  readonly bare: Client;
  readonly cookie: string;
  prove(method: string, path: string, more?: { nowMs?: number; tokenHash?: string }): Promise<string>;
};

export async function startTestDevice({ client, baseUrl }: TestNetwork): Promise<TestDevice> {
  const key = await createDeviceKey();
  return {
    key,
    logIn: async (body, nowMs) => {
      const dpop = await deviceProof(key, { method: 'POST', url: `${baseUrl}/v1/sessions`, nowMs });
      return client().post<LoggedIn>('/v1/sessions', body, { dpop });
    },
  };
}

export function boundBrowser(
  { client, baseUrl }: TestNetwork,
  { key }: Pick<TestDevice, 'key'>,
  answer: Answer<LoggedIn>,
): BoundBrowser {
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const { csrf_token: csrf, device } = answer.body;
  const prove: BoundBrowser['prove'] = (method, path, more = {}) =>
    deviceProof(key, { method, url: `${baseUrl}${path}`, tokenHash: device?.token_hash, ...more });
  const withHeaders = (headersOf: (method: string, path: string) => Promise<Record<string, string>>) => {
    const made: Client = {
      send: async (method, path, body, headers) =>
        client().send(method, path, body, {
          cookie,
          'postroad-csrf': csrf,
          ...(await headersOf(method, path)),
          ...headers,
        }),
      get: (path, headers) => made.send('GET', path, undefined, headers),
      post: (path, body, headers) => made.send('POST', path, body, headers),
    };
    return made;
  };
  return {
    client: withHeaders(async (method, path) => ({ dpop: await prove(method, path) })),
    bare: withHeaders(async () => ({})),
    cookie,
    prove,
  };
}
