import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../platform/db/index.ts';
import {
  BERLIN,
  GOODS,
  type Market,
  MUNICH,
  must,
  openMarket,
  type Partner,
} from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';

type Shipment = {
  id: string;
  state: string;
  hold?: string;
  parcel_id?: string;
  tracking_status?: string;
  number: string;
  corrections: number;
  history: { number: string; reason: string }[];
};
type Fault = { code: string; detail: string; errors?: { pointer: string }[] };
type Batch = {
  created: number;
  existing: number;
  refused: number;
  results: { object_id: string; outcome: string; external_shipment_id?: string; error?: Fault }[];
};
type Order = {
  id: string;
  state: string;
  external_shipments: { external_shipment_id: string; state: string }[];
};
type Tracking = {
  parcels: { timeline: { status: string; entries: { milestone: string; occurred_at: string }[] } }[];
};

let network: TestNetwork;
let market: Market;
let rival: Partner;
let post: { client: Client };
let serial = 0;

beforeAll(async () => {
  network = await startTestNetwork();
  market = await openMarket(network, {
    operator: network.operator,
    country: 'DE',
    currency: 'EUR',
    carrierCode: 'postroad_express_eu',
    topUpMinor: 100_000,
  });
  const other = must(
    await market.marketplace.client.post<{ id: string }>('/v1/organisations', {
      kind: 'merchant',
      name: 'Rival',
      country: 'DE',
    }),
  );
  const { secret } = must(
    await network.operator.post<{ secret: string }>('/v1/api-keys', {
      organisation_id: other.id,
      role: 'merchant_admin',
      name: 'rival',
    }),
  );
  rival = { id: other.id, key: secret, client: network.client(secret) };
  post = await network
    .open(
      { kind: 'carrier', name: 'Post', country: 'DE' as CountryCode, carrierCode: 'dhl_paket' },
      'carrier',
    )
    .catch(() =>
      network.open(
        { kind: 'carrier', name: 'Express', country: 'DE' as CountryCode, carrierCode: 'ups' },
        'carrier',
      ),
    );
});
afterAll(() => network?.stop());

/** An order that was placed on the day given. */
async function order(client = market.merchant.client, placedAt = '2026-11-01T10:00:00Z'): Promise<string> {
  serial += 1;
  const reference = `EXT-${serial}`;
  must(
    await client.post('/v1/orders', {
      orders: [
        {
          object_id: 'o',
          order: { reference, placed_at: placedAt, sender: BERLIN, recipient: MUNICH, goods: GOODS },
        },
      ],
    }),
  );
  return reference;
}

const CARRIER = 'ups';
/** A number of UPS whose check digit holds is not needed here: any readable number is taken. */
const newNumber = () => {
  serial += 1;
  return `1Z999AA1${String(serial).padStart(10, '0')}`;
};

async function declare(
  reference: string,
  number: string,
  more: object = {},
  client = market.merchant.client,
) {
  const answer = must(
    await client.post<Batch>('/v1/external-shipments', {
      shipments: [
        { object_id: 's', shipment: { order_reference: reference, carrier_code: CARRIER, number, ...more } },
      ],
    }),
  );
  await network.settle();
  return answer.results[0]!;
}
async function declared(
  reference: string,
  number: string,
  more: object = {},
  client = market.merchant.client,
) {
  const { external_shipment_id: id, error } = await declare(reference, number, more, client);
  if (id === undefined) throw new Error(JSON.stringify(error));
  return id;
}
const read = async (id: string, client = market.merchant.client) =>
  must(await client.get<Shipment>(`/v1/external-shipments/${id}`));
const orderOf = async (reference: string, client = market.merchant.client) =>
  must(await client.get<{ data: Order[] }>(`/v1/orders?reference_prefix=${reference}`)).data[0]!;
async function scan(number: string, milestone: string, at: string) {
  must(
    await network.operator.post('/v1/scans', {
      scans: [{ number, milestone, occurred_at: at, place: { country: 'DE', city: 'Berlin' } }],
    }),
  );
  await network.settle();
}

describe('a declaration', () => {
  it('gives the number a timeline of the merchant, with scans that came before, and the order follows it', async () => {
    const number = newNumber();
    await scan(number, 'picked_up', '2026-11-02T10:00:00Z');
    const reference = await order();
    const id = await declared(reference, number, {
      shipped_at: '2026-11-02T09:00:00Z',
      ship_from_country: 'DE',
    });
    expect(await read(id)).toMatchObject({ state: 'declared', hold: 'own', tracking_status: 'picked_up' });
    expect(await orderOf(reference)).toMatchObject({
      state: 'shipped',
      external_shipments: [{ external_shipment_id: id, state: 'declared' }],
    });
    await scan(number, 'delivered', '2026-11-04T10:00:00Z');
    expect(await read(id)).toMatchObject({ tracking_status: 'delivered' });
    expect((await orderOf(reference)).state).toBe('delivered');
    const { parcels } = must(await market.merchant.client.get<Tracking>(`/v1/tracking/${number}`));
    expect(parcels[0]?.timeline.entries.map(({ milestone }) => milestone)).toEqual([
      'picked_up',
      'delivered',
      'dispatch_declared',
    ]);
  });

  it('is answered line by line: again existing, without an order, with a carrier or number that is none', async () => {
    const reference = await order();
    const number = newNumber();
    await declared(reference, number);
    expect((await declare(reference, number.toLowerCase())).outcome).toBe('existing');
    const codeOf = async (changed: object, name = reference) =>
      (await declare(name, newNumber(), changed)).error?.code;
    expect(await codeOf({}, 'NOBODYS')).toBe('external_order_unknown');
    expect(await codeOf({ carrier_code: 'flying_horse' })).toBe('external_carrier_unknown');
    expect(await codeOf({ carrier_code: 'other' })).toBe('external_carrier_unknown');
    expect(await codeOf({ number: '!!' })).toBe('external_number_unreadable');
    expect(
      (
        await declare(reference, newNumber(), {
          carrier_code: 'other',
          tracking_site: 'https://example.com/t',
        })
      ).outcome,
    ).toBe('created');
  });

  it('made again with other details is refused by their names and changes nothing', async () => {
    const [reference, number] = [await order(), newNumber()];
    const said = { weight_grams: 700, shipped_at: '2026-11-02T10:00:00+01:00', service_name: 'Express' };
    const id = await declared(reference, number, said);
    expect(await declare(reference, number, said)).toMatchObject({
      outcome: 'existing',
      external_shipment_id: id,
    });
    const before = await read(id);
    const changed = { weight_grams: 900, description: 'a kettle', send_type: 'part' };
    const { outcome, error } = await declare(reference, number, { ...said, ...changed });
    expect([outcome, error?.code, error?.errors?.map(({ pointer }) => pointer)]).toEqual([
      'refused',
      'external_declared_otherwise',
      ['/send_type', '/description', '/weight_grams'],
    ]);
    expect(error?.detail).toContain(id);
    const file = `order_reference,carrier_code,number,weight_grams\n${reference},${CARRIER},${number}`;
    const imported = async (weight: string) => {
      const answer = await fetch(`${network.baseUrl}/v1/external-shipments/import`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${market.merchant.key}`,
          'content-type': 'text/csv',
          'idempotency-key': `again-${number}-${weight}`,
        },
        body: `${file},${weight}\n`,
      });
      const { results } = (await answer.json()) as { results: { outcome: string; errors: object[] }[] };
      return results;
    };
    expect(await imported('900')).toMatchObject([
      { outcome: 'refused', errors: [{ column: 'weight_grams', code: 'external_declared_otherwise' }] },
    ]);
    // What a row leaves out it does not deny.
    expect(await imported('')).toMatchObject([{ outcome: 'existing', errors: [] }]);
    expect(await read(id)).toEqual(before);
  });

  it('is corrected in its details, which may be taken away, and tells what they said before', async () => {
    const said = { weight_grams: 700, service_name: 'Express', description: 'a kettle' };
    const id = await declared(await order(), newNumber(), said);
    const correct = (change: object) =>
      market.merchant.client.send<Shipment & { code: string }>('PATCH', `/v1/external-shipments/${id}`, {
        ...change,
        reason: 'it was guessed',
      });
    const { body } = await correct({ weight_grams: null, service_name: 'Saver', ship_from_country: 'DE' });
    expect(body).toMatchObject({ service_name: 'Saver', description: 'a kettle', corrections: 0 });
    expect(body).not.toHaveProperty('weight_grams');
    expect(await read(id)).toEqual(body);
    // A carrier of no registry has to be asked somewhere.
    must(await correct({ carrier_code: 'other', tracking_site: 'https://example.com/t' }));
    expect((await correct({ tracking_site: null })).body.code).toBe('external_carrier_unknown');
    expect((await correct({ number: null })).status).toBe(400);
    const told = await network.postroad.worlds.live.read('network', (db) =>
      db.rows<{ details: object[] }>(sql`
        select payload->'details' as details from platform.outbox_organisation
        where subject_id = ${id} and type = 'ShipmentModified' order by subject_sequence`),
    );
    expect(told.map(({ details }) => details)).toEqual([
      [
        { detail: 'service_name', before: 'Express', after: 'Saver' },
        { detail: 'ship_from_country', after: 'DE' },
        { detail: 'weight_grams', before: 700 },
      ],
      [{ detail: 'tracking_site', after: 'https://example.com/t' }],
    ]);
  });

  it('of a part leaves the order open until the last one', async () => {
    const reference = await order();
    await declared(reference, newNumber(), { send_type: 'part' });
    expect((await orderOf(reference)).state).toBe('open');
    await declared(reference, newNumber(), { send_type: 'all' });
    expect((await orderOf(reference)).external_shipments.map(({ state }) => state)).toEqual([
      'declared',
      'declared',
    ]);
    expect((await orderOf(reference)).state).toBe('shipped');
  });

  it('is corrected with a reason, keeps what it was, and not for ever', async () => {
    const reference = await order();
    const wrong = newNumber();
    const id = await declared(reference, wrong);
    const correct = (number: string) =>
      market.merchant.client.send<Shipment & { code: string }>('PATCH', `/v1/external-shipments/${id}`, {
        number,
        weight_grams: 700,
        reason: 'a typing error',
      });
    const right = newNumber();
    must(await correct(right));
    await network.settle();
    expect(await read(id)).toMatchObject({
      number: right,
      weight_grams: 700,
      hold: 'own',
      corrections: 1,
      history: [{ number: wrong, reason: 'a typing error' }],
    });
    for (let turn = 0; turn < 4; turn += 1) must(await correct(newNumber()));
    expect((await correct(newNumber())).body.code).toBe('external_correction_limit');
  });

  it('of a number that was corrected since names what stands for it, and is made again only when that is meant', async () => {
    const [reference, wrong, right] = [await order(), newNumber(), newNumber()];
    const id = await declared(reference, wrong);
    const correct = async (change: object) => {
      must(
        await market.merchant.client.send('PATCH', `/v1/external-shipments/${id}`, {
          ...change,
          reason: 'a typing error',
        }),
      );
      await network.settle();
    };
    await correct({ number: newNumber() });
    await correct({ number: right });
    const before = await read(id);
    const numbersDeclared = [wrong, before.history[1]?.number ?? ''];
    for (const number of numbersDeclared) {
      const { outcome, error } = await declare(reference, number.toLowerCase());
      expect([outcome, error?.code, error?.errors?.map(({ pointer }) => pointer)]).toEqual([
        'refused',
        'external_number_corrected',
        ['/number'],
      ]);
      expect(error?.detail).toContain(id);
      expect(error?.detail).toContain(right);
    }
    expect(await read(id)).toEqual(before);
    expect((await orderOf(reference)).external_shipments).toHaveLength(1);
    // The same number may well bring another order.
    expect((await declare(await order(), wrong)).outcome).toBe('created');
    // It is a parcel of its own after all; once it stands it is answered like any other.
    const meant = { despite_correction: true, send_type: 'part' };
    expect((await declare(reference, wrong, meant)).outcome).toBe('created');
    for (const more of [meant, { send_type: 'part' }])
      expect((await declare(reference, wrong, more)).outcome).toBe('existing');
    expect((await orderOf(reference)).external_shipments).toHaveLength(2);
    // A correction that was wrong itself is corrected back, and a declaration that does not stand stands for nothing.
    await correct({ number: numbersDeclared[1] });
    expect((await declare(reference, numbersDeclared[1] ?? '')).outcome).toBe('existing');
    expect((await declare(reference, right)).error?.code).toBe('external_number_corrected');
    must(await market.merchant.client.post(`/v1/external-shipments/${id}/withdrawal`, { reason: 'lost' }));
    expect((await declare(reference, right)).outcome).toBe('created');
  });

  it('that is withdrawn opens the order again, stays readable, and frees the number', async () => {
    const [mine, theirs] = [await order(), await order(rival.client)];
    const number = newNumber();
    const id = await declared(mine, number);
    const waiting = await declared(theirs, number, {}, rival.client);
    expect((await read(waiting, rival.client)).hold).toBe('shared');
    must(
      await market.merchant.client.post(`/v1/external-shipments/${id}/withdrawal`, { reason: 'not ours' }),
    );
    await network.settle();
    expect((await read(id)).state).toBe('withdrawn');
    const again = { number: newNumber(), reason: 'once more' };
    const corrected = await market.merchant.client.send<{ code: string }>(
      'PATCH',
      `/v1/external-shipments/${id}`,
      again,
    );
    const withdrawn = await market.merchant.client.post<{ code: string }>(
      `/v1/external-shipments/${id}/withdrawal`,
      { reason: 'once more' },
    );
    expect([corrected, withdrawn].map(({ status, body }) => [status, body.code])).toEqual(
      Array(2).fill([409, 'external_state_conflict']),
    );
    expect((await orderOf(mine)).state).toBe('open');
    expect((await read(waiting, rival.client)).hold).toBe('own');
    await scan(number, 'picked_up', '2026-11-03T10:00:00Z');
    expect((await read(waiting, rival.client)).tracking_status).toBe('picked_up');
  });

  it('is not taken for an order that is cancelled', async () => {
    const reference = await order();
    must(await market.merchant.client.post(`/v1/orders/${(await orderOf(reference)).id}/cancellation`, {}));
    expect((await declare(reference, newNumber())).error?.code).toBe('external_order_closed');
  });
});

describe('a number of somebody else', () => {
  it('is only pointed at: its scans stay where they are, and nothing of them is told', async () => {
    const [mine, theirs] = [await order(), await order(rival.client)];
    const number = newNumber();
    await declared(mine, number);
    await scan(number, 'picked_up', '2026-11-02T10:00:00Z');
    const stolen = await declared(theirs, number, {}, rival.client);
    await scan(number, 'out_for_delivery', '2026-11-03T10:00:00Z');
    const seen = await read(stolen, rival.client);
    expect(seen).toMatchObject({ hold: 'shared' });
    expect([seen.parcel_id, seen.tracking_status]).toEqual([undefined, undefined]);
    expect((await rival.client.get(`/v1/tracking/${number}`)).status).toBe(404);
    const { parcels } = must(await market.merchant.client.get<Tracking>(`/v1/tracking/${number}`));
    expect(parcels[0]?.timeline.status).toBe('out_for_delivery');
  });

  it('is never given to two, whoever of many declares it at once', async () => {
    const number = newNumber();
    const clients = Array.from(
      { length: 16 },
      (_, index) => (index % 2 === 0 ? market.merchant : rival).client,
    );
    const references = await Promise.all(clients.map((client) => order(client)));
    const answers = await Promise.all(
      clients.map((client, index) =>
        client.post<Batch>('/v1/external-shipments', {
          shipments: [
            {
              object_id: 's',
              shipment: { order_reference: references[index], carrier_code: CARRIER, number },
            },
          ],
        }),
      ),
    );
    await network.settle();
    const held = await Promise.all(
      answers.map(async (answer, index) => {
        const id = must(answer).results[0]?.external_shipment_id ?? '';
        return { merchant: index % 2, hold: (await read(id, clients[index])).hold };
      }),
    );
    const owners = new Set(held.filter(({ hold }) => hold === 'own').map(({ merchant }) => merchant));
    expect(owners.size).toBe(1);
    expect(held.filter(({ hold }) => hold === 'own')).toHaveLength(8);
    expect(held.filter(({ hold }) => hold === 'shared')).toHaveLength(8);
  });

  it('that arrived half a year before the order begins another life', async () => {
    const number = newNumber();
    await declared(await order(rival.client, '2025-11-01T10:00:00Z'), number, {}, rival.client);
    await scan(number, 'delivered', '2025-11-05T10:00:00Z');
    const id = await declared(await order(), number);
    await scan(number, 'picked_up', '2026-11-02T10:00:00Z');
    expect(await read(id)).toMatchObject({ hold: 'own', tracking_status: 'picked_up' });
  });

  it('is nobody\u2019s business: strangers see no declaration, the marketplace and the network do', async () => {
    const id = await declared(await order(), newNumber());
    expect((await rival.client.get(`/v1/external-shipments/${id}`)).status).toBe(404);
    expect((await post.client.get(`/v1/external-shipments/${id}`)).status).toBe(403);
    expect((await read(id, market.marketplace.client)).id).toBe(id);
    expect((await read(id, network.operator)).id).toBe(id);
    const listed = must(
      await market.marketplace.client.get<{ data: Shipment[]; next_cursor?: string }>(
        '/v1/external-shipments?limit=2',
      ),
    );
    expect(listed.data.map((one) => one.id)).toContain(id);
    expect(listed.next_cursor).toBeDefined();
  });
});

describe('a file', () => {
  type Imported = Omit<Batch, 'results'> & {
    rows: number;
    results: { line: number; external_shipment_id?: string; errors: { column: string; code: string }[] }[];
  };
  const upload = (text: string | Uint8Array) =>
    fetch(`${network.baseUrl}/v1/external-shipments/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${market.merchant.key}`, 'content-type': 'text/csv' },
      body: text as string,
    });

  it('declares what is right and names the cells that are not; again it declares nothing', async () => {
    const [one, two] = [await order(), await order()];
    const [first, second] = [newNumber(), newNumber()];
    const text = [
      'order_reference,carrier_code,number,send_type,shipped_at,weight_grams',
      `${one},${CARRIER},${first},,2026-11-02T09:00:00Z,950`,
      `${two},${CARRIER},${second},some,,`,
      `${two},nobody,${second},,yesterday,`,
      `NOBODYS,${CARRIER},${second},,,`,
      `${two},${CARRIER},${second},,,0.95`,
    ].join('\n');
    const answer = (await (await upload(text)).json()) as Imported;
    expect([answer.rows, answer.created, answer.refused]).toEqual([5, 1, 4]);
    expect(
      answer.results.map(({ line, errors }) => [line, errors.map(({ column, code }) => column || code)]),
    ).toEqual([
      [2, []],
      [3, ['send_type']],
      [4, ['shipped_at']],
      [5, ['external_order_unknown']],
      [6, ['weight_grams']],
    ]);
    expect(await read(answer.results[0]?.external_shipment_id ?? '')).toMatchObject({ weight_grams: 950 });
    expect(((await (await upload(text)).json()) as Imported).existing).toBe(1);
  });

  it('of before a correction declares no number anew: its line says what the number was corrected to', async () => {
    const [one, two] = [await order(), await order()];
    const [wrong, right, other] = [newNumber(), newNumber(), newNumber()];
    const text = `order_reference,carrier_code,number\n${one},${CARRIER},${wrong}\n${two},${CARRIER},${other}\n`;
    const uploaded = async () => (await (await upload(text)).json()) as Imported;
    const ids = (await uploaded()).results.map(({ external_shipment_id: id = '' }) => id);
    must(
      await market.merchant.client.send('PATCH', `/v1/external-shipments/${ids[0]}`, {
        ...{ carrier_code: 'dhl_express', number: right, reason: 'a typing error' },
      }),
    );
    await network.settle();
    const again = await uploaded();
    expect([again.created, again.existing, again.refused]).toEqual([0, 1, 1]);
    const [line, same] = again.results;
    expect(line?.errors).toMatchObject([{ column: 'number', code: 'external_number_corrected' }]);
    for (const part of [ids[0] ?? '', 'dhl_express', right]) expect(JSON.stringify(line)).toContain(part);
    expect(same?.external_shipment_id).toBe(ids[1]);
    expect((await orderOf(one)).external_shipments).toHaveLength(1);
  });

  it('whose row has more cells than the header declares nothing of it: a comma without quotes moves the rest', async () => {
    const [reference, number] = [await order(), newNumber()];
    const row = (rest: string) => `${reference},${CARRIER},${number},${rest}`;
    const header = 'order_reference,carrier_code,number,description,weight_grams';
    const answer = (await (await upload(`${header}\n${row('a kettle, blue,950')}`)).json()) as Imported;
    expect(answer.results).toMatchObject([
      { line: 2, outcome: 'refused', errors: [{ column: '', code: 'malformed_line' }] },
    ]);
    const quoted = (await (await upload(`${header}\n${row('"a kettle, blue",950,,')}`)).json()) as Imported;
    expect(quoted.created).toBe(1);
  });

  it('of anything is answered: row by row in its order, or refused as a whole by name', async () => {
    const reference = await order();
    const cell = fc.oneof(
      fc.constantFrom(
        reference,
        CARRIER,
        'NOBODYS',
        'nobody',
        '',
        '=1+1',
        '\u0000',
        '💣',
        '\u202e1Z',
        "'; drop",
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    const line = fc.oneof(
      fc.array(cell, { maxLength: 6 }).map((cells) => cells.join(',')),
      fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a'), maxLength: 12 }),
    );
    const header = fc.constantFrom(
      'order_reference,carrier_code,number',
      'number;carrier_code;order_reference;send_type;shipped_at',
      'order_reference,carrier_code,number,weight_grams,ship_from_country,tracking_site',
      '',
    );
    await fc.assert(
      fc.asyncProperty(header, fc.array(line, { maxLength: 8 }), async (head, lines) => {
        const response = await upload([head, ...lines].join('\n'));
        const answer = (await response.json()) as Imported & { code?: string };
        if (response.status !== 200) {
          expect([response.status, answer.code]).toEqual([422, 'external_file_unreadable']);
          return;
        }
        expect(answer.created + answer.existing + answer.refused).toBe(answer.rows);
        expect(answer.results).toHaveLength(answer.rows);
        const numbers = answer.results.map((one) => one.line);
        expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
        for (const { external_shipment_id: id, errors } of answer.results)
          expect(errors.length > 0).toBe(id === undefined);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['without a needed column', 'order_reference,number\nA,B', 'external_file_unreadable'],
    [
      'with a column that is none',
      'order_reference,carrier_code,number,colour\n',
      'external_file_unreadable',
    ],
    [
      'with a column that stands there twice',
      'order_reference,carrier_code,number,number\nA,ups,1Z1,1Z2',
      'external_file_unreadable',
    ],
    ['that is not UTF-8', new Uint8Array([0xff, 0xfe, 0x41]), 'external_file_unreadable'],
    [
      'that is too long',
      `order_reference,carrier_code,number\n${'A,b,C\n'.repeat(5_001)}`,
      'external_file_too_large',
    ],
  ])('%s is refused', async (_name, text, code) => {
    expect(((await (await upload(text)).json()) as { code: string }).code).toBe(code);
  });
});
