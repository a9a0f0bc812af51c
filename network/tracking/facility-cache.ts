import { monotonicMs } from '../../platform/clock/index.ts';
import type { World } from '../../platform/world/index.ts';
import type { FacilityLists } from './facility.policy.ts';
import { readFacilityLists } from './facility-store.ts';

/** How old what a process knows of the lists may be; they change a few times a year. Our default. */
const FRESH_MS = 5_000;

type Kept = { readonly lists: Promise<FacilityLists>; readonly readAtMs: number };
const kept = new WeakMap<World, Kept>();

/** The lists of facilities, as this process knows them. A failed look is not kept. */
export function facilitiesOf(world: World): Promise<FacilityLists> {
  const known = kept.get(world);
  if (known !== undefined && monotonicMs() - known.readAtMs < FRESH_MS) return known.lists;
  const lists = world.read('network', readFacilityLists);
  const entry = { lists, readAtMs: monotonicMs() };
  kept.set(world, entry);
  lists.catch(() => {
    if (kept.get(world) === entry) kept.delete(world);
  });
  return lists;
}

/** Somebody here changed a list: the next batch looks again. */
export function forgetFacilities(world: World): void {
  kept.delete(world);
}
