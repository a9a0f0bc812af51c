import {
  compileLine,
  NEUTRAL_MARKET_POLICY,
  SHIPPED_DUTY_PATHS,
  SHIPPED_LINES,
} from '../network/lines/index.ts';
import type { OfferRequest } from '../network/offers/index.ts';
import { type SearchFacts, searchLines } from '../network/offers/search.policy.ts';
import { wallClock } from '../platform/clock/index.ts';
import { must } from '../test/setup/market.ts';
import { cpuBetween } from './cpu.ts';
import { median, option, printLine, rounded } from './figures.ts';
import { inFlight, LATIN, offerRequest, openShop } from './orders.ts';
import { openStage } from './stage.ts';

/*
 * Offer requests answered per second of CPU (server and PostgreSQL together): one by one, in batches of 100, and the
 * search alone in this process, without HTTP, facts and storing. All shipped lines are searched; the three take turns
 * in one run. The ratios say what the search is of a whole request.
 * Usage: node bench/offers.ts [--count 400] [--batches 20] [--rounds 5] [--width 4] [--seed 1]
 */
const BATCH = 100;
const count = option('count', 400);
const batches = option('batches', 20);
const rounds = option('rounds', 5);
const width = option('width', 4);
const seed = option('seed', 1);

const facts: SearchFacts = {
  at: wallClock.now(),
  lines: SHIPPED_LINES.map((line) => compileLine(line)),
  orderSharePercent: (carrierCode) => (carrierCode === LATIN.carrierCode ? 100 : 0),
  asker: 'network/bench',
  marketPolicy: { document: NEUTRAL_MARKET_POLICY, versionId: 'shipped' },
  dutyPaths: SHIPPED_DUTY_PATHS,
  dutyPathRequired: true,
  papersRequired: true,
  rates: [],
};
const stage = await openStage();
try {
  const shop = await openShop(stage, LATIN, 1);
  const { client } = shop.market.merchant;
  const perSecond: Record<'single' | 'batch' | 'search', number[]> = { single: [], batch: [], search: [] };
  for (let round = -2; round < rounds; round += 1) {
    if (round === -1) await stage.analyze();
    const at = (seed + round + 2) * count;
    const single = await measure(count, () =>
      inFlight(count, width, async (index) =>
        mustOffer(must(await client.post('/v1/offers', offerRequest(LATIN, at + index)))),
      ),
    );
    const batch = await measure(batches * BATCH, () =>
      inFlight(batches, width, async (index) => {
        const requests = Array.from({ length: BATCH }, (_, n) => ({
          object_id: `o${n}`,
          request: offerRequest(LATIN, at + index * BATCH + n),
        }));
        const answer = must(await client.post<{ results: unknown[] }>('/v1/offers/batch', { requests }));
        for (const result of answer.results) mustOffer(result);
      }),
    );
    const search = searchAlone(at);
    // Two rounds warm up.
    if (round < 0) continue;
    perSecond.single.push(single);
    perSecond.batch.push(batch);
    perSecond.search.push(search);
  }
  const [single, batch, search] = [
    median(perSecond.single),
    median(perSecond.batch),
    median(perSecond.search),
  ];
  printLine({
    bench: 'offers',
    unit: 'offer requests per second of CPU',
    single: Math.round(single),
    batch: Math.round(batch),
    search: Math.round(search),
    ratio: { searchOfSingle: rounded(single / search, 3), searchOfBatch: rounded(batch / search, 3) },
    lines: SHIPPED_LINES.length,
    rounds,
    width,
    seed,
  });
} finally {
  await stage.stop();
}

/** Requests per second of CPU. */
async function measure(requests: number, body: () => Promise<unknown>): Promise<number> {
  await stage.settle();
  const before = stage.cpu();
  await body();
  const used = cpuBetween(before, stage.cpu());
  return (requests * 1000) / (used.node + used.postgres);
}

function searchAlone(from: number): number {
  const searches = count * 10;
  const requests = Array.from({ length: searches }, (_, index) =>
    inOurNames(offerRequest(LATIN, from + index)),
  );
  const before = process.cpuUsage();
  for (const request of requests) mustOffer(searchLines(request, facts));
  const used = process.cpuUsage(before);
  return (searches * 1e6) / (used.user + used.system);
}

/** The request as the server has it after parsing. */
function inOurNames(request: ReturnType<typeof offerRequest>): OfferRequest {
  const money = ({ amount_minor, currency }: { amount_minor: number; currency: string }) => ({
    amountMinor: amount_minor,
    currency,
  });
  return {
    from: request.from,
    to: request.to,
    parcels: request.parcels.map(({ weight_grams, size }) => ({
      weightGrams: weight_grams,
      size: { lengthMm: size.length_mm, widthMm: size.width_mm, heightMm: size.height_mm },
    })),
    goods: request.goods.map(({ goods_class, quantity, unit_value }) => ({
      goodsClass: goods_class,
      quantity,
      unitValue: money(unit_value),
    })),
    orderAmount: money(request.order_amount),
  } as unknown as OfferRequest;
}

function mustOffer(answer: unknown): void {
  const { offers } = answer as { offers?: unknown[] };
  if (offers === undefined || offers.length === 0)
    throw new Error(`nothing offered: ${JSON.stringify(answer).slice(0, 500)}`);
}
