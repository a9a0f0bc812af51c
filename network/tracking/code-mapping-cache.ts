import { monotonicMs } from '../../platform/clock/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { World } from '../../platform/world/index.ts';
import { type CodeMappings, codeKey } from './code-mapping.policy.ts';
import { listNewestMappings } from './code-mapping-store.ts';

/**
 * How old what a process knows of the mappings may be. A scan that was read by an older version is read again by the
 * job of the new one, which looks once more when every process must know it (SETTLED_MS). Our default.
 */
const FRESH_MS = 2_000;
/** Longer than mappings are kept and a batch of scans is tried. */
export const SETTLED_MS = 60_000;

type Kept = { readonly mappings: Promise<CodeMappings>; readonly readAtMs: number };
const kept = new WeakMap<World, Kept>();

/** The mappings in force, as this process knows them. A failed look is not kept. */
export function mappingsOf(world: World): Promise<CodeMappings> {
  const known = kept.get(world);
  if (known !== undefined && monotonicMs() - known.readAtMs < FRESH_MS) return known.mappings;
  const mappings = world.read('network', mappingsIn);
  const entry = { mappings, readAtMs: monotonicMs() };
  kept.set(world, entry);
  mappings.catch(() => {
    if (kept.get(world) === entry) kept.delete(world);
  });
  return mappings;
}

/** The mappings in force, as the database knows them. */
export async function mappingsIn(db: Queryable): Promise<CodeMappings> {
  return new Map((await listNewestMappings(db)).map((mapping) => [codeKey(mapping), mapping]));
}

/** Somebody here changed a mapping: the next batch looks again. */
export function forgetMappings(world: World): void {
  kept.delete(world);
}
