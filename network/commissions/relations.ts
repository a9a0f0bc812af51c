import { ownerRelations, type RelationFinder } from '../accounts/index.ts';
import { findDeduction } from './deduction-store.ts';
import { findStatement } from './statement-store.ts';

export const commissionRelations: Readonly<Record<string, RelationFinder>> = {
  point_statement: async (db, id, caller) => {
    const one = await findStatement(db, id);
    return one === undefined
      ? undefined
      : { owner: one.organisationId, relations: ownerRelations(one, caller) };
  },
  point_deduction: async (db, id, caller) => {
    const one = await findDeduction(db, id);
    return one === undefined
      ? undefined
      : { owner: one.organisationId, relations: ownerRelations(one, caller) };
  },
};
