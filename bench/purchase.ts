import { cpuBetween, postgresProcesses } from './cpu.ts';
import { median, option, printLine, rounded } from './figures.ts';
import { countInstructions } from './instructions.ts';
import { buyAndPrint, CHINESE, inFlight, LATIN, openShop, type Shop } from './orders.ts';
import { openStage } from './stage.ts';

/*
 * CPU of one whole purchase over HTTP: offers, shipment paid from the wallet, number, label, and the label's bytes;
 * with all that the purchase sets off (relay, reactions), because each round ends when those are quiet. Latin and
 * Chinese labels take turns in one run. Targets: 8 ms of Node and 4 ms of PostgreSQL; Chinese 20 and 4.
 * Usage: node bench/purchase.ts [--count 200] [--rounds 5] [--width 4] [--seed 1]
 */
const count = option('count', 200);
const rounds = option('rounds', 5);
const width = option('width', 4);
const seed = option('seed', 1);

const stage = await openStage();
try {
  const shops = { latin: await openShop(stage, LATIN, 3), chinese: await openShop(stage, CHINESE, 3) };
  const cpu: Record<keyof typeof shops, Record<keyof Used, number[]>> = {
    latin: { node: [], postgres: [], bytes: [], nodeInstructions: [], postgresInstructions: [] },
    chinese: { node: [], postgres: [], bytes: [], nodeInstructions: [], postgresInstructions: [] },
  };
  for (let round = -2; round < rounds; round += 1) {
    if (round === -1) await stage.analyze();
    for (const name of ['latin', 'chinese'] as const) {
      const used = await measure(name, shops[name], round);
      // Two rounds warm up: one fills the tables, one makes the plans that hold.
      if (round < 0) continue;
      for (const key of Object.keys(cpu[name]) as (keyof Used)[]) cpu[name][key].push(used[key]);
    }
  }
  const figureOf = (name: keyof typeof shops) => ({
    nodeMs: rounded(median(cpu[name].node)),
    postgresMs: rounded(median(cpu[name].postgres)),
    pdfBytes: Math.round(median(cpu[name].bytes)),
    nodeMegaInstructions: rounded(median(cpu[name].nodeInstructions)),
    postgresMegaInstructions: rounded(median(cpu[name].postgresInstructions)),
  });
  const [latin, chinese] = [figureOf('latin'), figureOf('chinese')];
  printLine({
    bench: 'purchase',
    unit: 'ms of CPU per purchase',
    latin,
    chinese,
    target: { latin: { nodeMs: 8, postgresMs: 4 }, chinese: { nodeMs: 20, postgresMs: 4 } },
    ratio: rounded(latin.nodeMs / chinese.nodeMs),
    runs: count * rounds,
    rounds,
    width,
    seed,
  });
} finally {
  await stage.stop();
}

type Used = {
  readonly node: number;
  readonly postgres: number;
  readonly bytes: number;
  readonly nodeInstructions: number;
  readonly postgresInstructions: number;
};

/** What one purchase used. */
async function measure(name: string, shop: Shop, round: number): Promise<Used> {
  let bytes = 0;
  await stage.settle();
  const counts = await Promise.all([
    countInstructions([stage.nodeId]),
    countInstructions(postgresProcesses(stage.cluster.postgres.processId)),
  ]);
  const before = stage.cpu();
  await inFlight(count, width, async (index) => {
    const pdf = await buyAndPrint(
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
