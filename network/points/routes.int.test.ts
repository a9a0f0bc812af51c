import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { fundWallet, must } from '../../test/setup/market.ts';
import { startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { type CountryCode, instant, type OrganisationId, type PointId } from '../kernel/index.ts';
import { verifyLedger, walletOf } from '../ledger/index.ts';
import { findPointBlock } from './partner-store.ts';
import { aPoint, insertPoints, pointApplication } from './points.fixture.ts';
import { listPointsChangedSince } from './store.ts';

type Opened = Awaited<ReturnType<TestNetwork['open']>>;
type PointBody = { id: string; state: string; version: number; outlet_code: string; trial_until?: string };
let network: TestNetwork;
let post: Opened;
let rival: Opened;
let operator: Opened['client'];

beforeAll(async () => {
  network = await startTestNetwork();
  const opening = (name: string) =>
    network.open(
      { kind: 'point_operator', name, country: 'CN' as CountryCode } as never,
      'point_staff',
      'test',
    );
  [post, rival] = [await opening('Post'), await opening('Rival')];
  const { test: world } = network.postroad.worlds;
  const key = await mintForBootstrap(world, (await findOperator(world)) ?? '', 'operator', 'test operator');
  operator = network.client(key);
}, 60_000);
afterAll(() => network?.stop());

const codeOf = (answer: { body: unknown }) => (answer.body as { code?: string }).code;
const apply = (code: string, more = {}, by = post) =>
  by.client.post<PointBody>('/v1/points', pointApplication(code, more));
const decide = (id: string, body: object) => operator.post<PointBody>(`/v1/points/${id}/decisions`, body);

const PAPER = new TextEncoder().encode(`%PDF-1.7\n${'lease '.repeat(20)}\n%%EOF\n`);

test('an outlet of a network under contract goes from application to its trial and is active after 14 days', async () => {
  const { id, state } = must(await apply('A1'));
  expect(state).toBe('applied');
  must(await decide(id, { decision: 'accept_application' }));
  expect(codeOf(await decide(id, { decision: 'accept_documents' }))).toBe('point_documents_missing');
  const upload = (type: string, bytes: Uint8Array) =>
    post.client.send<{ id: string }>('POST', `/v1/points/${id}/documents?kind=lease`, bytes, {
      'content-type': type,
    });
  expect(codeOf(await upload('application/pdf', new TextEncoder().encode('x'.repeat(200))))).toBe(
    'point_document_unreadable',
  );
  const paper = must(await upload('application/pdf', PAPER));
  const read = await operator.get(`/v1/points/${id}/documents/${paper.id}`);
  expect([read.headers.get('content-type'), read.bytes]).toEqual(['application/pdf', PAPER]);
  expect((await rival.client.get(`/v1/points/${id}/documents/${paper.id}`)).status).toBe(404);
  must(await decide(id, { decision: 'accept_documents' }));
  const checked = must(await decide(id, { decision: 'record_site_check', passed: true, note: 'bright' }));
  expect(checked.state).toBe('contract');
  expect(codeOf(await decide(id, { decision: 'complete_training' }))).toBe('point_state_conflict');
  const contract = {
    number: 'P-1',
    needs_documents: false,
    needs_site_check: false,
    valid_from: '2020-01-01T00:00:00Z',
  };
  must(await operator.send('PUT', `/v1/point-networks/${post.id}/contract`, contract));
  const trained = must(await decide(id, { decision: 'complete_training' }));
  expect(trained.state).toBe('trial');
  must(await operator.post('/v1/test/clock', { now: trained.trial_until }));
  await network.settle();
  const active = must(await post.client.get<PointBody>(`/v1/points/${id}/record`));
  expect(active.state).toBe('active');
  const facts = must(
    await post.client.get<{ data: { fact: string; note?: string }[] }>(`/v1/points/${id}/facts`),
  );
  expect(facts.data.map(({ fact }) => fact)).toEqual([
    'apply',
    'accept_application',
    'accept_documents',
    'record_site_check',
    'contract_in_force',
    'complete_training',
    'end_trial',
  ]);
  const second = must(await apply('A2'));
  expect(must(await decide(second.id, { decision: 'accept_application' })).state).toBe('training');
});

test('a network leaves a deposit before its outlets open, and gets it back less what is deducted', async () => {
  const shop = await network.open(
    { kind: 'point_operator', name: 'Lone shop', country: 'CN' as CountryCode } as never,
    'point_staff',
    'test',
  );
  const { id } = must(await apply('S1', {}, shop));
  const contract = {
    number: 'P-2',
    needs_documents: false,
    needs_site_check: false,
    deposit: { amount_minor: 50_000, currency: 'CNY' },
    valid_from: '2020-01-01T00:00:00Z',
  };
  must(await operator.send('PUT', `/v1/point-networks/${shop.id}/contract`, contract));
  expect(must(await decide(id, { decision: 'accept_application' })).state).toBe('contract');
  const pay = () => shop.client.post(`/v1/point-networks/${shop.id}/deposit`);
  expect(codeOf(await pay())).toBe('wallet_missing');
  await fundWallet(operator, shop, 'CNY', 60_000);
  expect(must(await pay())).toMatchObject({ deposit_paid: { amount_minor: 50_000, currency: 'CNY' } });
  expect(codeOf(await pay())).toBe('point_deposit_not_due');
  const record = () => shop.client.get<PointBody>(`/v1/points/${id}/record`);
  expect(must(await record()).state).toBe('training');
  const giveBack = (deductions: object[]) =>
    operator.post<{ returned: object[] }>(`/v1/point-networks/${shop.id}/deposit-return`, { deductions });
  expect(codeOf(await giveBack([]))).toBe('point_network_still_open');
  must(
    await shop.client.post(`/v1/points/${id}/exit`, {
      last_moment: '2030-01-01T00:00:00Z',
      reason: 'changed my mind',
    }),
  );
  expect(must(await record()).state).toBe('exited');
  const tooMuch = [{ amount_minor: 50_001, reason: 'scanner' }];
  expect(codeOf(await giveBack(tooMuch))).toBe('deduction_exceeds_deposit');
  const back = must(await giveBack([{ amount_minor: 8_000, reason: 'a scanner was not returned' }]));
  expect(back.returned).toEqual([{ amount_minor: 42_000, currency: 'CNY' }]);
  expect(must(await giveBack([])).returned).toEqual([]);
  await network.settle();
  const { worlds } = network.postroad;
  expect(await worlds.test.read('network', (db) => verifyLedger(db))).toEqual([]);
  const wallet = await worlds.test.read('network', (db) =>
    walletOf(db, shop.id as OrganisationId, 'CNY' as never),
  );
  expect(wallet?.balanceMinor).toBe(52_000);
});

test('who opened twenty days ago and has recorded no filing is reminded once', async () => {
  const opened = async (code: string) => {
    const { id } = must(await apply(code));
    must(await decide(id, { decision: 'accept_application' }));
    must(await decide(id, { decision: 'complete_training' }));
    return id;
  };
  const [filed, late] = [await opened('F1'), await opened('F2')];
  must(await post.client.post(`/v1/points/${filed}/filing`, { number: 'YZ-33-0001' }));
  const now = Date.parse(must(await operator.get<{ now: string }>('/v1/test/clock')).now);
  must(await operator.post('/v1/test/clock', { now: new Date(now + 20 * 86_400_000).toISOString() }));
  await network.settle();
  const factsOf = async (id: string) =>
    must(await post.client.get<{ data: { fact: string }[] }>(`/v1/points/${id}/facts`)).data.map(
      ({ fact }) => fact,
    );
  expect((await factsOf(late)).filter((fact) => fact === 'filing_due')).toHaveLength(1);
  type Network = { states: { state: string; outlets: number }[]; filings_due: { point_id: string }[] };
  const glance = must(await post.client.get<Network>(`/v1/point-networks/${post.id}`));
  const due = glance.filings_due.map((one) => one.point_id);
  expect(due).toContain(late);
  expect(due).not.toContain(filed);
  expect(glance.states.find(({ state }) => state === 'active')?.outlets).toBeGreaterThanOrEqual(2);
  expect((await rival.client.get(`/v1/point-networks/${post.id}`)).status).toBe(404);
  must(await post.client.post(`/v1/points/${late}/filing`, { number: 'YZ-33-0002' }));
  const then = must(await post.client.get<Network>(`/v1/point-networks/${post.id}`));
  expect(then.filings_due.map((one) => one.point_id)).not.toContain(late);
  expect(await factsOf(filed)).not.toContain('filing_due');
});

test('everybody reads the public face; the record is the network’s own', async () => {
  const { id } = must(await apply('B1'));
  const face = must(await rival.client.get<Record<string, unknown>>(`/v1/points/${id}`));
  expect(face).toMatchObject({ id, name: 'Corner Shop', state: 'applied', takes_demand: false });
  expect(face).not.toHaveProperty('capacity');
  expect((await rival.client.get(`/v1/points/${id}/record`)).status).toBe(404);
  expect((await rival.client.send('PATCH', `/v1/points/${id}`, { name: 'Mine' })).status).toBe(404);
  expect(
    (await post.client.post(`/v1/points/${id}/decisions`, { decision: 'accept_application' })).status,
  ).toBe(403);
});

test('a change is validated and keeps what is left out', async () => {
  const { id } = must(await apply('C1'));
  const change = (body: object) =>
    post.client.send<PointBody & { capacity: { shelf: number } }>('PATCH', `/v1/points/${id}`, body);
  expect(must(await change({ hours: [{ day: 1, opens: '09:00', closes: '24:00' }] })).capacity.shelf).toBe(
    50,
  );
  const overlap = [
    { day: 1, opens: '09:00', closes: '12:00' },
    { day: 1, opens: '11:00', closes: '13:00' },
  ];
  expect((await change({ hours: overlap })).status).toBe(400);
  const bow = [
    [0, 0],
    [1, 1],
    [0, 1],
    [1, 0],
    [0, 0],
  ].map(([latitude, longitude]) => ({ latitude, longitude }));
  expect(codeOf(await change({ range: { kind: 'polygon', ring: bow } }))).toBe('point_range_invalid');
  expect(must(await change({ range: { kind: 'divisions', codes: ['330106'] } }))).toHaveProperty('range');
  expect(must(await change({ range: null }))).not.toHaveProperty('range');
  expect(codeOf(await change({ fee_per_parcel: { amount_minor: 5, currency: 'CNY' } }))).toBe(
    'point_fee_by_operator',
  );
  expect(must(await change({ test_behaviour: 'closed' }))).toMatchObject({ is_open: false });
  expect(codeOf(await apply('C1'))).toBe('point_outlet_code_taken');
  expect((await apply('C1', {}, rival)).status).toBe(201);
});

test('a pause and an exit are announced and come on their day', async () => {
  const now = Date.parse(must(await operator.get<{ now: string }>('/v1/test/clock')).now);
  const day = (days: number) => new Date(now + days * 86_400_000).toISOString();
  const { id } = must(await apply('D1'));
  must(await decide(id, { decision: 'accept_application' }));
  must(await decide(id, { decision: 'complete_training' }));
  const pause = { from: day(4), until: day(6), reason: 'renovation' };
  expect(must(await post.client.post<PointBody>(`/v1/points/${id}/pause`, pause)).state).toBe('trial');
  const exit = { last_moment: day(12), reason: 'the lease ends' };
  must(await post.client.post(`/v1/points/${id}/exit`, exit));
  const stateOn = async (days: number) => {
    must(await operator.post('/v1/test/clock', { now: day(days) }));
    await network.settle();
    return must(await post.client.get<PointBody>(`/v1/points/${id}/record`)).state;
  };
  expect(await stateOn(5)).toBe('paused');
  expect(await stateOn(6)).toBe('trial');
  expect(await stateOn(12)).toBe('exited');
});

test('pages and filters of the list, for the network and the operator', async () => {
  const mine = must(await post.client.get<{ data: PointBody[]; next_cursor?: string }>('/v1/points?limit=2'));
  expect(mine.data).toHaveLength(2);
  const rest = must(
    await post.client.get<{ data: PointBody[] }>(`/v1/points?limit=100&cursor=${mine.next_cursor}`),
  );
  expect(rest.data.map(({ id }) => id)).not.toContain(mine.data[1]?.id);
  const theirs = must(
    await operator.get<{ data: { organisation_id: string }[] }>(`/v1/points?organisation_id=${rival.id}`),
  );
  expect(theirs.data.map((one) => one.organisation_id)).toEqual([rival.id]);
  const named = (text: string) =>
    post.client.get<{ data: PointBody[] }>(`/v1/points?text=${encodeURIComponent(text)}`);
  expect(must(await named('d1')).data.map((one) => one.outlet_code)).toEqual(['D1']);
  expect(must(await named('%')).data).toEqual([]);
});

test('a block is found for whom it meets, and no more once it is lifted', async () => {
  const body = { kind: 'postcode', country: 'CN', postcode: '310099', reason: 'village' };
  const block = must(await post.client.post<{ id: string }>('/v1/point-blocks', body));
  expect(must(await post.client.post<{ id: string }>('/v1/point-blocks', body)).id).toBe(block.id);
  const look = (postcode: string) =>
    network.postroad.worlds.test.read('network', (db) =>
      findPointBlock(db, post.id, { country: 'CN', divisionCodes: ['330000'], postcode }),
    );
  expect(await look('310099')).toMatchObject({ reason: 'village' });
  expect(await look('310098')).toBeUndefined();
  expect((await rival.client.send('DELETE', `/v1/point-blocks/${block.id}`)).status).toBe(404);
  expect((await post.client.send('DELETE', `/v1/point-blocks/${block.id}`)).status).toBe(204);
  expect(await look('310099')).toBeUndefined();
});

test('what changed since a horizon is found, also what committed late', async () => {
  const { worlds } = network.postroad;
  const idOf = (last: string) => `pnt_${'0'.repeat(25)}${last}` as PointId;
  const owner = rival.id as OrganisationId;
  const changed = (horizon: string | undefined) =>
    worlds.live.read('network', (db) => listPointsChangedSince(db, horizon, '', 100));
  const write = (...ids: string[]) =>
    worlds.live.database.transaction('network', async (tx) => ({
      keep: true,
      value: await insertPoints(
        tx,
        ids.map((id) => aPoint(idOf(id), owner, { outletCode: id })),
      ),
    }));
  const none = await changed(undefined);
  expect(none.points).toEqual([]);
  const slow = aPoint(idOf('1'), owner, { outletCode: '1', exitsAt: instant('2027-01-01T00:00:00Z') });
  const written = Promise.withResolvers<void>();
  const mayCommit = Promise.withResolvers<void>();
  const late = worlds.live.database.transaction('network', async (tx) => {
    await insertPoints(tx, [slow]);
    written.resolve();
    await mayCommit.promise;
    return { keep: true, value: undefined };
  });
  await written.promise;
  await write('2');
  const seen = await changed(none.horizon);
  expect(seen.points.map(({ id }) => id)).toEqual([idOf('2')]);
  mayCommit.resolve();
  await late;
  const then = await changed(seen.horizon);
  expect(then.points.find(({ id }) => id === slow.id)).toEqual(slow);
  await write('2');
  const again = await changed(then.horizon);
  // While something else still runs, what was seen may come again.
  expect(again.points.map(({ id }) => id)).toContain(idOf('2'));
});
