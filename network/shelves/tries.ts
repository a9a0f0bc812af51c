import type { Work } from '../../platform/world/index.ts';
import { findAction, insertAction } from './action-store.ts';
import { digestOf } from './device-action.ts';
import type { ShelfParcel } from './model.ts';

/** A wrong code under the name that a device gave it, so that it counts once though the device tells it again later. */
type Named = { readonly deviceId?: string | undefined; readonly clientId?: string | undefined };

/** Was this very try counted before, or is its name that of something else? The caller has locked the parcel. */
export async function knownTry(
  { db }: Work,
  { organisationId, id }: ShelfParcel,
  { deviceId, clientId }: Named,
): Promise<'counted' | 'other' | undefined> {
  if (deviceId === undefined || clientId === undefined) return undefined;
  const known = (await findAction(db, organisationId, deviceId, clientId))?.action;
  if (known === undefined) return undefined;
  return known.kind === 'wrong_code' && known.shelfParcelId === id ? 'counted' : 'other';
}

/** Writes down that it counted; false when the name is that of another action. */
export async function noteTry(
  { db, now }: Work,
  { organisationId, pointId, id, number }: ShelfParcel,
  { deviceId, clientId }: Named,
): Promise<boolean> {
  if (deviceId === undefined || clientId === undefined) return true;
  const action = { clientId, kind: 'wrong_code', number } as const;
  return insertAction(
    db,
    { organisationId, id: pointId },
    {
      ...{ ...action, deviceId, shelfParcelId: id, outcome: 'done', conflict: undefined, detail: {} },
      ...{ occurredAt: now, countedAt: undefined, receivedAt: now },
      ...{ resolvedAt: undefined, resolvedBy: undefined, resolution: undefined },
    },
    digestOf(action),
  );
}
