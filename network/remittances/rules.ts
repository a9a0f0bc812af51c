import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { findOperatorOrganisation, findOrganisation } from '../accounts/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import { findCountry } from '../places/index.ts';
import { activeVersion, NETWORK } from '../rulebooks/index.ts';
import { COD_REMITTANCE_KIND, type CodRemittanceDocument, DEFAULT_COD_REMITTANCE } from './rulebook.ts';

/** Stands for a version where none is in force: what is shipped counts. */
export const SHIPPED_VERSION = 'shipped';

/** The rules of the moment at which the goods were paid for. */
export async function rulesAt(
  db: Queryable,
  occurredAt: Instant,
): Promise<{ readonly versionId: string; readonly document: CodRemittanceDocument }> {
  const active = await activeVersion(db, COD_REMITTANCE_KIND, NETWORK, occurredAt);
  return active ?? { versionId: SHIPPED_VERSION, document: DEFAULT_COD_REMITTANCE };
}

/** Who announced parcels, as its money needs it. `zone`: the calendar of its weeks, of its country's most populous part. */
export type Announcer = {
  readonly organisationId: OrganisationId;
  readonly operatorId: OrganisationId;
  readonly zone: string;
};

/** Looks it up in the network's scope and goes on in its own. Throws without an operator: nobody would owe anything. */
export async function enterAnnouncer(work: Work, organisationId: OrganisationId): Promise<Announcer> {
  await work.actFor('network');
  const organisation = await findOrganisation(work.db, organisationId);
  const operatorId = await findOperatorOrganisation(work.db);
  if (operatorId === undefined) throw new Error('a network without an operator owes nobody');
  await work.actFor({ organisationId });
  const country = organisation === undefined ? undefined : findCountry(organisation.country);
  return { organisationId, operatorId, zone: country?.zone ?? 'UTC' };
}
