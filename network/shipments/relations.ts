import type { RelationFinder } from '../accounts/index.ts';
import { listParts } from './store.ts';

/** Owner of a shipment and the caller's parts in it. The network's staff have relation `any` by their role. */
export const shipmentRelations: Readonly<Record<string, RelationFinder>> = {
  shipment: async (db, id, caller) => {
    const parts = await listParts(db, id);
    const first = parts[0];
    if (first === undefined) return undefined;
    return {
      owner: first.ownerId,
      relations: parts
        .filter((part) => part.organisationId === caller.organisationId)
        .map((part) => part.part),
    };
  },
};
