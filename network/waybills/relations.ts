import type { Queryable } from '../../platform/db/index.ts';
import { findOrganisation, ownerRelations, type Principal, type RelationFinder } from '../accounts/index.ts';
import type { OrganisationId } from '../kernel/index.ts';
import { findLabel } from './label-store.ts';
import { NETWORK_HOLDER } from './model.ts';
import { findSegmentOwner, findWaybillOwner, type Owned } from './owner-store.ts';

async function findLabelOwner(db: Queryable, id: string): Promise<Owned | undefined> {
  const label = await findLabel(db, id);
  return label === undefined ? undefined : { owner: label.organisationId };
}

function finder(find: (db: Queryable, id: string) => Promise<Owned | undefined>): RelationFinder {
  return async (db, id, caller) => {
    const found = await find(db, id);
    if (found === undefined) return undefined;
    return { owner: found.owner, relations: await relationsTo(db, found, caller) };
  };
}

async function relationsTo(db: Queryable, found: Owned, caller: Principal): Promise<string[]> {
  const relations: string[] = [];
  // Who owns it needs no look for a marketplace over him.
  if (found.owner === caller.organisationId) relations.push('own');
  else if (found.owner !== NETWORK_HOLDER) {
    const owner = await findOrganisation(db, found.owner);
    relations.push(
      ...ownerRelations(
        { organisationId: found.owner as OrganisationId, clientPlatformId: owner?.clientPlatformId },
        caller,
      ),
    );
  }
  const isCarrier = caller.role === 'carrier' && caller.carrierCode !== undefined;
  if (isCarrier && caller.carrierCode === found.carrierCode) relations.push('carrier');
  return relations;
}

export const waybillRelations: Readonly<Record<string, RelationFinder>> = {
  waybill: finder(findWaybillOwner),
  number_segment: finder(findSegmentOwner),
  label: finder(findLabelOwner),
};
