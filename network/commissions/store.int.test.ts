import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PointStatementBundle, verifyPointStatement } from '../../sdk/src/index.ts';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { must } from '../../test/setup/market.ts';
import { startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import {
  accepted,
  addMs,
  type CountryCode,
  type Currency,
  type Instant,
  instant,
  money,
  type OrganisationId,
  type PointId,
} from '../kernel/index.ts';
import { readAccountBalance } from '../ledger/account-store.ts';
import { accountOf, verifyLedger } from '../ledger/index.ts';
import { aPoint, insertPoints } from '../points/points.fixture.ts';
import type { PointFact } from './accrual.policy.ts';
import { accrue } from './accrue.ts';
import { closeWeek } from './close.ts';

type Opened = Awaited<ReturnType<TestNetwork['open']>>;
type Bundle = { statement: PointStatementBundle['statement'] } & Omit<PointStatementBundle, 'statement'>;
let network: TestNetwork;
let post: Opened;
let rival: Opened;
let operator: Opened['client'];
let finance: Opened['client'];
const SHOP = 'pnt_00000000000000000000000001' as PointId;
const KIOSK = 'pnt_00000000000000000000000002' as PointId;
/** A Monday in Shanghai, at noon. */
const MONDAY = instant('2027-03-01T04:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

beforeAll(async () => {
  network = await startTestNetwork();
  const opening = (name: string) =>
    network.open(
      { kind: 'point_operator', name, country: 'CN' as CountryCode } as never,
      'point_staff',
      'test',
    );
  [post, rival] = [await opening('Post'), await opening('Rival')];
  const world = network.postroad.worlds.test;
  const staff = async (role: 'operator' | 'finance') =>
    network.client(await mintForBootstrap(world, (await findOperator(world)) ?? '', role, role));
  [operator, finance] = [await staff('operator'), await staff('finance')];
  await world.command('network', async (work) => {
    const points = [aPoint(SHOP, post.id as OrganisationId), aPoint(KIOSK, post.id as OrganisationId)];
    return accepted(await insertPoints(work.db, points));
  });
  await clock(MONDAY);
}, 60_000);
afterAll(() => network?.stop());

const clock = async (now: Instant) => {
  must(await operator.post('/v1/test/clock', { now }));
  await network.settle();
};
const codeOf = (answer: { body: unknown }) => (answer.body as { code?: string }).code;
const id = (prefix: string, n: number) => `${prefix}_${String(n).padStart(26, '0')}`;
const factOf = (n: number, more: object): PointFact =>
  ({
    eventId: id('evt', n),
    eventType: 'ParcelStored',
    pointId: SHOP,
    subject: { kind: 'shelf_parcel', id: id('spc', n) },
    occurredAt: MONDAY,
    kind: 'work',
    work: 'parcel_stored',
    ...more,
  }) as PointFact;
const hears = (...facts: PointFact[]) =>
  network.postroad.worlds.test.command('network', async (work) => accepted(await accrue(work, facts)));
const happens = async (...facts: PointFact[]) => {
  await hears(...facts);
  await network.settle();
};
const openOf = async () => {
  const path = `/v1/point-networks/${post.id}/earnings`;
  const { open } = must(
    await post.client.get<{ open: { lines: number; amount: { amount_minor: number } }[] }>(path),
  );
  return open.map(({ lines, amount }) => [lines, amount.amount_minor]);
};
const statementsOf = async () =>
  must(await post.client.get<{ data: Bundle['statement'][] }>('/v1/point-statements')).data;
const bundleOf = async (statementId: string): Promise<Bundle> => {
  const path = `/v1/point-statements/${statementId}`;
  return {
    statement: must(await post.client.get<Bundle['statement']>(path)),
    lines: must(await post.client.get<{ data: Bundle['lines'] }>(`${path}/lines?limit=1000`)).data,
    rules: must(await post.client.get<{ data: Bundle['rules'] }>(`${path}/rules`)).data,
  };
};
const bookOf = (kind: 'earned' | 'payout_due') =>
  network.postroad.worlds.test.read('network', (db) =>
    readAccountBalance(db, post.id, accountOf(kind, 'CNY' as Currency)),
  );
const ledgerBreaks = () => network.postroad.worlds.test.read('network', (db) => verifyLedger(db));

test('each event gives one line, however often and however concurrently it is told', async () => {
  const facts = [factOf(1, {}), factOf(2, {}), factOf(3, { pointId: KIOSK })];
  await Promise.all(Array.from({ length: 8 }, () => hears(...facts)));
  await network.settle();
  expect(await openOf()).toEqual([[3, 45]]);
  expect(await bookOf('earned')).toBe(45);
  expect(await ledgerBreaks()).toEqual([]);
});

test('what is undone gets a counter line, once, and its place in the month is free again', async () => {
  const undone = factOf(4, {
    kind: 'undone',
    rules: ['parcel_stored'],
    subject: { kind: 'shelf_parcel', id: id('spc', 2) },
  });
  await happens(undone);
  await happens(undone);
  expect(await openOf()).toEqual([[4, 30]]);
  await happens(factOf(5, {}));
  expect(await openOf()).toEqual([[5, 45]]);
  expect(await bookOf('earned')).toBe(45);
});

test('cash that a counter took for the operator is owed, but for the network’s share', async () => {
  await happens(
    factOf(6, { kind: 'storage_fee', fee: money(100, 'CNY') }),
    factOf(7, {
      work: 'return_accepted',
      freight: money(1_200, 'CNY'),
      collected: money(1_200, 'CNY'),
      subject: { kind: 'return', id: id('ret', 7) },
    }),
  );
  // 45 - 100 + 50 + 120 - 1,200
  expect(await openOf()).toEqual([[9, -1_085]]);
  expect(await ledgerBreaks()).toEqual([]);
});

type Deduction = { id: string; state: string; appeal_until: string; evidence?: string; appeal?: string };
const deduct = (more: object = {}) =>
  operator.post<Deduction>('/v1/point-deductions', {
    point_id: SHOP,
    reason: 'late_handover',
    subject: { kind: 'return', id: id('ret', 7) },
    occurred_at: MONDAY,
    evidence: 'The courier stood before a closed door',
    ...more,
  });
const decide = (of: Deduction, decision: string) =>
  operator.post<Deduction>(`/v1/point-deductions/${of.id}/decision`, { decision, text: 'We looked at it' });
const appeal = (of: Deduction, by = post) =>
  by.client.post<Deduction>(`/v1/point-deductions/${of.id}/appeal`, { text: 'We were open' });

test('a deduction is appealed once and decided once: all comes back, or nothing', async () => {
  const late = must(await deduct());
  expect(codeOf(await deduct())).toBe('deduction_repeated');
  expect(codeOf(await deduct({ point_id: id('pnt', 9) }))).toBe('deduction_point_unknown');
  expect(codeOf(await deduct({ occurred_at: addMs(MONDAY, DAY) }))).toBe('deduction_in_future');
  expect(await openOf()).toEqual([[10, -1_585]]);
  expect(codeOf(await decide(late, 'upheld'))).toBe('deduction_state_conflict');
  expect((await appeal(late, rival)).status).toBe(404);
  expect(must(await appeal(late))).toMatchObject({
    state: 'appealed',
    evidence: 'The courier stood before a closed door',
    appeal: 'We were open',
  });
  expect(codeOf(await appeal(late))).toBe('deduction_state_conflict');
  expect(must(await decide(late, 'overturned'))).toMatchObject({ recovered: { amount_minor: 500 } });
  expect(await openOf()).toEqual([[11, -1_085]]);
  const lost = must(await deduct({ reason: 'complaint_upheld' }));
  must(await appeal(lost));
  expect(must(await decide(lost, 'upheld'))).toMatchObject({ recovered: { amount_minor: 0 } });
  expect(await openOf()).toEqual([[12, -2_085]]);
  const list = must(await post.client.get<{ data: Deduction[] }>('/v1/point-deductions'));
  expect(list.data.map(({ state }) => state)).toEqual(['upheld', 'overturned']);
  expect(list.data[0]).not.toHaveProperty('evidence');
  expect(must(await rival.client.get<{ data: object[] }>('/v1/point-deductions')).data).toEqual([]);
  const unappealed = must(await deduct({ reason: 'wrong_hand_out' }));
  await clock(addMs(MONDAY, 2 * DAY));
  expect(unappealed.state).toBe('imposed');
  expect(await bookOf('earned')).toBe(-7_085);
});

test('the week closes by itself into a statement that anybody works out again; what is owed opens the next', async () => {
  await clock(addMs(MONDAY, 8 * DAY));
  const [first, ...more] = await statementsOf();
  expect(more).toEqual([]);
  expect(first).toMatchObject({
    week: '2027-03-01',
    zone: 'Asia/Shanghai',
    starts_at: '2027-02-28T16:00:00.000Z',
    lines: 13,
    late_lines: 0,
    earned: { amount_minor: 215 },
    owed: { amount_minor: -7_300 },
    closing: { amount_minor: -7_085 },
    payout: { amount_minor: 0 },
    state: 'carried_over',
  });
  const bundle = await bundleOf(first?.id ?? '');
  expect(verifyPointStatement(bundle)).toEqual([]);
  expect(codeOf(await finance.post(`/v1/point-statements/${first?.id}/payment`, PAYMENT))).toBe(
    'statement_not_payable',
  );
  expect((await rival.client.get(`/v1/point-statements/${first?.id}/lines`)).status).toBe(404);
  const outlets = must(
    await post.client.get<{ data: { id: string; lines: number }[] }>(
      `/v1/point-statements/${first?.id}/outlets`,
    ),
  );
  expect(outlets.data.map((one) => [one.id, one.lines])).toEqual([
    [SHOP, 12],
    [KIOSK, 1],
  ]);
});

const PAYMENT = { bank_reference: 'B-77', value_date: '2027-03-17' };

test('what was told too late is judged by the rules of its time and goes into the next statement, which is paid', async () => {
  const version = await newRules(addMs(MONDAY, 9 * DAY));
  await clock(addMs(MONDAY, 10 * DAY));
  const freight = money(100_000, 'CNY');
  const returned = (n: number, occurredAt: Instant) =>
    factOf(n, {
      work: 'return_accepted',
      freight,
      occurredAt,
      subject: { kind: 'return', id: id('ret', n) },
    });
  await happens(returned(20, addMs(MONDAY, HOUR)), returned(21, addMs(MONDAY, 10 * DAY)));
  await clock(addMs(MONDAY, 15 * DAY));
  const [second] = await statementsOf();
  expect(second).toMatchObject({
    week: '2027-03-08',
    lines: 2,
    late_lines: 1,
    opening: { amount_minor: -7_085 },
    // 10 % by the rules of the first week, 20 % by the new ones.
    earned: { amount_minor: 30_000 },
    payout: { amount_minor: 22_915 },
    state: 'payout_instructed',
  });
  const bundle = await bundleOf(second?.id ?? '');
  expect(bundle.rules.map((one) => one.version_id)).toContain(version);
  expect(bundle.rules).toHaveLength(2);
  // What was agreed with others is their affair.
  expect(JSON.stringify(bundle.rules)).not.toContain(RIVAL);
  expect(verifyPointStatement(bundle)).toEqual([]);
  expect([await bookOf('earned'), await bookOf('payout_due')]).toEqual([0, 22_915]);
  expect((await operator.post(`/v1/point-statements/${second?.id}/payment`, PAYMENT)).status).toBe(403);
  const paid = must(
    await finance.post<Bundle['statement']>(`/v1/point-statements/${second?.id}/payment`, PAYMENT),
  );
  expect(paid).toMatchObject({ state: 'paid', bank_reference: 'B-77' });
  must(await finance.post(`/v1/point-statements/${second?.id}/payment`, PAYMENT));
  const other = { ...PAYMENT, bank_reference: 'B-78' };
  expect(codeOf(await finance.post(`/v1/point-statements/${second?.id}/payment`, other))).toBe(
    'payout_settled',
  );
  await network.settle();
  expect([await bookOf('earned'), await bookOf('payout_due')]).toEqual([0, 0]);
  expect(await ledgerBreaks()).toEqual([]);
});

test('a week that is closed once more stays as it is', async () => {
  const before = await statementsOf();
  const week = { organisationId: post.id as OrganisationId, week: '2027-03-01' };
  await network.postroad.worlds.test.command('network', async (work) =>
    accepted(await closeWeek(work, week)),
  );
  expect(await statementsOf()).toEqual(before);
});

test('work at the counter is paid as it happens, and an undone hand-out takes its lines back', async () => {
  const now = addMs(MONDAY, 15 * DAY);
  const consent = { given_by: 'recipient_at_counter', given_at: now, channel: 'counter', wording: '1' };
  type Waiting = { id: string; state: string };
  const { id: parcel } = must(
    await post.client.post<Waiting>(`/v1/points/${SHOP}/shelf-parcels`, {
      number: 'PAIDATCOUNTER1',
      place: '1-1',
      recipient: { name: 'Li Lei' },
      consent,
    }),
  );
  await network.settle();
  expect(await openOf()).toEqual([[1, 15]]);
  // The free days are over: storage costs 50, of which half is the network's.
  await clock(addMs(now, 5 * DAY + HOUR));
  const identity = { way: 'identity', fee: 'collected', identity: { document: 'identity_card' } };
  must(await post.client.post<Waiting>(`/v1/shelf-parcels/${parcel}/hand-out`, identity));
  await network.settle();
  expect(await openOf()).toEqual([[4, 15 + 20 - 50 + 25]]);
  must(await post.client.post<Waiting>(`/v1/shelf-parcels/${parcel}/undo`, { reason: 'wrong shelf' }));
  await network.settle();
  expect(await openOf()).toEqual([[7, 15]]);
  expect(await bookOf('earned')).toBe(15);
  expect(await ledgerBreaks()).toEqual([]);
  await clock(addMs(MONDAY, 22 * DAY));
  const [third] = await statementsOf();
  expect(third).toMatchObject({ week: '2027-03-15', lines: 7, payout: { amount_minor: 15 } });
  expect(verifyPointStatement(await bundleOf(third?.id ?? ''))).toEqual([]);
});

const RIVAL = id('org', 9);
/** With this network twice the share of a return's freight is agreed, from a moment on; with another one something else. */
async function newRules(validFrom: Instant): Promise<string> {
  const inForce = must(
    await operator.get<{ document: { tariffs: { CN: { work: object } } } }>(
      '/v1/rulebook-kinds/point_commission/in-force',
    ),
  );
  const { document } = inForce;
  const { CN } = document.tariffs;
  const work = { ...CN.work, return_accepted: [{ from: 1, share_basis_points: 2_000 }] };
  const networks = {
    [post.id]: { tariffs: { CN: { ...CN, work } } },
    [RIVAL]: { otherwise: { ...CN, currency: 'CNY', outlet_share_basis_points: 1 } },
  };
  const changed = { ...document, networks };
  const { id: versionId } = must(
    await operator.post<{ id: string }>('/v1/rulebooks', {
      kind: 'point_commission',
      note: 'twice',
      document: changed,
    }),
  );
  must(await operator.post(`/v1/rulebook-versions/${versionId}/tests`, {}));
  must(await operator.post(`/v1/rulebook-versions/${versionId}/activation`, { at: validFrom }));
  return versionId;
}
