import type { Queryable } from '../../platform/db/index.ts';
import { listConsignmentsOf } from './containment-store.ts';
import type { TrackedParcel } from './parcel.ts';
import { listParcelsByIds } from './parcel-store.ts';

/** As many as are looked at; who sends more pieces at once sends freight. Our default. */
const MOST_PIECES = 200;

/**
 * The parcels that carriers or waybills name as pieces of one consignment with this one, itself included, of its owner
 * alone. Anybody may name any number: whether they go to one person is for others to say. None for a parcel that stands
 * alone.
 */
export async function listConsignment(
  db: Queryable,
  parcel: Pick<TrackedParcel, 'id' | 'organisationId'>,
): Promise<TrackedParcel[]> {
  const { lives, consignments } = await listConsignmentsOf(db, parcel.id);
  if (consignments.length === 0) return [];
  const named = await listParcelsByIds(
    db,
    [...new Set([...lives, ...consignments.flat()])].slice(0, MOST_PIECES),
  );
  const survivors = new Map<string, string>(named.map(({ id, mergedInto }) => [id, mergedInto ?? id]));
  const own = consignments
    .map((consignment) => consignment.flatMap((id) => survivors.get(id) ?? []))
    // A number that was used again had other pieces in its earlier life.
    .filter((consignment) => consignment.includes(parcel.id));
  const pieces = await listParcelsByIds(db, [...new Set(own.flat())]);
  return pieces.filter(({ organisationId }) => organisationId === parcel.organisationId);
}
