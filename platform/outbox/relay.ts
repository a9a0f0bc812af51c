import { monotonicMs } from '../clock/index.ts';
import type { Queryable } from '../db/index.ts';
import { type Poller, type Round, startPoller, type World } from '../world/index.ts';
import { type Consumption, consume } from './consumption.ts';
import type { PublishedEvent } from './event.ts';
import type { Reaction } from './reaction.ts';
import {
  hasUnnumberedEvents,
  listConsumersBehind,
  type Numbered,
  numberCommittedEvents,
  registerConsumers,
} from './store.ts';

export type Relay = Poller;

const NUMBER_AT_ONCE = 1_000;
const POLL_QUICK_MS = 100;
const POLL_SLOW_MS = 1_000;
/**
 * A round costs each reaction a transaction, and the more events there are for it the less an event costs. So on a busy
 * server rounds lie this far apart, unless more events wait than a round takes. Our default: what a purchase sets off
 * is seen a fifth of a second later.
 */
const GATHER_MS = 200;
/** Every so often the cursors are compared with the last number, for events that another process numbered. */
const LOOK_AROUND_MS = 5_000;
/** `idle` waits at most so long for what others hold: events behind their transactions, consumers under their work. */
const HORIZON_WAIT_MS = 3_000;
/** So often a running program says that its consumers are alive (see purgeEvents). */
const REGISTER_MS = 3_600_000;

/**
 * Numbers committed events and hands them to the reactions of one world, until stopped. Any number of processes may
 * do so on one database. `onFailure` is told each failed try; `dead`: the event was put aside.
 * `onReacted` is told each round in which reactions took events.
 */
export function startRelay(
  world: World,
  reactions: readonly Reaction[],
  onFailure: (reaction: string, error: unknown, dead: boolean) => void,
  onReacted: () => void = () => undefined,
): Relay {
  let registeredAt = Number.NEGATIVE_INFINITY;
  let lookedAround = Number.NEGATIVE_INFINITY;
  const hungry = new Set<Reaction>();
  /** In the last round another relay was at work on one of our consumers. */
  let isElsewhere = false;

  async function register(): Promise<void> {
    if (monotonicMs() - registeredAt < REGISTER_MS) return;
    await world.database.transaction('network', async (tx) => {
      await registerConsumers(
        tx,
        reactions.map((reaction) => reaction.name),
      );
      return { keep: true, value: undefined };
    });
    registeredAt = monotonicMs();
  }

  async function findHungry(events: readonly PublishedEvent[]): Promise<void> {
    const types = new Set(events.map((event) => event.type));
    for (const reaction of reactions) {
      if (reaction.on.some((type) => types.has(type))) hungry.add(reaction);
    }
    if (monotonicMs() - lookedAround < LOOK_AROUND_MS) return;
    const behind = new Set(await world.database.read('network', listConsumersBehind));
    for (const reaction of reactions) if (behind.has(reaction.name)) hungry.add(reaction);
    lookedAround = monotonicMs();
  }

  async function round(): Promise<Round> {
    await register();
    const numbered = await numberEvents(world);
    const count = numbered?.events.length ?? 0;
    await findHungry(numbered?.events ?? []);
    let taken = 0;
    let againMs: number | undefined;
    isElsewhere = false;
    for (const reaction of hungry) {
      const consumption: Consumption = await consume(world, reaction, onFailure, { numbered });
      taken += consumption.events;
      if (consumption.isThrough) hungry.delete(reaction);
      if (consumption.state === 'busy') isElsewhere = true;
      if (consumption.againMs !== undefined) againMs = Math.min(againMs ?? POLL_SLOW_MS, consumption.againMs);
    }
    if (taken > 0) onReacted();
    const done = count + taken;
    // A reaction that rests or is at work elsewhere says itself when to look again.
    const moreWaits = count === NUMBER_AT_ONCE || (hungry.size > 0 && againMs === undefined);
    return againMs === undefined ? { done, moreWaits } : { done, moreWaits, againMs };
  }

  const poller = startPoller({
    round,
    quickMs: POLL_QUICK_MS,
    slowMs: POLL_SLOW_MS,
    gatherMs: GATHER_MS,
    onError: (error) => onFailure('relay', error, false),
  });
  return {
    ...poller,
    idle: async () => {
      lookedAround = Number.NEGATIVE_INFINITY;
      const started = monotonicMs();
      do await poller.idle();
      while (
        monotonicMs() - started < HORIZON_WAIT_MS &&
        (isElsewhere ? await restShortly() : await world.database.read('network', waitForHorizon))
      );
    },
  };
}

/** Answers after a moment whether events wait for a transaction that began before them to end. */
async function waitForHorizon(db: Queryable): Promise<boolean> {
  if (!(await hasUnnumberedEvents(db))) return false;
  return restShortly();
}

async function restShortly(): Promise<true> {
  await new Promise((resolve) => setTimeout(resolve, 10));
  return true;
}

/** Looks first, and takes the relay's lock only when something waits: an idle server writes nothing. */
async function numberEvents(world: World): Promise<Numbered | undefined> {
  const waiting = await world.database.read('network', hasUnnumberedEvents);
  if (!waiting) return undefined;
  return world.database.transaction('network', async (tx) => ({
    keep: true,
    value: await numberCommittedEvents(tx, NUMBER_AT_ONCE),
  }));
}
