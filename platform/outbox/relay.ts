import { monotonicMs } from '../clock/index.ts';
import { openWork, type Work, type World } from '../world/index.ts';
import type { PublishedEvent } from './event.ts';
import {
  buryEvent,
  createConsumer,
  listEventsAfter,
  lockConsumer,
  moveConsumer,
  numberCommittedEvents,
  restConsumer,
} from './store.ts';

/**
 * A consumer of published events. Its effect and its cursor commit together, so an event works once although it may
 * be tried several times. `name` is stored: renaming a reaction starts it anew from the first kept event.
 */
export type Reaction = {
  readonly name: string;
  readonly on: readonly string[];
  run(work: Work, event: PublishedEvent<never>): Promise<void>;
};

export type Relay = { wake(): void; stop(): Promise<void>; idle(): Promise<void> };

const BATCH = 200;
const POLL_MS = 500;
/** Every so often all reactions look, also for events that another process numbered. */
const LOOK_AROUND_MS = 5_000;
/** Waits after a failed batch; the batch then runs event by event, and the last failure buries the event. */
const REST_MS: readonly number[] = [100, 500, 2_000, 10_000, 30_000];

export function startRelay(
  world: World,
  reactions: readonly Reaction[],
  onFailure: (reaction: string, error: unknown, dead: boolean) => void,
): Relay {
  let stopped = false;
  let woken = true;
  let sleeper: { timer: NodeJS.Timeout; wake: () => void } | undefined;
  let prepared: Promise<void> | undefined;
  let lookedAround = Number.NEGATIVE_INFINITY;
  const hungry = new Set<Reaction>();

  const prepare = () =>
    world.database.transaction('network', async (tx) => {
      for (const reaction of reactions) await createConsumer(tx, reaction.name, 0);
      return { keep: true, value: undefined };
    });

  const numberEvents = () =>
    world.database.transaction('network', async (tx) => ({
      keep: true,
      value: await numberCommittedEvents(tx, 1000),
    }));

  /** One batch of one reaction; answers how many events it passed. */
  async function react(reaction: Reaction): Promise<{ events: number; failed: boolean }> {
    let tried: PublishedEvent | undefined;
    let failures = 0;
    try {
      return await world.database.transaction('network', async (tx) => {
        const cursor = await lockConsumer(tx, reaction.name);
        if (cursor === undefined) return { keep: false, value: { events: 0, failed: false } };
        failures = cursor.failures;
        const events = await listEventsAfter(tx, cursor.position, reaction.on, failures > 0 ? 1 : BATCH);
        const { work, flush } = openWork(tx, world.clock.now());
        for (const event of events) {
          tried = event;
          await work.actFor('network');
          await reaction.run(work, event as PublishedEvent<never>);
        }
        await work.actFor('network');
        const last = events.at(-1);
        if (last !== undefined) await moveConsumer(tx, reaction.name, last.position);
        await flush();
        return { keep: last !== undefined, value: { events: events.length, failed: false } };
      });
    } catch (error) {
      const dead = failures >= REST_MS.length && tried !== undefined;
      onFailure(reaction.name, error, dead);
      await world.database.transaction('network', async (tx) => {
        if (dead && tried !== undefined) {
          await buryEvent(tx, reaction.name, tried, failureText(error), world.clock.now());
          await moveConsumer(tx, reaction.name, tried.position);
        } else {
          await restConsumer(tx, reaction.name, REST_MS[failures] ?? 30_000);
        }
        return { keep: true, value: undefined };
      });
      return { events: 0, failed: true };
    }
  }

  async function round(): Promise<number> {
    prepared ??= prepare();
    await prepared;
    const numbered = await numberEvents();
    if (monotonicMs() - lookedAround > LOOK_AROUND_MS) {
      lookedAround = monotonicMs();
      for (const reaction of reactions) hungry.add(reaction);
    }
    for (const reaction of reactions) {
      if (reaction.on.some((type) => numbered.types.includes(type))) hungry.add(reaction);
    }
    let passed = numbered.count;
    for (const reaction of hungry) {
      if (stopped) break;
      const { events, failed } = await react(reaction);
      passed += events;
      if (events === 0 && !failed) hungry.delete(reaction);
    }
    return passed;
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      woken = false;
      const passed = await round().catch((error) => {
        prepared = undefined;
        onFailure('relay', error, false);
        return 0;
      });
      if (passed > 0 || woken || stopped) continue;
      await new Promise<void>((resolve) => {
        sleeper = { timer: setTimeout(resolve, POLL_MS), wake: resolve };
      });
      sleeper = undefined;
    }
  }
  const running = loop();
  const wake = () => {
    woken = true;
    if (sleeper !== undefined) {
      clearTimeout(sleeper.timer);
      sleeper.wake();
    }
  };
  return {
    wake,
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
    idle: async () => {
      lookedAround = Number.NEGATIVE_INFINITY;
      while ((await round()) > 0);
    },
  };
}

function failureText(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
}
