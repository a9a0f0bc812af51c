import type { Queryable } from '../../platform/db/index.ts';
import { findDevice, type Principal, type RelationFinder } from '../accounts/index.ts';
import { findBlockById, findClerk } from './partner-store.ts';
import { findPoint } from './store.ts';

type Worker = Pick<Principal, 'role' | 'organisationId' | 'personId'>;

/** Whether the caller works at this point: the network's staff at each of its points, a clerk where he was placed. */
export async function worksAt(db: Queryable, caller: Worker, pointId: string): Promise<boolean> {
  const point = await findPoint(db, pointId);
  return point !== undefined && (await worksFor(db, caller, point));
}

async function worksFor(
  db: Queryable,
  caller: Worker,
  point: { readonly id: string; readonly organisationId: string },
): Promise<boolean> {
  if (point.organisationId !== caller.organisationId) return false;
  if (caller.role === 'point_staff') return true;
  if (caller.role !== 'point_clerk' || caller.personId === undefined) return false;
  const clerk = await findClerk(db, caller.organisationId, caller.personId);
  return clerk?.pointIds.some((id) => id === point.id) === true;
}

/** Whose point, block or device it is. `own`: the caller works there. */
export const pointRelations: Readonly<Record<string, RelationFinder>> = {
  point: async (db, id, caller) => {
    const point = await findPoint(db, id);
    if (point === undefined) return undefined;
    return { owner: point.organisationId, relations: (await worksFor(db, caller, point)) ? ['own'] : [] };
  },
  point_device: async (db, id, caller) => {
    const organisationId = (await findDevice(db, id))?.organisationId;
    if (organisationId === undefined) return undefined;
    return { owner: organisationId, relations: organisationId === caller.organisationId ? ['own'] : [] };
  },
  point_block: async (db, id, caller) => {
    const block = await findBlockById(db, id);
    if (block === undefined) return undefined;
    const { organisationId } = block;
    return { owner: organisationId, relations: organisationId === caller.organisationId ? ['own'] : [] };
  },
};
