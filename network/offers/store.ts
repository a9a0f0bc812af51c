import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Id, Instant, Money, OfferId } from '../kernel/index.ts';
import type { LineOffer, OfferRequest, StoredOffer } from './model.ts';

export type OfferSetRow = {
  readonly requestId: Id<'ofq'>;
  readonly request: OfferRequest;
  readonly offers: readonly {
    readonly id: OfferId;
    readonly offer: LineOffer;
    readonly buying: Money | undefined;
  }[];
};

/** Stores what was asked and what was answered: two statements, however many there are. */
export function insertOfferSets(
  db: Queryable,
  asker: { readonly organisationId: string; readonly clientPlatformId: string | undefined },
  sets: readonly OfferSetRow[],
  now: Instant,
  expiresAt: Instant,
): void {
  const requests = sets
    .filter((set) => set.offers.length > 0)
    .map((set) => ({ request_id: set.requestId, request: set.request }));
  if (requests.length === 0) return;
  const offers = sets.flatMap((set) =>
    set.offers.map((entry) => ({
      offer_id: entry.id,
      request_id: set.requestId,
      line_code: entry.offer.lineCode,
      offer: entry.offer,
      buying: entry.buying ?? null,
    })),
  );
  db.later(sql`
    with requests as (
      insert into offers.offer_request (organisation_id, client_platform_id, request_id, request, asked_at, expires_at)
      select ${asker.organisationId}, ${asker.clientPlatformId}, request_id, request, ${now}, ${expiresAt}
      from jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as r(request_id text, request jsonb)
    )
    insert into offers.offer (organisation_id, offer_id, request_id, line_code, offer, buying)
    select ${asker.organisationId}, offer_id, request_id, line_code, offer, buying
    from jsonb_to_recordset(${JSON.stringify(offers)}::jsonb)
      as o(offer_id text, request_id text, line_code text, offer jsonb, buying jsonb)`);
}

export async function findOffer(
  db: Queryable,
  organisationId: string,
  offerId: string,
): Promise<StoredOffer | undefined> {
  const row = await db.maybeRow<{
    offer_id: OfferId;
    request: OfferRequest;
    offer: LineOffer;
    buying: Money | null;
    expires_at: Instant;
    used_by: string | null;
  }>(sql`
    select o.offer_id, r.request, o.offer, o.buying, r.expires_at, o.used_by
    from offers.offer o join offers.offer_request r using (organisation_id, request_id)
    where o.organisation_id = ${organisationId} and o.offer_id = ${offerId}`);
  if (row === undefined) return undefined;
  return {
    id: row.offer_id,
    request: row.request,
    offer: row.offer,
    buyingTotal: row.buying ?? undefined,
    expiresAt: row.expires_at,
    usedBy: row.used_by ?? undefined,
  };
}

/** Gives an offer to a shipment; answers false when another has it or it is gone. The row stays locked: it is bought once. */
export async function takeOffer(
  db: Queryable,
  organisationId: string,
  offerId: string,
  shipmentId: string,
): Promise<boolean> {
  const taken = await db.run(sql`
    update offers.offer set used_by = ${shipmentId}
    where organisation_id = ${organisationId} and offer_id = ${offerId} and used_by is null`);
  return taken === 1;
}

/** Offers are kept a week after they lapsed, for dry runs of market policies; those bought stay with their shipment. */
export async function purgeOffers(db: Queryable, before: Instant): Promise<number> {
  return db.run(sql`delete from offers.offer_request where expires_at < ${before}`);
}

/** Requests of a period, newest first: the cases of a dry run. Of a platform: those of its merchants. */
export async function listRecentRequests(
  db: Queryable,
  clientPlatformId: string | undefined,
  from: Instant,
  to: Instant,
  limit: number,
): Promise<{ id: string; at: Instant; request: OfferRequest }[]> {
  const whose = clientPlatformId === undefined ? sql`` : sql` and client_platform_id = ${clientPlatformId}`;
  return db.rows(sql`
    select request_id as id, asked_at as at, request from offers.offer_request
    where asked_at >= ${from} and asked_at < ${to}${whose} order by asked_at desc limit ${limit}`);
}
