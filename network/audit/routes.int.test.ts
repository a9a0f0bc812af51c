import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';
import { AUDITED } from './audited.policy.ts';

type Page = {
  data: {
    operation: string;
    subject?: string;
    organisation_id: string;
    actor_id: string;
    actor_role: string;
    request_id?: string;
  }[];
  next_cursor?: string;
};
const NL = 'NL' as CountryCode;
let network: TestNetwork;
let merchant: { id: string; client: Client };
let other: { id: string; client: Client };

beforeAll(async () => {
  network = await startTestNetwork();
  merchant = await network.open({ kind: 'merchant', name: 'Shop', country: NL }, 'merchant_admin');
  other = await network.open({ kind: 'merchant', name: 'Other', country: NL }, 'merchant_admin');
});
afterAll(() => network?.stop());

const list = async (client: Client, query = '') => must(await client.get<Page>(`/v1/audit${query}`)).data;
const mint = (client: Client, organisationId: string, headers: Record<string, string> = {}) =>
  client.post<{ key: { id: string } }>(
    '/v1/api-keys',
    { organisation_id: organisationId, role: 'merchant_app', name: 'shop' },
    headers,
  );

test('every audited operation is a command, so that its entry commits with its effect', () => {
  const routes = new Map(network.postroad.routes.map((route) => [route.operation, route.effect]));
  expect([...AUDITED].filter((operation) => routes.get(operation) !== 'write')).toEqual([]);
});

test('an act stands in the list of whom it concerns and of who did it, once, however often it is repeated', async () => {
  const headers = { 'idempotency-key': 'mint-1', 'request-id': 'req-audit-1' };
  const minted = must(await mint(network.operator, merchant.id, headers));
  await mint(network.operator, merchant.id, headers);
  const own = await list(merchant.client);
  expect(own).toMatchObject([
    {
      operation: 'mintApiKey',
      subject: minted.key.id,
      organisation_id: merchant.id,
      actor_role: 'operator',
      request_id: 'req-audit-1',
    },
  ]);
  expect(await list(network.operator, `?subject=${minted.key.id}`)).toEqual(own);
  expect(await list(other.client)).toEqual([]);
});

test('a refused act leaves nothing', async () => {
  const before = await list(network.operator, '?operation=mintApiKey');
  const refused = await network.operator.post('/v1/api-keys', {
    organisation_id: other.id,
    role: 'carrier',
    name: 'no',
  });
  expect(refused.status).toBe(422);
  expect(await list(network.operator, '?operation=mintApiKey')).toEqual(before);
});

test('reveals are told, and filters and pages narrow the list', async () => {
  const sender = must(
    await merchant.client.post<{ party: { id: string } }>('/v1/sender-addresses', {
      label: 'Home',
      party: {
        name: 'A B',
        address: { country: 'NL', city: 'Utrecht', postcode: '3511 LX', lines: ['Domplein 1'] },
      },
    }),
  );
  must(
    await merchant.client.post(`/v1/parties/${sender.party.id}/reveals`, {
      purpose: 'customer_contact',
      fields: ['name'],
    }),
  );
  await network.settle();
  const reveals = await list(network.operator, '?operation=revealParty');
  expect(reveals).toMatchObject([
    { subject: sender.party.id, organisation_id: merchant.id, actor_role: 'merchant_admin' },
  ]);
  expect(JSON.stringify(reveals)).not.toContain('Domplein');
  const all = await list(network.operator, `?organisation_id=${merchant.id}`);
  expect(all.map((entry) => entry.operation)).toEqual(['revealParty', 'mintApiKey']);
  const first = must(await network.operator.get<Page>(`/v1/audit?organisation_id=${merchant.id}&limit=1`));
  const second = await list(
    network.operator,
    `?organisation_id=${merchant.id}&limit=1&cursor=${first.next_cursor}`,
  );
  expect([...first.data, ...second]).toEqual(all);
  expect(await list(network.operator, '?until=2020-01-01T00:00:00Z')).toEqual([]);
});
