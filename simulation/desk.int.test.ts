import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringUpDemo } from '../server/demo.ts';
import { readDemoFile } from '../server/demo-file.ts';
import { must } from '../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../test/setup/network.ts';
import { DAY, instantOf } from './calendar.ts';
import { callerOf } from './caller.ts';
import { openCounters } from './counters.ts';
import { type Desk, deskOf, fillDesk } from './desk.ts';
import type { World } from './world.ts';

let network: TestNetwork;
let dataFolder: string;
let desk: Desk;
let courier: Client;
let warehouse: Client;
let operator: Client;
let start: number;

beforeAll(async () => {
  network = await startTestNetwork();
  dataFolder = await mkdtemp(join(tmpdir(), 'postroad-desk-'));
  const { baseUrl, postroad } = network;
  await bringUpDemo({ baseUrl, worlds: postroad.worlds, dataFolder });
  const { principals, logIns } = await readDemoFile(dataFolder);
  const seats = principals.filter((one) => one.world === 'test');
  const as = (role: string, organisation?: string) => {
    const seat = seats.find(
      (one) => one.role === role && (organisation === undefined || one.organisation === organisation),
    );
    if (seat === undefined) throw new Error(`the demo has no ${role}`);
    return seat;
  };
  const caller = (key: string) => callerOf(baseUrl, key, new Map());
  operator = network.client(as('operator').key);
  start = Date.parse(must(await operator.get<{ now: string }>('/v1/test/clock')).now);
  const carriers = seats
    .filter((one) => one.role === 'carrier')
    .map((one) => [
      one.organisation,
      { code: one.organisation, organisationId: one.organisation_id, office: caller(one.key) },
    ]);
  const opened = await deskOf({ baseUrl, people: logIns }, {
    merchants: [{ index: 0, home: { country: 'CN' } }],
    parties: {
      merchants: [{ app: caller(as('merchant_admin', 'merchant').key) }],
      carriers: new Map(carriers as never),
      operator: caller(as('operator').key),
      warehouses: new Map([['CN', caller(as('warehouse_staff', 'warehouse_cn').key)]]),
    },
  } as unknown as World);
  if (opened === undefined) throw new Error('no desk');
  desk = opened;
  courier = await logIn(logIns, 'courier');
  warehouse = await logIn(logIns, 'warehouse_staff');
});
afterAll(async () => {
  await network?.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

async function logIn(
  people: readonly { email: string; password: string; role: string }[],
  role: string,
): Promise<Client> {
  const person = people.find((one) => one.role === role);
  const answer = await network
    .client()
    .post<object>('/v1/sessions', { email: person?.email, password: person?.password, world: 'test' });
  must(answer);
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const client = network.client();
  return { ...client, get: (path) => client.get(path, { cookie }) };
}

type Stops = { day: string; stops: { cash_due?: object; safe_places: string[] }[] };
const stops = async () => must(await courier.get<Stops>('/v1/courier/deliveries'));
const visits = async () => must(await courier.get<{ data: { parcels: object[] }[] }>('/v1/courier/pickups'));
const handovers = async () => must(await warehouse.get<{ data: { state: string }[] }>('/v1/handovers'));

test('the demo’s courier and warehouse hand log in and find work; filling twice makes no more', async () => {
  await fillDesk(desk, start);
  await fillDesk(desk, start);
  expect((await visits()).data.map((visit) => visit.parcels.length)).toEqual([3]);
  const { day, stops: list } = await stops();
  expect(day).toBe(instantOf(start).slice(0, 10));
  expect(list).toHaveLength(6);
  expect(list.filter((stop) => stop.cash_due !== undefined)).toHaveLength(1);
  expect(list.filter((stop) => stop.safe_places.includes('door'))).toHaveLength(1);
  expect((await handovers()).data.map((one) => one.state)).toEqual(['committed']);
});

test('operations finds a code that nobody understands, and one that was mapped and reads its scans', async () => {
  await network.settle();
  type Coded = { code: string; scans: number | { mapped: number; open: number; waiting: number } };
  const listed = async (path: string) => must(await operator.get<{ data: Coded[] }>(path)).data;
  const mapped = await listed('/v1/code-mappings');
  expect(mapped.map(({ code, scans }) => [code, scans])).toEqual([
    ['SM-40', { mapped: 3, open: 0, waiting: 0 }],
  ]);
  const unmapped = await listed('/v1/unmapped-codes');
  expect(unmapped.map(({ code, scans }) => [code, scans])).toEqual([['SM-77', 3]]);
});

test('what was left over stands on the next day’s list', async () => {
  must(await operator.post('/v1/test/clock', { now: instantOf(start + DAY) }));
  await fillDesk(desk, start + DAY);
  const { day, stops: list } = await stops();
  expect(day).toBe(instantOf(start + DAY).slice(0, 10));
  expect(list).toHaveLength(6);
});

test('counters open once: a clerk finds parcels and a return, the office its outlets, a buyer an order to send back', async () => {
  const { baseUrl } = network;
  const { principals, logIns } = await readDemoFile(dataFolder);
  const keyOf = (role: string, organisation: string) => {
    const seat = principals.find(
      (one) => one.world === 'test' && one.role === role && one.organisation === organisation,
    );
    return callerOf(baseUrl, seat?.key, new Map());
  };
  const opening = { kind: 'carrier', name: 'SF', country: 'CN', carrier_code: 'sf_express' };
  const { id } = must(await operator.post<{ id: string }>('/v1/organisations', opening));
  const minted = must(
    await operator.post<{ secret: string }>('/v1/api-keys', {
      ...{ organisation_id: id, role: 'carrier', name: 'SF' },
    }),
  );
  const now = Date.parse(must(await operator.get<{ now: string }>('/v1/test/clock')).now);
  const world = {
    now: () => now,
    merchants: [{ index: 0, home: { country: 'CN' } }],
    parties: {
      merchants: [{ owner: keyOf('merchant_admin', 'merchant') }],
      marketplaces: [
        { staff: keyOf('marketplace_staff', 'marketplace') },
        { staff: keyOf('marketplace_staff', 'marketplace_2') },
      ],
      carriers: new Map([['sf_express', { office: callerOf(baseUrl, minted.secret, new Map()) }]]),
      buyer: callerOf(baseUrl, undefined, new Map()),
    },
  } as unknown as World;
  const said: string[] = [];
  const open = () =>
    openCounters({ baseUrl, people: logIns }, world, keyOf('operator', 'operator'), (line) =>
      said.push(line),
    );
  await open();
  await open();
  expect(said.join()).toContain('DEMO-RETURN-1');
  const office = keyOf('point_staff', 'point');
  const points = await Array.fromAsync(office.listAll('/v1/points'));
  expect(points.map(({ outlet_code: code, state }) => [code, state]).sort()).toEqual([
    ['CP-1', 'trial'],
    ['CP-2', 'trial'],
    ['CP-3', 'trial'],
  ]);
  const parcels = await Array.fromAsync(office.listAll('/v1/shelf-parcels'));
  const states = Map.groupBy(parcels, ({ state }) => state);
  expect([...states].map(([state, own]) => [state, own.length]).sort()).toEqual([
    ['announced', 9],
    ['handed_out', 6],
    ['stored', 15],
  ]);
  const first = points.find(({ outlet_code: code }) => code === 'CP-1');
  const taken = await office.get('/v1/point-returns', { params: { query: { point_id: first?.id ?? '' } } });
  expect(taken.data).toHaveLength(1);
  for (const state of ['placed', 'accepted'] as const) {
    const params = { path: { point_id: first?.id ?? '' }, query: { state } };
    const { data } = await office.get('/v1/points/{point_id}/mailings', { params });
    expect([state, data.length]).toEqual([state, 1]);
  }
  expect(said.at(-1)).toMatch(/with the code [2-9A-Z]{4}-[2-9A-Z]{4} brings a mailing/);
  const clerks = await office.get('/v1/point-clerks');
  expect(clerks.data.map(({ point_ids: ids }) => ids.length)).toEqual([2]);
});
