import type { OccupancySource } from '../locator/index.ts';
import { listOccupancySince } from './slot-store.ts';

/**
 * What became full or free since a horizon, in the network's scope; all that is full without one. Indexes in memory ask
 * again with the horizon they were given; the same state may come twice, none is left out.
 */
export const readOccupancy: OccupancySource = listOccupancySince;
