import type { Queryable } from '../../platform/db/index.ts';
import { ownerRelations, type RelationFinder } from '../accounts/index.ts';
import { findSender } from './sender-store.ts';
import { findOrder } from './store.ts';

export const orderRelations: Readonly<Record<string, RelationFinder>> = {
  order: async (db: Queryable, id, caller) => {
    const order = await findOrder(db, id);
    return order === undefined
      ? undefined
      : { owner: order.organisationId, relations: ownerRelations(order, caller) };
  },
  sender_address: async (db: Queryable, id, caller) => {
    const sender = await findSender(db, id);
    return sender === undefined
      ? undefined
      : {
          owner: sender.organisationId,
          relations: ownerRelations({ organisationId: sender.organisationId }, caller),
        };
  },
};
