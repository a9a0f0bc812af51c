import type { Work, World } from '../../platform/world/index.ts';
import { findOperatorOrganisation } from '../accounts/index.ts';
import { accepted, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import { PORTAL } from './code-store.ts';
import type { MailingRef } from './store.ts';

/** Whose the mailings of persons without an account are. Begins in the network's scope and goes on in his. */
export async function enterOperator(reading: Pick<Work, 'db' | 'actFor'>): Promise<Outcome<OrganisationId>> {
  const operatorId = await findOperatorOrganisation(reading.db);
  if (operatorId === undefined) return refused('mailing_line_unfit', 'Nobody runs this network yet.');
  await reading.actFor({ organisationId: operatorId });
  return accepted(operatorId);
}

/** The mailing that a token opens; a token that ran out and one that never was are answered alike. */
export async function mailingOf(world: World, token: string): Promise<Outcome<MailingRef>> {
  const link = await world.read('network', (db, now) => PORTAL.find(db, token, now));
  if (link === undefined) return refused('mailing_not_found', '');
  return accepted({ organisationId: link.organisationId, id: link.subjectId });
}
