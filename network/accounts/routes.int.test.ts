import { afterAll, beforeAll, expect, test } from 'vitest';
import { headOfApiKey, mintApiKey } from '../../platform/crypto/index.ts';
import { startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';

let network: TestNetwork;
beforeAll(async () => {
  network = await startTestNetwork();
});
afterAll(() => network.stop());

test('the operator opens a marketplace, the marketplace a merchant, and each sees only its own', async () => {
  const first = await network.open(
    { kind: 'marketplace', name: 'First', country: 'DE' as CountryCode },
    'marketplace_staff',
  );
  const second = await network.open(
    { kind: 'marketplace', name: 'Second', country: 'DE' as CountryCode },
    'marketplace_staff',
  );
  const merchant = await first.client.post<{ id: string }>('/v1/organisations', {
    kind: 'merchant',
    name: 'Shop',
    country: 'DE',
  });
  expect(merchant.status).toBe(201);
  expect((await first.client.get(`/v1/organisations/${merchant.body.id}`)).status).toBe(200);
  const foreign = await second.client.get(`/v1/organisations/${merchant.body.id}`);
  const missing = await second.client.get('/v1/organisations/org_01jd3v9k2m4n6p8q0r1s2t3v4w');
  expect(foreign.status).toBe(404);
  expect({ ...(foreign.body as object), request_id: '' }).toEqual({
    ...(missing.body as object),
    request_id: '',
  });
  const list = await second.client.get<{ data: { id: string }[] }>('/v1/organisations');
  expect(list.body.data.map((item) => item.id)).not.toContain(merchant.body.id);
});

test('the same idempotency key gives the same organisation once, and another body is refused', async () => {
  const body = { kind: 'carrier', name: 'Carrier', country: 'CN', carrier_code: 'sf_express' };
  const first = await network.operator.post<{ id: string }>('/v1/organisations', body, {
    'idempotency-key': 'a',
  });
  const second = await network.operator.post<{ id: string }>('/v1/organisations', body, {
    'idempotency-key': 'a',
  });
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body.id).toBe(first.body.id);
  expect(second.headers.get('idempotency-replayed')).toBe('true');
  const other = await network.operator.post(
    '/v1/organisations',
    { ...body, name: 'Other' },
    { 'idempotency-key': 'a' },
  );
  expect(other.status).toBe(422);
  expect((other.body as { code: string }).code).toBe('idempotency_key_reused');
});

test('a revoked key is refused at once', async () => {
  const merchant = await network.open(
    { kind: 'merchant', name: 'M', country: 'DE' as CountryCode },
    'merchant_admin',
  );
  const minted = await merchant.client.post<{ key: { id: string }; secret: string }>('/v1/api-keys', {
    role: 'merchant_app',
    name: 'shop',
  });
  expect(minted.status).toBe(201);
  const app = network.client(minted.body.secret);
  expect((await app.get('/v1/me')).status).toBe(200);
  expect((await merchant.client.send('DELETE', `/v1/api-keys/${minted.body.key.id}`)).status).toBe(200);
  expect((await app.get('/v1/me')).status).toBe(401);
});

test('what begins as a key in use and is not that key is refused, and the key is none the worse', async () => {
  const app = await network.open(
    { kind: 'merchant', name: 'M', country: 'DE' as CountryCode },
    'merchant_app',
  );
  const detailOf = async (key: string) => {
    const answer = await network.client(key).get<{ detail: string }>('/v1/me');
    return `${answer.status} ${answer.body.detail}`;
  };
  const [head, noKey] = [headOfApiKey(app.key), '401 This is not an API key of Postroad.'];
  for (const text of [head, app.key.slice(0, -1), `${app.key}a`, `${head}${'a'.repeat(59)}`]) {
    expect((await app.client.get('/v1/me')).status).toBe(200);
    expect(await detailOf(text), text).toBe(noKey);
  }
  // Whole, with the id of the one in use and a secret of its own.
  const forged = mintApiKey({
    world: 'live',
    random: (count) => (count === 10 ? bytesOf(head.slice(-16)) : new Uint8Array(count)),
  });
  expect(headOfApiKey(forged.text)).toBe(head);
  expect((await app.client.get('/v1/me')).status).toBe(200);
  expect(await detailOf(forged.text)).toBe('401 This key is unknown, revoked or expired.');
  expect((await app.client.get('/v1/me')).status).toBe(200);
});

/** Of lower-case base 32. */
function bytesOf(text: string): Uint8Array {
  const bits = [...text].map((letter) =>
    'abcdefghijklmnopqrstuvwxyz234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

test('a body that does not fit names each field by a pointer, and unknown fields are refused', async () => {
  const answer = await network.operator.post<{ code: string; errors: { pointer: string; code: string }[] }>(
    '/v1/organisations',
    {
      kind: 'carrier',
      name: '',
      country: 'Germany',
      clientPlatformId: 'x',
      owner: 'me',
    },
  );
  expect(answer.status).toBe(400);
  expect(answer.body.code).toBe('invalid_request');
  expect(answer.body.errors.map((error) => error.pointer).sort()).toEqual(
    ['/clientPlatformId', '/country', '/name', '/owner'].sort(),
  );
});

test('health, contract and documentation answer', async () => {
  for (const path of ['/livez', '/readyz', '/metrics', '/openapi.json', '/docs/errors']) {
    expect((await network.client().get(path)).status, path).toBe(200);
  }
  expect((await fetch(`${network.baseUrl}/docs/`)).status).toBe(200);
});
