import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import type { OrderId } from '../orders/index.ts';

export type PortalLink = { readonly organisationId: OrganisationId; readonly orderId: OrderId };

export async function insertPortalLink(
  db: Queryable,
  link: PortalLink & {
    readonly tokenHash: Uint8Array;
    readonly createdAt: Instant;
    readonly expiresAt: Instant;
  },
): Promise<void> {
  await db.run(sql`
    insert into returns.portal_link (organisation_id, token_hash, order_id, created_at, expires_at)
    values (${link.organisationId}, ${link.tokenHash}, ${link.orderId}, ${link.createdAt}, ${link.expiresAt})`);
}

/** The order that a token opens. In the network's scope. */
export async function findPortalLink(
  db: Queryable,
  tokenHash: Uint8Array,
  now: Instant,
): Promise<PortalLink | undefined> {
  return db.maybeRow(sql`
    select organisation_id as "organisationId", order_id as "orderId" from returns.portal_link
    where token_hash = ${tokenHash} and expires_at > ${now}`);
}

/** Tokens that open nothing any more. In the network's scope. */
export async function purgePortalLinks(db: Queryable, before: Instant): Promise<number> {
  return db.run(sql`delete from returns.portal_link where expires_at < ${before}`);
}
