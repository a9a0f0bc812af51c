import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { type CountryCode, instant } from '../kernel/index.ts';
import { ShipmentPurchased } from '../shipments/events.ts';
import { id, purchaseOf, tell, wireLife } from './tracking.fixture.ts';

type Receipt = {
  index: number;
  result: string;
  scan_id?: string;
  parcel_id?: string;
  code?: string;
  message?: string;
};
type Receipts = { accepted: number; duplicates: number; refused: number; data: Receipt[] };
type Tracking = {
  parcels: {
    parcel: { id: string; status: string; version: number };
    timeline: {
      status: string;
      entries: { scan_id: string; effect: string }[];
      unverified: object[];
      milestones: { name: string }[];
    };
  }[];
};

const NL = 'NL' as CountryCode;
let network: TestNetwork;
let carrier: { id: string; key: string; client: Client };
let merchant: { id: string; key: string; client: Client };
let stranger: { id: string; key: string; client: Client };
let serial = 0;

/** A parcel of the merchant, registered by its order. */
async function order(number: string, at = '2026-03-01T08:00:00Z', extra: object = {}) {
  serial += 1;
  const parcelId = id('pcl', serial);
  const shipmentId = id('shp', serial);
  await tell(
    network.postroad.worlds.live,
    ShipmentPurchased.name,
    purchaseOf({
      parcelId,
      shipmentId,
      number,
      at: instant(at),
      organisationId: merchant.id,
      carrierId: carrier.id,
      ...extra,
    }),
  );
  return { parcelId, shipmentId, number };
}

beforeAll(async () => {
  network = await startTestNetwork();
  carrier = await network.open(
    { kind: 'carrier', name: 'Express', country: NL, carrierCode: 'postroad_express_eu' },
    'carrier',
  );
  merchant = await network.open({ kind: 'merchant', name: 'Shop', country: NL }, 'merchant_app');
  stranger = await network.open({ kind: 'merchant', name: 'Other', country: NL }, 'merchant_app');
});
afterAll(() => network.stop());

const send = (client: Client, scans: unknown[]) => client.post<Receipts>('/v1/scans', { scans });
const codesOf = (receipts: Receipts) => receipts.data.map((line) => line.code ?? line.result);

describe('intake', () => {
  it('takes a batch, answers each line, and the same batch again is all duplicates', async () => {
    const { number, parcelId } = await order('PRE0000000001');
    const first = await send(carrier.client, wireLife(number));
    expect(first.status).toBe(200);
    expect(codesOf(first.body)).toEqual(Array(5).fill('accepted'));
    expect(first.body.data.every((line) => line.parcel_id === parcelId)).toBe(true);
    const again = await send(carrier.client, wireLife(number));
    expect([again.body.accepted, again.body.duplicates]).toEqual([0, 5]);
    const seen = await merchant.client.get<Tracking>(`/v1/tracking/${number}`);
    expect(seen.body.parcels[0]?.timeline.status).toBe('delivered');
    expect(seen.body.parcels[0]?.timeline.milestones.map((reached) => reached.name)).toContain(
      'order_created',
    );
  });

  it('a file of CSV is answered row by row, and draws its places on a map', async () => {
    const { number } = await order('PRE0000000009');
    const file = [
      'number;milestone;occurred_at;country;city',
      `${number};picked_up;2026-03-01T10:00:00Z;NL;Venlo`,
      `${number};picked_up;yesterday;NL;Venlo`,
      `${number};linehaul;2026-03-01T12:00:00Z;;Venlo`,
      `${number};linehaul;2026-03-01T12:00:00Z;NL;Utrecht;more`,
    ].join('\r\n');
    const sent = () =>
      carrier.client.post<Receipts>('/v1/scans', file, { 'content-type': 'text/csv; charset=utf-8' });
    expect(codesOf((await sent()).body)).toEqual([
      'accepted',
      'invalid_scan',
      'invalid_scan',
      'malformed_line',
    ]);
    expect((await sent()).body.duplicates).toBe(1);
    const seen = await merchant.client.get<{
      parcels: { timeline: { entries: { place?: object; coordinates?: { latitude: number } }[] } }[];
    }>(`/v1/tracking/${number}`);
    const placed = seen.body.parcels[0]?.timeline.entries.filter((entry) => entry.place !== undefined);
    expect(placed?.map((entry) => Math.round(entry.coordinates?.latitude ?? 0))).toEqual([51]);
    const broken = await carrier.client.post<{ code: string }>('/v1/scans', 'a,b\n1,2', {
      'content-type': 'text/csv',
    });
    expect([broken.status, broken.body.code]).toEqual([422, 'scan_file_unreadable']);
  });

  it("a carrier's own payload is taken as it is: unknown codes and clocks stay what they are", async () => {
    const { number } = await order('PRE0000000010');
    const event = (status: string, timestamp: string, countryCode: string) => ({
      statusCode: status,
      timestamp,
      location: { address: { countryCode, addressLocality: 'Somewhere' } },
    });
    const payload = (events: object[]) => ({ shipments: [{ id: number, events }, { events: [{}] }] });
    const sent = () =>
      carrier.client.post<
        Receipts & { parcels: number; unmapped: number; errors: { name: string; pointer?: string }[] }
      >(
        '/v1/scans/payloads/dhl_unified',
        payload([
          event('transit', '2026-03-01T10:00:00', 'NL'),
          event('brand-new', '2026-03-01T11:00:00+01:00', 'NL'),
          event('transit', '2026-03-01T12:00:00', 'ES'),
          event('transit', '2999-03-01T12:00:00', 'NL'),
        ]),
      );
    const first = await sent();
    expect(codesOf(first.body)).toEqual(['accepted', 'accepted', 'accepted', 'occurred_in_future']);
    expect([first.body.parcels, first.body.unmapped]).toEqual([2, 1]);
    expect(first.body.errors.map(({ name }) => name)).toEqual(['number_missing', 'scan_without_time']);
    expect(codesOf((await sent()).body)).toEqual([
      'duplicate',
      'duplicate',
      'duplicate',
      'occurred_in_future',
    ]);
    const seen = await merchant.client.get<{
      parcels: { timeline: { entries: { occurred_at: string; zone_confidence: string }[] } }[];
    }>(`/v1/tracking/${number}`);
    const told = seen.body.parcels[0]?.timeline.entries.filter((entry) => entry.occurred_at < '2026-03-02');
    expect(told?.map((entry) => `${entry.occurred_at} ${entry.zone_confidence}`)).toEqual(
      expect.arrayContaining([
        '2026-03-01T09:00:00.000Z resolved_from_place',
        '2026-03-01T12:00:00.000Z unknown',
      ]),
    );
    const page = await carrier.client.post<{ code: string; detail: string }>(
      '/v1/scans/payloads/ups',
      '<html><body>gone</body></html>',
      { 'content-type': 'application/xml' },
    );
    expect([page.status, page.body.code]).toEqual([422, 'carrier_payload_unreadable']);
    expect(page.body.detail).toContain('payload_unexpected');
    expect((await carrier.client.post('/v1/scans/payloads/nobody', {})).status).toBe(404);
  });

  it('two events of one code, second and place are two scans by their words, and stay two when they come again', async () => {
    const { number } = await order('PRE0000000012');
    const event = (description: string, more: object = {}) => ({
      statusCode: 'transit',
      timestamp: '2026-03-01T21:22:00+01:00',
      location: { address: { countryCode: 'NL', addressLocality: 'Utrecht' } },
      description,
      ...more,
    });
    const send = async (events: object[]) =>
      codesOf(
        (
          await carrier.client.post<Receipts>('/v1/scans/payloads/dhl_unified', {
            shipments: [{ id: number, events }],
          })
        ).body,
      );
    const [processed, cleared] = ['Processed', 'Clearance processing complete'];
    expect(await send([event(cleared, { remark: 'pending' })])).toEqual(['accepted']);
    expect(await send([event(processed), event(cleared), event(cleared)])).toEqual([
      'accepted',
      'duplicate',
      'duplicate',
    ]);
    const again = [event(cleared, { nextSteps: 'wait' }), event(processed, { pieceIds: ['JD01'] })];
    expect(await send(again)).toEqual(['duplicate', 'duplicate']);
    const seen = await merchant.client.get<{
      parcels: { timeline: { entries: { text?: string; milestone: string }[] } }[];
    }>(`/v1/tracking/${number}`);
    const texts = seen.body.parcels[0]?.timeline.entries.flatMap(({ text, milestone }) =>
      milestone === 'in_transit_local' ? [text] : [],
    );
    expect(texts?.sort()).toEqual([cleared, processed]);
  });

  it('a file of interchanges is taken too, and a broken one is answered with its place', async () => {
    const { number } = await order('PRE0000000011');
    const type = { 'content-type': 'application/edifact' };
    const file = `UNB+UNOC:3+S+R+260301:0900+7'UNH+1+IFTSTA:D:96A:UN'RFF+CW:${number}'STS+1+31'DTM+78:202603011015?+0100:205'LOC+14+:::UTRECHT+:::NL'UNT+6+1'UNZ+1+7'`;
    const sent = await carrier.client.post<Receipts>('/v1/scans/payloads/edifact', file, type);
    expect(sent.body).toMatchObject({ accepted: 1, parcels: 1, unmapped: 0, errors: [] });
    const seen = await merchant.client.get<Tracking>(`/v1/tracking/${number}`);
    expect(seen.body.parcels[0]?.timeline.milestones.map(({ name }) => name)).toContain('out_for_delivery');
    const cut = await carrier.client.post<{ code: string; detail: string }>(
      '/v1/scans/payloads/edifact',
      file.slice(0, -1),
      type,
    );
    expect([cut.status, cut.body.code]).toEqual([422, 'carrier_payload_unreadable']);
    expect(cut.body.detail).toMatch(/segment_unterminated at segment 8, byte \d+/);

    const wants = { ...type, accept: 'application/edifact' };
    const answered = await carrier.client.post('/v1/scans/payloads/edifact', file, wants);
    expect([answered.status, answered.headers.get('content-type')]).toEqual([200, 'application/edifact']);
    const contrl = new TextDecoder().decode(answered.bytes);
    expect(contrl).toContain("UCI+7+S+R+7'");
    const inAddress = '/v1/scans/payloads/edifact?answer=contrl';
    const rejected = await carrier.client.post(inAddress, file.replace("UNZ+1+7'", "UNZ+2+7'"), type);
    const told = new TextDecoder().decode(rejected.bytes);
    expect([rejected.status, told.match(/UCI.*/)?.[0]]).toEqual([200, "UCI+7+S+R+4+29+UNZ+1'"]);
    const referenceOf = (text: string) => /UNZ\+1\+(\d+)'/.exec(text)?.[1];
    expect(referenceOf(told)).not.toBe(referenceOf(contrl));
    const receipts = '/v1/scans/payloads/edifact?answer=receipts';
    expect((await carrier.client.post<Receipts>(receipts, file, wants)).body).toMatchObject({
      duplicates: 1,
    });
    const nobody = await carrier.client.post<{ code: string }>(inAddress, 'hello', type);
    expect([nobody.status, nobody.body.code]).toEqual([422, 'carrier_payload_unreadable']);
    const other = await carrier.client.post<{ code: string }>('/v1/scans/payloads/ups?answer=contrl', {});
    expect([other.status, other.body.code]).toEqual([400, 'invalid_request']);
  });

  it('a broken line of NDJSON refuses only itself', async () => {
    const { number } = await order('PRE0000000002');
    const good = JSON.stringify(wireLife(number)[0]);
    const deep = `${'{"place":'.repeat(40)}1${'}'.repeat(40)}`;
    const lines = [
      good,
      '{"number": ',
      '{"number":"PRE0000000002","number":"X","milestone":"delivered"}',
      deep,
      JSON.stringify({ ...wireLife(number)[1], owner: 'me' }),
      '',
      JSON.stringify({ ...wireLife(number)[1], number: '//' }),
      JSON.stringify({ ...wireLife(number)[1], occurred_at: '2999-01-01T00:00:00Z' }),
      JSON.stringify({ ...wireLife(number)[1], text: 'x'.repeat(501) }),
      `{"number":"${'x'.repeat(500_000)}"}`,
      JSON.stringify({ ...wireLife(number)[1], synthetic: true }),
      JSON.stringify({
        ...wireLife(number)[1],
        correction: { of_scan: 'a'.repeat(32), author: 'x', reason: 'y' },
      }),
    ].map((line) => new TextEncoder().encode(`${line}\n`));
    const bad = new Uint8Array([0x7b, 0xff, 0xfe, 0x7d, 0x0a]);
    const body = Buffer.concat([
      ...lines,
      bad,
      new TextEncoder().encode(JSON.stringify(wireLife(number)[1])),
    ]);
    const answer = await carrier.client.post<Receipts>('/v1/scans', new Uint8Array(body), {
      'content-type': 'application/x-ndjson',
    });
    expect(answer.status).toBe(200);
    expect(codesOf(answer.body)).toEqual([
      'accepted',
      'malformed_line',
      'malformed_line',
      'malformed_line',
      'invalid_scan',
      'number_not_readable',
      'occurred_in_future',
      'invalid_scan',
      'malformed_line',
      'synthetic_in_live',
      'correction_has_own_route',
      'malformed_line',
      'accepted',
    ]);
    expect(
      answer.body.data.filter((line) => line.result === 'refused').every((line) => line.message !== ''),
    ).toBe(true);
    expect(answer.body.data.map((line) => line.index)).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  it('anything may stand in a JSON batch: each item is judged, none is a 5xx', async () => {
    const hostile = [
      null,
      1,
      'x',
      [],
      {},
      { number: null },
      { number: {} },
      { number: 'PRE1', milestone: 'constructor' },
    ];
    const answer = await send(carrier.client, hostile);
    expect(answer.status).toBe(200);
    expect(codesOf(answer.body)).toEqual(Array(hostile.length).fill('invalid_scan'));
    expect((await send(carrier.client, [])).status).toBe(400);
    expect((await send(carrier.client, Array(1001).fill({}))).status).toBe(400);
    const lines = await carrier.client.post('/v1/scans', '{}\n'.repeat(10_001), {
      'content-type': 'application/x-ndjson',
    });
    expect([lines.status, (lines.body as { code: string }).code]).toEqual([422, 'scan_batch_too_large']);
    const text = await carrier.client.post('/v1/scans', 'x', { 'content-type': 'text/plain' });
    expect(text.status).toBe(415);
  });

  it('a source that is not recognised moves nothing and stays visible', async () => {
    const { number } = await order('PRE0000000003');
    const zto = await network.open(
      { kind: 'carrier', name: 'ZTO', country: NL, carrierCode: 'zto' },
      'carrier',
    );
    expect((await send(zto.client, wireLife(number))).body.accepted).toBe(5);
    expect((await send(merchant.client, wireLife(number))).body.accepted).toBe(5);
    const seen = await merchant.client.get<Tracking>(`/v1/tracking/${number}`);
    expect(seen.body.parcels[0]?.timeline.status).toBe('info_received');
    expect(seen.body.parcels[0]?.timeline.unverified).toHaveLength(10);
  });

  it('hands of a warehouse without a part in the parcel move nothing, those of its own do', async () => {
    const own = await network.open({ kind: 'warehouse', name: 'W1', country: NL }, 'warehouse_staff');
    const other = await network.open({ kind: 'warehouse', name: 'W2', country: NL }, 'warehouse_staff');
    const { number } = await order('PRE0000000004', undefined, { warehouseId: own.id });
    await send(other.client, wireLife(number));
    const status = async () =>
      (await merchant.client.get<Tracking>(`/v1/tracking/${number}`)).body.parcels[0]?.timeline.status;
    expect(await status()).toBe('info_received');
    await send(own.client, wireLife(number));
    expect(await status()).toBe('delivered');
  });

  it('a merchant may not speak of foreign numbers, nor learn whether they exist', async () => {
    const { number } = await order('PRE0000000005');
    const foreign = await send(stranger.client, wireLife(number).slice(0, 1));
    const missing = await send(stranger.client, wireLife('PRE0000009999').slice(0, 1));
    const plain = (receipts: Receipts) => receipts.data.map(({ scan_id: _scanId, ...rest }) => rest);
    expect(plain(foreign.body)).toEqual(plain(missing.body));
    expect(codesOf(foreign.body)).toEqual(['number_unknown']);
  });

  it('a revoked key, a wrong role and nobody are refused', async () => {
    const minted = await carrier.client.post<{ key: { id: string }; secret: string }>('/v1/api-keys', {
      role: 'carrier',
      name: 'feed',
    });
    const feed = network.client(minted.body.secret);
    expect((await send(feed, wireLife('PRE0000000006'))).status).toBe(200);
    await carrier.client.send('DELETE', `/v1/api-keys/${minted.body.key.id}`);
    expect((await send(feed, wireLife('PRE0000000006'))).status).toBe(401);
    expect((await send(network.client(), [])).status).toBe(401);
    const clerk = await network.open({ kind: 'merchant', name: 'Clerks', country: NL }, 'merchant_clerk');
    expect((await send(clerk.client, wireLife('PRE0000000006'))).status).toBe(403);
  });
});

describe('whose number is this', () => {
  type Identified = {
    input: string;
    candidates: { carrier: string; number: string; check_digit: string; tracking_url?: string }[];
    parcels: { id: string; number: string; status: string }[];
  };
  const identify = async (client: Client, number: string) =>
    must(await client.get<Identified>(`/v1/numbers/${encodeURIComponent(number)}`));

  it('candidates are for everybody, parcels for those who may track them', async () => {
    const { number, parcelId } = await order('PRE202600000701');
    const mine = await identify(merchant.client, ` ${number.toLowerCase()}`);
    expect(mine.parcels).toMatchObject([{ id: parcelId, number, status: 'info_received' }]);
    expect((await identify(carrier.client, number)).parcels).toHaveLength(1);
    expect((await identify(network.operator, number)).parcels).toHaveLength(1);
    const missing = await identify(stranger.client, 'PRE202600000702');
    for (const client of [stranger.client, network.client()]) {
      const foreign = await identify(client, number);
      expect(foreign.parcels).toEqual([]);
      expect(Object.keys(foreign)).toEqual(Object.keys(missing));
    }
  });

  it('is answered with what a scanner sends, and leads from a barcode to the parcel of its number', async () => {
    const { parcelId } = await order('987654312345672');
    const read = await identify(merchant.client, ']C19611020987654312345672\u001d');
    expect(read.candidates[0]).toMatchObject({
      carrier: 'fedex',
      number: '987654312345672',
      check_digit: 'ok',
      tracking_url: 'https://www.fedex.com/fedextrack/?trknbr=987654312345672',
    });
    expect(read.parcels.map((parcel) => parcel.id)).toEqual([parcelId]);
    const tracked = await merchant.client.get<Tracking>('/v1/tracking/9611020987654312345672');
    expect(tracked.body.parcels[0]?.parcel.id).toBe(parcelId);
    expect(await identify(stranger.client, 'nobody/knows')).toMatchObject({ candidates: [], parcels: [] });
    expect((await merchant.client.get(`/v1/numbers/${'1'.repeat(129)}`)).status).toBe(404);
  });
});

describe('a carrier of ours that speaks about the number of another (promise G8)', () => {
  const lost = (number: string, minute: number, stated?: string) => ({
    number,
    code: 'delivered',
    occurred_at: `2026-03-01T10:${String(minute).padStart(2, '0')}:00Z`,
    ...(stated === undefined ? {} : { carrier: stated }),
  });
  let forger: Client;
  beforeAll(async () => {
    forger = (
      await network.open(
        { kind: 'carrier', name: 'Line', country: NL, carrierCode: 'postroad_line' },
        'carrier',
      )
    ).client;
  });

  it.each([
    ['says nothing of whose it is', 'PRE0000300001', undefined],
    ['says that it is its own', 'PRE0000300002', 'postroad_line'],
    ['says that it is that of a third', 'PRE0000300003', 'postroad_express_cn'],
    ['finds it in the shape of its own numbers', 'PRL202600000015', undefined],
    ['finds it in the shape of its own numbers and says so', 'PRL202600000023', 'postroad_line'],
  ])('before the order was known: it %s', async (_, number, stated) => {
    const early = (await send(forger, [lost(number, 0, stated)])).body;
    expect(codesOf(early)).toEqual(['accepted']);
    const { parcelId } = await order(number);
    const late = (await send(forger, [lost(number, 1, stated), lost(number, 2)])).body;
    expect(late.data.map((line) => line.parcel_id)).toEqual([parcelId, parcelId]);
    const seen = must(await network.operator.get<Tracking>(`/v1/tracking/${number}`));
    expect(seen.parcels.map(({ parcel, timeline }) => [parcel.id, timeline.status])).toEqual([
      [parcelId, 'info_received'],
    ]);
    expect(seen.parcels[0]?.timeline.unverified).toHaveLength(3);
    expect(codesOf((await send(carrier.client, [lost(number, 3)])).body)).toEqual(['accepted']);
    const own = must(await merchant.client.get<Tracking>(`/v1/tracking/${number}`));
    expect(own.parcels.map(({ timeline }) => timeline.status)).toEqual(['delivered']);
  });
});

describe('what cannot be true', () => {
  type Held = { id: string; scan_id: string; reason: string; number_tail: string; place?: { city: string } };
  const held = async (client: Client, query = '') =>
    must(await client.get<{ data: Held[]; next_cursor?: string }>(`/v1/quarantine?limit=100${query}`));
  const at = (text: string, code: string, city: string, country = 'NL') => ({
    code,
    occurred_at: `2026-03-${text.replace(' ', 'T')}:00Z`,
    place: { country, city },
  });

  it('is shown with its reason to the network and to who brought it, and freed by later evidence', async () => {
    const { number, parcelId } = await order('PRE0000400001');
    const tell = (scans: object[]) =>
      send(
        carrier.client,
        scans.map((scan) => ({ number, ...scan })),
      );
    await tell([at('01 10:00', 'picked_up', 'Venlo'), at('01 11:00', 'warehouse_received', 'Venlo')]);
    const told = await tell([
      at('01 11:20', 'delivered', 'Sevilla', 'ES'),
      at('02 09:00', 'refused', 'Lyon', 'FR'),
    ]);
    expect(codesOf(told.body)).toEqual(['accepted', 'accepted']);
    const timeline = async (client: Client) =>
      must(
        await client.get<{
          timeline: { status: string; flags: string[]; quarantined: { reason: string; scan_id: string }[] };
        }>(`/v1/parcels/${parcelId}/timeline`),
      ).timeline;
    const reasons = ['faster_than_travel', 'outside_route'];
    for (const client of [merchant.client, carrier.client, network.operator]) {
      const { status, flags, quarantined } = await timeline(client);
      expect([status, flags]).toEqual(['in_transit', ['implausible_scan']]);
      expect(quarantined.map(({ reason }) => reason)).toEqual(reasons);
    }
    for (const client of [carrier.client, network.operator]) {
      const mine = (await held(client)).data.filter(({ number_tail }) => number_tail === '0001');
      expect(mine.map(({ reason }) => reason).sort()).toEqual(reasons);
      expect(mine.map(({ place }) => place?.city).sort()).toEqual(['Lyon', 'Sevilla']);
    }
    expect((await merchant.client.get('/v1/quarantine')).status).toBe(403);
    const only = (await held(network.operator, '&reason=outside_route&source=postroad_express_eu')).data;
    expect(new Set(only.map(({ reason }) => reason))).toEqual(new Set(['outside_route']));

    await tell([at('02 11:00', 'in_transit_local', 'Lyon', 'FR')]);
    const { status, quarantined } = await timeline(merchant.client);
    expect([status, quarantined.map(({ reason }) => reason)]).toEqual(['in_transit', ['faster_than_travel']]);
    const left = (await held(carrier.client)).data.filter(({ number_tail }) => number_tail === '0001');
    expect(left.map(({ reason, scan_id }) => [reason, scan_id])).toEqual(
      quarantined.map(({ reason, scan_id }) => [reason, scan_id]),
    );
  });

  it('is paged from the newest down', async () => {
    const all = (await held(network.operator)).data.map(({ id }) => id);
    const { data, next_cursor } = must(
      await network.operator.get<{ data: Held[]; next_cursor?: string }>('/v1/quarantine?limit=1'),
    );
    expect([data.map(({ id }) => id), all]).toEqual([all.slice(0, 1), all.toSorted().reverse()]);
    if (all.length > 1) {
      const next = await held(network.operator, `&cursor=${next_cursor}`);
      expect(next.data.map(({ id }) => id)).toEqual(all.slice(1));
    }
  });
});

describe('over HTTP', () => {
  it('any order and repetition, as JSON or NDJSON, gives the same timeline', async () => {
    const plain = (body: Tracking, number: string) =>
      JSON.parse(
        JSON.stringify(body.parcels[0]?.timeline)
          .replaceAll(number, 'N')
          .replaceAll(/"[0-9a-f]{32}"/g, '"S"'),
      );
    const reference = await order('PRE0000100000');
    await send(carrier.client, wireLife(reference.number));
    const wanted = plain(
      (await merchant.client.get<Tracking>('/v1/tracking/PRE0000100000')).body,
      'PRE0000100000',
    );
    let count = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 0, 1, 2, 3, 4], { minLength: 10 }),
        fc.integer({ min: 1, max: 10 }),
        fc.boolean(),
        async (places, size, asLines) => {
          count += 1;
          const { number } = await order(`PRE00002${String(count).padStart(5, '0')}`);
          const life = wireLife(number);
          for (let start = 0; start < places.length; start += size) {
            const part = places.slice(start, start + size).map((place) => life[place]);
            const answer = asLines
              ? await carrier.client.post('/v1/scans', part.map((scan) => JSON.stringify(scan)).join('\n'), {
                  'content-type': 'application/x-ndjson',
                })
              : await send(carrier.client, part);
            expect(answer.status).toBe(200);
          }
          const seen = await merchant.client.get<Tracking>(`/v1/tracking/${number}`);
          expect(plain(seen.body, number)).toEqual(wanted);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('reading', () => {
  it('a parcel is seen by those who have a part in it; for all others it is not there', async () => {
    const platform = await network.open(
      { kind: 'marketplace', name: 'Mall', country: NL },
      'marketplace_staff',
    );
    const { number, parcelId } = await order('PRE0000000010', undefined, { clientPlatformId: platform.id });
    for (const reader of [merchant.client, platform.client, carrier.client, network.operator]) {
      expect((await reader.get(`/v1/tracking/${number}`)).status).toBe(200);
      expect((await reader.get(`/v1/parcels/${parcelId}/timeline`)).status).toBe(200);
      const list = await reader.get<{ data: { id: string }[] }>('/v1/parcels?limit=100');
      expect(list.body.data.map((parcel) => parcel.id)).toContain(parcelId);
    }
    const foreign = await stranger.client.get(`/v1/tracking/${number}`);
    const missing = await stranger.client.get('/v1/tracking/PRE7777777777');
    expect(foreign.status).toBe(404);
    expect({ ...(foreign.body as object), request_id: '' }).toEqual({
      ...(missing.body as object),
      request_id: '',
    });
    expect((await stranger.client.get(`/v1/parcels/${parcelId}/timeline`)).status).toBe(404);
    const list = await stranger.client.get<{ data: object[] }>('/v1/parcels');
    expect(list.body.data).toEqual([]);
  });

  it('each scan tells its detail, in our words and in those of tracking services', async () => {
    const { number, parcelId } = await order('PRE0000000093');
    const codes = [
      'picked_up',
      'in_transit_local.departed_facility',
      'exception.delayed_weather',
      'delivered.signed',
    ];
    const scans = codes.map((code, day) => ({ number, code, occurred_at: `2026-03-0${day + 2}T10:00:00Z` }));
    expect(codesOf((await send(carrier.client, scans)).body)).toEqual(Array(4).fill('accepted'));
    const told = must(
      await merchant.client.get<{
        events: { substatus?: string; words: { aftership?: { subtag: string } } }[];
      }>(`/v1/parcels/${parcelId}/status-words`),
    ).events.slice(-4);
    expect(told.map(({ substatus, words }) => [substatus, words.aftership?.subtag])).toEqual([
      [undefined, 'InTransit_002'],
      ['in_transit.departed_facility', 'InTransit_007'],
      ['exception.delayed_weather', 'Exception_017'],
      ['delivered.signed', 'Delivered_003'],
    ]);
  });

  it('lists are filtered and paged', async () => {
    const numbers = ['PRE0000000021', 'PRE0000000022', 'PRE0000000023'];
    const shop = await network.open({ kind: 'merchant', name: 'Pages', country: NL }, 'merchant_app');
    for (const number of numbers) await order(number, undefined, { organisationId: shop.id });
    await send(carrier.client, wireLife('PRE0000000022'));
    type Page = { data: { number: string }[]; next_cursor?: string };
    const first = await shop.client.get<Page>('/v1/parcels?limit=2');
    const second = await shop.client.get<Page>(`/v1/parcels?limit=2&cursor=${first.body.next_cursor}`);
    expect([...first.body.data, ...second.body.data].map((parcel) => parcel.number)).toEqual(numbers);
    expect(second.body.next_cursor).toBeUndefined();
    const done = await shop.client.get<Page>('/v1/parcels?status=delivered');
    expect(done.body.data.map((parcel) => parcel.number)).toEqual(['PRE0000000022']);
    expect((await shop.client.get<Page>('/v1/parcels?since=2999-01-01T00:00:00Z')).body.data).toEqual([]);
  });
});

describe('corrections', () => {
  it('the carrier whose word it was takes a delivery back; author is its key, whatever it says', async () => {
    const { number, parcelId } = await order('PRE0000000030');
    const sent = await send(carrier.client, wireLife(number));
    const scanId = sent.body.data[4]?.scan_id;
    const path = `/v1/scans/${scanId}/corrections`;
    expect((await carrier.client.post(path, { reason: 'x', author: 'somebody' })).status).toBe(400);
    expect((await carrier.client.post(path, {})).status).toBe(400);
    const other = await network.open(
      { kind: 'carrier', name: 'E2', country: NL, carrierCode: 'ups' },
      'carrier',
    );
    expect((await other.client.post(path, { reason: 'not mine' })).status).toBe(404);
    expect((await merchant.client.post(path, { reason: 'not mine' })).status).toBe(403);
    const done = await carrier.client.post(path, { reason: 'signed by mistake' });
    expect(done.status).toBe(201);
    const seen = await merchant.client.get<{
      timeline: { status: string; entries: { correction?: { author: string } }[] };
    }>(`/v1/parcels/${parcelId}/timeline`);
    expect(seen.body.timeline.status).toBe('out_for_delivery');
    expect(seen.body.timeline.entries.find((entry) => entry.correction)?.correction?.author).toMatch(/^key_/);
    const fixed = await network.operator.post(path, { milestone: 'at_point', reason: 'left at the point' });
    expect(fixed.status).toBe(201);
    const after = await merchant.client.get<Tracking>(`/v1/tracking/${number}`);
    expect(after.body.parcels[0]?.timeline.status).toBe('available_for_pickup');
  });
});
