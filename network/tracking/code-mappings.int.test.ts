import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { type CountryCode, instant } from '../kernel/index.ts';
import { ShipmentPurchased } from '../shipments/events.ts';
import { id, purchaseOf, tell } from './tracking.fixture.ts';

type Codes = {
  data: {
    source: string;
    format: string;
    code: string;
    scans: number;
    mapping_id?: string;
    examples: { scan_id: string; parcel_id: string; number: string; text?: string }[];
  }[];
  next_cursor?: string;
};
type Mapping = {
  id: string;
  versions: { version: number; milestone?: string; author: string; note: string }[];
  scans: { mapped: number; open: number; waiting: number };
};
type Preview = {
  scans: number;
  parcels: number;
  sample: { parcels: number; changed: number };
  examples: { before: string; after: string; number: string }[];
};
type Tracking = {
  parcels: {
    timeline: {
      status: string;
      flags: string[];
      entries: { effect: string; code: string; correction?: { reason: string } }[];
    };
  }[];
};

const NL = 'NL' as CountryCode;
const SOURCE = 'postroad_express_eu';
let network: TestNetwork;
let operator: Client;
let carrier: { id: string; client: Client };
let other: { id: string; client: Client };
let serial = 0;

beforeAll(async () => {
  network = await startTestNetwork();
  operator = network.operator;
  carrier = await network.open(
    { kind: 'carrier', name: 'Express', country: NL, carrierCode: SOURCE },
    'carrier',
  );
  other = await network.open({ kind: 'carrier', name: 'Other', country: NL, carrierCode: 'zto' }, 'carrier');
});
afterAll(() => network.stop());

/** A parcel that was picked up, and a scan of it in a code that nobody knows. */
async function unmappedParcel(code: string, text?: string): Promise<string> {
  serial += 1;
  const number = `PRE${String(700_000 + serial).padStart(10, '0')}`;
  await tell(
    network.postroad.worlds.live,
    ShipmentPurchased.name,
    purchaseOf({
      parcelId: id('pcl', 700 + serial),
      shipmentId: id('shp', 700 + serial),
      number,
      at: instant('2026-03-01T08:00:00Z'),
      organisationId: id('org', 1),
      carrierId: carrier.id,
    }),
  );
  must(
    await carrier.client.post('/v1/scans', {
      scans: [
        { number, milestone: 'picked_up', occurred_at: '2026-03-01T10:00:00Z' },
        { number, code, occurred_at: '2026-03-01T11:00:00Z', ...(text === undefined ? {} : { text }) },
      ],
    }),
  );
  return number;
}

const timelineOf = async (number: string) =>
  (await operator.get<Tracking>(`/v1/tracking/${number}`)).body.parcels[0]?.timeline;
const codesOf = async (client: Client, code: string) =>
  (await client.get<Codes>(`/v1/unmapped-codes?code=${code}`)).body.data;
const map = (code: string, milestone: string, more: object = {}) =>
  operator.post<Mapping>('/v1/code-mappings', {
    source: SOURCE,
    format: '',
    code,
    milestone,
    note: 'their handbook, page 4',
    ...more,
  });
const settle = () => network.settle();

describe('a code that nobody knows', () => {
  it('is counted and shown with its scans, to the operator and to the carrier that sent it alone', async () => {
    const first = await unmappedParcel('NEW01', 'Handed to drone');
    await unmappedParcel('NEW01');
    await unmappedParcel('NEW02');
    const [shown] = await codesOf(operator, 'NEW01');
    expect(shown).toMatchObject({ source: SOURCE, format: '', code: 'NEW01', scans: 2 });
    expect(shown?.examples.map(({ number }) => number)).toContain(first);
    expect(shown?.examples.map(({ text }) => text)).toContain('Handed to drone');
    expect(await codesOf(carrier.client, 'NEW01')).toHaveLength(1);
    expect(await codesOf(other.client, 'NEW01')).toEqual([]);
    // The most frequent first, page by page.
    const page = await operator.get<Codes>('/v1/unmapped-codes?limit=1');
    expect(page.body.data.map(({ code }) => code)).toEqual(['NEW01']);
    const next = await operator.get<Codes>(`/v1/unmapped-codes?limit=1&cursor=${page.body.next_cursor}`);
    expect(next.body.data.map(({ code }) => code)).toEqual(['NEW02']);
  });

  it('is mapped: stored scans count as it says, scans are not changed, and new ones are read by it', async () => {
    const stored = await unmappedParcel('ON1');
    const query = `source=${SOURCE}&format=&code=ON1&milestone=out_for_delivery`;
    const preview = await operator.get<Preview>(`/v1/code-mappings/preview?${query}`);
    expect(preview.body).toMatchObject({
      scans: 1,
      parcels: 1,
      sample: { parcels: 1, changed: 1 },
      examples: [{ number: stored, before: 'picked_up', after: 'out_for_delivery' }],
    });
    expect((await timelineOf(stored))?.status).toBe('picked_up');

    const mapped = await map('ON1', 'out_for_delivery');
    expect([mapped.status, mapped.body.versions.length]).toEqual([201, 1]);
    await settle();
    const after = await timelineOf(stored);
    expect(after?.status).toBe('out_for_delivery');
    expect(after?.flags).not.toContain('unmapped_code');
    expect(after?.entries.map(({ effect, code }) => `${code} ${effect}`)).toEqual([
      'order_created moved',
      'picked_up moved',
      'ON1 moved',
      'ON1 corrected',
    ]);
    expect(after?.entries.find(({ correction }) => correction !== undefined)?.correction?.reason).toBe(
      `code mapping ${mapped.body.id}, version 1`,
    );
    expect(await codesOf(operator, 'ON1')).toEqual([]);
    const fresh = await unmappedParcel('ON1');
    expect((await timelineOf(fresh))?.entries.map(({ code }) => code)).toEqual([
      'order_created',
      'picked_up',
      'ON1',
    ]);
    expect((await timelineOf(fresh))?.status).toBe('out_for_delivery');
  });

  it('gets other meanings and none again, with every version kept', async () => {
    const stored = await unmappedParcel('VER');
    const { body } = await map('VER', 'delivered');
    await settle();
    const fresh = await unmappedParcel('VER');
    expect((await map('VER', 'delivered')).body).toMatchObject({ code: 'code_mapping_unchanged' });
    await map('VER', 'at_point', { note: 'the handbook was wrong' });
    await settle();
    expect([(await timelineOf(stored))?.status, (await timelineOf(fresh))?.status]).toEqual([
      'available_for_pickup',
      'available_for_pickup',
    ]);
    await operator.post(`/v1/code-mappings/${body.id}/retirement`, { note: 'nobody knows any more' });
    await settle();
    expect([(await timelineOf(stored))?.status, (await timelineOf(fresh))?.status]).toEqual([
      'picked_up',
      'picked_up',
    ]);
    const listed = await operator.get<{ data: Mapping[] }>('/v1/code-mappings?code=VER');
    expect(listed.body.data[0]?.versions.map(({ version, milestone }) => [version, milestone])).toEqual([
      [3, undefined],
      [2, 'at_point'],
      [1, 'delivered'],
    ]);
    expect(listed.body.data[0]?.scans).toEqual({ mapped: 0, open: 2, waiting: 0 });
    expect((await codesOf(operator, 'VER'))[0]).toMatchObject({ scans: 2, mapping_id: body.id });
    expect((await other.client.get<{ data: Mapping[] }>('/v1/code-mappings?code=VER')).body.data).toEqual([]);
  });

  it('that somebody corrected by hand stays as that person said', async () => {
    const number = await unmappedParcel('HAND');
    const [shown] = await codesOf(operator, 'HAND');
    must(
      await operator.post(`/v1/scans/${shown?.examples[0]?.scan_id}/corrections`, {
        milestone: 'redirected',
        reason: 'asked the driver',
      }),
    );
    await unmappedParcel('HAND');
    await map('HAND', 'delivered');
    await settle();
    expect(
      (await timelineOf(number))?.entries.filter(({ correction }) => correction !== undefined),
    ).toHaveLength(1);
    expect((await timelineOf(number))?.status).not.toBe('delivered');
  });

  it('goes with its scan when its parcel is merged into the one of an order that came late', async () => {
    const number = 'PRE0000799999';
    must(
      await carrier.client.post('/v1/scans', {
        scans: [{ number, code: 'LATE', occurred_at: '2026-03-01T11:00:00Z' }],
      }),
    );
    await map('LATE', 'picked_up');
    await settle();
    const order = {
      parcelId: id('pcl', 799),
      shipmentId: id('shp', 799),
      number,
      at: instant('2026-03-01T08:00:00Z'),
      organisationId: id('org', 1),
      carrierId: carrier.id,
    };
    await tell(network.postroad.worlds.live, ShipmentPurchased.name, purchaseOf(order));
    expect((await timelineOf(number))?.status).toBe('picked_up');
    await map('LATE', 'linehaul');
    await settle();
    expect((await timelineOf(number))?.status).toBe('in_transit');
    const listed = await operator.get<{ data: Mapping[] }>('/v1/code-mappings?code=LATE');
    expect(listed.body.data[0]?.scans).toEqual({ mapped: 1, open: 0, waiting: 0 });
  });
});

it('a mapping that cannot be is refused: known codes, unseen ones, details of another milestone', async () => {
  await unmappedParcel('REF');
  const codeOf = async (answer: Promise<{ body: unknown }>) => ((await answer).body as { code: string }).code;
  expect(await codeOf(map('delivered', 'picked_up'))).toBe('code_already_known');
  expect(await codeOf(map('NEVER_SEEN', 'picked_up'))).toBe('code_never_seen');
  expect(await codeOf(map('REF', 'picked_up', { substatus: 'delivered.signed' }))).toBe(
    'code_detail_unfitting',
  );
  expect((await carrier.client.post('/v1/code-mappings', {})).status).toBe(403);
});

it('the health of a source counts what it sent, what nobody understood of it, and how late it was', async () => {
  type Health = {
    data: {
      source: string;
      is_silent: boolean;
      last_day: {
        scans: number;
        unmapped: number;
        duplicates: number;
        refused: number;
        lag_seconds_p50?: number;
      };
    }[];
  };
  const of = async (source: string) => {
    await settle();
    return (await operator.get<Health>('/v1/tracking-sources/intake')).body.data.find(
      (one) => one.source === source,
    );
  };
  const scans = [
    { number: 'ZTO0001', code: 'delivered', occurred_at: new Date(Date.now() - 20 * 60_000).toISOString() },
    {
      number: 'ZTO0001',
      code: 'NOBODY_KNOWS',
      occurred_at: new Date(Date.now() - 25 * 60_000).toISOString(),
    },
    { number: '!', code: 'delivered', occurred_at: new Date().toISOString() },
  ];
  expect(await of('zto')).toBeUndefined();
  await other.client.post('/v1/scans', { scans });
  await other.client.post('/v1/scans', { scans });
  expect(await of('zto')).toMatchObject({
    is_silent: false,
    last_day: { scans: 2, unmapped: 1, duplicates: 2, refused: 2, lag_seconds_p50: 1_800 },
  });
  expect((await other.client.get('/v1/tracking-sources/intake')).status).toBe(403);
});
