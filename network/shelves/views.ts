import type { Queryable, Scope } from '../../platform/db/index.ts';
import type { World } from '../../platform/world/index.ts';
import type { Instant } from '../kernel/index.ts';
import { listPoints, type Point } from '../points/index.ts';
import { activeVersion, NETWORK } from '../rulebooks/index.ts';
import { maskProfileOf } from '../shipments/index.ts';
import type { ShownParty, Vault } from '../vault/index.ts';
import { feeOf } from './handle.ts';
import type { ShelfParcel } from './model.ts';
import { DEFAULT_POINT_STORAGE, POINT_STORAGE_KIND } from './rulebook.ts';

export type Reading = {
  readonly db: Queryable;
  readonly now: Instant;
  readonly vault: Vault;
  readonly actFor: (scope: Scope) => Promise<void>;
  readonly world?: World | undefined;
  /** Whoever hands a parcel out must know the name that its label bears; others do not. */
  readonly isAtCounter: boolean;
};

/**
 * Parcels with their recipients masked and what storage comes to now. Goes on in the network's scope: the recipients are
 * of those who announced them.
 */
export async function presentShelfParcels(
  reading: Reading,
  parcels: readonly ShelfParcel[],
): Promise<Record<string, unknown>[]> {
  if (parcels.length === 0) return [];
  await reading.actFor('network');
  const points = new Map(
    (await listPoints(reading.db, [...new Set(parcels.map(({ pointId }) => pointId))])).map((point) => [
      point.id,
      point,
    ]),
  );
  const people = await recipientsOf(reading, parcels, points);
  const shown: Record<string, unknown>[] = [];
  for (const parcel of parcels) {
    const point = points.get(parcel.pointId);
    const person = parcel.recipientRef === undefined ? undefined : people.get(parcel.recipientRef);
    shown.push({
      ...plain(parcel),
      recipientName: person?.name,
      recipientPhone: person?.phone,
      feeDue: point === undefined ? undefined : await feeDue(reading, parcel, point),
    });
  }
  return shown;
}

function plain(parcel: ShelfParcel): Record<string, unknown> {
  const { code: _code, recipientRef: _ref, clientPlatformId: _platform, rung: _rung, ...open } = parcel;
  const { noticeDay: _day, noticesOfDay: _ofDay, version: _version, ...shown } = open;
  return shown;
}

async function feeDue(reading: Reading, parcel: ShelfParcel, point: Point) {
  if (parcel.state !== 'stored') return undefined;
  const scope = parcel.clientPlatformId ?? NETWORK;
  const active = await activeVersion(reading.db, POINT_STORAGE_KIND, scope, reading.now, reading.world);
  return feeOf({ rules: active?.document ?? DEFAULT_POINT_STORAGE, point }, parcel, reading.now);
}

async function recipientsOf(
  { db, vault, now, world, isAtCounter }: Reading,
  parcels: readonly ShelfParcel[],
  points: ReadonlyMap<string, Point>,
): Promise<ReadonlyMap<string, ShownParty>> {
  const people = new Map<string, ShownParty>();
  const profileOf = ({ pointId }: ShelfParcel) => {
    const country = points.get(pointId)?.country;
    return country === undefined || !isAtCounter ? 'without_task' : maskProfileOf(country);
  };
  for (const [profile, group] of Map.groupBy(parcels, profileOf)) {
    const keys = group.flatMap(({ recipientRef, announcedBy }) =>
      recipientRef === undefined ? [] : [{ organisationId: announcedBy, ref: recipientRef }],
    );
    for (const [ref, party] of await vault.maskedParties(db, keys, { profile, at: now, world }))
      people.set(ref, party);
  }
  return people;
}
