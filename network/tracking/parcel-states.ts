import type { Queryable } from '../../platform/db/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import { listParcelsByIds } from './parcel-store.ts';

/** What other rooms follow of a parcel. */
export type ParcelState = {
  readonly status: string;
  readonly terminal: boolean;
  readonly firstScanAt: Instant | undefined;
  readonly deliveredAt: Instant | undefined;
};

/** The official states of some parcels, by id. */
export async function listParcelStates(
  db: Queryable,
  ids: readonly ParcelId[],
): Promise<Map<string, ParcelState>> {
  if (ids.length === 0) return new Map();
  const parcels = await listParcelsByIds(db, ids);
  return new Map(
    parcels.map(({ id, timeline: { status, terminal, firstScanAt, deliveredAt } }) => [
      id,
      { status, terminal, firstScanAt, deliveredAt },
    ]),
  );
}
