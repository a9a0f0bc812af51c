import { type Queryable, sql } from '../../platform/db/index.ts';
import { findOrganisation, ownerRelations, type Principal, type RelationFinder } from '../accounts/index.ts';
import type { OrganisationId } from '../kernel/index.ts';
import { findLabel } from './label-store.ts';
import { NETWORK_HOLDER } from './model.ts';

type Owned = { owner: string; carrierCode?: string | undefined };

async function ownedWaybill(db: Queryable, id: string): Promise<Owned | undefined> {
  const row = await db.maybeRow<{ organisation_id: string; carrier_code: string }>(
    sql`select organisation_id, carrier_code from waybills.waybill where waybill_id = ${id}`,
  );
  return row === undefined ? undefined : { owner: row.organisation_id, carrierCode: row.carrier_code };
}

async function ownedSegment(db: Queryable, id: string): Promise<Owned | undefined> {
  const row = await db.maybeRow<{ organisation_id: string; carrier_code: string }>(
    sql`select organisation_id, carrier_code from waybills.number_segment where segment_id = ${id}`,
  );
  return row === undefined ? undefined : { owner: row.organisation_id, carrierCode: row.carrier_code };
}

async function ownedLabel(db: Queryable, id: string): Promise<Owned | undefined> {
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
  if (found.owner !== NETWORK_HOLDER) {
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
  waybill: finder(ownedWaybill),
  number_segment: finder(ownedSegment),
  label: finder(ownedLabel),
};
