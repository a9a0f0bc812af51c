import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { fundWallet, must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { addMs, type CountryCode, type OrganisationId } from '../kernel/index.ts';
import { chargeNow, postHold } from './charges.ts';
import { placeHold } from './holds.ts';
import { eur } from './ledger.fixture.ts';
import type { HoldSetId } from './model.ts';
import { verifyLedger } from './verify-store.ts';

let network: TestNetwork;
let finance: Client;
beforeAll(async () => {
  network = await startTestNetwork();
  const operatorId = (await findOperator(network.postroad.worlds.live)) ?? '';
  finance = network.client(
    await mintForBootstrap(network.postroad.worlds.live, operatorId, 'finance', 'finance'),
  );
});
afterAll(() => network.stop());

type Wallet = {
  id: string;
  balance: { amount_minor: number };
  held: { amount_minor: number };
  available: { amount_minor: number };
  is_in_arrears: boolean;
};
type Problem = { code: string };

let receipts = 0;
async function merchant(world: 'live' | 'test' = 'live') {
  return network.open(
    { kind: 'merchant', name: 'Shop', country: 'DE' as CountryCode },
    'merchant_admin',
    world,
  );
}
async function withWallet() {
  const opened = await merchant();
  const wallet = await network.operator.post<Wallet>('/v1/wallets', {
    organisation_id: opened.id,
    currency: 'EUR',
  });
  expect(wallet.status).toBe(201);
  return { ...opened, walletId: wallet.body.id };
}
const amount = (amount_minor: number, currency = 'EUR') => ({ amount_minor, currency });
async function topUp(of: { client: Client; walletId: string }, minor: number) {
  const asked = await of.client.post<{ id: string; payment_reference: string; state: string }>(
    '/v1/top-ups',
    {
      wallet_id: of.walletId,
      amount: amount(minor),
    },
  );
  expect(asked.status).toBe(201);
  return asked.body;
}
function confirm(by: Client, id: string, minor: number, bankReference: string, currency = 'EUR') {
  return by.post<{ state: string; differs: boolean; received: { amount_minor: number } } & Problem>(
    `/v1/top-ups/${id}/confirmation`,
    { amount: amount(minor, currency), value_date: '2026-11-20', bank_reference: bankReference },
  );
}
async function paidIn(minor: number) {
  const opened = await withWallet();
  const asked = await topUp(opened, minor);
  receipts += 1;
  expect((await confirm(finance, asked.id, minor, `r${receipts}`)).status).toBe(200);
  return opened;
}
async function pagesOf(client: Client, list: string) {
  const pages: string[][] = [];
  for (let cursor = ''; ; ) {
    const page = must(await client.get<{ data: { id: string }[]; next_cursor?: string }>(`${list}${cursor}`));
    pages.push(page.data.map(({ id }) => id));
    if (page.next_cursor === undefined) return pages;
    cursor = `&cursor=${page.next_cursor}`;
  }
}
const read = async (of: { client: Client; walletId: string }) =>
  (await of.client.get<Wallet>(`/v1/wallets/${of.walletId}`)).body;

test('a merchant asks for a top-up, finance confirms it once, and the bank reference counts once', async () => {
  const shop = await withWallet();
  const asked = await topUp(shop, 5_000);
  expect(asked.payment_reference).toMatch(/^RF\d{2}[0-9A-Z]{21}$/);
  expect((await read(shop)).balance.amount_minor).toBe(0);
  for (let time = 0; time < 3; time += 1) {
    const answer = await confirm(finance, asked.id, 5_000, 'bank-1');
    expect([answer.status, answer.body.state, answer.body.differs]).toEqual([200, 'confirmed', false]);
  }
  expect((await read(shop)).balance.amount_minor).toBe(5_000);
  expect((await confirm(finance, asked.id, 5_001, 'bank-1')).body.code).toBe('top_up_settled');
  const other = await topUp(shop, 5_000);
  expect((await confirm(finance, other.id, 5_000, 'bank-1')).body.code).toBe('bank_reference_used');
  expect((await confirm(finance, other.id, 5_000, 'bank-2', 'USD')).body.code).toBe(
    'top_up_currency_mismatch',
  );
  const differs = await confirm(finance, other.id, 4_990, 'bank-2');
  expect([differs.body.differs, differs.body.received.amount_minor]).toEqual([true, 4_990]);
  expect((await read(shop)).balance.amount_minor).toBe(9_990);
});

test('top-ups are listed by their state, page by page from the newest down', async () => {
  const shop = await withWallet();
  const [settled, waiting, large] = [
    await topUp(shop, 100),
    await topUp(shop, 100),
    await topUp(shop, 1_000_000),
  ];
  await confirm(finance, settled.id, 100, 'listed-1');
  await confirm(finance, large.id, 1_000_000, 'listed-2');
  const listed = async (state: string) => {
    const answer = await shop.client.get<{ data: { id: string }[] }>(`/v1/top-ups${state}`);
    return answer.body.data.map(({ id }) => id);
  };
  expect(await listed('')).toEqual([large.id, waiting.id, settled.id]);
  expect(await listed('?state=confirmed')).toEqual([settled.id]);
  expect(await listed('?state=requested')).toEqual([waiting.id]);
  expect(await listed('?state=awaiting_second_confirmation')).toEqual([large.id]);
  expect((await shop.client.get('/v1/top-ups?state=lost')).status).toBe(400);

  const later = await topUp(shop, 100);
  expect(await listed('?state=requested')).toEqual([later.id, waiting.id]);
  expect(await pagesOf(shop.client, '/v1/top-ups?limit=3')).toEqual([
    [later.id, large.id, waiting.id],
    [settled.id],
  ]);
  expect(await pagesOf(shop.client, '/v1/top-ups?state=requested&limit=1')).toEqual([
    [later.id],
    [waiting.id],
  ]);
  const all = (await pagesOf(finance, '/v1/top-ups?limit=100')).flat();
  expect(all).toEqual(all.toSorted().reverse());
  expect(all).toEqual(expect.arrayContaining([later.id, settled.id]));
  expect((await shop.client.get('/v1/top-ups?cursor=x')).status).toBe(400);
});

test('from the threshold on a second confirmer with the same facts is needed', async () => {
  const shop = await withWallet();
  const asked = await topUp(shop, 1_000_000);
  const first = await confirm(finance, asked.id, 1_000_000, 'big-1');
  expect(first.body.state).toBe('awaiting_second_confirmation');
  expect((await read(shop)).balance.amount_minor).toBe(0);
  expect((await confirm(finance, asked.id, 1_000_000, 'big-1')).body.code).toBe('second_confirmation_needed');
  expect((await confirm(network.operator, asked.id, 999_999, 'big-1')).body.code).toBe('top_up_settled');
  expect((await confirm(network.operator, asked.id, 1_000_000, 'big-1')).body.state).toBe('confirmed');
  expect((await read(shop)).balance.amount_minor).toBe(1_000_000);
});

test('who noted wrong facts corrects them, and the second confirmer must agree to the correction', async () => {
  const shop = await withWallet();
  const asked = await topUp(shop, 2_000_000);
  expect((await confirm(finance, asked.id, 20_000_000, 'typo-1')).body.state).toBe(
    'awaiting_second_confirmation',
  );
  expect((await confirm(finance, asked.id, 2_000_000, 'typo-2')).body.state).toBe(
    'awaiting_second_confirmation',
  );
  expect((await confirm(network.operator, asked.id, 20_000_000, 'typo-1')).body.code).toBe('top_up_settled');
  expect((await read(shop)).balance.amount_minor).toBe(0);
  expect((await confirm(network.operator, asked.id, 2_000_000, 'typo-2')).body.state).toBe('confirmed');
  expect((await read(shop)).balance.amount_minor).toBe(2_000_000);
});

test('a merchant cannot open, credit or confirm by itself', async () => {
  const shop = await withWallet();
  const asked = await topUp(shop, 100);
  expect((await confirm(shop.client, asked.id, 100, 'mine')).status).toBe(403);
  expect((await shop.client.post('/v1/wallets', { organisation_id: shop.id, currency: 'USD' })).status).toBe(
    403,
  );
  const limit = await shop.client.send('PUT', `/v1/wallets/${shop.walletId}/credit-limit`, {
    credit_limit_minor: 100,
  });
  expect(limit.status).toBe(403);
});

test('a foreign wallet is a missing wallet, on every path', async () => {
  const shop = await paidIn(100);
  const marketplace = await network.open(
    { kind: 'marketplace', name: 'M', country: 'DE' as CountryCode },
    'marketplace_staff',
  );
  const stranger = await merchant();
  for (const client of [stranger.client, marketplace.client]) {
    for (const path of ['', '/transfers', '/statements/2026-11', '/statements/2026-11/transfers.csv']) {
      expect((await client.get(`/v1/wallets/${shop.walletId}${path}`)).status, path).toBe(404);
    }
    const funded = await client.post('/v1/top-ups', { wallet_id: shop.walletId, amount: amount(1) });
    expect(funded.status).toBe(404);
    for (const list of ['/v1/wallets', '/v1/top-ups', '/v1/statements?month=2026-11']) {
      expect(JSON.stringify((await client.get(list)).body), list).not.toContain(shop.walletId);
    }
  }
});

test('the history pages without gap, names each cause, and the statement of the month adds up', async () => {
  const shop = await paidIn(10_000);
  const id = shop.id as OrganisationId;
  for (let count = 1; count <= 12; count += 1) {
    await network.postroad.worlds.live.command({ organisationId: id }, (work) =>
      chargeNow(work, {
        organisationId: id,
        reference: { kind: 'shipment', id: `shp${count}` },
        payers: [{ organisationId: id, role: 'merchant', shareBasisPoints: 10_000 }],
        charges: [
          { type: 'freight', amount: eur(100 * count) },
          { type: 'tax', amount: eur(19 * count), tax: { taxType: 'VAT', rateBasisPoints: 1_900 } },
        ],
        evidence: count === 3 ? '=HYPERLINK("http://x","y")' : 'scale 4',
        whenShort: 'refuse',
      }),
    );
  }
  type Transfer = {
    sequence: number;
    kind: string;
    amount: { amount_minor: number };
    subject?: { id: string };
    tax?: { tax_type: string; rate_basis_points: number };
    evidence?: string;
  };
  const transfers: Transfer[] = [];
  let cursor = '';
  do {
    const page = await shop.client.get<{ data: Transfer[]; next_cursor?: string }>(
      `/v1/wallets/${shop.walletId}/transfers?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    expect(page.status).toBe(200);
    transfers.push(...page.body.data);
    cursor = page.body.next_cursor ?? '';
  } while (cursor !== '');
  expect(transfers.map((transfer) => transfer.sequence)).toEqual(Array.from({ length: 25 }, (_, n) => n + 1));
  expect(transfers[2]).toMatchObject({
    kind: 'tax',
    subject: { kind: 'shipment', id: 'shp1' },
    tax: { tax_type: 'VAT', rate_basis_points: 1_900 },
    evidence: 'scale 4',
  });
  const month = network.postroad.worlds.live.clock.now().slice(0, 7);
  const path = `/v1/wallets/${shop.walletId}/statements/${month}`;
  type Statement = {
    opening: { amount_minor: number };
    closing: { amount_minor: number };
    turnover: { kind: string; amount: { amount_minor: number }; count: number }[];
    is_final: boolean;
  };
  const statement = (await shop.client.get<Statement>(path)).body;
  const sum = statement.turnover.reduce((total, entry) => total + entry.amount.amount_minor, 0);
  expect(statement.opening.amount_minor + sum).toBe(statement.closing.amount_minor);
  expect(statement.closing.amount_minor).toBe((await read(shop)).balance.amount_minor);
  expect(statement.turnover.map((entry) => [entry.kind, entry.count])).toEqual([
    ['freight', 12],
    ['tax', 12],
    ['top_up', 1],
  ]);
  expect(statement.is_final).toBe(false);
  const before = await shop.client.get<Statement>(`/v1/wallets/${shop.walletId}/statements/2025-12`);
  expect(before.body).toMatchObject({ closing: { amount_minor: 0 }, turnover: [], is_final: true });
  const csv = new TextDecoder().decode((await shop.client.get(`${path}/transfers.csv`)).bytes);
  const lines = csv.trimEnd().split('\r\n');
  expect(lines.length).toBe(1 + 1 + 25 + 1);
  expect(lines.at(-1)).toContain(',closing,,');
  expect(csv).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
  expect(csv).not.toMatch(/(^|,)"?=/m);
});

test('holds expire and charges are collected again by the timers of the test world; the books clear', async () => {
  const test = await network.open(
    { kind: 'merchant', name: 'T', country: 'DE' as CountryCode },
    'merchant_admin',
    'test',
  );
  const world = network.postroad.worlds.test;
  const operatorId = (await findOperator(world)) ?? '';
  const operator = network.client(await mintForBootstrap(world, operatorId, 'operator', 'operator'));
  const wallet = await operator.post<Wallet>('/v1/wallets', {
    organisation_id: test.id,
    currency: 'EUR',
    credit_limit_minor: 100,
  });
  const id = test.id as OrganisationId;
  const payers = [{ organisationId: id, role: 'merchant', shareBasisPoints: 10_000 }] as const;
  const place = (reference: string, minor: number, hours: number) =>
    world.command({ organisationId: id }, (work) =>
      placeHold(work, {
        organisationId: id,
        reference: { kind: 'shipment', id: reference },
        payers,
        amount: eur(minor),
        expiresAt: addMs(work.now, hours * 3_600_000),
      }),
    );
  const pass = async (hours: number) => {
    const now = addMs(world.clock.now(), hours * 3_600_000);
    expect((await operator.post('/v1/test/clock', { now, running: false })).status).toBe(200);
    await network.settle();
  };
  await pass(0.01);
  await place('a', 60, 2);
  const second = await place('b', 40, 100);
  const of = { client: test.client, walletId: wallet.body.id };
  expect((await read(of)).available.amount_minor).toBe(0);
  await pass(2);
  expect((await read(of)).held.amount_minor).toBe(40);
  await world.command({ organisationId: id }, (work) =>
    postHold(work, {
      organisationId: id,
      holdSetId: (second.ok ? second.value.id : '') as HoldSetId,
      charges: [{ type: 'freight', amount: eur(130) }],
    }),
  );
  for (const [hours, isInArrears] of [
    [1, false],
    [6, false],
    [24, true],
  ] as const) {
    await pass(hours);
    expect((await read(of)).is_in_arrears, `${hours}`).toBe(isInArrears);
  }
  const asked = await topUp(of, 500);
  expect((await confirm(operator, asked.id, 500, 't1')).status).toBe(200);
  await network.settle();
  expect(await read(of)).toMatchObject({ is_in_arrears: false, balance: { amount_minor: 370 } });
  expect(await world.read('network', (db) => verifyLedger(db))).toEqual([]);
});

test('exchange rates are entered by the operator and seen by all', async () => {
  const rate = {
    from: 'EUR',
    to: 'USD',
    rate_e8: 110_000_000,
    valid_from: '2026-11-01T00:00:00Z',
    valid_until: '2026-12-01T00:00:00Z',
    source: 'ECB',
  };
  expect((await finance.post('/v1/exchange-rates', rate)).status).toBe(201);
  const same = await finance.post<Problem>('/v1/exchange-rates', { ...rate, to: 'EUR' });
  expect([same.status, same.body.code]).toEqual([422, 'rate_invalid']);
  const shop = await merchant();
  expect((await shop.client.post('/v1/exchange-rates', rate)).status).toBe(403);
  const list = await shop.client.get<{ data: { to: string }[] }>('/v1/exchange-rates');
  expect(list.body.data.map((one) => one.to)).toEqual(['USD']);
});

test.each([
  ['/v1/top-ups', { wallet_id: 'wal_x', amount: { amount_minor: 1, currency: 'EUR' } }],
  [
    '/v1/top-ups',
    { wallet_id: 'wal_01jd3v9k2m4n6p8q0r1s2t3v4w', amount: { amount_minor: 0, currency: 'EUR' } },
  ],
  [
    '/v1/top-ups',
    { wallet_id: 'wal_01jd3v9k2m4n6p8q0r1s2t3v4w', amount: { amount_minor: 1.5, currency: 'EUR' } },
  ],
  [
    '/v1/top-ups',
    { wallet_id: 'wal_01jd3v9k2m4n6p8q0r1s2t3v4w', amount: { amount_minor: 1, currency: 'XXQ' } },
  ],
  [
    '/v1/wallets',
    { organisation_id: 'org_01jd3v9k2m4n6p8q0r1s2t3v4w', currency: 'EUR', credit_limit_minor: -1 },
  ],
  ['/v1/wallets', { organisation_id: 'org_01jd3v9k2m4n6p8q0r1s2t3v4w', currency: 'EUR', balance_minor: 5 }],
  ['/v1/exchange-rates', { from: 'EUR', to: 'USD', rate_e8: 0, source: 'x' }],
])('a broken body for %s is refused by name of the field', async (path, body) => {
  const answer = await network.operator.post<Problem>(path, body);
  expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
});

test('a broken month, cursor or period is refused', async () => {
  const shop = await withWallet();
  expect((await shop.client.get('/v1/statements?month=2026-13')).status).toBe(400);
  expect((await shop.client.get(`/v1/wallets/${shop.walletId}/statements/2026-00`)).status).toBe(404);
  expect((await shop.client.get(`/v1/wallets/${shop.walletId}/transfers?cursor=abc`)).status).toBe(400);
  expect((await shop.client.get(`/v1/wallets/${shop.walletId}/transfers?from=yesterday`)).status).toBe(400);
});

test('a merchant converts between two of its wallets at the rate in force, once per key, and the books stay whole', async () => {
  const merchant = await network.open(
    { kind: 'merchant', name: 'Two wallets', country: 'DE' as CountryCode },
    'merchant_admin',
  );
  await fundWallet(network.operator, merchant, 'GBP', 20_000);
  must(await network.operator.post('/v1/wallets', { organisation_id: merchant.id, currency: 'CHF' }));
  const amount = { amount_minor: 10_000, currency: 'GBP' };
  const convert = (key: string, money = amount) =>
    merchant.client.post<Problem>(
      '/v1/conversions',
      { amount: money, to: 'CHF' },
      { 'idempotency-key': key },
    );
  const without = await convert('none');
  expect([without.status, without.body.code]).toEqual([422, 'rate_missing']);
  must(
    await network.operator.post('/v1/exchange-rates', {
      from: 'GBP',
      to: 'CHF',
      rate_e8: 108_000_000,
      market_rate_e8: 110_000_000,
      source: 'our table',
      valid_from: '2020-01-01T00:00:00Z',
      valid_until: '2090-01-01T00:00:00Z',
    }),
  );
  const answers = await Promise.all([convert('once'), convert('once'), convert('once')]);
  expect(answers.filter((answer) => answer.status === 201).length).toBeGreaterThan(0);
  const tooMuch = await convert('more', { amount_minor: 10_001, currency: 'GBP' });
  expect([tooMuch.status, tooMuch.body.code]).toEqual([422, 'insufficient_funds']);
  const wallets = must(
    await merchant.client.get<{ data: { balance: { amount_minor: number; currency: string } }[] }>(
      '/v1/wallets',
    ),
  );
  expect(wallets.data.map((wallet) => wallet.balance)).toEqual([
    { amount_minor: 10_000, currency: 'GBP' },
    { amount_minor: 10_800, currency: 'CHF' },
  ]);
  await network.settle();
  expect(await network.postroad.worlds.live.read('network', (db) => verifyLedger(db))).toEqual([]);
});
