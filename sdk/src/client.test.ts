import { afterEach, expect, test } from 'vitest';
import { createPostroadClient, type PostroadClientOptions } from './client.ts';
import {
  answer,
  type Behaviour,
  type Double,
  hangUp,
  problem,
  saysNothing,
  startDouble,
} from './double.fixture.ts';
import { PostroadConnectionError, PostroadProblem } from './problem.ts';

let double: Double | undefined;
afterEach(() => double?.stop());

async function clientOn(behaviours: readonly Behaviour[], options: Partial<PostroadClientOptions> = {}) {
  double = await startDouble(...behaviours);
  const client = createPostroadClient({
    baseUrl: `${double.baseUrl}/`,
    key: 'prd_test_abc',
    retryDelayMs: 1,
    ...options,
  });
  return { client, seen: double.seen };
}

const OPEN = { body: { kind: 'merchant', name: 'M', country: 'CN' } } as const;
const OPENED = answer(201, { id: 'org_1', kind: 'merchant', name: 'M', country: 'CN' });

test('a call carries the key and answers the body', async () => {
  const { client, seen } = await clientOn([answer(200, { role: 'merchant_admin' })]);
  expect(await client.get('/v1/me')).toEqual({ role: 'merchant_admin' });
  expect(seen[0]).toMatchObject({ method: 'GET', url: '/v1/me' });
  expect(seen[0]!.headers.authorization).toBe('Bearer prd_test_abc');
  expect(seen[0]!.headers['idempotency-key']).toBeUndefined();
});

test('path and query parameters are encoded', async () => {
  const { client, seen } = await clientOn([answer(200, { data: [] })]);
  await client.get('/v1/waybills', { params: { query: { number: 'A&b=ü', limit: 1 } } });
  expect(seen[0]!.url).toBe('/v1/waybills?number=A%26b%3D%C3%BC&limit=1');
  await client.get('/v1/waybills/{waybill_id}', { params: { path: { waybill_id: '../x' } } });
  expect(seen[1]!.url).toBe('/v1/waybills/..%2Fx');
});

test('a repeated POST has the same key and body in every attempt', async () => {
  const { client, seen } = await clientOn([
    problem(503, 'unavailable', { 'retry-after': '0' }),
    hangUp,
    problem(409, 'idempotency_in_flight'),
    OPENED,
  ]);
  expect(await client.post('/v1/organisations', OPEN)).toMatchObject({ id: 'org_1' });
  expect(seen).toHaveLength(4);
  expect(new Set(seen.map((one) => one.headers['idempotency-key'])).size).toBe(1);
  expect(seen[0]!.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(seen.map((one) => one.body))).toEqual(new Set([JSON.stringify(OPEN.body)]));
});

test('two POSTs have two keys, and a given key is kept', async () => {
  const { client, seen } = await clientOn([OPENED]);
  await client.post('/v1/organisations', OPEN);
  await client.post('/v1/organisations', OPEN);
  await client.post('/v1/organisations', { ...OPEN, headers: { 'idempotency-key': 'mine' } });
  const keys = seen.map((one) => one.headers['idempotency-key']);
  expect(new Set(keys).size).toBe(3);
  expect(keys[2]).toBe('mine');
});

test.each([429, 502, 503, 504])('status %i is tried again', async (status) => {
  const { client, seen } = await clientOn([problem(status, 'x', { 'retry-after': '0' }), answer(200, {})]);
  await client.get('/v1/me');
  expect(seen).toHaveLength(2);
});

test.each([400, 401, 403, 404, 409, 422, 500])('status %i is not tried again', async (status) => {
  const { client, seen } = await clientOn([problem(status, 'conflict')]);
  await expect(client.post('/v1/organisations', OPEN)).rejects.toBeInstanceOf(PostroadProblem);
  expect(seen).toHaveLength(1);
});

test('a refusal tells code, status, fields and request', async () => {
  const { client } = await clientOn([
    answer(400, {
      status: 400,
      code: 'invalid_request',
      title: 'The request does not fit its schema',
      detail: '/name: too long',
      request_id: 'req_7',
      errors: [{ pointer: '/name', code: 'too_big', message: 'too long' }, 'nonsense'],
    }),
  ]);
  const failure = await client.post('/v1/organisations', OPEN).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PostroadProblem);
  expect(failure).toMatchObject({
    name: 'PostroadProblem',
    code: 'invalid_request',
    status: 400,
    detail: '/name: too long',
    requestId: 'req_7',
    errors: [{ pointer: '/name', code: 'too_big', message: 'too long' }],
  });
});

test('a proxy’s page is a problem too', async () => {
  const page: Behaviour = (response) =>
    response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>no</h1>');
  const { client } = await clientOn([page]);
  await expect(client.get('/v1/me')).rejects.toMatchObject({ code: 'http_404', status: 404, errors: [] });
});

test('after the last attempt the last answer counts', async () => {
  const { client, seen } = await clientOn([problem(503, 'unavailable', { 'retry-after': '0' })], {
    retries: 2,
  });
  await expect(client.get('/v1/me')).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 0 });
  expect(seen).toHaveLength(3);
});

test('a PATCH is sent once: repeating it may have a second effect', async () => {
  const { client, seen } = await clientOn([hangUp]);
  const patch = client.patch('/v1/waybills/{waybill_id}', {
    params: { path: { waybill_id: 'wbl_1' } },
    body: { version: 1 } as never,
  });
  await expect(patch).rejects.toMatchObject({ name: 'PostroadConnectionError', reason: 'network' });
  expect(seen).toHaveLength(1);
});

test('a server that says nothing ends in a timeout, not in a wait', async () => {
  const { client, seen } = await clientOn([saysNothing], { timeoutMs: 40, retries: 1 });
  await expect(client.get('/v1/me')).rejects.toMatchObject({
    name: 'PostroadConnectionError',
    reason: 'timeout',
  });
  expect(seen).toHaveLength(2);
});

test('a body that stops in the middle ends in a timeout', async () => {
  const half: Behaviour = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"role":');
  };
  const { client } = await clientOn([half], { timeoutMs: 40, retries: 0 });
  await expect(client.get('/v1/me')).rejects.toBeInstanceOf(PostroadConnectionError);
});

test('the caller’s abort ends it at once, also between attempts', async () => {
  const { client, seen } = await clientOn([problem(503, 'unavailable', { 'retry-after': '600' })]);
  const abort = new AbortController();
  const call = client.get('/v1/me', { signal: abort.signal });
  while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  abort.abort(new Error('enough'));
  await expect(call).rejects.toThrow('enough');
  expect(seen).toHaveLength(1);
});

test('nobody there is a connection error that names the place', async () => {
  const client = createPostroadClient({ baseUrl: 'http://127.0.0.1:1', retries: 1, retryDelayMs: 1 });
  await expect(client.get('/v1/me')).rejects.toThrow('http://127.0.0.1:1/v1/me');
});

test('listAll goes through all pages', async () => {
  const { client, seen } = await clientOn([
    answer(200, { data: [{ id: 'key_1' }, { id: 'key_2' }], next_cursor: 'a/b' }),
    answer(200, { data: [{ id: 'key_3' }] }),
  ]);
  const ids: string[] = [];
  for await (const key of client.listAll('/v1/api-keys')) ids.push(key.id);
  expect(ids).toEqual(['key_1', 'key_2', 'key_3']);
  expect(seen.map((one) => one.url)).toEqual([
    '/v1/api-keys?limit=100',
    '/v1/api-keys?limit=100&cursor=a%2Fb',
  ]);
});

test('a document comes as bytes', async () => {
  const pdf: Behaviour = (response) =>
    response.writeHead(200, { 'content-type': 'application/pdf' }).end(Buffer.from([37, 80, 0, 255]));
  const { client } = await clientOn([pdf]);
  const bytes = await client.get('/v1/labels/{label_id}', {
    params: { path: { label_id: 'lbl_1' } },
    parseAs: 'arrayBuffer',
  });
  expect([...new Uint8Array(bytes)]).toEqual([37, 80, 0, 255]);
});

test('a page of the server proves with what it changes that it is ours', async () => {
  let token: string | undefined = 'csrf-1';
  const { client, seen } = await clientOn([OPENED], { csrfToken: () => token });
  await client.post('/v1/organisations', OPEN);
  await client.get('/v1/me');
  token = undefined;
  await client.post('/v1/organisations', OPEN);
  expect(seen.map((one) => one.headers['postroad-csrf'])).toEqual(['csrf-1', undefined, undefined]);
});
