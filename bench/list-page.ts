import { must } from '../test/setup/market.ts';
import { cpuBetween } from './cpu.ts';
import { median, option, printLine, rounded } from './figures.ts';
import { buy, inFlight, LATIN, openShop } from './orders.ts';
import { openStage } from './stage.ts';

/*
 * CPU of one page of 20 shipments (Node and PostgreSQL together) from a merchant's 10,000: the first page and a page
 * deep in the list take turns. Most shipments are copies in the database of those that were really bought. Target: 5 ms.
 * Usage: node bench/list-page.ts [--shipments 10000] [--count 400] [--rounds 5] [--width 4] [--seed 1]
 */
const shipments = option('shipments', 10_000);
const count = option('count', 400);
const rounds = option('rounds', 5);
const width = option('width', 4);
const seed = option('seed', 1);
const BOUGHT = 100;

type Page = { data: { id: string }[]; next_cursor?: string };

const stage = await openStage();
try {
  const shop = await openShop(stage, LATIN, 1);
  const { client } = shop.market.merchant;
  await inFlight(BOUGHT, width, (index) => buy(LATIN, client, seed + index, `list-${index}`));
  await stage.settle();
  await copyShipments();
  const first = must(await client.get<Page>('/v1/shipments?limit=20'));
  if (first.data.length !== 20 || first.next_cursor === undefined) throw new Error('the page is not full');
  // 200 pages down by the product's own cursor.
  let deep = first.next_cursor;
  for (let page = 1; page < 200; page += 1) {
    const next = must(await client.get<Page>(`/v1/shipments?limit=20&cursor=${deep}`));
    if (next.next_cursor === undefined) break;
    deep = next.next_cursor;
  }
  const paths = { first: '/v1/shipments?limit=20', deep: `/v1/shipments?limit=20&cursor=${deep}` };
  const cpu = { first: [] as number[], deep: [] as number[], node: [] as number[], postgres: [] as number[] };
  for (let round = -1; round < rounds; round += 1) {
    for (const name of ['first', 'deep'] as const) {
      const before = stage.cpu();
      await inFlight(count, width, async () => {
        if (must(await client.get<Page>(paths[name])).data.length !== 20) throw new Error('a short page');
      });
      const used = cpuBetween(before, stage.cpu());
      // The first round warms up.
      if (round < 0) continue;
      cpu[name].push((used.node + used.postgres) / count);
      if (name === 'first') {
        cpu.node.push(used.node / count);
        cpu.postgres.push(used.postgres / count);
      }
    }
  }
  printLine({
    bench: 'list-page',
    unit: 'ms of CPU per page of 20',
    first: rounded(median(cpu.first)),
    deep: rounded(median(cpu.deep)),
    ratio: rounded(median(cpu.deep) / median(cpu.first)),
    nodeMs: rounded(median(cpu.node)),
    postgresMs: rounded(median(cpu.postgres)),
    target: 5,
    shipments,
    rounds,
    width,
    seed,
  });
} finally {
  await stage.stop();
}

/** Copies each bought shipment, its parcel and its parts under other ids until there are enough. */
async function copyShipments(): Promise<void> {
  const copies = Math.ceil(shipments / BOUGHT) - 1;
  await stage.sql(`
    create temporary table copied as
      select s.organisation_id, s.shipment_id, substr(s.shipment_id, 1, 25) || lpad(n::text, 5, '0') as copy_id, n
      from shipments.shipment s, generate_series(1, ${copies}) n;
    insert into shipments.shipment select (jsonb_populate_record(null::shipments.shipment, to_jsonb(s) || jsonb_build_object(
        'shipment_id', c.copy_id, 'order_ref', c.copy_id, 'offer_id', c.copy_id))).*
      from shipments.shipment s join copied c using (organisation_id, shipment_id);
    insert into shipments.part select (jsonb_populate_record(null::shipments.part, to_jsonb(p) || jsonb_build_object('shipment_id', c.copy_id))).*
      from shipments.part p join copied c using (shipment_id);
    insert into shipments.parcel select (jsonb_populate_record(null::shipments.parcel, to_jsonb(p) || jsonb_build_object(
        'shipment_id', c.copy_id, 'parcel_id', substr(p.parcel_id, 1, 25) || lpad(c.n::text, 5, '0'),
        'waybill_id', substr(p.waybill_id, 1, 25) || lpad(c.n::text, 5, '0')))).*
      from shipments.parcel p join copied c using (organisation_id, shipment_id);
    analyze`);
}
