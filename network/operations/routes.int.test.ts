import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../platform/db/index.ts';
import { BERLIN, EU_OFFER, GOODS, type Market, MUNICH, must, openMarket } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { OrganisationId } from '../kernel/index.ts';
import { createVault } from '../vault/index.ts';

let network: TestNetwork;
let market: Market;
let other: { id: string; client: Client };
let shipment: { id: string; parcels: { id: string; number: string; waybill_id: string }[] };

type Hits = {
  data: {
    kind: string;
    id: string;
    matched: string;
    title: string;
    recipient?: { name?: string; phone?: string };
  }[];
};

beforeAll(async () => {
  network = await startTestNetwork();
  market = await openMarket(network, {
    operator: network.operator,
    country: 'DE',
    currency: 'EUR',
    carrierCode: 'postroad_express_eu',
    topUpMinor: 500_000,
  });
  other = await network.open({ kind: 'merchant', name: 'Other', country: 'DE' as never }, 'merchant_admin');
  const offers = must(
    await market.merchant.client.post<{ offers: { offer_id: string }[] }>('/v1/offers', EU_OFFER),
  );
  shipment = must(
    await market.merchant.client.post<typeof shipment>('/v1/shipments', {
      offer_id: offers.offers[0]?.offer_id,
      order_ref: 'ref-77',
      sender: BERLIN,
      recipient: MUNICH,
      goods: GOODS,
      handover: 'drop_off',
    }),
  );
  must(
    await market.merchant.client.post('/v1/orders', {
      orders: [
        {
          object_id: 'a',
          order: {
            reference: 'ref-78',
            placed_at: '2026-11-20T10:00:00Z',
            recipient: { ...MUNICH, name: '王小明', phone: '+8613900001234' },
            goods: GOODS,
          },
        },
      ],
    }),
  );
  await network.settle();
});
afterAll(() => network?.stop());

const find = async (client: Client, text: string) =>
  must(await client.get<Hits>(`/v1/search?q=${encodeURIComponent(text)}`)).data;

describe('search', () => {
  test('finds by any number, reference and id', async () => {
    const parcel = shipment.parcels[0];
    expect((await find(network.operator, parcel?.number ?? '')).map((hit) => [hit.kind, hit.id])).toEqual([
      ['parcel', parcel?.id],
    ]);
    const scanned = `]C0${parcel?.number.toLowerCase()}`;
    expect((await find(network.operator, scanned)).map((hit) => hit.id)).toEqual([parcel?.id]);
    for (const text of ['ref-77', '#ref-77', shipment.id, parcel?.id ?? '', parcel?.waybill_id ?? ''])
      expect(
        (await find(network.operator, text)).map((hit) => [hit.kind, hit.id]),
        text,
      ).toEqual([['shipment', shipment.id]]);
    expect((await find(network.operator, 'ref-78')).map((hit) => hit.kind)).toEqual(['order']);
  });

  test('finds a person by the tail of the name or the phone, masked, and logs it', async () => {
    for (const text of ['Muster', 'max  muster', '5678', '+49 89 12345678']) {
      const hits = await find(network.operator, text);
      expect(
        hits.map((hit) => hit.id),
        text,
      ).toEqual([shipment.id]);
      expect(hits[0]?.recipient?.phone).toMatch(/\*/);
    }
    expect((await find(network.operator, '小明')).map((hit) => hit.title)).toEqual(['ref-78']);
    const world = network.postroad.worlds.live;
    const vault = createVault({ keyRing: network.postroad.ports.keyRing });
    const logged = await world.read('network', (db) =>
      db.rows<{ action: string; fields: string[] }>(
        sql`select action, fields from vault.audit_entry where organisation_id = ${market.merchant.id} order by sequence`,
      ),
    );
    expect(logged.map((entry) => [entry.action, entry.fields[0]])).toEqual([
      ['search', 'name'],
      ['search', 'name'],
      ['search', 'phone'],
      ['search', 'phone'],
      ['search', 'name'],
    ]);
    const chain = await world.read('network', (db) =>
      vault.verifyAuditChain(db, market.merchant.id as OrganisationId),
    );
    expect(chain).toEqual({ entries: 5, brokenAt: undefined });
  });

  test('a merchant finds its own and nothing of another', async () => {
    expect((await find(market.merchant.client, 'Muster')).map((hit) => hit.id)).toEqual([shipment.id]);
    for (const text of ['Muster', '5678', 'ref-77', shipment.id, shipment.parcels[0]?.number ?? ''])
      expect(await find(other.client, text), text).toEqual([]);
    expect((await market.carrier.client.get('/v1/search?q=ref-77')).status).toBe(403);
  });
});

describe('a marketplace that searches', () => {
  const vault = () => createVault({ keyRing: network.postroad.ports.keyRing });
  const looks = (organisationId: string) =>
    network.postroad.worlds.live.read('network', (db) =>
      vault().verifyAuditChain(db, organisationId as OrganisationId),
    );
  const TEXTS = () => {
    const [parcel] = shipment.parcels;
    return [
      'Muster',
      '5678',
      'ref-77',
      '#ref-77',
      shipment.id,
      parcel?.id,
      parcel?.number,
      parcel?.waybill_id,
    ].map((text) => text ?? '');
  };

  test('finds what its merchants have, by everything that staff may type', async () => {
    for (const text of TEXTS())
      expect((await find(market.marketplace.client, text)).length, text).toBeGreaterThan(0);
    expect((await find(market.marketplace.client, 'ref-78')).map((hit) => hit.kind)).toEqual(['order']);
  });

  test('finds nothing of another, and leaves no trace in the books of strangers', async () => {
    const rival = await network.open(
      { kind: 'marketplace', name: 'Rival', country: 'DE' as never },
      'marketplace_staff',
    );
    const before = await looks(market.merchant.id);
    for (const text of [...TEXTS(), 'ref-78', '小明'])
      expect(await find(rival.client, text), text).toEqual([]);
    expect(await looks(market.merchant.id)).toEqual(before);
  });

  test('is shown no more than the first letter of a name; the merchant itself sees its labels’ mask', async () => {
    const nameIn = (hits: Hits['data']) => hits[0]?.recipient?.name;
    for (const client of [network.operator, market.marketplace.client])
      expect(nameIn(await find(client, 'ref-77'))).toMatch(/^M\*+$/);
    expect(nameIn(await find(market.merchant.client, 'ref-77'))).toBe(MUNICH.name);
  });
});

describe('health', () => {
  type Health = {
    status: string;
    attention: string[];
    outbox: { reactions: { name: string; waiting: number; dead: number }[] };
    jobs: { kind: string; dead: number }[];
    ledger_imbalance: unknown[];
    low_number_stock: { carrier_code: string; remaining: number }[];
  };
  const health = async () => must(await network.operator.get<Health>('/v1/operations/health'));

  test('a quiet network needs nobody; its reactions have passed everything', async () => {
    await network.settle();
    const quiet = await health();
    expect([quiet.status, quiet.attention, quiet.ledger_imbalance]).toEqual(['ok', [], []]);
    expect(quiet.outbox.reactions.length).toBeGreaterThan(5);
    expect(quiet.outbox.reactions.filter((reaction) => reaction.waiting > 0)).toEqual([]);
    expect((await market.merchant.client.get('/v1/operations/health')).status).toBe(403);
  });

  test('a dead letter is told and replayed once; one whose event is gone says so', async () => {
    const world = network.postroad.worlds.live;
    const bury = (eventId: string | undefined) =>
      world.database.transaction('network', async (tx) => {
        await tx.run(sql`
          insert into platform.dead_letter (consumer, position, event_id, type, failure, dead_at)
          select 'orders.follow_shipment', coalesce(max(o.position), 999999999), coalesce(${eventId ?? null}, max(o.event_id)),
            'ShipmentPurchased', 'Error: planted', ${world.clock.now()}
          from platform.outbox_organisation o where o.type = 'ShipmentPurchased' and (${eventId ?? null}::text is null)`);
        return { keep: true, value: undefined };
      });
    await bury(undefined);
    await bury('evt_00000000000000000000000000');
    const told = await health();
    expect(told.attention).toEqual(['dead_letters']);
    type Letters = { data: { reaction: string; event_id: string }[]; next_cursor?: string };
    const first = must(await network.operator.get<Letters>('/v1/operations/dead-letters?limit=1'));
    const second = must(
      await network.operator.get<Letters>(`/v1/operations/dead-letters?limit=1&cursor=${first.next_cursor}`),
    );
    const letters = [...first.data, ...second.data];
    const replay = (letter: object | undefined) =>
      network.operator.post<{ code: string }>('/v1/operations/dead-letters/replays', letter);
    const answers = [];
    for (const { reaction, event_id } of letters) answers.push(await replay({ reaction, event_id }));
    expect(answers.map((answer) => [answer.status, answer.body.code])).toEqual([
      [422, 'dead_letter_not_replayable'],
      [200, undefined],
    ]);
    const again = await replay({ reaction: letters[1]?.reaction, event_id: letters[1]?.event_id });
    expect(again.status).toBe(404);
  });

  test('dead jobs are told by kind and run again', async () => {
    const world = network.postroad.worlds.live;
    await world.database.transaction('network', async (tx) => {
      await tx.run(sql`
        insert into platform.job (id, kind, key, run_at, payload, attempts, dead_at, failure)
        values ('job_dead', 'nobody.does_this', 'x', ${world.clock.now()}, '{}', 9, ${world.clock.now()}, 'Error: planted')`);
      return { keep: true, value: undefined };
    });
    expect((await health()).jobs.find((job) => job.kind === 'nobody.does_this')?.dead).toBe(1);
    const revived = must(
      await network.operator.post<{ revived: number }>('/v1/operations/jobs/revivals', {
        kind: 'nobody.does_this',
      }),
    );
    expect(revived.revived).toBe(1);
    expect((await health()).jobs.find((job) => job.kind === 'nobody.does_this')?.dead).toBe(0);
  });

  test('number stock below its mark is told', async () => {
    must(
      await network.operator.post('/v1/number-segments', {
        carrier_code: 'postroad_express_cn',
        prefix: 'PRC',
        digits: 11,
        from_serial: 1,
        to_serial: 100,
        check_rule: 'mod11',
        low_water_percent: 99,
      }),
    );
    expect((await health()).low_number_stock).toEqual([]);
    await network.postroad.worlds.live.database.transaction('network', async (tx) => {
      await tx.run(
        sql`update waybills.number_segment set next_serial = 91 where carrier_code = 'postroad_express_cn'`,
      );
      return { keep: true, value: undefined };
    });
    expect((await health()).low_number_stock).toMatchObject([
      { carrier_code: 'postroad_express_cn', size: 100, remaining: 10 },
    ]);
  });
});
