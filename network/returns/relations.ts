import { ownerRelations, type RelationFinder } from '../accounts/index.ts';
import { returnDesk } from './counter.ts';
import { doorOf } from './model.ts';
import type { ReturnPorts } from './ports.ts';
import { findReturn } from './store.ts';
import { findUnread } from './unread-store.ts';

/** Whose return it is, and at whose counter or in whose way; at which counter goods lie whose code nobody has read. */
export function returnRelations(ports: ReturnPorts): Readonly<Record<string, RelationFinder>> {
  const { relationsOf } = returnDesk(ports);
  return {
    return_case: async (db, id, caller) => {
      const one = await findReturn(db, id);
      if (one === undefined) return undefined;
      const hands = await relationsOf(db, caller, { ...one, door: doorOf(one) });
      return { owner: one.organisationId, relations: [...ownerRelations(one, caller), ...hands] };
    },
    unread_return: async (db, id, caller) => {
      const one = await findUnread(db, id);
      if (one === undefined) return undefined;
      const isHis = await ports.points.worksAt(db, caller, one.pointId);
      return { owner: one.organisationId, relations: isHis ? ['own'] : [] };
    },
  };
}
