import { monotonicMs } from '../clock/index.ts';
import { isDatabaseUnavailable, sqlState } from '../db/index.ts';
import { NOTHING_LEFT, openWork, type Work, type World } from '../world/index.ts';
import type { PublishedEvent } from './event.ts';
import type { Reaction } from './reaction.ts';
import {
  buryEvent,
  type ConsumerCursor,
  listEventsAfter,
  lockConsumer,
  moveConsumer,
  type Numbered,
  restConsumer,
} from './store.ts';

/**
 * `empty`: nothing to read; `busy`: another process has it; `resting`: after a failure, for `againMs` more.
 * `isThrough`: all events that had a number are behind it.
 */
export type Consumption = {
  readonly events: number;
  readonly state: 'worked' | 'empty' | 'busy' | 'resting';
  readonly isThrough?: boolean;
  readonly againMs?: number;
};

const BATCH = 200;
/** A batch ends early after this: while its transaction runs, no later event can be numbered. */
const BATCH_MS = 1_000;
/**
 * So many are given at most to a reaction that takes events together, in one transaction: two steps in one would lock
 * what they touch in two orders, and who locks the same things in one order would meet them in a circle.
 */
const TOGETHER = 100;
const BUSY_AGAIN_MS = 250;
/** Waits between the tries of one event; the try after the last wait puts it aside. Our default: 43 s in all. */
const REST_MS: readonly number[] = [100, 500, 2_000, 10_000, 30_000];

/** How far a batch got, for the decision after a failure. `together`: events in the step under way. */
type Progress = {
  cursor?: ConsumerCursor;
  event?: PublishedEvent | undefined;
  index: number;
  size: number;
  together: number;
};

/**
 * What a batch takes at most: `limit` events, up to `together` of them in one step where the reaction can.
 * `numbered`: events that were published just now, so that they need not be read for each reaction.
 */
type Bounds = {
  readonly limit: number;
  readonly together: number;
  readonly numbered: Numbered | undefined;
};

/** One batch of one reaction. Throws only when the database itself is away. */
export async function consume(
  world: World,
  reaction: Reaction,
  onFailure: (reaction: string, error: unknown, dead: boolean) => void,
  { limit = BATCH, together = TOGETHER, numbered }: Partial<Bounds> = {},
): Promise<Consumption> {
  const progress: Progress = { index: 0, size: 0, together: 0 };
  try {
    return await runBatch(world, reaction, { limit, together, numbered }, progress);
  } catch (error) {
    if (isAway(error) || progress.cursor === undefined) throw error;
    // Which of them it was shows when they run one by one.
    if (progress.together > 1) return consume(world, reaction, onFailure, { limit, together: 1, numbered });
    // The events before the failing one go first, so that it alone is tried again and its tries are counted.
    if (progress.size > 1 && progress.index > 0) {
      const before = progress.index < progress.size ? progress.index : 1;
      return consume(world, reaction, onFailure, { limit: before, numbered });
    }
    const { cursor, event } = progress;
    const rest = event === undefined ? REST_MS.at(-1) : REST_MS[cursor.failures];
    onFailure(reaction.name, error, rest === undefined);
    await world.database.transaction('network', async (tx) => {
      if (rest !== undefined) await restConsumer(tx, reaction.name, cursor, rest);
      else if (event !== undefined) {
        await buryEvent(tx, reaction.name, cursor, event, failureText(error), world.clock.now());
      }
      return { keep: true, value: undefined };
    });
    return { events: 0, state: 'resting', againMs: rest ?? 1 };
  }
}

async function runBatch(
  world: World,
  reaction: Reaction,
  bounds: Bounds,
  progress: Progress,
): Promise<Consumption> {
  let left = NOTHING_LEFT;
  const consumption = await world.database.transaction<Consumption>('network', async (tx) => {
    const cursor = await lockConsumer(tx, reaction.name);
    if (cursor === undefined) {
      return { keep: false, value: { events: 0, state: 'busy', againMs: BUSY_AGAIN_MS } };
    }
    if (cursor.restMs > 0) {
      return { keep: false, value: { events: 0, state: 'resting', againMs: cursor.restMs } };
    }
    progress.cursor = cursor;
    const limit = cursor.failures > 0 ? 1 : limitOf(reaction, bounds);
    const events =
      eventsOf(bounds.numbered, cursor, reaction)?.slice(0, limit) ??
      (await listEventsAfter(tx, cursor.position, reaction.on, limit));
    progress.size = events.length;
    if (events.length === 0) {
      // Events for others are passed as well: the cursor of a rare type would stop the purge for ever.
      if (cursor.newest > cursor.position) moveConsumer(tx, reaction.name, cursor.newest);
      return { keep: true, value: { events: 0, state: 'empty', isThrough: true } };
    }
    const { work, flush } = openWork(tx, world.clock.now(), world.name);
    await runEvents(work, reaction, events, bounds.together, progress);
    const last = events[progress.index - 1]?.position ?? cursor.position;
    const isThrough = progress.index === events.length && events.length < limit;
    await work.actFor('network');
    moveConsumer(tx, reaction.name, isThrough ? Math.max(last, cursor.newest) : last);
    left = flush();
    return { keep: true, value: { events: progress.index, state: 'worked', isThrough } };
  });
  world.signalCommit(left);
  return consumption;
}

function limitOf(reaction: Reaction, { limit, together }: Bounds): number {
  return reaction.runAll === undefined ? limit : Math.min(limit, together);
}

/** What the cursor has before it, when that is known: undefined when other events have their numbers, too. */
function eventsOf(
  numbered: Numbered | undefined,
  { position, newest }: ConsumerCursor,
  { on }: Reaction,
): readonly PublishedEvent[] | undefined {
  if (numbered === undefined || position < numbered.after || newest !== numbered.last) return undefined;
  return numbered.events.filter((event) => event.position > position && on.includes(event.type));
}

async function runEvents(
  work: Work,
  reaction: Reaction,
  events: readonly PublishedEvent[],
  together: number,
  progress: Progress,
): Promise<void> {
  const started = monotonicMs();
  while (progress.index < events.length) {
    if (progress.index > 0 && monotonicMs() - started > BATCH_MS) {
      progress.size = progress.index;
      return;
    }
    const step = events.slice(
      progress.index,
      progress.index + (reaction.runAll === undefined ? 1 : together),
    );
    progress.event = step[0];
    progress.together = step.length;
    await work.actFor('network');
    if (reaction.runAll !== undefined && step.length > 1) await reaction.runAll(work, step as never);
    else await reaction.run(work, step[0] as PublishedEvent<never>);
    progress.index += step.length;
  }
  progress.together = 0;
}

/** The database is away: not the event's fault. A statement that ran out of time is. */
function isAway(error: unknown): boolean {
  const state = sqlState(error);
  return isDatabaseUnavailable(error) && state !== '57014' && state !== '55P03';
}

function failureText(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
}
