import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';

let network: TestNetwork;
let merchant: Client;
beforeAll(async () => {
  network = await startTestNetwork();
  merchant = (
    await network.open({ kind: 'merchant', name: 'M', country: 'DE' as CountryCode }, 'merchant_clerk')
  ).client;
});
afterAll(() => network.stop());

type Listed = { data: Record<string, unknown>[]; attribution: string };

describe('places over HTTP', () => {
  test('a merchant reads countries, divisions and cities in the names of the wire', async () => {
    const countries = await merchant.get<Listed>('/v1/countries');
    expect(countries.status).toBe(200);
    expect(countries.body.data.find((country) => country.code === 'DE')).toMatchObject({
      calling_code: '49',
      is_eu: true,
      name_zh: expect.any(String),
    });
    const prefectures = await merchant.get<Listed>('/v1/divisions?country=CN&parent_code=330000');
    expect(prefectures.body.data).toContainEqual(
      expect.objectContaining({ code: '330100', parent_code: '330000' }),
    );
    const cities = await merchant.get<Listed>('/v1/cities?text=hangz&country=CN&limit=1');
    expect(cities.body.data).toHaveLength(1);
    expect(cities.body.attribution).toContain('GeoNames');
  });

  test('an unknown country or division is refused with its code', async () => {
    for (const [path, code] of [
      ['/v1/divisions?country=ZZ', 'country_unknown'],
      ['/v1/divisions?country=CN&parent_code=999999', 'division_unknown'],
      ['/v1/cities?text=a&country=ZZ', 'country_unknown'],
    ] as const) {
      expect(await merchant.get(path)).toMatchObject({ status: 404, body: { code } });
    }
  });

  test('addresses are judged one by one, and pointers name the fields of the wire', async () => {
    const answer = await merchant.post<Listed>('/v1/addresses/validate', {
      addresses: [
        {
          object_id: 'a',
          address: { country: 'US', division: 'MA', city: 'Boston', postcode: '02110', lines: ['1 Main St'] },
        },
        { object_id: 'b', address: { country: 'US' } },
      ],
    });
    expect(answer.status).toBe(200);
    expect(answer.body.data).toMatchObject([
      { object_id: 'a', is_valid: true, located: { precision: 'postcode' } },
      { object_id: 'b', is_valid: false },
    ]);
  });

  test.each([
    ['an unknown field', { addresses: [{ object_id: 'a', address: { country: 'US', planet: 'Earth' } }] }],
    ['no address', { addresses: [] }],
    ['a number for a country', { addresses: [{ object_id: 'a', address: { country: 7 } }] }],
    ['101 addresses', { addresses: Array.from({ length: 101 }, () => ({ object_id: 'a', address: {} })) }],
  ])('%s is refused', async (_what, body) => {
    expect(await merchant.post('/v1/addresses/validate', body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });

  test('nobody reads without a key', async () => {
    expect((await network.client().get('/v1/countries')).status).toBe(401);
  });
});
