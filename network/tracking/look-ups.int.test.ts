import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { accepted, type CountryCode, instant, type ParcelId } from '../kernel/index.ts';
import { ShipmentPurchased } from '../shipments/events.ts';
import { bucketOf } from './bucket.policy.ts';
import { insertEntries, listNumbersOf } from './directory-store.ts';
import { listHistories } from './history-store.ts';
import { lookUpTimelines, type TimelineParts } from './look-up-store.ts';
import { type JudgedScan, OWN_SOURCE, type ShownScan } from './model.ts';
import { mintedParcel } from './parcel.ts';
import { insertParcels, listParcelsByIds } from './parcel-store.ts';
import { insertScans, listScans, type NewScan } from './scan-store.ts';
import { id, purchaseOf, tell, wireLife } from './tracking.fixture.ts';

type Partner = { readonly id: string; readonly client: Client };
type Receipts = { data: { parcel_id: string }[] };
type Looked = { parcel: { id: string }; numbers: { number: string }[]; timeline: { unverified: object[] } };

const NL = 'NL' as CountryCode;
let network: TestNetwork;
let carrier: Partner;
let merchants: Partner[];
/** Registered ones of both merchants, some that were merged into them, one of nobody, and one that is not there. */
let parcels: string[];
let numbers: string[];

const send = async (client: Client, scans: object[]) => {
  const answer = await client.post<Receipts>('/v1/scans', { scans });
  expect(answer.status).toBe(200);
  return answer.body.data.map((line) => line.parcel_id);
};

const order = (serial: number, merchant: Partner, number: string) =>
  tell(
    network.postroad.worlds.live,
    ShipmentPurchased.name,
    purchaseOf({
      ...{ parcelId: id('pcl', serial), shipmentId: id('shp', serial), number },
      ...{ at: instant('2026-03-01T08:00:00Z'), organisationId: merchant.id, carrierId: carrier.id },
    }),
  );

beforeAll(async () => {
  network = await startTestNetwork();
  carrier = await network.open(
    { kind: 'carrier', name: 'Express', country: NL, carrierCode: 'postroad_express_eu' },
    'carrier',
  );
  merchants = [
    await network.open({ kind: 'merchant', name: 'Shop', country: NL }, 'merchant_app'),
    await network.open({ kind: 'merchant', name: 'Other', country: NL }, 'merchant_app'),
  ];
  numbers = Array.from({ length: 6 }, (_, index) => `PRE900000000${index}`);
  const minted: (string | undefined)[] = [];
  for (const [index, number] of numbers.entries()) {
    // The scans of two come before their orders.
    if (index >= 4) minted.push((await send(carrier.client, wireLife(number)))[0]);
    await order(index + 1, merchants[index % 2] as Partner, number);
    await send(carrier.client, wireLife(number).slice(0, index + 1));
    await send((merchants[index % 2] as Partner).client, wireLife(number).slice(0, 1));
  }
  const [unowned] = await send(carrier.client, wireLife('PRE9999999999').slice(0, 2));
  parcels = [...numbers.map((_, index) => id('pcl', index + 1)), ...minted, unowned, id('pcl', 999)].filter(
    (parcel) => parcel !== undefined,
  );
});
afterAll(() => network.stop());

async function look(client: Client, parcel: string) {
  const { status, body } = await client.get<Looked>(`/v1/parcels/${parcel}/timeline`);
  return { status, body };
}

it('timelines asked for at once are those asked for one after another, for whoever asks', async () => {
  const clients = [network.operator, carrier.client, ...merchants.map(({ client }) => client)];
  const alone = new Map<string, object>();
  for (const [caller, client] of clients.entries())
    for (const parcel of parcels) alone.set(`${caller} ${parcel}`, await look(client, parcel));
  const seen = [...alone.values()].map((answer) => (answer as { status: number }).status);
  expect(new Set(seen)).toEqual(new Set([200, 404]));
  const question = fc.record({
    caller: fc.nat(clients.length - 1),
    parcel: fc.nat(parcels.length - 1).map((index) => parcels[index] as string),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(question, { minLength: 1, maxLength: 30 }), async (questions) => {
      const steady = ({ body, ...rest }: Awaited<ReturnType<typeof look>>) => ({
        ...rest,
        // Each problem names its own request.
        body: { ...body, request_id: undefined, instance: undefined },
      });
      const answers = await Promise.all(
        questions.map(({ caller, parcel }) => look(clients[caller] as Client, parcel)),
      );
      expect(answers.map(steady)).toEqual(
        questions.map(({ caller, parcel }) => steady(alone.get(`${caller} ${parcel}`) as never)),
      );
    }),
    { numRuns: 25 },
  );
});

it('a timeline is that of its number', async () => {
  for (const [index, number] of numbers.entries()) {
    const { client } = merchants[index % 2] as Partner;
    const tracked = await client.get<{ parcels: Looked[] }>(`/v1/tracking/${number}`);
    expect((await look(client, id('pcl', index + 1))).body).toEqual(tracked.body.parcels[0]);
    expect(tracked.body.parcels[0]?.numbers).toEqual([{ number, carrier_code: 'postroad_express_eu' }]);
    expect(tracked.body.parcels[0]?.timeline.unverified).toHaveLength(1);
  }
});

it('a parcel that was merged answers as the one that it was merged into', async () => {
  const { client } = merchants[0] as Partner;
  const merged = await look(client, parcels[6] as string);
  expect(merged.body.parcel.id).toBe(id('pcl', 5));
  expect(merged).toEqual(await look(client, id('pcl', 5)));
});

it('a stranger sees nothing of a parcel, nor who has one that nobody ordered', async () => {
  const { client } = merchants[1] as Partner;
  const statuses = await Promise.all(
    [id('pcl', 1), id('pcl', 2), parcels[6], parcels[8], id('pcl', 999)].map(
      async (parcel) => (await look(client, parcel as string)).status,
    ),
  );
  expect(statuses).toEqual([404, 200, 404, 404, 404]);
});

const told = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .map((text) => text.replace(/\p{Cc}/gu, '"'));
const at = fc
  .date({ min: new Date('1998-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => instant(date.toISOString()));
const place = fc.record(
  {
    country: fc.constantFrom('NL', 'ES').map((code) => code as CountryCode),
    city: told,
    facility: told,
    position: fc.record({
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.constant(4.25),
    }),
  },
  { requiredKeys: ['country'] },
);
const scanId = fc.stringMatching(/^[0-9a-f]{32}$/);

/** Whatever a scan may hold; what it has in common with others as often as what it has alone. */
const scans = fc.uniqueArray(
  fc
    .record(
      {
        id: scanId,
        source: fc.constantFrom('postroad_express_eu', OWN_SOURCE),
        sourceKind: fc.constant('carrier'),
        recognised: fc.boolean(),
        reporter: fc.constant({ kind: 'network' }),
        number: fc.constantFrom('PRE9000000500', 'BAG1'),
        code: fc.constantFrom('ZZ', '{"a": [1, "b"]}'),
        milestone: fc.constantFrom('picked_up', 'delivered', 'unmapped'),
        occurredAt: at,
        receivedAt: at,
        zoneConfidence: fc.constantFrom('stated', 'assumed', 'resolved_from_place', 'unknown'),
        synthetic: fc.boolean(),
        text: told,
        substatus: fc.constant('delivered.signed'),
        where: fc.oneof(place, told),
        weightGrams: fc.integer({ min: 1, max: 1_000_000 }),
        correction: fc.record({ ofScan: scanId, author: told, reason: told }),
        facilityUnknown: fc.constant(true),
      },
      {
        requiredKeys: [
          'id',
          'source',
          'sourceKind',
          'recognised',
          'reporter',
          'number',
          'code',
          'milestone',
        ].concat(['occurredAt', 'receivedAt', 'zoneConfidence', 'synthetic']) as never,
      },
    )
    .map(({ where, ...scan }: { where?: object | string; id: string }) => ({
      ...scan,
      ...(where === undefined ? {} : typeof where === 'string' ? { placeText: where } : { place: where }),
    })),
  { minLength: 1, maxLength: 30, selector: (scan) => scan.id },
);

const shown = (scan: ShownScan): ShownScan => {
  const { id, source, recognised, number, code, milestone, occurredAt, receivedAt, zoneConfidence } = scan;
  const { synthetic, text, substatus, place, placeText, weightGrams, correction, facilityUnknown } = scan;
  const always = { id, source, recognised, number, code, milestone, occurredAt, receivedAt, zoneConfidence };
  return {
    ...{ ...always, synthetic, text, substatus, place, placeText, weightGrams, correction, facilityUnknown },
  } as ShownScan;
};

/** A source beside our own, and when a scan came that was no prophecy, are not read. */
const judged = (scan: JudgedScan): JudgedScan => {
  const { id, recognised, milestone, occurredAt, zoneConfidence, synthetic } = scan;
  const { substatus, place, correction, facilityUnknown } = scan;
  const always = { id, recognised, milestone, occurredAt, zoneConfidence, synthetic };
  const source = scan.source === OWN_SOURCE ? OWN_SOURCE : undefined;
  const isEarly = scan.receivedAt !== undefined && scan.receivedAt < scan.occurredAt;
  const receivedAt = isEarly ? scan.receivedAt : undefined;
  return {
    ...{ ...always, substatus, place, correction, facilityUnknown, source, receivedAt },
  } as JudgedScan;
};

const byId = <Of extends { readonly id: string }>(list: readonly Of[]) =>
  [...list].sort((one, other) => (one.id < other.id ? -1 : 1));

it('a look-up and a late scan read of parcel, scans and numbers what is stored of them', async () => {
  const world = network.postroad.worlds.live;
  let serial = 500;
  await fc.assert(
    fc.asyncProperty(scans, async (stored) => {
      serial += 1;
      const parcel = id('pcl', serial) as ParcelId;
      const began = instant('2026-03-01T08:00:00Z');
      const known = ['', 'postroad_express_eu'].map((carrierCode, generation) => ({
        ...{ number: `N${serial}`, generation, carrierCode, from: undefined, to: undefined },
        ...{ parcelId: parcel, provisional: false },
      }));
      await world.command('network', async ({ db }) => {
        await insertParcels(db, [mintedParcel(parcel, `N${serial}`, '', began)]);
        await insertEntries(db, known);
        insertScans(
          db,
          stored.map((scan) => ({ ...scan, parcel, bucket: bucketOf(parcel) })) as unknown as NewScan[],
        );
        return accepted(undefined);
      });
      const found: TimelineParts[] = [];
      const [, [row], listed, numbers, histories] = await world.read('network', (db) =>
        Promise.all([
          lookUpTimelines(db, [parcel, id('pcl', 999)], (parts) => found.push(parts)),
          listParcelsByIds(db, [parcel]),
          listScans(db, [parcel]),
          listNumbersOf(db, [parcel]),
          listHistories(db, [id('pcl', 999), parcel]),
        ]),
      );
      const all = byId(listed.get(parcel) ?? []);
      expect(found.map((parts) => parts.parcel)).toEqual([row]);
      expect(byId(found[0]?.scans ?? []).map(shown)).toEqual(all.map(shown));
      expect(found[0]?.scans).toHaveLength(stored.length);
      const [none, history = []] = histories;
      expect(none).toEqual([]);
      expect(byId(history).map(judged)).toEqual(all.filter(({ recognised }) => recognised).map(judged));
      expect(found[0]?.numbers).toEqual(numbers.get(parcel));
    }),
    { numRuns: 40 },
  );
});
