import type { World } from '../platform/world/index.ts';
import type { Verified } from './verify-store.ts';

/** One thing that must always hold, recomputed from the rows. */
export type Verification = {
  readonly name: string;
  run(world: World): Promise<Verified>;
};
