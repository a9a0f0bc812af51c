import { cpuBetween, postgresProcesses } from './cpu.ts';
import { median, option, printLine, rounded } from './figures.ts';
import { countInstructions } from './instructions.ts';
import { buyAndPrint, buyWithLabel, CHINESE, inFlight, LATIN, openShop, type Shop } from './orders.ts';
import { openStage } from './stage.ts';

/*
 * CPU of one whole purchase over HTTP: offers, shipment paid from the wallet, number, label, and the label's bytes;
 * with all that the purchase sets off (relay, reactions), because each round ends when those are quiet. In two calls
 * (the label is bought with the shipment) and in four (it is printed and fetched by itself), Latin and Chinese labels:
 * all take turns in one run. Targets: 8 ms of Node and 4 ms of PostgreSQL; Chinese 20 and 4.
 * Usage: node bench/purchase.ts [--count 200] [--rounds 5] [--width 4] [--seed 1]
 */
const count = option('count', 200);
const rounds = option('rounds', 5);
const width = option('width', 4);
const seed = option('seed', 1);

const LANES = { latin: LATIN, chinese: CHINESE };
const WAYS = { twoCalls: buyWithLabel, fourCalls: buyAndPrint };
type Measured = { readonly lane: keyof typeof LANES; readonly way: keyof typeof WAYS; readonly used: Used[] };
const ALL: readonly Measured[] = (['latin', 'chinese'] as const).flatMap((lane) =>
  (['twoCalls', 'fourCalls'] as const).map((way) => ({ lane, way, used: [] })),
);

const stage = await openStage();
try {
  const shops = { latin: await openShop(stage, LATIN, 3), chinese: await openShop(stage, CHINESE, 3) };
  for (let round = -2; round < rounds; round += 1) {
    if (round === -1) await stage.analyze();
    for (const { lane, way, used } of ALL) {
      const once = await measure(`${lane}-${way}`, shops[lane], WAYS[way], round);
      // Two rounds warm up: one fills the tables, one makes the plans that hold.
      if (round >= 0) used.push(once);
    }
  }
  const figuresOf = (lane: Measured['lane']) =>
    Object.fromEntries(ALL.filter((one) => one.lane === lane).map(({ way, used }) => [way, figureOf(used)]));
  printLine({
    bench: 'purchase',
    unit: 'ms of CPU per purchase',
    latin: figuresOf('latin'),
    chinese: figuresOf('chinese'),
    target: { latin: { nodeMs: 8, postgresMs: 4 }, chinese: { nodeMs: 20, postgresMs: 4 } },
    runs: count * rounds,
    rounds,
    width,
    seed,
  });
} finally {
  await stage.stop();
}

function figureOf(used: readonly Used[]) {
  const middle = (key: keyof Used) => median(used.map((once) => once[key]));
  return {
    nodeMs: rounded(middle('node')),
    postgresMs: rounded(middle('postgres')),
    pdfBytes: Math.round(middle('bytes')),
    nodeMegaInstructions: rounded(middle('nodeInstructions')),
    postgresMegaInstructions: rounded(middle('postgresInstructions')),
  };
}

type Used = {
  readonly node: number;
  readonly postgres: number;
  readonly bytes: number;
  readonly nodeInstructions: number;
  readonly postgresInstructions: number;
};

/** What one purchase used. */
async function measure(name: string, shop: Shop, way: typeof buyWithLabel, round: number): Promise<Used> {
  let bytes = 0;
  await stage.settle();
  const counts = await Promise.all([
    countInstructions([stage.nodeId]),
    countInstructions(postgresProcesses(stage.cluster.postgres.processId)),
  ]);
  const before = stage.cpu();
  await inFlight(count, width, async (index) => {
    const pdf = await way(
      shop.lane,
      shop.market.merchant.client,
      index + round * count + seed * 79_190,
      `${name}-${round}-${index}`,
    );
    bytes += pdf.length;
  });
  await stage.settle();
  const used = cpuBetween(before, stage.cpu());
  const [nodeInstructions, postgresInstructions] = await Promise.all(counts.map((stop) => stop()));
  return {
    node: used.node / count,
    postgres: used.postgres / count,
    bytes: bytes / count,
    nodeInstructions: (nodeInstructions ?? Number.NaN) / count,
    postgresInstructions: (postgresInstructions ?? Number.NaN) / count,
  };
}
