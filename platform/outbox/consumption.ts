import { monotonicMs } from '../clock/index.ts';
import { isDatabaseUnavailable, sqlState } from '../db/index.ts';
import { openWork, type World } from '../world/index.ts';
import type { PublishedEvent } from './event.ts';
import type { Reaction } from './reaction.ts';
import {
  buryEvent,
  type ConsumerCursor,
  lastPosition,
  listEventsAfter,
  lockConsumer,
  moveConsumer,
  restConsumer,
} from './store.ts';

/** `empty`: nothing to read; `busy`: another process has it; `resting`: after a failure, for `againMs` more. */
export type Consumption = {
  readonly events: number;
  readonly state: 'worked' | 'empty' | 'busy' | 'resting';
  readonly againMs?: number;
};

const BATCH = 200;
/** A batch ends early after this: while its transaction runs, no later event can be numbered. */
const BATCH_MS = 1_000;
const BUSY_AGAIN_MS = 250;
/** Waits between the tries of one event; the try after the last wait puts it aside. Our default: 43 s in all. */
const REST_MS: readonly number[] = [100, 500, 2_000, 10_000, 30_000];

/** How far a batch got, for the decision after a failure. */
type Progress = { cursor?: ConsumerCursor; event?: PublishedEvent; index: number; size: number };

/** One batch of one reaction, at most `limit` events. Throws only when the database itself is away. */
export async function consume(
  world: World,
  reaction: Reaction,
  onFailure: (reaction: string, error: unknown, dead: boolean) => void,
  limit = BATCH,
): Promise<Consumption> {
  const progress: Progress = { index: 0, size: 0 };
  try {
    return await runBatch(world, reaction, limit, progress);
  } catch (error) {
    if (isAway(error) || progress.cursor === undefined) throw error;
    // The events before the failing one go first, so that it alone is tried again and its tries are counted.
    if (progress.size > 1 && progress.index > 0) {
      const before = progress.index < progress.size ? progress.index : 1;
      return consume(world, reaction, onFailure, before);
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
  limit: number,
  progress: Progress,
): Promise<Consumption> {
  let left = false;
  const consumption = await world.database.transaction<Consumption>('network', async (tx) => {
    const cursor = await lockConsumer(tx, reaction.name);
    if (cursor === undefined) {
      return { keep: false, value: { events: 0, state: 'busy', againMs: BUSY_AGAIN_MS } };
    }
    if (cursor.restMs > 0) {
      return { keep: false, value: { events: 0, state: 'resting', againMs: cursor.restMs } };
    }
    progress.cursor = cursor;
    // Read before the events: every event up to it is then visible to the next statement.
    const newest = await lastPosition(tx);
    const events = await listEventsAfter(tx, cursor.position, reaction.on, cursor.failures > 0 ? 1 : limit);
    progress.size = events.length;
    if (events.length === 0) {
      // Events for others are passed as well: the cursor of a rare type would stop the purge for ever.
      if (newest > cursor.position) await moveConsumer(tx, reaction.name, newest);
      return { keep: true, value: { events: 0, state: 'empty' } };
    }
    const { work, flush } = openWork(tx, world.clock.now());
    const started = monotonicMs();
    let last = cursor.position;
    for (const event of events) {
      if (progress.index > 0 && monotonicMs() - started > BATCH_MS) {
        progress.size = progress.index;
        break;
      }
      progress.event = event;
      await work.actFor('network');
      await reaction.run(work, event as PublishedEvent<never>);
      last = event.position;
      progress.index += 1;
    }
    await work.actFor('network');
    await moveConsumer(tx, reaction.name, last);
    left = await flush();
    return { keep: true, value: { events: progress.index, state: 'worked' } };
  });
  if (left) world.signalCommit();
  return consumption;
}

/** The database is away: not the event's fault. A statement that ran out of time is. */
function isAway(error: unknown): boolean {
  const state = sqlState(error);
  return isDatabaseUnavailable(error) && state !== '57014' && state !== '55P03';
}

function failureText(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
}
