import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BERLIN, GOODS, type Market, MUNICH, must, openMarket } from '../../test/setup/market.ts';
import { startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';

let network: TestNetwork;
let market: Market;

beforeAll(async () => {
  network = await startTestNetwork();
  market = await openMarket(network, {
    operator: network.operator,
    country: 'DE',
    currency: 'EUR',
    carrierCode: 'postroad_express_eu',
    topUpMinor: 500_000,
  });
});
afterAll(() => network?.stop());

type Order = {
  id: string;
  state: string;
  reference: string;
  channel: string;
  note?: string;
  sender?: { name: string };
  recipient?: { name: string; phone: string };
  shipments: { shipment_id: string; state: string }[];
};
type Batch = {
  created: number;
  existing: number;
  refused: number;
  results: {
    object_id: string;
    outcome: string;
    order_id?: string;
    error?: { code: string; errors?: { pointer: string }[] };
  }[];
};
type Purchases = {
  bought: number;
  existing: number;
  refused: number;
  results: {
    object_id: string;
    outcome: string;
    shipment?: {
      id: string;
      order_ref: string;
      line_code: string;
      quoted: { total: { amount_minor: number } };
      parcels: { number: string }[];
    };
    error?: { code: string };
  }[];
};
type Import = {
  dialect: string;
  rows: number;
  created: number;
  existing: number;
  skipped: number;
  refused: number;
  results: {
    lines: number[];
    reference?: string;
    outcome: string;
    reason?: string;
    errors: { line: number; column: string; code: string }[];
  }[];
};
type Problem = { code: string };

const order = (reference: string, more: object = {}) => ({
  reference,
  channel: 'shopify',
  placed_at: '2026-11-20T10:00:00Z',
  sender: BERLIN,
  recipient: MUNICH,
  goods: GOODS,
  order_amount: { amount_minor: 2500, currency: 'EUR' },
  ...more,
});
const record = async (...orders: object[]) =>
  must(
    await market.merchant.client.post<Batch>('/v1/orders', {
      orders: orders.map((one, index) => ({ object_id: `o${index}`, order: one })),
    }),
  );
const recordOne = async (reference: string, more: object = {}) =>
  (await record(order(reference, more))).results[0]?.order_id ?? '';
const read = async (id: string) => must(await market.merchant.client.get<Order>(`/v1/orders/${id}`));
const buy = async (...lines: object[]) =>
  must(
    await market.merchant.client.post<Purchases>('/v1/shipments/batch', {
      lines: lines.map((line, index) => ({ object_id: `l${index}`, handover: 'drop_off', ...line })),
    }),
  );
const csv = (text: string, query = '') =>
  market.merchant.client.post<Import & Problem>(`/v1/orders/import${query}`, text, {
    'content-type': 'text/csv',
  });

describe('recording', () => {
  test('each order is answered by itself: new, known by its reference, or refused with a pointer', async () => {
    await recordOne('known-1');
    const broken = { ...MUNICH, address: { ...MUNICH.address, postcode: 'X' } };
    const answer = await record(
      order('fresh-1'),
      order('known-1'),
      order('fresh-1'),
      order('broken-1', { recipient: broken }),
    );
    expect(answer.results.map((line) => line.outcome)).toEqual([
      'created',
      'existing',
      'existing',
      'refused',
    ]);
    expect(answer.results[2]?.order_id).toBe(answer.results[0]?.order_id);
    expect(answer.results[3]?.error?.code).toBe('address_invalid');
    expect(answer.results[3]?.error?.errors?.[0]?.pointer).toBe('/recipient/address/postcode');
    expect([answer.created, answer.existing, answer.refused]).toEqual([1, 2, 1]);
  });

  test('16 clients that send one reference at once make one order', async () => {
    const answers = await Promise.all(Array.from({ length: 16 }, () => record(order('race-1'))));
    expect(answers.reduce((sum, answer) => sum + answer.created, 0)).toBe(1);
    expect(new Set(answers.map((answer) => answer.results[0]?.order_id)).size).toBe(1);
  });

  test('persons are shown masked, the note to its owner alone', async () => {
    const id = await recordOne('note-1', { note: 'Ring at Schmidt, second floor' });
    const own = await read(id);
    expect(own.note).toBe('Ring at Schmidt, second floor');
    expect(own.recipient?.phone).toMatch(/\*/);
    const client = must(await market.marketplace.client.get<Order>(`/v1/orders/${id}`));
    expect(client.note).toBeUndefined();
    expect(client.recipient?.phone).toMatch(/\*/);
    expect(JSON.stringify(client)).not.toContain('Schmidt');
  });

  test('the list filters by state, channel, start of the reference and day, and pages to its end', async () => {
    await record(...Array.from({ length: 5 }, (_, index) => order(`page_${index}`, { channel: 'paste' })));
    await recordOne('pageX1', { channel: 'paste' });
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = must(
        await market.merchant.client.get<{ data: Order[]; next_cursor?: string }>(
          `/v1/orders?channel=paste&state=open&reference_prefix=page_&limit=2&since=2026-11-20T10:00:00Z${cursor}`,
        ),
      );
      seen.push(...page.data.map((one) => one.reference));
      cursor = page.next_cursor === undefined ? '' : `&cursor=${page.next_cursor}`;
    } while (cursor !== '');
    expect(seen).toEqual(['page_4', 'page_3', 'page_2', 'page_1', 'page_0']);
    const later = must(
      await market.merchant.client.get<{ data: Order[] }>(
        '/v1/orders?channel=paste&since=2026-11-20T10:00:01Z',
      ),
    );
    expect(later.data).toEqual([]);
    const merchants = must(
      await market.marketplace.client.get<{ data: Order[] }>('/v1/orders?channel=paste'),
    );
    expect(merchants.data).toHaveLength(6);
  });
});

describe('changing', () => {
  test('an open order is edited; what is left out stays', async () => {
    const id = await recordOne('edit-1');
    const edited = must(
      await market.merchant.client.send<Order>('PATCH', `/v1/orders/${id}`, {
        recipient: BERLIN,
        note: 'new',
      }),
    );
    expect(edited.note).toBe('new');
    expect(edited.channel).toBe('shopify');
    expect(JSON.stringify(edited)).toContain('Berlin');
  });

  test('a cancelled order is neither edited nor bought for until it is opened again', async () => {
    const id = await recordOne('cancel-1');
    expect(must(await market.merchant.client.post<Order>(`/v1/orders/${id}/cancellation`)).state).toBe(
      'cancelled',
    );
    const edit = await market.merchant.client.send<Problem>('PATCH', `/v1/orders/${id}`, { note: 'x' });
    expect([edit.status, edit.body.code]).toEqual([409, 'order_state_conflict']);
    expect((await buy({ order_id: id })).results[0]?.error?.code).toBe('order_state_conflict');
    expect(must(await market.merchant.client.post<Order>(`/v1/orders/${id}/reopening`)).state).toBe('open');
    expect((await buy({ order_id: id })).bought).toBe(1);
  });
});

describe('buying', () => {
  test('every line is bought or refused by itself, and the batch again buys nothing twice', async () => {
    const [one, two] = [await recordOne('bulk-1'), await recordOne('bulk-2')];
    const lines = [
      { order_id: one, choose: 'cheapest' },
      { order_id: 'ord_00000000000000000000000000' },
      { order_id: two, offer_id: 'ofr_00000000000000000000000000' },
    ];
    const first = await buy(...lines);
    expect(first.results.map((line) => [line.outcome, line.error?.code])).toEqual([
      ['bought', undefined],
      ['refused', 'not_found'],
      ['refused', 'offer_not_found'],
    ]);
    const again = await buy(...lines);
    expect([again.bought, again.existing]).toEqual([0, 1]);
    expect(again.results[0]?.shipment?.id).toBe(first.results[0]?.shipment?.id);
    const booked = await read(one);
    expect(booked.state).toBe('booked');
    expect(booked.shipments.map((link) => link.shipment_id)).toEqual([first.results[0]?.shipment?.id]);
  });

  test('eight batches with one order at once buy it once', async () => {
    const id = await recordOne('bulk-race');
    const answers = await Promise.all(Array.from({ length: 8 }, () => buy({ order_id: id })));
    expect(answers.reduce((sum, answer) => sum + answer.bought, 0)).toBe(1);
    expect(new Set(answers.map((answer) => answer.results[0]?.shipment?.id)).size).toBe(1);
  });

  test('a waybill names its order, also of one that is shipped a second time on one day', async () => {
    const order_id = await recordOne('twice-1');
    const numbers: (string | undefined)[] = [];
    for (const again of [true, false]) {
      const { results } = await buy({ order_id });
      numbers.push(results[0]?.shipment?.parcels[0]?.number);
      const path = `/v1/shipments/${results[0]?.shipment?.id}/cancellation`;
      if (!again) break;
      must(await market.merchant.client.post(path, { reason: 'wrong line' }));
      await network.settle();
    }
    type Waybills = { data: { number: string; order_refs: string[] }[] };
    const queue = must(await market.merchant.client.get<Waybills>('/v1/waybills?order_ref=twice-1'));
    expect(queue.data.map((one) => one.order_refs)).toEqual([['twice-1'], ['twice-1']]);
    expect(queue.data.map((one) => one.number).sort()).toEqual(numbers.sort());
    expect(new Set(numbers).size).toBe(2);
  });

  test('a named offer of POST /v1/orders/offers is the one that is bought', async () => {
    const id = await recordOne('named-1');
    const offers = must(
      await market.merchant.client.post<{
        results: {
          answer: { offers: { offer_id: string; line_code: string; handover_choices: string[] }[] };
        }[];
      }>('/v1/orders/offers', { order_ids: [id] }),
    ).results[0]?.answer.offers;
    const last = offers?.at(-1);
    expect(last).toBeDefined();
    const bought = await buy({
      order_id: id,
      offer_id: last?.offer_id,
      handover: last?.handover_choices[0],
    });
    expect(bought.results[0]?.shipment?.line_code).toBe(last?.line_code);
  });

  test('without a sender of its own an order is shipped from the default sender address', async () => {
    const id = await recordOne('default-1', { sender: undefined });
    expect((await buy({ order_id: id })).results[0]?.error?.code).toBe('sender_missing');
    const added = must(
      await market.merchant.client.post<{ id: string; is_default: boolean }>('/v1/sender-addresses', {
        label: 'Berlin',
        party: BERLIN,
      }),
    );
    expect(added.is_default).toBe(true);
    expect((await buy({ order_id: id })).bought).toBe(1);
    const chosen = await recordOne('default-2', { sender: undefined, sender_address_id: added.id });
    expect((await read(chosen)).sender).toBeDefined();
    must(await market.merchant.client.send('DELETE', `/v1/sender-addresses/${added.id}`));
    const gone = await record(order('default-3', { sender: undefined, sender_address_id: added.id }));
    expect(gone.results[0]?.error?.code).toBe('sender_address_unknown');
  });
});

describe('following', () => {
  test('an order follows its shipment, and is open again when that is cancelled', async () => {
    const id = await recordOne('follow-1');
    const bought = (await buy({ order_id: id })).results[0]?.shipment?.id;
    must(await market.merchant.client.post(`/v1/shipments/${bought}/cancellation`, { reason: 'sold out' }));
    await network.settle();
    expect((await read(id)).state).toBe('open');
    const second = (await buy({ order_id: id })).results[0]?.shipment?.id;
    const shipment = must(
      await market.merchant.client.get<{ parcels: { id: string }[] }>(`/v1/shipments/${second}`),
    );
    must(
      await market.warehouse.client.post(`/v1/shipments/${second}/inbound`, {
        parcels: shipment.parcels.map((parcel) => ({ parcel_id: parcel.id, weight_grams: 700 })),
      }),
    );
    await network.settle();
    const shipped = await read(id);
    expect(shipped.state).toBe('shipped');
    expect(shipped.shipments.map((link) => link.state)).toEqual(['cancelled', 'wait_send']);
  });

  test("a shipment bought by the order's reference belongs to it", async () => {
    const id = await recordOne('by-hand-1');
    const offers = must(
      await market.merchant.client.post<{ results: { answer: { offers: { offer_id: string }[] } }[] }>(
        '/v1/orders/offers',
        { order_ids: [id] },
      ),
    );
    const shipment = must(
      await market.merchant.client.post<{ id: string }>('/v1/shipments', {
        offer_id: offers.results[0]?.answer.offers[0]?.offer_id,
        order_ref: 'by-hand-1',
        sender: BERLIN,
        recipient: MUNICH,
        goods: GOODS,
        handover: 'drop_off',
      }),
    );
    await network.settle();
    const booked = await read(id);
    expect([booked.state, booked.shipments[0]?.shipment_id]).toEqual(['booked', shipment.id]);
    const events = must(
      await market.merchant.client.get<{ data: { type: string }[] }>('/v1/events?limit=100'),
    );
    expect(events.data.some((event) => event.type === 'order.progressed')).toBe(true);
  });
});

describe('files', () => {
  const HEADER =
    'Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Shipping Name,Shipping Address1,Shipping Address2,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Cancelled at';
  const SHOPIFY = [
    HEADER,
    '#2001,a@example.com,paid,2026-11-20 10:05:00 +0100,unfulfilled,EUR,35.00,2026-11-20 10:00:00 +0100,1,"Shirt, blue",25.00,S-1,true,Max Muster,Marienplatz 8,,München,80331,,DE,+498912345678,,',
    '#2001,,,,,,,,2,Socks,5.00,S-2,true,,,,,,,,,,',
    '#2002,b@example.com,paid,,fulfilled,EUR,25.00,2026-11-20 10:00:00 +0100,1,Shirt,25.00,S-1,true,Max Muster,Marienplatz 8,,München,80331,,DE,,,',
    '#2003,c@example.com,paid,,unfulfilled,EUR,25.00,2026-11-20 10:00:00 +0100,1,Shirt,25.00,S-1,true,Max Muster,Marienplatz 8,,München,8033,,DE,,,',
    '#20 04,d@example.com,paid,,unfulfilled,EUR,25.00,2026-11-20 10:00:00 +0100,1,Shirt,free,S-1,true,Max Muster,Marienplatz 8,,München,80331,,DE,,,',
  ].join('\r\n');

  test('a Shopify export: several rows make one order, what was sent is skipped, what is wrong names its cell', async () => {
    const trial = must(await csv(SHOPIFY, '?dry_run=true'));
    expect([trial.dialect, trial.rows, trial.created]).toEqual(['shopify', 5, 1]);
    const answer = must(await csv(SHOPIFY));
    expect([answer.created, answer.skipped, answer.refused]).toEqual([1, 1, 2]);
    expect(answer.results.map((one) => [one.lines, one.outcome, one.reason])).toEqual([
      [[2, 3], 'created', undefined],
      [[4], 'skipped', 'fulfilled'],
      [[5], 'refused', undefined],
      [[6], 'refused', undefined],
    ]);
    expect(answer.results[2]?.errors[0]).toMatchObject({ line: 5, column: 'Shipping Zip' });
    expect(answer.results[3]?.errors.map((error) => [error.column, error.code])).toEqual([
      ['Lineitem price', 'not_an_amount'],
      ['Name', 'invalid_format'],
    ]);
    expect(must(await csv(SHOPIFY)).existing).toBe(1);
  });

  test('our own dialect, with semicolons as a German spreadsheet writes it', async () => {
    const answer = must(
      await csv(
        [
          'reference;recipient_name;recipient_country;recipient_city;recipient_postcode;recipient_line1;item_description;item_unit_value;currency;parcel_weight_grams;item_goods_class',
          'g-1;Max Muster;DE;München;80331;Marienplatz 8;Cotton shirt;25.00;EUR;600;normal',
          'g-2;Max Muster;DE;München;80331;Marienplatz 8;Cotton shirt;25.00;EUR;heavy;soft',
        ].join('\n'),
      ),
    );
    expect(answer.dialect).toBe('generic');
    expect(answer.results[0]?.outcome).toBe('created');
    expect(answer.results[1]?.errors.map((error) => error.column)).toEqual([
      'parcel_weight_grams',
      'item_goods_class',
    ]);
  });

  test.each([
    ['a,b\n1,2', 422, 'order_file_unreadable'],
    [`${HEADER}\n"#1`, 422, 'order_file_unreadable'],
    [`${HEADER}\n${'#1,\n'.repeat(5_001)}`, 413, 'order_file_too_large'],
  ])('a file that is no table of orders is refused', async (text, status, code) => {
    const answer = await csv(text);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('5,000 rows are taken at once', async () => {
    const rows = Array.from(
      { length: 5_000 },
      (_, index) =>
        `#9${index},e${index}@example.com,paid,,,EUR,25.00,2026-11-20 10:00:00 +0100,1,Shirt,25.00,S-1,true,Max Muster,Marienplatz ${index + 1},,München,80331,,DE,,,`,
    );
    const answer = must(await csv([HEADER, ...rows].join('\n')));
    expect([answer.rows, answer.created]).toEqual([5_000, 5_000]);
  });
});
