import { createWorkerPool } from '../../platform/workers/index.ts';
import type { World } from '../../platform/world/index.ts';
import type { PointId } from '../kernel/index.ts';
import { countPoints, listPointTexts, pointsOfText } from '../points/index.ts';
import type { PointIndex } from './point-index.ts';
import type { Digest } from './slots.ts';

/** PostgreSQL and this process have something to do meanwhile, so two keep two cores busy. Our default. */
const THREADS = 2;

/**
 * Reads all points of a world into its index. Threads parse what PostgreSQL writes; they end with the read. Goes on where
 * it was when it is called again after a failure. Answers the horizon from which changes count.
 */
export function createFirstRead(world: World, index: PointIndex, pageRows: number): () => Promise<string> {
  let horizon: string | undefined;
  let taken: PointId | '' = '';

  const readPage = (after: PointId | '') =>
    world.read('network', (db) => listPointTexts(db, after, pageRows));

  async function readAll(digest: (text: string) => Promise<Digest>): Promise<string> {
    const expected = await world.read('network', countPoints);
    const under: { readonly last: PointId; readonly digested: Promise<Digest> }[] = [];
    const takeOldest = async (): Promise<void> => {
      const oldest = under.shift();
      if (oldest === undefined) return;
      index.take(await oldest.digested, expected);
      taken = oldest.last;
    };
    for (let after = taken; ; ) {
      const { text, last, count, horizon: seen } = await readPage(after);
      horizon ??= seen;
      const isLast = count < pageRows;
      if (text !== undefined && last !== undefined) {
        // A thread for a few points would be the greater part of the work.
        if (isLast && after === '') index.apply(pointsOfText(text));
        else {
          const digested = digest(text);
          // Whoever waits for it is told; others may fail before.
          digested.catch(() => undefined);
          under.push({ last, digested });
          after = last;
        }
      }
      while (under.length > (isLast ? 0 : THREADS)) await takeOldest();
      if (isLast) return horizon;
    }
  }

  return async () => {
    const pool = createWorkerPool<string, Digest>({
      script: new URL('./digest.worker.ts', import.meta.url),
      workers: THREADS,
    });
    try {
      return await readAll(pool.run);
    } finally {
      await pool.close();
    }
  };
}
