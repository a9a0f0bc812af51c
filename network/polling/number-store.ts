import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import type { ParcelStatus } from '../tracking/index.ts';
import { type Served, servedRows } from './claim-store.ts';
import type { PolledNumberId, WantedNumber } from './model.ts';
import type { EndReason, NextPoll } from './plan.policy.ts';

type NumberRow = {
  organisation_id: OrganisationId;
  polled_number_id: PolledNumberId;
  number: string;
  carrier_code: string;
  wanted_at: Instant;
  next_poll_at: Instant;
  status: ParcelStatus;
  newest_scan_at: Instant | null;
  changed_at: Instant | null;
  quiet_polls: number;
  polls: number;
  last_poll_at: Instant | null;
  last_result: string | null;
  end_reason: EndReason | null;
};

const COLUMNS = sql`organisation_id, polled_number_id, number, carrier_code, wanted_at, next_poll_at, status,
  newest_scan_at, changed_at, quiet_polls, polls, last_poll_at, last_result, end_reason`;

function numberOf(row: NumberRow): WantedNumber {
  return {
    id: row.polled_number_id,
    organisationId: row.organisation_id,
    number: row.number,
    carrierCode: row.carrier_code,
    wantedAt: row.wanted_at,
    nextPollAt: row.next_poll_at,
    status: row.status,
    newestScanAt: row.newest_scan_at ?? undefined,
    changedAt: row.changed_at ?? undefined,
    quietPolls: row.quiet_polls,
    polls: row.polls,
    lastPollAt: row.last_poll_at ?? undefined,
    lastResult: row.last_result ?? undefined,
    endReason: row.end_reason ?? undefined,
  };
}

export type NumberToWant = Pick<WantedNumber, 'id' | 'organisationId' | 'number' | 'carrierCode'>;

/** Wants a number from now on. One that has ended for another reason than its arrival begins anew. Answers the row. */
export async function wantNumberRow(db: Queryable, one: NumberToWant, now: Instant): Promise<WantedNumber> {
  const row = await db.row<NumberRow>(sql`
    insert into polling.polled_number as n (organisation_id, polled_number_id, number, carrier_code, wanted_at, next_poll_at, status)
    values (${one.organisationId}, ${one.id}, ${one.number}, ${one.carrierCode}, ${now}, ${now}, 'not_found')
    on conflict (organisation_id, number, carrier_code) do update set
      wanted_at = case when n.end_reason is null or n.end_reason = 'terminal' then n.wanted_at else excluded.wanted_at end,
      next_poll_at = case when n.end_reason is null or n.end_reason = 'terminal' then n.next_poll_at else excluded.next_poll_at end,
      changed_at = case when n.end_reason is null or n.end_reason = 'terminal' then n.changed_at end,
      ended_at = case when n.end_reason = 'terminal' then n.ended_at end,
      end_reason = case when n.end_reason = 'terminal' then n.end_reason end
    returning ${COLUMNS}`);
  return numberOf(row);
}

export async function countPolled(db: Queryable, organisationId: string): Promise<number> {
  const { count } = await db.row<{ count: number }>(sql`
    select count(*)::int as count from polling.polled_number where organisation_id = ${organisationId} and end_reason is null`);
  return count;
}

export async function findPolled(db: Queryable, id: string): Promise<WantedNumber | undefined> {
  const row = await db.maybeRow<NumberRow>(
    sql`select ${COLUMNS} from polling.polled_number where polled_number_id = ${id}`,
  );
  return row === undefined ? undefined : numberOf(row);
}

export async function listPolled(
  db: Queryable,
  organisationId: string,
  after: string,
  limit: number,
): Promise<WantedNumber[]> {
  const rows = await db.rows<NumberRow>(sql`
    select ${COLUMNS} from polling.polled_number
    where organisation_id = ${organisationId} and polled_number_id > ${after} order by polled_number_id limit ${limit}`);
  return rows.map(numberOf);
}

export async function stopPolled(db: Queryable, id: string, now: Instant): Promise<WantedNumber | undefined> {
  const row = await db.maybeRow<NumberRow>(sql`
    update polling.polled_number set end_reason = coalesce(end_reason, 'stopped'), ended_at = coalesce(ended_at, ${now})
    where polled_number_id = ${id} returning ${COLUMNS}`);
  return row === undefined ? undefined : numberOf(row);
}

export async function stopNumber(
  db: Queryable,
  one: Pick<WantedNumber, 'organisationId' | 'number' | 'carrierCode'>,
  now: Instant,
): Promise<void> {
  await db.run(sql`
    update polling.polled_number set end_reason = 'stopped', ended_at = ${now}
    where organisation_id = ${one.organisationId} and number = ${one.number} and carrier_code = ${one.carrierCode}
      and end_reason is null`);
}

/** Numbers and their next turns; ends the leases of `token`. */
export async function savePolls(
  db: Queryable,
  polls: readonly { readonly number: WantedNumber; readonly next: NextPoll }[],
  now: Instant,
  token: string,
): Promise<void> {
  if (polls.length === 0) return;
  const rows = polls.map(({ number, next }) => ({
    organisation_id: number.organisationId,
    number: number.number,
    carrier_code: number.carrierCode,
    next_poll_at: next.nextPollAt,
    status: next.status,
    newest_scan_at: next.newestScanAt,
    changed_at: next.changedAt,
    quiet_polls: next.quietPolls,
    last_result: next.lastResult,
    end_reason: next.endReason,
  }));
  await db.run(sql`
    update polling.polled_number n set next_poll_at = r.next_poll_at, status = r.status, newest_scan_at = r.newest_scan_at,
      changed_at = r.changed_at, quiet_polls = r.quiet_polls, polls = n.polls + 1, last_poll_at = ${now},
      last_result = r.last_result, end_reason = coalesce(n.end_reason, r.end_reason),
      ended_at = case when n.end_reason is not null then n.ended_at when r.end_reason is not null then ${now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(organisation_id text, number text, carrier_code text,
      next_poll_at timestamptz, status text, newest_scan_at timestamptz, changed_at timestamptz, quiet_polls integer,
      last_result text, end_reason text)
    where n.organisation_id = r.organisation_id and n.number = r.number and n.carrier_code = r.carrier_code`);
  await releaseNumbers(db, token);
}

/** The source failed: others come first when it is asked again, so that no number blocks the rest. */
export async function postponeNumbers(db: Queryable, token: string, until: Instant): Promise<void> {
  await db.run(sql`
    update polling.polled_number set next_poll_at = ${until}, lease_token = null, lease_until = null
    where lease_token = ${token}`);
}

/** What nobody asked about after all; a number stays due. */
export async function releaseNumbers(db: Queryable, token: string): Promise<void> {
  await db.run(
    sql`update polling.polled_number set lease_token = null, lease_until = null where lease_token = ${token}`,
  );
}

/** The network knows that these have arrived: their carrier need not be asked. */
export async function endArrived(
  db: Queryable,
  numbers: readonly WantedNumber[],
  now: Instant,
): Promise<void> {
  if (numbers.length === 0) return;
  await db.run(sql`
    update polling.polled_number set end_reason = 'terminal', ended_at = ${now}, lease_token = null, lease_until = null
    where polled_number_id = any(${numbers.map(({ id }) => id)}) and end_reason is null`);
}

/** Leases numbers that are due and that the source serves, the longest due first. */
export async function claimNumbers(
  db: Queryable,
  source: {
    readonly organisationId: string;
    readonly servesNetwork: boolean;
    readonly carriers: readonly string[];
  },
  served: readonly Served[],
  lease: { readonly token: string; readonly ms: number; readonly limit: number },
  now: Instant,
): Promise<WantedNumber[]> {
  const rows = await db.rows<NumberRow>(sql`
    update polling.polled_number set lease_token = ${lease.token},
      lease_until = clock_timestamp() + make_interval(secs => ${lease.ms / 1000})
    where (organisation_id, number, carrier_code) in (
      select n.organisation_id, n.number, n.carrier_code from polling.polled_number n
      where n.carrier_code = any(${source.carriers}) and n.end_reason is null and n.next_poll_at <= ${now}
        and (n.lease_until is null or n.lease_until < clock_timestamp())
        and (n.organisation_id = ${source.organisationId} or (${source.servesNetwork} and not exists (
          select from polling.credential o join ${servedRows(served)} using (connector)
          where o.organisation_id = n.organisation_id and not o.serves_network and n.carrier_code = any(s.carriers))))
      order by n.next_poll_at limit ${lease.limit} for update skip locked)
    returning ${COLUMNS}`);
  return rows.map(numberOf);
}

export type DueCount = {
  readonly numbers: number;
  readonly due: number;
  readonly nextPollAt: Instant | undefined;
};

/** Numbers that each credential serves, by its id: of its organisation, and for the operator's of all. */
export async function countDue(
  db: Queryable,
  served: readonly Served[],
  organisationId: string | undefined,
  now: Instant,
): Promise<Map<string, DueCount>> {
  const rows = await db.rows<{
    credential_id: string;
    numbers: number;
    due: number;
    next_at: Instant | null;
  }>(sql`
    select c.credential_id, count(n.number)::int as numbers,
      count(n.number) filter (where n.next_poll_at <= ${now})::int as due, min(n.next_poll_at) as next_at
    from polling.credential c join ${servedRows(served)} using (connector)
    join polling.polled_number n on n.carrier_code = any(s.carriers) and n.end_reason is null
      and (n.organisation_id = c.organisation_id or c.serves_network)
    where ${organisationId ?? null}::text is null or c.organisation_id = ${organisationId ?? null}
    group by c.credential_id`);
  return new Map(
    rows.map((row) => [
      row.credential_id,
      { numbers: row.numbers, due: row.due, nextPollAt: row.next_at ?? undefined },
    ]),
  );
}
