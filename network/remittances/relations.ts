import { ownerRelations, type RelationFinder } from '../accounts/index.ts';
import { findStatement } from './statement-store.ts';

export const remittanceRelations: Readonly<Record<string, RelationFinder>> = {
  cod_statement: async (db, id, caller) => {
    const one = await findStatement(db, id);
    return one === undefined
      ? undefined
      : { owner: one.organisationId, relations: ownerRelations(one, caller) };
  },
};
