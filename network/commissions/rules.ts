import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { findOperatorOrganisation, findOrganisation } from '../accounts/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import { findCountry } from '../places/index.ts';
import { activeVersion, NETWORK } from '../rulebooks/index.ts';
import { documentFor } from './commission.policy.ts';
import { DEFAULT_POINT_COMMISSION, POINT_COMMISSION_KIND, type PointCommissionDocument } from './rulebook.ts';

/** Stands for a version where none is in force: the network retired its own, and what is shipped counts. */
export const SHIPPED_VERSION = 'shipped';

export type RulesInForce = { readonly versionId: string; readonly document: PointCommissionDocument };

/** A network's rules of the moment at which something happened, not of the one at which it became known. */
export async function rulesAt(
  db: Queryable,
  organisationId: string,
  occurredAt: Instant,
): Promise<RulesInForce> {
  const active = await activeVersion(db, POINT_COMMISSION_KIND, NETWORK, occurredAt);
  if (active === undefined) return { versionId: SHIPPED_VERSION, document: DEFAULT_POINT_COMMISSION };
  return { versionId: active.versionId, document: documentFor(active.document, organisationId) };
}

/** A point network as its money needs it. `zone`: the calendar of its weeks and months, of its country's most populous part. */
export type PointNetwork = {
  readonly organisationId: OrganisationId;
  readonly operatorId: OrganisationId;
  readonly zone: string;
};

/** Looks it up in the network's scope and goes on in its own. Throws without an operator: nobody would owe anything. */
export async function enterNetwork(work: Work, organisationId: OrganisationId): Promise<PointNetwork> {
  await work.actFor('network');
  const organisation = await findOrganisation(work.db, organisationId);
  const operatorId = await findOperatorOrganisation(work.db);
  if (operatorId === undefined) throw new Error('a network without an operator owes nobody');
  await work.actFor({ organisationId });
  const country = organisation === undefined ? undefined : findCountry(organisation.country);
  return { organisationId, operatorId, zone: country?.zone ?? 'UTC' };
}
