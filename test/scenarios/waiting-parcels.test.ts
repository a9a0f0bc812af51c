import { pbkdf2Sync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CountryCode } from '../../network/kernel/index.ts';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { must } from '../setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../setup/network.ts';
import type { Batch, Opened, Shelf, Sync, Waiting } from './waiting-answers.ts';

// Parcels that wait at a counter for their recipients, told in order; each party acts with its own key, in the test world
// with its clock.

let network: TestNetwork;
let operator: Client;
let marketplace: Opened;
let stranger: Opened;
let post: Opened;
let station: string;
let locker: string;
let serial = 0;
let now = Date.parse('2027-03-01T09:00:00Z');

const NAME = 'Katharina Lindner';
const PHONE = '+4915112345678';
const codeOf = (answer: { body: unknown }) => (answer.body as { code?: string }).code;

/** Goes on in the test world's time. */
async function goOn(hours: number): Promise<void> {
  now += hours * 3_600_000;
  must(await operator.post('/v1/test/clock', { now: new Date(now).toISOString() }));
  await network.settle();
}

beforeAll(async () => {
  network = await startTestNetwork();
  const { test } = network.postroad.worlds;
  operator = network.client(
    await mintForBootstrap(test, (await findOperator(test)) ?? '', 'operator', 'test operator'),
  );
  const country = 'DE' as CountryCode;
  marketplace = await network.open(
    { kind: 'marketplace', name: 'Bazaar', country },
    'marketplace_staff',
    'test',
  );
  stranger = await network.open({ kind: 'marketplace', name: 'Other', country }, 'marketplace_staff', 'test');
  post = await network.open({ kind: 'point_operator', name: 'Post', country }, 'point_staff', 'test');
  await goOn(0);
  must(
    await operator.send('PUT', `/v1/point-networks/${post.id}/contract`, {
      number: 'P-1',
      needs_documents: false,
      needs_site_check: false,
      valid_from: '2020-01-01T00:00:00Z',
    }),
  );
  [station, locker] = [await openPoint('S1', 'station'), await openPoint('L1', 'locker')];
}, 60_000);
afterAll(() => network?.stop());

async function openPoint(outlet: string, kind: string): Promise<string> {
  const hours = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '08:00', closes: '20:00' }));
  const { id } = must(
    await post.client.post<{ id: string }>('/v1/points', {
      outlet_code: outlet,
      name: `Counter ${outlet}`,
      kind,
      services: ['collect'],
      country: 'DE',
      division_codes: [],
      city: 'Berlin',
      postcode: '10115',
      address_lines: ['Invalidenstraße 1'],
      position: { latitude: 52.53, longitude: 13.38 },
      zone: 'Europe/Berlin',
      hours,
      capacity: { per_hour: { collect: 100 }, shelf: 100 },
    }),
  );
  for (const decision of ['accept_application', 'complete_training'])
    must(await operator.post(`/v1/points/${id}/decisions`, { decision }));
  return id;
}

const consent = () => ({
  given_by: 'recipient',
  given_at: new Date(now).toISOString(),
  channel: 'checkout',
  wording: '2027-01',
});

async function announce(
  pointId: string,
  by = marketplace,
  more: object = {},
): Promise<{ id: string; number: string }> {
  serial += 1;
  const number = `WAIT${String(serial).padStart(6, '0')}`;
  const batch = must(
    await by.client.post<Batch>('/v1/point-deliveries', {
      parcels: [
        {
          object_id: number,
          parcel: {
            point_id: pointId,
            number,
            carrier_code: 'dpd',
            recipient: { name: NAME, phone: PHONE },
            consent: consent(),
            ...more,
          },
        },
      ],
    }),
  );
  const id = batch.results[0]?.shelf_parcel_id;
  if (id === undefined) throw new Error(JSON.stringify(batch));
  return { id, number };
}

const store = (pointId: string, number: string, place: string, by = post) =>
  by.client.post<Shelf>(`/v1/points/${pointId}/shelf-parcels`, { number, place });
const codeFor = async (id: string) =>
  must(await marketplace.client.get<{ code: string }>(`/v1/shelf-parcels/${id}/code`)).code;
const written = (id: string) => post.client.get<{ code: string }>(`/v1/shelf-parcels/${id}/written-code`);
const handOut = (id: string, body: object, by = post) =>
  by.client.post<Shelf>(`/v1/shelf-parcels/${id}/hand-out`, body);
const read = async (id: string, by = post) => must(await by.client.get<Shelf>(`/v1/shelf-parcels/${id}`));
const statusOf = async (parcelId: string | undefined) =>
  must(
    await operator.get<{ timeline: { status: string; substatus?: string } }>(
      `/v1/parcels/${parcelId}/timeline`,
    ),
  ).timeline;

describe('a parcel waits for its recipient', () => {
  let parcel: { id: string; number: string };

  it('nothing comes to a point without a consent', async () => {
    const bare = await marketplace.client.post('/v1/point-deliveries', {
      parcels: [
        { object_id: '1', parcel: { point_id: station, number: 'WAIT1', recipient: { name: NAME } } },
      ],
    });
    expect(bare.status).toBe(400);
    const walkIn = await store(station, 'NOBODYTOLDUS1', '1-1');
    expect(codeOf(walkIn)).toBe('shelf_consent_missing');
  });

  it('who is not served there is refused by the parcel, without a word of why', async () => {
    const parcel = await announce(station);
    const body = { kind: 'phone', country: 'DE', phone: '01511 2345678', reason: 'extortion' };
    const block = must(await post.client.post<{ id: string }>('/v1/point-blocks', body));
    const send = (object_id: string, number: string, phone: string) => ({
      ...{ object_id, parcel: { point_id: station, number, recipient: { name: NAME, phone } } },
    });
    const parcels = [
      send('known', parcel.number, PHONE),
      send('new', 'WAITBLOCKED1', PHONE),
      send('other', 'WAITBLOCKED2', '+4915112345679'),
    ].map(({ object_id, parcel: one }) => ({
      ...{ object_id, parcel: { ...one, carrier_code: 'dpd', consent: consent() } },
    }));
    const answer = must(await marketplace.client.post<Batch>('/v1/point-deliveries', { parcels }));
    expect(answer.results.map(({ outcome }) => outcome)).toEqual(['existing', 'refused', 'created']);
    expect(answer.results[1]?.error).toMatchObject({
      ...{ code: 'point_does_not_serve', detail: 'The reason is blocked.' },
    });
    expect(JSON.stringify(answer)).not.toContain('extortion');
    expect((await post.client.send('DELETE', `/v1/point-blocks/${block.id}`)).status).toBe(204);
  });

  it('the marketplace announces it with his consent; who hands it out knows his name, others do not', async () => {
    parcel = await announce(station);
    const again = must(
      await marketplace.client.post<Batch>('/v1/point-deliveries', {
        parcels: [
          {
            object_id: 'again',
            parcel: {
              point_id: station,
              number: parcel.number,
              carrier_code: 'dpd',
              recipient: { name: NAME },
              consent: consent(),
            },
          },
        ],
      }),
    );
    expect(again).toMatchObject({ created: 0, existing: 1 });
    const seen = await read(parcel.id);
    expect(seen.state).toBe('announced');
    expect(seen.recipient_name).toBe(NAME);
    expect(JSON.stringify(seen)).not.toContain('12345678');
    const fromFar = must(await operator.get<Shelf>(`/v1/shelf-parcels/${parcel.id}`));
    expect(JSON.stringify(fromFar)).not.toContain('Lindner');
    expect((await stranger.client.get(`/v1/shelf-parcels/${parcel.id}`)).status).toBe(404);
  });

  it('it is stored on a row; its timeline says where it waits', async () => {
    const stored = must(await store(station, parcel.number, '015-01'));
    expect(stored).toMatchObject({ state: 'stored', place: '15-1' });
    await network.settle();
    const { parcel_id: parcelId } = await read(parcel.id);
    expect(await statusOf(parcelId)).toMatchObject({
      status: 'available_for_pickup',
      substatus: 'available_for_pickup.outlet',
    });
    expect(await codeFor(parcel.id)).toBe('15-1-1');
    // Who keeps the shelf reads what is to be written on the parcel; nobody else's counter does.
    expect((await post.client.get(`/v1/shelf-parcels/${parcel.id}/code`)).status).toBe(403);
    expect((await written(parcel.id)).body).toEqual({ code: '15-1-1' });
    expect((await stranger.client.get(`/v1/shelf-parcels/${parcel.id}/written-code`)).status).toBe(403);
  });

  it('the recipient sees the counter and his code by number and phone', async () => {
    const question = { number: parcel.number, phone_last4: '5678', world: 'test' };
    const waiting = must(await network.client().post<Waiting>('/v1/track/shelf', question));
    expect(waiting.parcels).toMatchObject([
      { code: '15-1-1', point: { name: 'Counter S1' }, can_extend: true },
    ]);
    const wrong = await network.client().post('/v1/track/shelf', { ...question, phone_last4: '1111' });
    expect(codeOf(wrong)).toBe('track_not_found');
  });

  it('who only holds the link sees where it waits; the code is for who says the digits of the phone', async () => {
    const { parcel_id: parcelId } = await read(parcel.id);
    const { token } = must(await operator.post<{ token: string }>(`/v1/parcels/${parcelId}/links`));
    const ask = (path: string, body: object) =>
      network.client().post<Waiting & { is_proven: boolean }>(`/v1/track/shelf${path}`, { token, ...body });
    const seen = must(await ask('', {}));
    expect(seen).toMatchObject({ is_proven: false, parcels: [{ point: { name: 'Counter S1' } }] });
    expect(JSON.stringify(seen)).not.toContain('15-1-1');
    const of = { shelf_parcel_id: parcel.id };
    for (const [path, more] of [
      ['/extension', of],
      ['/friends', of],
      ['/friends/revocation', { ...of, friend_id: `frn_${'0'.repeat(26)}` }],
    ] as const)
      expect(codeOf(await ask(path, more)), path).toBe('shelf_proof_needed');
    // Who has no digits to say has the notice sent to the address on file; the link is shown nothing.
    const sent = must(await ask('/notice', of));
    expect(sent).toMatchObject({ is_proven: false, parcels: [{ id: parcel.id, friends: [] }] });
    expect(JSON.stringify(sent)).not.toContain('15-1-1');
    must(await ask('/notice', of));
    expect(codeOf(await ask('/notice', of))).toBe('shelf_notice_limit');
    await network.settle();
    const told = must(await marketplace.client.get<{ data: { type: string }[] }>('/v1/events?limit=200'));
    expect(told.data.filter(({ type }) => type === 'shelf_parcel.notice_requested')).toHaveLength(2);
    expect(must(await ask('', { phone_last4: '5678' }))).toMatchObject({
      ...{ is_proven: true, parcels: [{ code: '15-1-1' }] },
    });
  });

  it('five wrong codes lock it; a supervisor unlocks', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect(codeOf(await handOut(parcel.id, { code: '15-1-2' }))).toBe('shelf_code_wrong');
    expect(codeOf(await handOut(parcel.id, { code: '15-1-1' }))).toBe('shelf_code_locked');
    must(await post.client.post(`/v1/shelf-parcels/${parcel.id}/unlock`, {}));
  });

  it('a friend collects once with what he was given, and not after it was revoked', async () => {
    const question = { number: parcel.number, phone_last4: '5678', world: 'test' };
    const command = { ...question, shelf_parcel_id: parcel.id };
    const asked = () =>
      network.client().post<{ friend_id: string; token: string }>('/v1/track/shelf/friends', command);
    const friend = async () => must(await asked());
    const [first, second] = [await friend(), await friend()];
    // Five at a time, also when they are asked for at once.
    const others = await Promise.all([asked(), asked(), asked(), asked(), asked()]);
    expect(others.map((answer) => codeOf(answer) ?? 'let').sort()).toEqual([
      ...['let', 'let', 'let'],
      ...['shelf_friends_limit', 'shelf_friends_limit'],
    ]);
    must(
      await network
        .client()
        .post('/v1/track/shelf/friends/revocation', { ...command, friend_id: first.friend_id }),
    );
    expect(codeOf(await asked())).toBeUndefined();
    expect(codeOf(await handOut(parcel.id, { way: 'friend', friend_token: first.token }))).toBe(
      'shelf_friend_unknown',
    );
    const given = must(await handOut(parcel.id, { way: 'friend', friend_token: second.token }));
    expect(given.state).toBe('handed_out');
    await network.settle();
    expect(await statusOf(given.parcel_id)).toMatchObject({ status: 'delivered' });
    expect(codeOf(await handOut(parcel.id, { way: 'friend', friend_token: second.token }))).toBe(
      'shelf_friend_unknown',
    );
  });

  it('it was the wrong one: undone, it waits again under another code, and everything stays on record', async () => {
    must(await post.client.post(`/v1/shelf-parcels/${parcel.id}/undo`, { reason: 'wrong person' }));
    await network.settle();
    const { steps, parcel_id: parcelId } = await read(parcel.id);
    expect(await statusOf(parcelId)).toMatchObject({ status: 'available_for_pickup' });
    expect(steps?.map(({ fact }) => fact)).toEqual([
      'stored',
      ...Array.from({ length: 5 }, () => 'code_wrong'),
      'code_locked',
      'code_unlocked',
      'handed_out',
      'hand_out_undone',
    ]);
    const code = await codeFor(parcel.id);
    expect(code).not.toBe('15-1-1');
    must(await handOut(parcel.id, { code }));
  });
});

describe('a slip of the scanner', () => {
  it('what was stored by mistake is on its way again, and its timeline too', async () => {
    const { id, number } = await announce(station);
    must(await store(station, number, '7-1'));
    await network.settle();
    const { parcel_id: parcelId } = await read(id);
    expect(await statusOf(parcelId)).toMatchObject({ status: 'available_for_pickup' });
    await goOn(1);
    const undone = must(
      await post.client.post<Shelf>(`/v1/shelf-parcels/${id}/undo`, { reason: 'it is in the van still' }),
    );
    expect(undone).toMatchObject({ state: 'announced' });
    await network.settle();
    expect((await statusOf(parcelId)).status).not.toBe('available_for_pickup');
    must(await store(station, number, '7-1'));
    await network.settle();
    expect(await statusOf(parcelId)).toMatchObject({ status: 'available_for_pickup' });
  });

  it('a list is searched by a code on a parcel, and not by secret digits', async () => {
    const found = must(await post.client.get<{ data: Shelf[] }>('/v1/shelf-parcels?code=7-1-2'));
    expect(found.data).toMatchObject([{ place: '7-1', state: 'stored' }]);
    expect((await post.client.get('/v1/shelf-parcels?code=123456')).status).toBe(400);
  });
});

describe('an overdue parcel goes home', () => {
  it('is reminded of, costs storage after five days, is kept longer once, and goes back to its sender', async () => {
    const parcel = await announce(station);
    must(await store(station, parcel.number, '2-1'));
    const rungs = async () => {
      const feed = must(
        await marketplace.client.get<{
          data: { type: string; data: { rung?: string; shelf_parcel_id: string } }[];
        }>('/v1/events?limit=200'),
      );
      return feed.data.flatMap(({ type, data }) =>
        type === 'shelf_parcel.overdue' && data.shelf_parcel_id === parcel.id ? [data.rung] : [],
      );
    };
    await goOn(3 * 24);
    expect(await rungs()).toEqual(['remind']);
    await goOn(4 * 24);
    expect(await rungs()).toEqual(['remind', 'urge']);
    const late = await read(parcel.id);
    expect(late.fee_due?.amount_minor).toBe(100);
    expect(codeOf(await handOut(parcel.id, { code: await codeFor(parcel.id) }))).toBe('shelf_fee_due');
    const extended = must(await post.client.post<Shelf>(`/v1/shelf-parcels/${parcel.id}/extension`, {}));
    expect(Date.parse(extended.return_at ?? '') - Date.parse(late.return_at ?? '')).toBe(72 * 3_600_000);
    expect(codeOf(await post.client.post(`/v1/shelf-parcels/${parcel.id}/extension`, {}))).toBe(
      'shelf_extended_already',
    );
    await goOn(8 * 24);
    expect((await read(parcel.id)).state).toBe('stored');
    await goOn(3 * 24);
    const going = await read(parcel.id);
    expect(going.state).toBe('returning');
    expect(await rungs()).toEqual(['remind', 'urge', 'final']);
    const back = must(
      await post.client.post<Shelf>(`/v1/shelf-parcels/${parcel.id}/send-back`, { carrier_code: 'dpd' }),
    );
    expect(back.state).toBe('returned');
    await network.settle();
    expect(await statusOf(back.parcel_id)).toMatchObject({ status: 'returning' });
  });
});

describe('a locker', () => {
  it('holds one parcel behind a door and opens by six digits', async () => {
    const [first, second] = [await announce(locker), await announce(locker)];
    must(await store(locker, first.number, 'B07'));
    expect(codeOf(await written(first.id))).toBe('shelf_code_secret');
    expect(codeOf(await store(locker, second.number, 'B07'))).toBe('shelf_place_taken');
    const code = await codeFor(first.id);
    expect(code).toMatch(/^\d{6}$/);
    must(await handOut(first.id, { way: 'locker', code }));
    must(await store(locker, second.number, 'B07'));
    must(await handOut(second.id, { way: 'locker', code: await codeFor(second.id) }));
    await network.settle();
    const { parcel_id: parcelId } = await read(second.id);
    expect(await statusOf(parcelId)).toMatchObject({ status: 'delivered' });
  });
});

describe('eight clerks at once', () => {
  it('put one parcel behind one door of a locker', async () => {
    const parcels = await Promise.all(Array.from({ length: 8 }, () => announce(locker)));
    const stored = await Promise.all(parcels.map(({ number }) => store(locker, number, 'C01')));
    expect(stored.map(codeOf).filter((code) => code !== 'shelf_place_taken')).toEqual([undefined]);
  });

  it('give forty parcels of one row forty codes', async () => {
    const parcels = await Promise.all(Array.from({ length: 40 }, () => announce(station)));
    const queue = [...parcels];
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let one = queue.pop(); one !== undefined; one = queue.pop())
          must(await store(station, one.number, '9-9'));
      }),
    );
    const codes = await Promise.all(parcels.map(({ id }) => codeFor(id)));
    expect(new Set(codes).size).toBe(40);
    expect(codes.every((code) => code.startsWith('9-9-'))).toBe(true);
    const shelf = must(
      await post.client.get<{ places: { place: string; parcels: number }[] }>(`/v1/points/${station}/shelf`),
    );
    expect(shelf.places.find(({ place }) => place === '9-9')?.parcels).toBe(40);
  });
});

describe('a device comes back after a day without a network', () => {
  const device = 'phone-0001';
  const lease = (id = device) =>
    post.client.post<{
      code_check: { salt: string; iterations: number };
      parcels: { id: string; number: string; code_hash: string }[];
    }>(`/v1/points/${station}/device-leases`, { device_id: id });
  const sync = (actions: object[], id = device, more: object = {}) =>
    post.client.post<Sync>(`/v1/points/${station}/sync`, { device_id: id, actions, ...more });
  const became = async (actions: object[], more: object = {}) =>
    must(await sync(actions, device, more)).results.map(({ outcome, conflict }) => conflict ?? outcome);
  const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  const factsOf = async (id: string) => (await read(id)).steps?.map(({ fact }) => fact);
  /** On the shelf for an hour, held by the device. */
  const held = async (place: string) => {
    const parcel = await announce(station);
    must(await store(station, parcel.number, place));
    await goOn(1);
    must(await lease());
    return { ...parcel, code: await codeFor(parcel.id) };
  };

  it('what it did counts once; what does not fit is kept for a person', async () => {
    const [held, gone, other] = [await announce(station), await announce(station), await announce(station)];
    for (const [index, one] of [held, gone].entries())
      must(await store(station, one.number, `3-${index + 1}`));
    const leased = must(await lease());
    const mine = leased.parcels.find(({ id }) => id === held.id);
    const code = await codeFor(held.id);
    const { salt, iterations } = leased.code_check;
    expect(pbkdf2Sync(code, Buffer.from(salt, 'base64'), iterations, 32, 'sha256').toString('base64')).toBe(
      mine?.code_hash,
    );
    expect(codeOf(await handOut(held.id, { code, device_id: 'phone-0002' }))).toBe('shelf_leased_elsewhere');
    expect(must(await lease('phone-0002')).parcels.map(({ id }) => id)).not.toContain(held.id);
    // The other one is handed out by the device itself while it has a network.
    must(await handOut(gone.id, { code: await codeFor(gone.id), device_id: device }));

    const offlineAt = new Date(now + 3_600_000).toISOString();
    await goOn(24);
    const actions = [
      { client_id: 'action-001', kind: 'hand_out', number: held.number, occurred_at: offlineAt, code },
      {
        client_id: 'action-002',
        kind: 'hand_out',
        number: gone.number,
        occurred_at: offlineAt,
        code: '3-2-1',
      },
      { client_id: 'action-003', kind: 'store', number: other.number, occurred_at: offlineAt, place: '4-1' },
      { client_id: 'action-004', kind: 'hand_out', number: 'NEVERSEEN0001', occurred_at: offlineAt },
    ];
    const first = must(await sync(actions));
    expect(first.results.map(({ outcome, conflict }) => conflict ?? outcome)).toEqual([
      'done',
      'handed_out_elsewhere',
      'done',
      'unknown_parcel',
    ]);
    const second = must(await sync(actions));
    expect(second.results.map(({ outcome }) => outcome)).toEqual([
      'already',
      'already',
      'already',
      'already',
    ]);
    const altered = must(await sync([{ ...actions[0], place: '7-7' }]));
    expect(altered.results).toMatchObject([{ outcome: 'refused' }]);
    expect((await read(held.id)).state).toBe('handed_out');
    expect((await read(other.id)).state).toBe('stored');
    const conflicts = must(
      await post.client.get<{ data: { client_id: string; conflict: string }[] }>(
        `/v1/points/${station}/sync-conflicts`,
      ),
    );
    expect(conflicts.data.map(({ client_id: id }) => id).toSorted()).toEqual(['action-002', 'action-004']);
    const ofAll = must(await post.client.get(`/v1/point-networks/${post.id}/sync-conflicts`));
    expect(ofAll).toMatchObject({ data: [{ point_id: station }, { point_id: station }] });
    const left = must(
      await post.client.post<{ data: unknown[] }>(`/v1/points/${station}/sync-conflicts/resolution`, {
        device_id: device,
        client_id: 'action-004',
        resolution: 'A typing error; the parcel is of the shop next door.',
      }),
    );
    expect(left.data).toHaveLength(1);
  });

  it('wrong codes that it turned away count with those of the server, once each, until a supervisor looks', async () => {
    const { id, number, code } = await held('5-1');
    const wrong = (name: string, at: string) => ({
      ...{ client_id: `wrong-00${name}`, kind: 'wrong_code', number, occurred_at: at },
    });
    const tries = async () => (await read(id)).wrong_tries;
    // The network is lost while the server is asked: the device tells it again, and once more without it.
    const named = { code: '5-1-9999', device_id: device, client_id: 'wrong-001' };
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect(codeOf(await handOut(id, named))).toBe('shelf_code_wrong');
    const misnamed = { ...named, client_id: 'action-001' };
    expect(codeOf(await handOut(id, misnamed))).toBe('shelf_try_misnamed');
    const early = [wrong('1', minutesAgo(50)), wrong('2', minutesAgo(40)), wrong('3', minutesAgo(30))];
    expect(await became(early)).toEqual(['already', 'done', 'done']);
    expect(await became(early.toReversed())).toEqual(['already', 'already', 'already']);
    expect(await tries()).toBe(3);
    expect(codeOf(await handOut(id, { code: '5-1-9999', device_id: device }))).toBe('shelf_code_wrong');
    expect(await became([wrong('4', minutesAgo(20))])).toEqual(['done']);
    expect(codeOf(await handOut(id, { code, device_id: device }))).toBe('shelf_code_locked');
    must(await post.client.post(`/v1/shelf-parcels/${id}/unlock`, {}));
    // Another one of before arrives late: the supervisor has looked since.
    expect(await became([wrong('5', minutesAgo(10))])).toEqual(['done']);
    expect(await tries()).toBe(0);
    must(await handOut(id, { code, device_id: device }));
    const said = (await factsOf(id))?.filter((fact) => fact !== 'stored');
    expect(said).toEqual([
      ...['code_wrong', 'code_wrong', 'code_wrong', 'code_wrong', 'code_wrong', 'code_locked'],
      ...['code_unlocked', 'code_wrong', 'handed_out'],
    ]);
  });

  it('a device that hands out by a code which it should have locked is seen', async () => {
    const { id, number, code } = await held('5-2');
    const wrong = Array.from({ length: 6 }, (_, index) => ({
      ...{ client_id: `locked-0${index}`, kind: 'wrong_code', number, occurred_at: minutesAgo(30 - index) },
    }));
    const given = { kind: 'hand_out', number, code, client_id: 'locked-10', occurred_at: minutesAgo(5) };
    expect(await became([...wrong, given])).toEqual([...wrong.map(() => 'done'), 'code_locked']);
    expect(await read(id)).toMatchObject({ state: 'handed_out', wrong_tries: 5 });
  });

  it('what it took back without a network is undone after it, and nothing is when there was nothing', async () => {
    const { id, number, code } = await held('6-1');
    const other = await announce(station);
    const act = (name: string, kind: string, at: number, more: object = {}) => ({
      ...{ client_id: `undo-act-${name}`, kind, number, occurred_at: minutesAgo(at), ...more },
    });
    const acts = [
      act('1', 'hand_out', 50, { code }),
      act('2', 'undo', 45, { undoes: 'undo-act-1' }),
      // Nobody knows yet that it has another code by now.
      act('3', 'hand_out', 40, { code }),
      act('4', 'store', 35, { number: other.number, place: '6-2' }),
      act('5', 'undo', 30, { number: other.number, undoes: 'undo-act-4' }),
      act('6', 'undo', 25, { number: other.number, undoes: 'undo-act-4' }),
      // What it follows was refused: there is no such place.
      act('7', 'store', 20, { number: other.number, place: 'nowhere' }),
      act('8', 'undo', 15, { number: other.number, undoes: 'undo-act-7' }),
      act('9', 'undo', 10),
    ];
    const answers = ['done', 'done', 'done', 'done', 'done', 'nothing_to_undo'];
    expect(await became(acts)).toEqual([...answers, 'refused', 'nothing_to_undo', 'nothing_to_undo']);
    expect((await became(acts)).filter((answer) => answer === 'done')).toEqual([]);
    expect(await factsOf(id)).toEqual(['stored', 'handed_out', 'hand_out_undone', 'handed_out']);
    expect(await factsOf(other.id)).toEqual(['stored', 'storing_undone']);
    expect((await read(other.id)).state).toBe('announced');
    await network.settle();
    expect(await statusOf((await read(id)).parcel_id)).toMatchObject({ status: 'delivered' });
    // By then somebody may know the new code: one that opens by the old one is looked at.
    const last = act('a', 'undo', 0, { undoes: 'undo-act-3' });
    expect(await became([last])).toEqual(['done']);
    await goOn(1);
    expect(await became([act('b', 'hand_out', 5, { code })])).toEqual(['code_wrong']);
  });

  it('a device whose clock is wrong hands out all the same, at the time that its clock means', async () => {
    const [behind, ahead, mended] = [await held('8-1'), await held('8-2'), await held('8-3')];
    const hour = 60;
    const given = ({ number, code }: typeof behind, name: string, at: string) => ({
      ...{ kind: 'hand_out', number, code, client_id: `clock-${name}`, occurred_at: at },
    });
    const timesOf = async (id: string) => {
      const step = (await read(id)).steps?.find(({ fact }) => fact === 'handed_out');
      return [step?.occurred_at, step?.detail?.device_time].map((at) => at && Date.parse(at));
    };
    const ms = (minutes: number) => Date.parse(minutesAgo(minutes));
    // Ten minutes ago in truth, by a clock that is nine hours behind; then by one that is two days ahead.
    const slow = given(behind, 'behind', minutesAgo(9 * hour + 10));
    expect(await became([slow], { device_time: minutesAgo(9 * hour) })).toEqual(['done']);
    expect(await timesOf(behind.id)).toEqual([ms(10), ms(9 * hour + 10)]);
    const fast = given(ahead, 'ahead', minutesAgo(-48 * hour + 10));
    expect(await became([fast], { device_time: minutesAgo(-48 * hour) })).toEqual(['done']);
    expect(await timesOf(ahead.id)).toEqual([ms(10), ms(-48 * hour + 10)]);
    // A clock that went right in the meantime says nothing of what it was: it counts from its storing, and is looked at.
    const unsure = given(mended, 'mended', minutesAgo(9 * hour));
    expect(await became([unsure], { device_time: minutesAgo(0) })).toEqual(['clock_wrong']);
    expect(await became([unsure])).toEqual(['clock_wrong']);
    expect((await read(mended.id)).state).toBe('handed_out');
    const { data } = must(
      await post.client.get<{ data: { client_id: string; occurred_at: string; counted_at?: string }[] }>(
        `/v1/points/${station}/sync-conflicts`,
      ),
    );
    const seen = data.find(({ client_id: name }) => name === 'clock-mended');
    expect([seen?.occurred_at, seen?.counted_at].map((at) => Date.parse(at ?? ''))).toEqual([
      ...[ms(9 * hour), (await timesOf(mended.id))[0]],
    ]);
  });
});
