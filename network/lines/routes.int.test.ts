import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BERLIN, EU_OFFER, GOODS, type Market, MUNICH, must, openMarket } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';

/** In the test world, whose clock stands until it is moved. */
let network: TestNetwork;
let market: Market;
let operator: Client;
let now: number;

beforeAll(async () => {
  network = await startTestNetwork();
  const staff = await network.open(
    { kind: 'operator', name: 'Op', country: 'NL' as never },
    'operator',
    'test',
  );
  operator = staff.client;
  now = Date.parse(must(await operator.get<{ now: string }>('/v1/test/clock')).now);
  await moveTo(0);
  market = await openMarket(network, {
    operator,
    country: 'DE',
    currency: 'EUR',
    carrierCode: 'postroad_express_eu',
    topUpMinor: 200_000,
  });
});
afterAll(() => network?.stop());

const MINUTE = 60_000;
const at = (minutes: number) => new Date(now + minutes * MINUTE).toISOString();
const moveTo = async (minutes: number) =>
  must(await operator.post('/v1/test/clock', { now: at(minutes), running: false }));

type Table = { sheet: { rates: { bands?: { amount_minor: number }[]; first_minor?: number }[] } };
type Line = { code: string; buying?: unknown[]; selling: Table[]; [field: string]: unknown };
type OperatorLine = {
  line?: Line;
  version?: number;
  versions: { version: number; author: string; valid_from: string; valid_to?: string }[];
  examples: {
    selling: { amount_minor: number };
    buying?: { amount_minor: number };
    margin?: { amount_minor: number };
  }[];
};
type Offer = { offer_id: string; line_code: string; line_version: number; total: { amount_minor: number } };
type Problem = { code: string; errors?: { pointer: string; code: string }[] };
type Shipment = {
  id: string;
  parcels: { id: string }[];
  quoted: { total: { amount_minor: number } };
  charged?: { total: { amount_minor: number } };
  margin?: {
    selling: { amount_minor: number };
    buying: { amount_minor: number };
    margin: { amount_minor: number };
  };
};

const CODE = 'eu_3_5_days';
const operatorLine = async (code = CODE) =>
  must(await operator.get<OperatorLine>(`/v1/lines/${code}/operator`));
const document = async () => (await operatorLine()).line as Line;
const offerOf = async (code = CODE) => {
  const answer = must(await market.merchant.client.post<{ offers: Offer[] }>('/v1/offers', EU_OFFER));
  return answer.offers.find((offer) => offer.line_code === code);
};
const buy = (offer: Offer | undefined) =>
  market.merchant.client.post<Shipment & Problem>('/v1/shipments', {
    offer_id: offer?.offer_id,
    order_ref: 'order-1',
    sender: BERLIN,
    recipient: MUNICH,
    goods: GOODS,
    handover: 'drop_off',
  });
/** The same line with every selling amount doubled. */
const dearer = (line: Line): Line =>
  JSON.parse(JSON.stringify(line), (key, value) =>
    key === 'selling'
      ? JSON.parse(JSON.stringify(value), (name, inner) =>
          name === 'amount_minor' && typeof inner === 'number' ? inner * 2 : inner,
        )
      : value,
  );
const chargeOf = async (shipment: Shipment) => {
  must(
    await market.warehouse.client.post(`/v1/shipments/${shipment.id}/inbound`, {
      parcels: shipment.parcels.map((parcel) => ({ parcel_id: parcel.id, weight_grams: 800 })),
    }),
  );
  must(await market.warehouse.client.post(`/v1/shipments/${shipment.id}/outbound`, {}));
  return must(await market.merchant.client.get<Shipment>(`/v1/shipments/${shipment.id}`)).charged?.total
    .amount_minor;
};

describe('what everybody sees', () => {
  test('the shipped lines are version 1, without what carriers charge us', async () => {
    const line = must(
      await market.merchant.client.get<{ line: Line; version: number; offered: boolean }>(
        `/v1/lines/${CODE}`,
      ),
    );
    expect(line).toMatchObject({ version: 1, offered: true });
    expect(line.line).not.toHaveProperty('buying');
    expect(line.line.selling.length).toBeGreaterThan(0);
    for (const partner of [market.merchant, market.carrier, market.marketplace, market.warehouse])
      expect((await partner.client.get(`/v1/lines/${CODE}/operator`)).status).toBe(403);
    expect((await market.merchant.client.get('/v1/lines/nothing')).status).toBe(404);
  });

  test('a list by origin and destination, page by page', async () => {
    type Page = {
      data: { code: string; origin_countries: string[]; destination_countries: string[] }[];
      next_cursor?: string;
    };
    const codes: string[] = [];
    let cursor = '';
    do {
      const page: Page = must(await market.merchant.client.get<Page>(`/v1/lines?limit=3${cursor}`));
      codes.push(...page.data.map((line) => line.code));
      cursor = page.next_cursor === undefined ? '' : `&cursor=${page.next_cursor}`;
    } while (cursor !== '');
    expect(codes.length).toBeGreaterThan(5);
    expect(codes).toEqual([...new Set(codes)].sort());
    const german = must(
      await market.merchant.client.get<Page>('/v1/lines?origin=DE&destination=ES&limit=100'),
    );
    expect(german.data.map((line) => line.code)).toContain(CODE);
    expect(german.data.length).toBeLessThan(codes.length);
    for (const line of german.data) {
      expect(line.origin_countries.some((code) => ['DE', '*'].includes(code))).toBe(true);
      expect(line.destination_countries.some((code) => ['ES', '*'].includes(code))).toBe(true);
    }
    expect((await market.merchant.client.get('/v1/lines?origin=germany')).status).toBe(400);
    expect((await market.merchant.client.get('/v1/lines?cursor=x')).status).toBe(400);
  });

  test('the operator sees buying tables and what the network keeps', async () => {
    const line = await operatorLine();
    expect(line.line?.buying?.length).toBeGreaterThan(0);
    expect(line.versions).toMatchObject([{ version: 1, author: 'shipped' }]);
    expect(line.examples.length).toBeGreaterThan(0);
    for (const { selling, buying, margin } of line.examples)
      expect(margin?.amount_minor).toBe(selling.amount_minor - (buying?.amount_minor ?? 0));
  });
});

describe('a new version', () => {
  test('holds from its instant on; what was bought before is charged by the old one', async () => {
    const old = await offerOf();
    const bought = must(await buy(old));
    const waiting = await offerOf();
    const published = await operator.post<OperatorLine>(`/v1/lines/${CODE}/versions`, {
      line: dearer(await document()),
      from: at(10),
      note: 'dearer',
    });
    expect(published.status, JSON.stringify(published.body)).toBe(201);
    expect(published.body).toMatchObject({
      version: 1,
      versions: [
        { version: 2, valid_from: at(10) },
        { version: 1, valid_to: at(10) },
      ],
    });
    await moveTo(10 - 1 / MINUTE);
    expect(await offerOf()).toMatchObject({ line_version: 1, total: old?.total });
    await moveTo(10);
    const dear = await offerOf();
    expect(dear).toMatchObject({
      line_version: 2,
      total: { amount_minor: (old?.total.amount_minor ?? 0) * 2 },
    });
    // An offer of the version before is not sold any more: it would be charged by another table than it quotes.
    const late = await buy(waiting);
    expect([late.status, late.body.code]).toEqual([422, 'offer_expired']);
    const boughtDear = must(await buy(dear));
    expect(await chargeOf(bought)).toBe(old?.total.amount_minor);
    expect(await chargeOf(boughtDear)).toBe(dear?.total.amount_minor);
  });

  test('the staff sees the margin of a shipment, nobody else does', async () => {
    const shipment = must(await buy(await offerOf()));
    const seen = must(await operator.get<Shipment>(`/v1/shipments/${shipment.id}`)).margin;
    expect(seen?.margin.amount_minor).toBe(
      (seen?.selling.amount_minor ?? 0) - (seen?.buying.amount_minor ?? 0),
    );
    expect(seen?.selling.amount_minor).toBeLessThan(shipment.quoted.total.amount_minor);
    for (const partner of [market.merchant, market.marketplace, market.carrier])
      expect(must(await partner.client.get<Shipment>(`/v1/shipments/${shipment.id}`))).not.toHaveProperty(
        'margin',
      );
  });

  test('of two plans the last word wins', async () => {
    const line = await document();
    must(await operator.post(`/v1/lines/${CODE}/versions`, { line: dearer(line), from: at(40) }));
    must(await operator.post(`/v1/lines/${CODE}/versions`, { line, from: at(30) }));
    const { versions } = await operatorLine();
    const live = versions.filter((version) => version.valid_to === undefined);
    expect(live.map((version) => version.version)).toEqual([4]);
    await moveTo(45);
    expect(await offerOf()).toMatchObject({ line_version: 4 });
  });
});

describe('a preview', () => {
  type Preview = {
    at: string;
    examples: { zone: string; weight_grams: number; selling: { amount_minor: number } }[];
    before: Preview['examples'];
    parcel?: {
      reasons: { code: string; message: string }[];
      price?: { total: { amount_minor: number }; charges: unknown[] };
      margin?: { amount_minor: number };
      promise?: { min_days: number; max_days: number };
    };
  };
  const parcel = {
    from: { country: 'DE', postcode: '10115' },
    to: { country: 'DE', postcode: '80331' },
    weight_grams: 800,
  };

  test('tells the prices beside those of today, and what one parcel would cost; nothing is stored', async () => {
    const line = dearer(await document());
    const { versions } = await operatorLine();
    const preview = must(await operator.post<Preview>('/v1/lines/preview', { line, from: at(600), parcel }));
    expect(preview.at).toBe(at(600));
    expect(preview.examples.length).toBeGreaterThan(0);
    expect(preview.examples.map((one) => one.selling.amount_minor)).toEqual(
      preview.before.map((one) => one.selling.amount_minor * 2),
    );
    expect(preview.parcel).toMatchObject({ reasons: [], promise: { min_days: 3 } });
    expect((await operatorLine()).versions).toEqual(versions);
    must(await operator.post(`/v1/lines/${CODE}/versions`, { line, from: at(50) }));
    await moveTo(50);
    expect((await offerOf())?.total.amount_minor).toBeGreaterThan(0);
    const again = must(
      await operator.post<Preview>('/v1/lines/preview', { line: { ...line, code: 'not_yet' }, parcel }),
    );
    expect(again.before).toEqual([]);
    expect(again.parcel?.price?.total).toEqual((await offerOf())?.total);
  });

  test('refuses what could not be published, and everybody but the operator', async () => {
    const line = await document();
    const faulty = await operator.post<Problem>('/v1/lines/preview', { line: { ...line, selling: [] } });
    expect([faulty.status, faulty.body.errors?.[0]?.code]).toEqual([422, 'selling_missing']);
    const past = await operator.post<Problem>('/v1/lines/preview', { line, from: at(-600) });
    expect([past.status, past.body.code]).toEqual([422, 'line_in_past']);
    const abroad = { ...parcel, to: { country: 'JP' } };
    const away = must(await operator.post<Preview>('/v1/lines/preview', { line, parcel: abroad }));
    expect(away.parcel?.reasons.map((reason) => reason.code)).toContain('destination_not_served');
    expect(away.parcel).not.toHaveProperty('price');
    for (const partner of [market.merchant, market.marketplace, market.carrier])
      expect((await partner.client.post('/v1/lines/preview', { line })).status).toBe(403);
  });
});

test('a line is added, offered, ended, and never comes back', async () => {
  const line = { ...(await document()), code: 'my_line' };
  const added = await operator.post<OperatorLine>('/v1/lines', { line });
  expect(added.status, JSON.stringify(added.body)).toBe(201);
  expect(await offerOf('my_line')).toBeDefined();
  const again = await operator.post<Problem>('/v1/lines', { line });
  expect([again.status, again.body.code]).toEqual([409, 'line_exists']);
  const bought = must(await buy(await offerOf('my_line')));
  must(await operator.post('/v1/lines/my_line/end', {}));
  expect(await offerOf('my_line')).toBeUndefined();
  expect((await market.merchant.client.get('/v1/lines/my_line')).status).toBe(404);
  expect((await operatorLine('my_line')).versions).toHaveLength(1);
  expect(await chargeOf(bought)).toBe(bought.quoted.total.amount_minor);
  for (const path of ['/v1/lines/my_line/versions', '/v1/lines/my_line/end']) {
    const late = await operator.post<Problem>(path, path.endsWith('end') ? {} : { line });
    expect([late.status, late.body.code]).toEqual([409, 'line_ended']);
  }
});

describe('what may not be published', () => {
  test('every fault of a line is named at once', async () => {
    const line = await document();
    const answer = await operator.post<Problem>('/v1/lines', {
      line: {
        ...line,
        code: 'faulty',
        carrier_code: 'nobody',
        valid_from: '2026-01-02T00:00:00Z',
        valid_to: '2026-01-01T00:00:00Z',
        promise: {
          ...(line.promise as object),
          zone: 'Mars/Base',
          days: [{ zone: 'elsewhere', min_days: 5, max_days: 2 }],
        },
        selling: [...line.selling, ...line.selling],
      },
    });
    expect([answer.status, answer.body.code]).toEqual([422, 'line_invalid']);
    const codes = new Set(answer.body.errors?.map((error) => error.code));
    for (const code of [
      'carrier_unknown',
      'validity_turned_round',
      'unknown_time_zone',
      'days_turned_round',
      'tables_overlap',
      'promise_for_unknown_zone',
    ])
      expect(codes).toContain(code);
    expect((await operator.get('/v1/lines/faulty/operator')).status).toBe(404);
  });

  test.each([
    ['nothing', {}],
    ['a line that is a list', { line: [] }],
    ['a field of strangers', { line: { evil: true } }],
    ['a code that climbs', { line: { code: '../../x' } }],
  ])('%s', async (_name, body) => {
    expect((await operator.post('/v1/lines', body)).status).toBe(400);
  });

  test('the past, another line, or by anybody but the operator', async () => {
    const line = await document();
    const past = await operator.post<Problem>(`/v1/lines/${CODE}/versions`, { line, from: at(-600) });
    expect([past.status, past.body.code]).toEqual([422, 'line_in_past']);
    const other = await operator.post<Problem>(`/v1/lines/${CODE}/versions`, {
      line: { ...line, code: 'other' },
    });
    expect([other.status, other.body.errors?.[0]?.code]).toEqual([422, 'line_code_differs']);
    expect((await operator.post('/v1/lines/nothing/versions', { line })).status).toBe(404);
    for (const partner of [market.merchant, market.marketplace, market.carrier])
      expect((await partner.client.post('/v1/lines', { line: { ...line, code: 'mine' } })).status).toBe(403);
  });
});

test('the live world has its own lines', async () => {
  const live = must(await network.operator.get<OperatorLine>(`/v1/lines/${CODE}/operator`));
  expect(live.versions).toHaveLength(1);
  expect((await network.operator.get('/v1/lines/my_line/operator')).status).toBe(404);
});
