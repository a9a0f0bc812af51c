import { setTimeout as pause } from 'node:timers/promises';
import { clockOf, type SetClock, strangeKey } from './build.ts';
import { DAY, HOUR, MINUTE } from './calendar.ts';
import { type Caller, callerOf } from './caller.ts';
import { openCounters } from './counters.ts';
import { type Desk, deskOf, fillDesk } from './desk.ts';
import { actUntil, type Pace, runVirtually } from './engine.ts';
import { citiesByCountry } from './geography.ts';
import { type Notebook, note, readNotebook, recall, writeNotebook } from './notebook.ts';
import { openParties } from './opening.ts';
import { MARKETPLACES, planOrder, planWorld } from './plan.ts';
import { randomOf } from './random.ts';
import { drawAgain } from './returns.ts';
import type { Shop } from './shops.ts';
import { stageAt } from './stage.ts';
import { enqueue, nothingOutside, type World } from './world.ts';

export type GentleOptions = {
  readonly dataFolder: string;
  readonly seed: number;
  /** Of the days before it begins. */
  readonly parcels: number;
  say(line: string): void;
  /** Aborted: it ends as soon as what is under way is done, and knows at the next start what is still to come. */
  readonly ending: AbortSignal;
};

const MERCHANTS = 40;
/** New orders, by day and night alike: somebody is awake somewhere. Each has some more acts within the first hours. */
const ORDERS_PER_MINUTE = 4;
/** How often the lists of the people who log in are looked at. */
const DESK_EVERY_MS = 5 * MINUTE;
/** How often it looks at what is due. */
const BEAT_MS = 2_000;
/** Acts at once while it catches up; afterwards it goes one by one, so that a laptop stays cool. */
const CATCHING_UP = 6;
/** Nobody waits longer than this for the first days: what is not lived through by then happens in real time. */
const CATCH_UP_MS = 60_000;

/** Lives in the test world of a running server until the server is ended or it is told to end. */
export async function liveGently(options: GentleOptions): Promise<number> {
  const { dataFolder, say, ending } = options;
  const parent = process.ppid;
  const stage = stageAt(dataFolder);
  const operator = callerOf(stage.baseUrl, stage.operatorKey, new Map());
  const { organisation } = await operator.get('/v1/me');
  const known = readNotebook(dataFolder, organisation.id);
  const seen = await operator.get('/v1/test/clock');
  const clock = clockOf(operator, Date.parse(seen.now), seen.running);
  const notebook = known ?? {
    ...newNotebook(options.seed, organisation.id, Math.ceil(clock.now / HOUR) * HOUR),
    shops: await shopsOf(operator, stage.organisationIds ?? []),
  };
  const world = await openWorld(stage, operator, clock, notebook, known === undefined ? options.parcels : 0);
  const keep = () => {
    note(notebook, world);
    writeNotebook(dataFolder, notebook);
  };
  keep();
  const pace: Pace = {
    atOnce: notebook.isCaughtUp ? 1 : CATCHING_UP,
    ending,
    onFailure: (what, error) =>
      say(`could not: ${what}: ${error instanceof Error ? error.message : String(error)}`),
  };
  if (!notebook.isCaughtUp) {
    const deadline = performance.now() + CATCH_UP_MS;
    const set = async (at: number) => {
      if (performance.now() > deadline) throw new CaughtUpError();
      await clock.set(Math.max(at, clock.now));
      keep();
    };
    try {
      await runVirtually(world, { set }, pace, Date.now());
    } catch (error) {
      if (!(error instanceof CaughtUpError)) throw error;
    }
    if (ending.aborted) {
      keep();
      return 0;
    }
    notebook.isCaughtUp = true;
    say(`${world.counts.get('parcels') ?? 0} parcels are on their way or there`);
  }
  // Time flies no more: from here on the test world's clock is the clock on the wall.
  if (!clock.isRunning()) await clock.set(Math.max(Date.now(), clock.now), true);
  keep();
  const desk = await deskOf(stage, world).catch((error: unknown) => pace.onFailure('open the desk', error));
  if (notebook.hasCounters !== true)
    await openCounters(stage, world, operator, say).then(
      () => {
        notebook.hasCounters = true;
        keep();
      },
      (error: unknown) => pace.onFailure('open the counters', error),
    );
  const busy = { ...pace, atOnce: 1, ...(desk === undefined ? {} : { desk }) };
  await goOn(world, notebook, busy, keep, () => process.ppid === parent && !ending.aborted);
  return 0;
}

/** The first days take too long here: the rest happens in real time. */
class CaughtUpError extends Error {}

function newNotebook(seed: number, operatorId: string, start: number): Notebook {
  return {
    ...{ seed, operatorId, start, orders: [], seats: [], isCaughtUp: false, waiting: [], visits: [] },
    ...{ doors: [], truth: [], nextOrder: 0 },
  };
}

/** Merchants that the demo opened: the world sells through them, so that their people find orders. */
async function shopsOf(operator: Caller, organisationIds: readonly string[]): Promise<Shop[]> {
  const organisations = await Array.fromAsync(operator.listAll('/v1/organisations'));
  return organisations
    .filter(({ id, kind }) => kind === 'merchant' && organisationIds.includes(id))
    .map(({ name, country }) => ({ name, country }));
}

/** `parcels` of the days before now for a new world; 0 for one that goes on. */
async function openWorld(
  stage: { readonly baseUrl: string; readonly operatorKey: string },
  operator: Caller,
  clock: SetClock,
  notebook: Notebook,
  parcels: number,
): Promise<World> {
  const { seed, start } = notebook;
  const days = Math.max(1, Math.ceil((Date.now() - start) / DAY));
  const size = { seed, parcels, days, start, merchants: MERCHANTS, hasPromotion: false };
  const plan = planWorld({ ...size, shops: notebook.shops ?? [] });
  const { queue, visits, doors, truth } = recall(notebook);
  const { parties, seats } = await openParties({
    baseUrl: stage.baseUrl,
    operator,
    ledger: new Map(),
    known: notebook.seats,
    marketplaces: MARKETPLACES,
    merchants: plan.merchants,
    // One payment each; who has spent it pays again.
    fundsOf: () => 1,
    marketplaceFunds: () => 1,
    now: clock.now,
    truth,
    stranger: callerOf(stage.baseUrl, strangeKey(stage.operatorKey), new Map()),
  });
  notebook.seats = seats;
  const cities = citiesByCountry();
  const orders =
    parcels > 0
      ? plan.orders
      : notebook.orders.flatMap(({ index, at, merchant }) => {
          const seller = plan.merchants[merchant];
          return seller === undefined ? [] : [drawAgain(seed, index, at, seller, cities)];
        });
  const world: World = {
    ...{ seed, parties, queue, visits, doors, truth, counts: new Map(), merchants: plan.merchants },
    orders: new Map(orders.map((order) => [order.index, order])),
    ...nothingOutside(),
    now: () => clock.read(),
  };
  if (parcels > 0) {
    for (const order of plan.orders) enqueue(world, order.index, [{ kind: 'buy', at: order.at }]);
    notebook.nextOrder = plan.orders.length;
  }
  return world;
}

/** Real time: what is due happens, and new orders come in. Ends with the program that started it. */
async function goOn(
  world: World,
  notebook: Notebook,
  pace: Pace & { readonly desk?: Desk },
  keep: () => void,
  isWanted: () => boolean,
): Promise<void> {
  const cities = citiesByCountry();
  const random = randomOf(notebook.seed, `street/${notebook.nextOrder}`);
  const sellers = world.merchants.map((merchant) => [merchant, merchant.weight] as const);
  let deskDueAt = 0;
  while (isWanted()) {
    const now = world.now();
    if (pace.desk !== undefined && now >= deskDueAt) {
      deskDueAt = now + DESK_EVERY_MS;
      await fillDesk(pace.desk, now).catch((error: unknown) => pace.onFailure('fill the desk', error));
    }
    if (random.chance((ORDERS_PER_MINUTE * BEAT_MS) / MINUTE)) {
      const order = planOrder(notebook.seed, notebook.nextOrder, now, random.weighted(sellers), cities);
      notebook.nextOrder += 1;
      world.orders.set(order.index, order);
      enqueue(world, order.index, [{ kind: 'buy', at: now }]);
      // Before it is bought: whatever happens, its number is not given to another order.
      keep();
    }
    // Due acts are done until now minus a moment, so that none is a hair in the network's future.
    if ((world.queue.nextAt() ?? Number.POSITIVE_INFINITY) <= now - 500) {
      await actUntil(world, now - 500, pace);
      keep();
    }
    await pause(BEAT_MS, undefined, pace.ending && { signal: pace.ending }).catch(() => undefined);
  }
}
