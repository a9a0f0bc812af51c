import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { CountryCode, OrganisationId } from '../../network/kernel/index.ts';
import { readAccountBalance } from '../../network/ledger/account-store.ts';
import { verifyLedger } from '../../network/ledger/index.ts';
import { verifyCodStatement } from '../../sdk/src/cod-statement.ts';
import { type PointEvent, verifyPointStatement } from '../../sdk/src/point-statement.ts';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { must } from '../setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../setup/network.ts';
import type { Batch, Opened, Shelf, Sync } from './waiting-answers.ts';

// Goods that are paid for at a counter, and whose the money is, told in order; each party acts with its own key, in the
// test world with its clock.

let network: TestNetwork;
let operator: Client;
let finance: Client;
let operatorId: string;
let marketplace: Opened;
let stranger: Opened;
let post: Opened;
let station: string;
let locker: string;
let serial = 0;
let now = Date.parse('2027-03-01T09:00:00Z');

const codeOf = (answer: { body: unknown }) => (answer.body as { code?: string }).code;
const eur = (amount_minor: number) => ({ amount_minor, currency: 'EUR' });
const cash_on_delivery = eur(4_990);
const world = () => network.postroad.worlds.test;
const balance = (organisationId: string, account: string) =>
  world().read({ organisationId: organisationId as OrganisationId }, (db) =>
    readAccountBalance(db, organisationId as OrganisationId, `${account}/EUR`),
  );

/** Goes on in the test world's time. */
async function goOn(hours: number): Promise<void> {
  now += hours * 3_600_000;
  must(await operator.post('/v1/test/clock', { now: new Date(now).toISOString() }));
  await network.settle();
}

beforeAll(async () => {
  network = await startTestNetwork();
  operatorId = (await findOperator(world())) ?? '';
  const mint = async (role: 'operator' | 'finance') =>
    network.client(await mintForBootstrap(world(), operatorId, role, role));
  [operator, finance] = [await mint('operator'), await mint('finance')];
  const open = (kind: 'marketplace' | 'point_operator', name: string) =>
    network.open(
      { kind, name, country: 'DE' as CountryCode },
      kind === 'marketplace' ? 'marketplace_staff' : 'point_staff',
      'test',
    );
  [marketplace, stranger] = [await open('marketplace', 'Bazaar'), await open('marketplace', 'Other')];
  post = await open('point_operator', 'Post');
  await goOn(0);
  must(
    await operator.send('PUT', `/v1/point-networks/${post.id}/contract`, {
      ...{ number: 'P-1', needs_documents: false, needs_site_check: false },
      valid_from: '2020-01-01T00:00:00Z',
    }),
  );
  [station, locker] = [await openPoint('S1', 'station'), await openPoint('L1', 'locker')];
}, 60_000);
afterAll(() => network?.stop());

async function openPoint(outlet_code: string, kind: string): Promise<string> {
  const hours = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '08:00', closes: '20:00' }));
  const { id } = must(
    await post.client.post<{ id: string }>('/v1/points', {
      ...{ outlet_code, name: `Counter ${outlet_code}`, kind, services: ['collect'], hours },
      ...{ country: 'DE', division_codes: [], city: 'Berlin', postcode: '10115', zone: 'Europe/Berlin' },
      ...{ address_lines: ['Invalidenstraße 1'], position: { latitude: 52.53, longitude: 13.38 } },
      capacity: { per_hour: { collect: 100 }, shelf: 100 },
    }),
  );
  for (const decision of ['accept_application', 'complete_training'])
    must(await operator.post(`/v1/points/${id}/decisions`, { decision }));
  return id;
}

async function announce(pointId: string, more: object = {}): Promise<{ id: string; number: string }> {
  serial += 1;
  const number = `PAID${String(serial).padStart(6, '0')}`;
  const consent = {
    ...{ given_by: 'recipient', channel: 'checkout', wording: '2027-01' },
    given_at: new Date(now).toISOString(),
  };
  const recipient = { name: 'Katharina Lindner', phone: '+4915112345678' };
  const parcel = { point_id: pointId, number, carrier_code: 'dpd', recipient, consent, ...more };
  const batch = must(
    await marketplace.client.post<Batch>('/v1/point-deliveries', {
      parcels: [{ object_id: number, parcel }],
    }),
  );
  const id = batch.results[0]?.shelf_parcel_id;
  if (id === undefined) throw new Error(JSON.stringify(batch));
  return { id, number };
}

const store = (number: string, place: string) =>
  post.client.post<Shelf>(`/v1/points/${station}/shelf-parcels`, { number, place });
const codeFor = async (id: string) =>
  must(await marketplace.client.get<{ code: string }>(`/v1/shelf-parcels/${id}/code`)).code;
const handOut = (id: string, body: object) =>
  post.client.post<Shelf>(`/v1/shelf-parcels/${id}/hand-out`, body);

/** All statements of the point network, worked out again; and its lines of money for goods. */
async function readStatements() {
  const { data: events } = must(await post.client.get<{ data: PointEvent[] }>('/v1/events?limit=500'));
  const { data: statements } = must(
    await post.client.get<{ data: { id: string }[] }>('/v1/point-statements?limit=50'),
  );
  const collected: [string, number][] = [];
  const findings: object[] = [];
  for (const { id } of statements) {
    const path = `/v1/point-statements/${id}`;
    const statement = must(await post.client.get<never>(path));
    type Line = { rule: string; kind: string; amount: { amount_minor: number } };
    const { data: lines } = must(await post.client.get<{ data: Line[] }>(`${path}/lines?limit=100`));
    const { data: rules } = must(await post.client.get<{ data: never }>(`${path}/rules`));
    findings.push(...verifyPointStatement({ statement, lines: lines as never, rules, events }));
    for (const { rule, kind, amount } of lines)
      if (rule === 'cod_collected') collected.push([kind, amount.amount_minor]);
  }
  return { findings, collected };
}

describe('goods that are paid at the counter', () => {
  it('collecting costs what the network wrote', async () => {
    const document = { fees: { EUR: { share_basis_points: 200, minimum_minor: 50 } }, close_after_hours: 1 };
    const { id } = must(
      await operator.post<{ id: string }>('/v1/rulebooks', { kind: 'cod_remittance', document }),
    );
    must(await operator.post(`/v1/rulebook-versions/${id}/tests`));
    must(await operator.post(`/v1/rulebook-versions/${id}/activation`, {}));
    await goOn(0.1);
  });

  it('nothing leaves without exactly what it costs; taking it back gives the money back', async () => {
    await expect(announce(locker, { cash_on_delivery })).rejects.toThrow('shelf_cash_at_locker');
    const { id, number } = await announce(station, { cash_on_delivery });
    expect(must(await store(number, '8-1')).cash_on_delivery).toEqual(cash_on_delivery);
    const give = async (cash?: object) => handOut(id, { code: await codeFor(id), cash });
    expect(codeOf(await give())).toBe('shelf_cash_due');
    expect(codeOf(await give({ method: 'cash', amount: eur(4_000) }))).toBe('shelf_cash_due');
    const paid = must(await give({ method: 'cash', amount: eur(4_990) }));
    expect(paid).toMatchObject({ state: 'handed_out', cash_paid_by: 'cash' });
    const undone = must(
      await post.client.post<Shelf>(`/v1/shelf-parcels/${id}/undo`, { reason: 'wrong one' }),
    );
    expect(undone.cash_paid_by).toBeUndefined();
    must(await give({ method: 'card', amount: eur(4_990) }));
    const plain = await announce(station);
    must(await store(plain.number, '8-2'));
    const given = await handOut(plain.id, {
      ...{ code: await codeFor(plain.id), cash: { method: 'cash', amount: eur(1) } },
    });
    expect(codeOf(given)).toBe('shelf_cash_not_due');
  });

  it('the network owes it by its statement, the operator owes it on, and anybody works it out again', async () => {
    // What happened is told in its week.
    await network.settle();
    await goOn(24 * 14);
    const { findings, collected } = await readStatements();
    expect(findings).toEqual([]);
    expect(collected).toEqual([
      ['accrual', -4_990],
      ['counter', 4_990],
      ['accrual', -4_990],
    ]);
    // What the network owes the operator, he owes on: nothing of it stays with him.
    expect(await balance(operatorId, 'cod_payable')).toBe(0);
    expect(await network.postroad.worlds.test.read('network', (db) => verifyLedger(db))).toEqual([]);
  });

  it('who announced the parcel gets it by a weekly statement, less the fee, once', async () => {
    type Statement = { id: string; state: string; payout: { amount_minor: number } };
    const list = async (by: Client, query = '') =>
      must(await by.get<{ data: Statement[] }>(`/v1/cod-statements?limit=50${query}`)).data;
    const [statement, ...others] = await list(marketplace.client);
    expect(others).toEqual([]);
    // 2 % of 49.90.
    expect(statement).toMatchObject({
      ...{ lines: 3, collected: eur(4_990), fees: eur(100), payout: eur(4_890), opening: eur(0) },
      state: 'payout_instructed',
    });
    const id = statement?.id ?? '';
    const path = `/v1/cod-statements/${id}`;
    const { data: lines } = must(
      await marketplace.client.get<{ data: { kind: string; paid_by: string; amount: object }[] }>(
        `${path}/lines`,
      ),
    );
    expect(lines.map(({ kind, paid_by, amount }) => [kind, paid_by, amount])).toEqual([
      ['collected', 'cash', eur(4_990)],
      ['undone', 'cash', eur(-4_990)],
      ['collected', 'card', eur(4_990)],
    ]);
    const { data: rules } = must(await marketplace.client.get<{ data: never }>(`${path}/rules`));
    expect(verifyCodStatement({ statement: statement as never, lines: lines as never, rules })).toEqual([]);
    expect(must(await marketplace.client.get<{ data: unknown[] }>('/v1/cod-lines')).data).toEqual([]);
    // Another marketplace sees nothing of it; the point network has its own statement.
    expect(await list(stranger.client)).toEqual([]);
    for (const tail of ['', '/lines', '/rules'])
      expect((await stranger.client.get(`${path}${tail}`)).status).toBe(404);
    expect((await post.client.get('/v1/cod-statements')).status).toBe(403);
    expect(await list(finance, `&organisation_id=${marketplace.id}`)).toHaveLength(1);
    const paid = { bank_reference: 'COD-2027-9', value_date: '2027-03-22' };
    expect((await marketplace.client.post(`${path}/payment`, paid)).status).toBe(403);
    expect(await balance(marketplace.id, 'payout_due')).toBe(4_890);
    const before = await balance(operatorId, 'bank');
    for (const _ of [1, 2])
      expect(must(await finance.post<Statement>(`${path}/payment`, paid)).state).toBe('paid');
    const other = { ...paid, bank_reference: 'COD-2027-10' };
    expect(codeOf(await finance.post(`${path}/payment`, other))).toBe('payout_settled');
    await network.settle();
    // Credits less debits: it left the bank.
    expect((await balance(operatorId, 'bank')) - before).toBe(4_890);
    for (const account of ['payout_due', 'cod_due']) expect(await balance(marketplace.id, account)).toBe(0);
    const told = must(
      await marketplace.client.get<{ data: { type: string }[] }>('/v1/events?limit=500'),
    ).data.map(({ type }) => type);
    expect(told.filter((type) => type.startsWith('cod_statement'))).toEqual([
      ...Array(3).fill('cod_statement.line_recorded'),
      ...['cod_statement.closed', 'cod_statement.paid'],
    ]);
    expect(await world().read('network', (db) => verifyLedger(db))).toEqual([]);
  });

  it('what is taken back after its week was closed is owed, and goes off the next statement', async () => {
    const latest = async () =>
      must(await marketplace.client.get<{ data: object[] }>('/v1/cod-statements?limit=1')).data[0];
    const sell = async (place: string) => {
      const { id, number } = await announce(station, { cash_on_delivery });
      must(await store(number, place));
      const cash = { method: 'cash', amount: cash_on_delivery };
      must(await handOut(id, { code: await codeFor(id), cash }));
      await network.settle();
      return { id, number };
    };
    const sundayEvening = (7 - new Date(now).getUTCDay()) * 24 + 20 - new Date(now).getUTCHours();
    await goOn(sundayEvening);
    const { id, number } = await sell('8-4');
    const { data: open } = must(await marketplace.client.get<{ data: object[] }>('/v1/cod-lines'));
    expect(open).toMatchObject([{ number, fee: eur(100) }]);
    await goOn(8);
    expect(await latest()).toMatchObject({ lines: 1, payout: eur(4_890) });
    must(await post.client.post<Shelf>(`/v1/shelf-parcels/${id}/undo`, { reason: 'wrong one' }));
    await network.settle();
    expect(await balance(marketplace.id, 'cod_due')).toBe(-4_890);
    await goOn(24 * 7);
    const owed = { collected: eur(-4_990), fees: eur(-100), closing: eur(-4_890), payout: eur(0) };
    expect(await latest()).toMatchObject({ ...owed, lines: 1, state: 'carried_over' });
    await sell('8-5');
    await goOn(24 * 7);
    expect(await latest()).toMatchObject({ opening: eur(-4_890), closing: eur(0), state: 'carried_over' });
    expect(await balance(marketplace.id, 'cod_due')).toBe(0);
    expect(await world().read('network', (db) => verifyLedger(db))).toEqual([]);
  });
});

describe('goods that were handed out without a word of their money', () => {
  const device_id = 'phone-0009';
  let tries = 0;

  /** Handed out by a device that had no network, and nothing said of the cash. */
  async function handOutSilently(place: string) {
    const { id, number } = await announce(station, { cash_on_delivery });
    must(await store(number, place));
    must(await post.client.post(`/v1/points/${station}/device-leases`, { device_id }));
    tries += 1;
    const action = { client_id: `silent-0${tries}`, kind: 'hand_out', number, code: await codeFor(id) };
    const actions = [{ ...action, occurred_at: new Date(now).toISOString() }];
    const { results } = must(
      await post.client.post<Sync>(`/v1/points/${station}/sync`, { device_id, actions }),
    );
    expect(results).toMatchObject([{ outcome: 'conflict', conflict: 'cash_open' }]);
    return id;
  }
  const record = (id: string, amount = cash_on_delivery) =>
    post.client.post<Shelf>(`/v1/shelf-parcels/${id}/cash`, { cash: { method: 'cash', amount } });
  const open = async (path = `/v1/points/${station}/open-cash`) =>
    must(await post.client.get<{ data: { id: string; cash_open_until: string }[] }>(path)).data;
  const waiting = async () =>
    must(
      await marketplace.client.get<{ data: { shelf_parcel_id: string; kind: string; paid_by: string }[] }>(
        '/v1/cod-lines',
      ),
    ).data;

  it('the counter records it afterwards, once; then it is paid on like all other', async () => {
    const id = await handOutSilently('9-1');
    const [one, ...others] = await open();
    expect(others).toEqual([]);
    expect(one?.id).toBe(id);
    expect(Date.parse(one?.cash_open_until ?? '')).toBe(now + 72 * 3_600_000);
    expect(await open(`/v1/point-networks/${post.id}/open-cash`)).toHaveLength(1);
    expect((await stranger.client.get(`/v1/point-networks/${post.id}/open-cash`)).status).toBe(403);
    expect((await marketplace.client.post(`/v1/shelf-parcels/${id}/cash`, {})).status).toBe(403);
    expect(codeOf(await record(id, eur(4_000)))).toBe('shelf_cash_due');
    expect(must(await record(id))).toMatchObject({ state: 'handed_out', cash_paid_by: 'cash' });
    expect(codeOf(await record(id))).toBe('shelf_cash_known');
    expect(await open()).toEqual([]);
    const conflicts = `/v1/points/${station}/sync-conflicts`;
    expect(must(await post.client.get<{ data: object[] }>(conflicts)).data).toEqual([]);
    await network.settle();
    expect(await waiting()).toMatchObject([{ shelf_parcel_id: id, kind: 'collected', paid_by: 'cash' }]);
    const facts = must(await post.client.get<Shelf>(`/v1/shelf-parcels/${id}`)).steps;
    expect(facts?.map(({ fact }) => fact)).toEqual(['stored', 'handed_out', 'cash_recorded']);
  });

  it('what nobody records is charged to the network, and an appeal gives it back to it', async () => {
    const [kept, undone] = [await handOutSilently('9-2'), await handOutSilently('9-3')];
    must(await post.client.post<Shelf>(`/v1/shelf-parcels/${undone}/undo`, { reason: 'wrong one' }));
    await goOn(73);
    expect(await open()).toEqual([]);
    expect(codeOf(await record(kept))).toBe('shelf_cash_charged');
    expect(codeOf(await record(undone))).toBe('shelf_state_conflict');
    type Deduction = { id: string; reason: string; amount: object; state: string; subject: object };
    const { data } = must(await post.client.get<{ data: Deduction[] }>('/v1/point-deductions?state=imposed'));
    const subject = { kind: 'shelf_parcel', id: kept };
    expect(data).toMatchObject([{ reason: 'cash_not_recorded', amount: cash_on_delivery, subject }]);
    const charged = { shelf_parcel_id: kept, kind: 'collected', paid_by: 'charged' };
    expect((await waiting()).at(-1)).toMatchObject(charged);
    expect(await balance(operatorId, 'cod_payable')).toBe(0);
    const path = `/v1/point-deductions/${data[0]?.id}`;
    must(await post.client.post(`${path}/appeal`, { text: 'It was paid to the sender before.' }));
    must(await operator.post(`${path}/decision`, { decision: 'overturned', text: 'So it was.' }));
    await network.settle();
    expect((await waiting()).at(-1)).toMatchObject({ shelf_parcel_id: kept, kind: 'undone' });
    expect(await balance(operatorId, 'cod_payable')).toBe(0);
    await goOn(24 * 14);
    expect(await world().read('network', (db) => verifyLedger(db))).toEqual([]);
    expect((await readStatements()).findings).toEqual([]);
  });
});

test('a network reads what it is paid by, since when, and what comes next for it alone', async () => {
  type Named = { country?: string; tariff: { work: { parcel_stored: { amount_minor: number }[] } } };
  type Span = { from?: string; until?: string; tariffs: Named[] };
  type Tariff = { in_force: Span; next: Span[]; done: { work: string; count: number }[] };
  const path = `/v1/point-networks/${post.id}/tariff`;
  const tariff = async (by = post.client) => must(await by.get<Tariff>(path));
  const before = await tariff();
  expect([before.in_force.from, before.in_force.until, before.next]).toEqual([undefined, undefined, []]);
  expect((await marketplace.client.get(path)).status).toBe(403);
  expect(await tariff(finance)).toEqual(before);
  const inForce = '/v1/rulebook-kinds/point_commission/in-force';
  const { document } = must(await operator.get<{ document: { otherwise: object } }>(inForce));
  const write = async (own: string, amount_minor: number, days: number) => {
    const otherwise = structuredClone(document.otherwise) as Named['tariff'];
    otherwise.work.parcel_stored = [{ from: 1, amount_minor } as never];
    const networks = { [own]: { tariffs: {}, otherwise } };
    const { id } = must(
      await operator.post<{ id: string }>('/v1/rulebooks', {
        kind: 'point_commission',
        document: { ...document, networks },
      }),
    );
    must(await operator.post(`/v1/rulebook-versions/${id}/tests`));
    const at = new Date(now + days * 86_400_000).toISOString();
    must(await operator.post(`/v1/rulebook-versions/${id}/activation`, { at }));
    return Date.parse(at);
  };
  // What changes for somebody else alone is no news.
  await write(stranger.id, 77, 1);
  const from = await write(post.id, 99, 3);
  const { in_force, next } = await tariff();
  expect(in_force.from).toBeUndefined();
  expect([Date.parse(in_force.until ?? ''), next.map((one) => Date.parse(one.from ?? ''))]).toEqual([
    from,
    [from],
  ]);
  const stored = ({ tariffs }: Span) =>
    tariffs.find(({ country }) => country === undefined)?.tariff.work.parcel_stored[0]?.amount_minor;
  expect([in_force, ...next].map(stored)).toEqual([20, 99]);
  await goOn(24 * 4);
  const after = await tariff();
  expect([Date.parse(after.in_force.from ?? ''), stored(after.in_force), after.next]).toEqual([from, 99, []]);
  expect(after.done.find(({ work }) => work === 'parcel_stored')?.count).toBeGreaterThan(0);
});
