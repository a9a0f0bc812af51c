import { instantOf } from './calendar.ts';
import { type Caller, callerOf, type Ledger } from './caller.ts';
import { openParties } from './opening.ts';
import { actsOf } from './outside/acts.ts';
import { booksOf } from './outside/books.ts';
import { looksFor } from './outside/look.ts';
import type { Story } from './outside/story.ts';
import type { Seat } from './parties.ts';
import { MARKETPLACES, type Merchant, type WorldPlan } from './plan.ts';
import { createQueue } from './queue.ts';
import { openReceivers, receiverPlan } from './receivers.ts';
import type { Stage } from './stage.ts';
import { emptyTruth } from './truth.ts';
import { enqueue, nothingOutside, type World } from './world.ts';

/** The test world's clock as the operator sets it. */
export type SetClock = {
  /** When it was last set or read. */
  now: number;
  set(at: number, running?: boolean): Promise<void>;
  /** What it shows now, also when it runs. */
  read(): number;
  isRunning(): boolean;
};

export function clockOf(operator: Caller, start: number, running = false): SetClock {
  let isRunning = running;
  let lookedAt = Date.now();
  const clock: SetClock = {
    now: start,
    set: async (at, run = false) => {
      const answer = await operator.post('/v1/test/clock', { body: { now: instantOf(at), running: run } });
      clock.now = Date.parse(answer.now);
      lookedAt = Date.now();
      isRunning = run;
    },
    read: () => (isRunning ? clock.now + Date.now() - lookedAt : clock.now),
    isRunning: () => isRunning,
  };
  return clock;
}

/** What an average parcel costs at most, so that a wallet never runs dry in a planned world. In minor units. */
const DEAR_PARCEL_MINOR: Readonly<Record<string, number>> = { CNY: 12_000, EUR: 700, BRL: 4_500 };

/** Opens everybody and lets all planned orders wait for their hour. */
export async function buildWorld(
  stage: Stage,
  plan: WorldPlan,
  outside: readonly Story[],
  ledger: Ledger,
  known: readonly Seat[] = [],
): Promise<{ world: World; clock: SetClock; seats: Seat[] }> {
  const operator = callerOf(stage.baseUrl, stage.operatorKey, ledger);
  const clock = clockOf(operator, plan.start);
  await clock.set(plan.start);
  const truth = emptyTruth();
  const parcels = new Map<number, number>();
  for (const order of plan.orders) {
    const { index } = order.merchant;
    parcels.set(index, (parcels.get(index) ?? 0) + order.parcels.length);
  }
  const size = parcels.values().reduce((sum, own) => sum + own, 0);
  const { parties, seats } = await openParties({
    baseUrl: stage.baseUrl,
    operator,
    ledger,
    known,
    marketplaces: MARKETPLACES,
    merchants: plan.merchants,
    fundsOf: (merchant: Merchant) =>
      ((parcels.get(merchant.index) ?? 0) + 5) * (DEAR_PARCEL_MINOR[merchant.currency] ?? 10_000),
    marketplaceFunds: (index) => (size + 5) * (DEAR_PARCEL_MINOR[MARKETPLACES[index]?.currency ?? ''] ?? 0),
    now: plan.start,
    truth,
    stranger: callerOf(stage.baseUrl, strangeKey(stage.operatorKey), ledger),
  });
  const world: World = {
    seed: plan.seed,
    parties,
    orders: new Map(plan.orders.map((order) => [order.index, order])),
    truth,
    queue: createQueue(),
    visits: new Map(),
    doors: new Map(),
    counts: new Map(),
    now: () => clock.read(),
    merchants: plan.merchants,
    ...nothingOutside(),
    stories: new Map(outside.map((story) => [story.index, story])),
    books: booksOf(outside),
    ...(stage.settle === undefined ? {} : { settle: stage.settle }),
    ...(stage.mayCallBack ? { receivers: await openReceivers(receiverPlan(parties)) } : {}),
  };
  for (const order of plan.orders) enqueue(world, order.index, [{ kind: 'buy', at: order.at }]);
  for (const act of [...outside.flatMap(actsOf), ...looksFor(outside)]) world.queue.push(act);
  return { world, clock, seats };
}

/** A key of the right form that nobody was given. */
export function strangeKey(key: string): string {
  return `${key.slice(0, -6)}${key.slice(-6) === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA'}`;
}
