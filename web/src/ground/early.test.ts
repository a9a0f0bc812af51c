import { afterEach, expect, test } from 'vitest';
import { atMost, takeEarly } from './early.ts';

const page = globalThis as { postroadEarly?: Record<string, Promise<Response>> };
afterEach(() => {
  delete page.postroadEarly;
});

const asking = (method: string, path: string) => new Request(`http://127.0.0.1${path}`, { method });

test('an early answer is given once, to the request that has its method, path and query', async () => {
  const answer = Promise.resolve(new Response('early'));
  page.postroadEarly = { 'GET /v1/orders?state=open&limit=6': answer };
  expect(takeEarly(asking('GET', '/v1/orders?state=open&limit=7'))).toBeUndefined();
  expect(takeEarly(asking('POST', '/v1/orders?state=open&limit=6'))).toBeUndefined();
  expect(takeEarly(asking('GET', '/v1/orders?state=open&limit=6'))).toBe(answer);
  expect(takeEarly(asking('GET', '/v1/orders?state=open&limit=6'))).toBeUndefined();
});

test('a page that asked for nothing has nothing', () => {
  expect(takeEarly(asking('GET', '/v1/wallets'))).toBeUndefined();
});

test('nobody waits longer than his patience', async () => {
  await atMost(1, new Promise(() => undefined));
  expect(await atMost(60_000, Promise.resolve('here'))).toBe('here');
});
