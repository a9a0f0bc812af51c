import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CountryCode } from '../../network/kernel/index.ts';
import { pointApplication } from '../../network/points/points.fixture.ts';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { must } from '../setup/market.ts';
import { startTestNetwork, type TestNetwork } from '../setup/network.ts';
import type { Batch, Opened, Shelf, Sync } from './waiting-answers.ts';

// What a counter tells late: that a hand-out was none, when the door holds something else by now; and what its device
// recorded without a network, in whatever order it arrives.

let network: TestNetwork;
let marketplace: Opened;
let post: Opened;
let station: string;
let locker: string;
let serial = 0;

const DEVICE = 'phone-late-1';
const now = Date.parse('2027-03-01T09:00:00Z');
const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const codeOf = (answer: { body: unknown }) => (answer.body as { code?: string }).code;
const nameOf = (kind: string) => {
  serial += 1;
  return `${kind}-${String(serial).padStart(8, '0')}`;
};

beforeAll(async () => {
  network = await startTestNetwork();
  const { test } = network.postroad.worlds;
  const operator = network.client(
    await mintForBootstrap(test, (await findOperator(test)) ?? '', 'operator', 'test operator'),
  );
  const country = 'CN' as CountryCode;
  marketplace = await network.open(
    { kind: 'marketplace', name: 'Bazaar', country },
    'marketplace_staff',
    'test',
  );
  post = await network.open({ kind: 'point_operator', name: 'Post', country }, 'point_staff', 'test');
  must(await operator.post('/v1/test/clock', { now: new Date(now).toISOString() }));
  must(
    await operator.send('PUT', `/v1/point-networks/${post.id}/contract`, {
      number: 'P-1',
      needs_documents: false,
      needs_site_check: false,
      valid_from: '2020-01-01T00:00:00Z',
    }),
  );
  const open = async (outlet: string, kind: string) => {
    const application = { ...pointApplication(outlet), kind, services: ['collect'] };
    const { id } = must(await post.client.post<{ id: string }>('/v1/points', application));
    for (const decision of ['accept_application', 'complete_training'])
      must(await operator.post(`/v1/points/${id}/decisions`, { decision }));
    return id;
  };
  [station, locker] = [await open('S1', 'station'), await open('L1', 'locker')];
}, 60_000);
afterAll(() => network?.stop());

const consent = { given_by: 'recipient', given_at: minutesAgo(600), channel: 'checkout', wording: '2027-01' };
const recipient = { name: 'Lin Wei', phone: '+8613912345678' };

async function announce(point_id: string): Promise<{ id: string; number: string }> {
  const number = nameOf('LATE').replace('-', '');
  const parcel = { point_id, number, carrier_code: 'sf_express', recipient, consent };
  const parcels = [{ object_id: number, parcel }];
  const { results } = must(await marketplace.client.post<Batch>('/v1/point-deliveries', { parcels }));
  return { id: results[0]?.shelf_parcel_id ?? '', number };
}

const store = (point: string, number: string, place: string, more: object = {}) =>
  post.client.post<Shelf>(`/v1/points/${point}/shelf-parcels`, { number, place, ...more });
const read = async (id: string) => must(await post.client.get<Shelf>(`/v1/shelf-parcels/${id}`));
const undo = (id: string, more: object = {}) =>
  post.client.post<Shelf>(`/v1/shelf-parcels/${id}/undo`, { reason: 'the wrong door', ...more });
const sync = async (point: string, actions: readonly object[]) =>
  must(await post.client.post<Sync>(`/v1/points/${point}/sync`, { device_id: DEVICE, actions })).results;
const became = async (point: string, actions: readonly object[]) =>
  (await sync(point, actions)).map(({ outcome, conflict }) => conflict ?? outcome);

async function takenOut(place: string): Promise<{ id: string; number: string }> {
  const parcel = await announce(locker);
  must(await store(locker, parcel.number, place));
  const code = must(
    await marketplace.client.get<{ code: string }>(`/v1/shelf-parcels/${parcel.id}/code`),
  ).code;
  must(await post.client.post(`/v1/shelf-parcels/${parcel.id}/hand-out`, { way: 'locker', code }));
  return parcel;
}

describe('a hand-out at a locker was none', () => {
  it('its door holds something else by now: it lies behind another one, or is out', async () => {
    const first = await takenOut('A01');
    const second = await announce(locker);
    must(await store(locker, second.number, 'A01'));
    expect(codeOf(await undo(first.id))).toBe('shelf_place_taken');
    expect(codeOf(await undo(first.id, { place: 'A01' }))).toBe('shelf_place_taken');
    expect(codeOf(await undo(first.id, { place: 'no door at all' }))).toBe('shelf_place_invalid');
    expect((await read(first.id)).state).toBe('handed_out');
    expect(must(await undo(first.id, { place: 'a02' }))).toMatchObject({ state: 'stored', place: 'A02' });
    expect(codeOf(await store(locker, (await announce(locker)).number, 'A02'))).toBe('shelf_place_taken');
    const steps = (await read(first.id)).steps ?? [];
    expect(steps.at(-1)).toMatchObject({ fact: 'hand_out_undone', detail: { from: 'A01', to: 'A02' } });
    expect(codeOf(await undo(second.id, { place: 'A03' }))).toBe('shelf_place_invalid');
    expect(must(await undo(second.id)).state).toBe('announced');
  });

  it('of eight clerks who put something behind that door, or back behind it, one does', async () => {
    const back = [await takenOut('B01'), await takenOut('B01'), await takenOut('B01'), await takenOut('B01')];
    const fresh = await Promise.all(Array.from({ length: 4 }, () => announce(locker)));
    const answers = await Promise.all([
      ...back.map(({ id }) => undo(id)),
      ...fresh.map(({ number }) => store(locker, number, 'B01')),
    ]);
    expect(answers.map(codeOf).filter((code) => code !== 'shelf_place_taken')).toEqual([undefined]);
    const shelf = must(
      await post.client.get<{ places: { place: string; parcels: number }[] }>(`/v1/points/${locker}/shelf`),
    );
    expect(shelf.places.find(({ place }) => place === 'B01')?.parcels).toBe(1);
  });

  it('told late by a device, it is kept for a person, who says where it lies', async () => {
    const { id, number } = await announce(locker);
    must(await store(locker, number, 'C01'));
    const [given, undone] = [nameOf('given'), nameOf('undone')];
    const handOut = { client_id: given, kind: 'hand_out', number, way: 'locker', occurred_at: minutesAgo(0) };
    expect(await became(locker, [handOut])).toEqual(['not_leased']);
    must(await store(locker, (await announce(locker)).number, 'C01'));
    const late = { client_id: undone, kind: 'undo', number, undoes: given, occurred_at: minutesAgo(0) };
    expect(await became(locker, [late])).toEqual(['place_taken']);
    expect((await read(id)).state).toBe('handed_out');
    must(await undo(id, { place: 'C02' }));
    const stored = { client_id: nameOf('store'), kind: 'store', place: 'C02', occurred_at: minutesAgo(0) };
    const third = await announce(locker);
    expect(await became(locker, [{ ...stored, number: third.number }])).toEqual(['place_taken']);
  });
});

type Act = {
  readonly client_id: string;
  readonly kind: string;
  readonly undoes?: string;
  readonly place?: string;
  readonly way?: string;
};

/** What one device does with one parcel, as a walk through its states; each choice says which way it goes. */
function chainOf(number: string, choices: readonly number[]) {
  const acts: Act[] = [];
  let [state, place, last] = ['announced', '', ''];
  for (const choice of choices) {
    const client_id = nameOf('act');
    const at = { client_id, number, occurred_at: minutesAgo(300 - acts.length) };
    if (state === 'announced') {
      place = `${acts.length + 1}-1`;
      acts.push({ ...at, kind: 'store', place });
      [state, last] = ['stored', client_id];
    } else if (choice === 0) acts.push({ ...at, kind: 'wrong_code' });
    else if (state === 'handed_out') {
      acts.push({ ...at, kind: 'undo', undoes: last });
      [state, last] = ['stored', ''];
    } else if (choice === 1 && last !== '') {
      // What was handed out and taken back was certainly stored: only a storing just before is taken back.
      acts.push({ ...at, kind: 'undo', undoes: last });
      state = 'announced';
    } else {
      acts.push({ ...at, kind: 'hand_out', way: 'identity' });
      [state, last] = ['handed_out', client_id];
    }
  }
  return { acts, state, place: state === 'announced' ? undefined : place };
}

describe('what a device did arrives in any order', () => {
  const conflictsOf = async (number: string) =>
    must(
      await post.client.get<{ data: { number: string; client_id: string; conflict: string }[] }>(
        `/v1/points/${station}/sync-conflicts?limit=200`,
      ),
    ).data.filter((one) => one.number === number);

  it('an undo waits for its act, is applied once when that comes, and is answered so', async () => {
    const { id, number } = await announce(station);
    must(await store(station, number, '1-1'));
    const given = {
      client_id: nameOf('given'),
      kind: 'hand_out',
      number,
      way: 'identity',
      occurred_at: minutesAgo(0),
    };
    const undone = {
      client_id: nameOf('undone'),
      kind: 'undo',
      number,
      undoes: given.client_id,
      occurred_at: minutesAgo(0),
    };
    expect(await became(station, [undone])).toEqual(['act_missing']);
    expect(await conflictsOf(number)).toMatchObject([
      { client_id: undone.client_id, conflict: 'act_missing' },
    ]);
    // A person who has looked meanwhile does not make it untrue.
    must(
      await post.client.post(`/v1/points/${station}/sync-conflicts/resolution`, {
        ...{ device_id: DEVICE, client_id: undone.client_id, resolution: 'It lies on the shelf.' },
      }),
    );
    expect(await became(station, [given])).toEqual(['not_leased']);
    expect((await read(id)).state).toBe('stored');
    expect(await sync(station, [undone, given])).toMatchObject([
      { outcome: 'already', shelf_parcel_id: id },
      { outcome: 'already', conflict: 'not_leased' },
    ]);
    const facts = (await read(id)).steps?.map(({ fact }) => fact);
    expect(facts).toEqual(['stored', 'handed_out', 'hand_out_undone']);
    // Both at once, the wrong way round: the answer tells what became of each.
    const other = await announce(station);
    const stored = {
      client_id: nameOf('stored'),
      kind: 'store',
      number: other.number,
      place: '1-2',
      occurred_at: minutesAgo(9),
    };
    const back = {
      client_id: nameOf('back'),
      kind: 'undo',
      number: other.number,
      undoes: stored.client_id,
      occurred_at: minutesAgo(8),
    };
    expect(await became(station, [back, stored])).toEqual(['done', 'done']);
    expect((await read(other.id)).state).toBe('announced');
  });

  it('an undo of what came to nothing says so', async () => {
    const given = {
      client_id: nameOf('given'),
      kind: 'hand_out',
      number: 'NEVERSEEN9',
      occurred_at: minutesAgo(9),
    };
    const undone = { ...given, client_id: nameOf('undone'), kind: 'undo', undoes: given.client_id };
    expect(await became(station, [undone, given])).toEqual(['nothing_to_undo', 'unknown_parcel']);
  });

  it('an act and its undo that race in two requests are both taken, also of a parcel that nobody announced', async () => {
    for (let round = 0; round < 6; round += 1) {
      const number = nameOf('RACE').replace('-', '');
      const at = { number, occurred_at: minutesAgo(5) };
      const stored = { ...at, client_id: nameOf('stored'), kind: 'store', place: '2-1', recipient, consent };
      const undone = { ...at, client_id: nameOf('undone'), kind: 'undo', undoes: stored.client_id };
      await Promise.all([sync(station, [undone]), sync(station, [stored])]);
      const { data } = must(await post.client.get<{ data: Shelf[] }>(`/v1/shelf-parcels?number=${number}`));
      expect(data.map(({ state }) => state)).toEqual(['announced']);
      expect(await conflictsOf(number)).toEqual([]);
    }
  });

  it('the parcel is at the end where it was left, whatever came first; nothing is lost, nothing counts twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 7 }),
        fc.array(fc.nat(), { minLength: 7, maxLength: 7 }),
        fc.integer({ min: 1, max: 7 }),
        async (choices, order, together) => {
          const { id, number } = await announce(station);
          const { acts, state, place } = chainOf(number, choices);
          const shuffled = acts
            .map((act, index) => ({ act, key: order[index] ?? 0 }))
            .toSorted((one, other) => one.key - other.key)
            .map(({ act }) => act);
          for (let from = 0; from < shuffled.length; from += together)
            await sync(station, shuffled.slice(from, from + together));
          const after = await read(id);
          expect(after.state).toBe(state);
          const recorded = after.steps?.length ?? 0;
          const again = await sync(station, acts);
          expect(again.map(({ outcome }) => outcome)).toEqual(acts.map(() => 'already'));
          expect((await read(id)).steps).toHaveLength(recorded);
          // Each act stands on record, or is kept for a person.
          const kept = again.filter(({ conflict }) => conflict !== undefined && conflict !== 'not_leased');
          expect(recorded + kept.length).toBe(acts.length);
          if (kept.length === 0) expect(after.place).toBe(place);
        },
      ),
      { numRuns: 30 },
    );
  });
});
