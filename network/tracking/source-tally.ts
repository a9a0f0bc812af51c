import { type Poller, startPoller, type World } from '../../platform/world/index.ts';
import { accepted, type Instant, instant, msOf } from '../kernel/index.ts';
import type { RefusedLine, ScanLine } from './intake-line.ts';
import { LAG_COUNTS, lagStep } from './source-health.policy.ts';
import { addSourceHours, type SourceHour } from './source-hour-store.ts';

type Tally = { -readonly [Part in keyof SourceHour]: SourceHour[Part] } & { lags: number[] };
type Result = { readonly result: 'accepted' | 'duplicate' | 'refused' };

const tallies = new WeakMap<World, Map<string, Tally>>();
/** How long a process keeps its counts to itself. Our default. */
const FLUSH_MS = 5_000;

/** What a batch brought, line by line as it was answered. */
export function tallyOf(
  source: string,
  now: Instant,
  lines: readonly (ScanLine | RefusedLine)[],
  results: readonly Result[],
): SourceHour {
  const tally = emptyTally(source, now);
  const receivedMs = msOf(now);
  lines.forEach((line, index) => {
    const result = results[index]?.result;
    if (!line.ok || result === 'refused') tally.refused += 1;
    else if (result === 'duplicate') tally.duplicates += 1;
    else {
      tally.scans += 1;
      if (line.scan.milestone === 'unmapped') tally.unmapped += 1;
      const step = lagStep(receivedMs - msOf(line.scan.occurredAt));
      tally.lags[step] = (tally.lags[step] ?? 0) + 1;
    }
  });
  return tally;
}

function emptyTally(source: string, now: Instant): Tally {
  return {
    source,
    hour: instant(`${now.slice(0, 13)}:00:00.000Z`),
    scans: 0,
    unmapped: 0,
    duplicates: 0,
    refused: 0,
    lags: Array.from({ length: LAG_COUNTS }, () => 0),
    lastReceivedAt: now,
  };
}

/** Counts a batch that was committed. It reaches the database within seconds; a crash before that loses it. */
export function addTally(world: World, tally: SourceHour): void {
  const open = tallies.getOrInsertComputed(world, () => new Map<string, Tally>());
  const sum = open.getOrInsertComputed(`${tally.hour} ${tally.source}`, () =>
    emptyTally(tally.source, tally.lastReceivedAt),
  );
  sum.scans += tally.scans;
  sum.unmapped += tally.unmapped;
  sum.duplicates += tally.duplicates;
  sum.refused += tally.refused;
  for (const [step, count] of tally.lags.entries()) sum.lags[step] = (sum.lags[step] ?? 0) + count;
  if (tally.lastReceivedAt > sum.lastReceivedAt) sum.lastReceivedAt = tally.lastReceivedAt;
}

async function flush(world: World): Promise<void> {
  const open = [...(tallies.get(world)?.values() ?? [])];
  if (open.length === 0) return;
  tallies.delete(world);
  try {
    await world.command('network', async (work) => accepted(await addSourceHours(work.db, open)));
  } catch (error) {
    for (const tally of open) addTally(world, tally);
    throw error;
  }
}

/** Brings the counts of this process to the database every few seconds, and once more when it stops. */
export const sourceTallyWorker = {
  name: 'tracking.source_tally',
  start(world: World, onFailure: (error: unknown) => void): Poller {
    const poller = startPoller({
      round: async () => {
        await flush(world);
        return { done: 0 };
      },
      quickMs: FLUSH_MS,
      slowMs: FLUSH_MS,
      onError: onFailure,
    });
    return {
      ...poller,
      // Commits wake those who work on what they left. Counts wait.
      wake: () => undefined,
      stop: async () => {
        await poller.stop();
        await flush(world).catch(onFailure);
      },
    };
  },
};
