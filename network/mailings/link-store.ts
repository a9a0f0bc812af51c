import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import type { MailingId } from './model.ts';

export type PortalLink = { readonly organisationId: OrganisationId; readonly mailingId: MailingId };

export async function insertPortalLink(
  db: Queryable,
  link: PortalLink & {
    readonly tokenHash: Uint8Array;
    readonly createdAt: Instant;
    readonly expiresAt: Instant;
  },
): Promise<void> {
  await db.run(sql`
    insert into mailings.portal_link (organisation_id, token_hash, mailing_id, created_at, expires_at)
    values (${link.organisationId}, ${link.tokenHash}, ${link.mailingId}, ${link.createdAt}, ${link.expiresAt})`);
}

/** The mailing that a token opens. In the network's scope. */
export async function findPortalLink(
  db: Queryable,
  tokenHash: Uint8Array,
  now: Instant,
): Promise<PortalLink | undefined> {
  return db.maybeRow(sql`
    select organisation_id as "organisationId", mailing_id as "mailingId" from mailings.portal_link
    where token_hash = ${tokenHash} and expires_at > ${now}`);
}

/** Tokens that open nothing any more. In the network's scope. */
export async function purgePortalLinks(db: Queryable, before: Instant): Promise<number> {
  return db.run(sql`delete from mailings.portal_link where expires_at < ${before}`);
}
