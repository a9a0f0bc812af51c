import { addMs } from '../network/kernel/index.ts';
import type { BlobStore } from '../platform/blobs/index.ts';
import { type Clock, monotonicMs } from '../platform/clock/index.ts';
import { startPoller, type World } from '../platform/world/index.ts';
import type { BlobFolder, Module } from './module.ts';

/** A transaction ends within seconds of its blob; our margin of a day is also for clocks that are set. */
const GRACE_MS = 86_400_000;
const EVERY_MS = 6 * 3_600_000;
const LOOK_MS = 60_000;

/**
 * Removes blobs whose transaction failed: older than a day, and no row of the room that owns their folder names them.
 * Removes nothing when the rows cannot be asked. Answers how many went.
 */
export async function sweepBlobs(
  world: World,
  blobs: BlobStore,
  folders: readonly BlobFolder[],
  machineClock: Clock,
): Promise<number> {
  const before = addMs(machineClock.now(), -GRACE_MS);
  let removed = 0;
  for (const folder of folders)
    removed += await blobs.removeUnnamed(folder.folderOf(world), before, (keys) =>
      world.read('network', (db) => folder.listNamed(db, keys)),
    );
  return removed;
}

/** A worker and no job, because a job would hold its transaction while the folders are read. */
export function blobSweeperModule(modules: readonly Module[], blobs: BlobStore, machineClock: Clock): Module {
  const folders = modules.flatMap((module) => module.blobs ?? []);
  return {
    name: 'blob_sweeper',
    workers: [
      {
        name: 'server.blob_sweeper',
        start: (world, onFailure) => {
          let dueMs = Number.NEGATIVE_INFINITY;
          return startPoller({
            round: async () => {
              if (monotonicMs() < dueMs) return { done: 0 };
              await sweepBlobs(world, blobs, folders, machineClock);
              dueMs = monotonicMs() + EVERY_MS;
              return { done: 0 };
            },
            quickMs: LOOK_MS,
            slowMs: LOOK_MS,
            onError: onFailure,
          });
        },
      },
    ],
  };
}
