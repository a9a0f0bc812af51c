import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';

/** Where the case of a declaration stands. It is the judge's word and no change of the declaration. */
export async function saveVerdict(
  db: Queryable,
  declared: { readonly organisationId: string; readonly externalShipmentId: string },
  verdict: { readonly verificationId: string; readonly state: string },
): Promise<void> {
  await db.run(sql`
    update external.shipment set verification_id = ${verdict.verificationId}, verification_state = ${verdict.state}
    where organisation_id = ${declared.organisationId} and external_shipment_id = ${declared.externalShipmentId}`);
}

/**
 * Until when a merchant may declare nothing; undefined lifts it. `changes`: how often its points had changed by then; of
 * words that come in another order the last one counts.
 */
export async function saveSuspension(
  db: Queryable,
  organisationId: string,
  { suspendedUntil, changes }: { readonly suspendedUntil: Instant | undefined; readonly changes: number },
): Promise<void> {
  await db.run(sql`
    insert into external.suspension (organisation_id, suspended_until, changes)
    values (${organisationId}, ${suspendedUntil}, ${changes})
    on conflict (organisation_id) do update
      set suspended_until = excluded.suspended_until, changes = excluded.changes
      where external.suspension.changes <= excluded.changes`);
}

export async function findSuspendedUntil(
  db: Queryable,
  organisationId: string,
  now: Instant,
): Promise<Instant | undefined> {
  const row = await db.maybeRow<{ suspended_until: Instant }>(sql`
    select suspended_until from external.suspension
    where organisation_id = ${organisationId} and suspended_until > ${now}`);
  return row?.suspended_until;
}
