import { planAnew, type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import { CREDENTIAL_COLUMNS, type CredentialRow, credentialOf } from './credential-store.ts';
import type { Credential } from './model.ts';

/** Which carriers' numbers a connector can be asked about: the clients of this program. */
export type Served = { readonly connector: string; readonly carriers: readonly string[] };

export const servedRows = (served: readonly Served[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(served)}::jsonb) as s(connector text, carriers text[])`;

/** Whether anybody wants anything: most networks ask no carrier, and then looking costs one index entry. */
export async function hasCredentials(db: Queryable): Promise<boolean> {
  const { found } = await db.row<{ found: boolean }>(
    sql`select exists (select from polling.credential) as found`,
  );
  return found;
}

/**
 * Leases sources that are not paused, may send a request, and have a number that is due; those that were asked the
 * longest time ago first. `isSick`: those that failed the last time, which have slots of their own.
 */
export async function claimSources(
  db: Queryable,
  served: readonly Served[],
  lease: { readonly token: string; readonly ms: number; readonly limit: number },
  isSick: boolean,
  now: Instant,
): Promise<Credential[]> {
  if (lease.limit === 0) return [];
  const rows = await db.rows<CredentialRow>(
    planAnew(sql`
    update polling.credential set lease_token = ${lease.token},
      lease_until = clock_timestamp() + make_interval(secs => ${lease.ms / 1000})
    where (organisation_id, credential_id) in (
      select c.organisation_id, c.credential_id from polling.credential c join ${servedRows(served)} using (connector)
      where (c.error_streak > 0) = ${isSick} and (c.resume_at is null or c.resume_at <= ${now})
        and c.next_request_at <= ${now} and (c.lease_until is null or c.lease_until < clock_timestamp())
        and exists (select from polling.polled_number n
          where n.carrier_code = any(s.carriers) and n.end_reason is null and n.next_poll_at <= ${now}
            and (n.lease_until is null or n.lease_until < clock_timestamp())
            and (n.organisation_id = c.organisation_id or c.serves_network))
      order by c.last_attempt_at nulls first limit ${lease.limit} for update of c skip locked)
    returning ${CREDENTIAL_COLUMNS}`),
  );
  return rows.map(credentialOf);
}
