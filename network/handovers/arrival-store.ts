import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import type { Arrival, ArrivalIssue, BagId, Difference, DifferenceCode } from './model.ts';

/** Keeps the first scan of each number; answers the numbers that are new. */
export async function insertArrivals(
  db: Queryable,
  key: { readonly organisationId: string; readonly handoverId: string },
  arrivals: readonly Arrival[],
  byCaller: string,
  occurredAt: Instant,
): Promise<Set<string>> {
  const rows = await db.rows<{ number: string }>(sql`
    insert into handovers.arrival (organisation_id, handover_id, number, issue, by_caller, occurred_at)
    select ${key.organisationId}, ${key.handoverId}, number, issue, ${byCaller}, ${occurredAt}
    from jsonb_to_recordset(${JSON.stringify(arrivals)}::jsonb) as a(number text, issue text)
    on conflict (organisation_id, handover_id, number) do nothing
    returning number`);
  return new Set(rows.map((row) => row.number));
}

export async function listArrivals(db: Queryable, owner: string, handoverId: string): Promise<Arrival[]> {
  const rows = await db.rows<{ number: string; issue: ArrivalIssue | null }>(sql`
    select number, issue from handovers.arrival where organisation_id = ${owner} and handover_id = ${handoverId} order by number`);
  return rows.map((row) => ({ number: row.number, issue: row.issue ?? undefined }));
}

/** Writes the list, and what became of each announced parcel. */
export async function insertDifferences(
  db: Queryable,
  key: { readonly organisationId: string; readonly handoverId: string },
  differences: readonly Difference[],
): Promise<void> {
  const rows = differences.map((item) => ({
    number: item.number,
    code: item.code,
    parcel_id: item.parcelId ?? null,
    bag_id: item.bagId ?? null,
    issue: item.issue ?? null,
  }));
  await db.run(sql`
    insert into handovers.difference (organisation_id, handover_id, number, code, parcel_id, bag_id, issue)
    select ${key.organisationId}, ${key.handoverId}, number, code, parcel_id, bag_id, issue
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as d(number text, code smallint, parcel_id text, bag_id text, issue text)`);
  await db.run(sql`
    update handovers.content c set is_open = false, state = case when d.code = 0 then 'inbound_normal' else 'inbound_abnormal' end
    from handovers.difference d
    where d.organisation_id = ${key.organisationId} and d.handover_id = ${key.handoverId} and d.parcel_id is not null
      and c.organisation_id = d.organisation_id and c.parcel_id = d.parcel_id and c.is_open`);
}

export async function listDifferences(
  db: Queryable,
  owner: string,
  handoverId: string,
  code: number | undefined,
): Promise<Difference[]> {
  const only = code === undefined ? sql`` : sql` and code = ${code}`;
  const rows = await db.rows<{
    number: string;
    code: DifferenceCode;
    parcel_id: ParcelId | null;
    bag_id: BagId | null;
    issue: ArrivalIssue | null;
  }>(sql`
    select number, code, parcel_id, bag_id, issue from handovers.difference
    where organisation_id = ${owner} and handover_id = ${handoverId}${only} order by code desc, number`);
  return rows.map((row) => ({
    number: row.number,
    code: row.code,
    parcelId: row.parcel_id ?? undefined,
    bagId: row.bag_id ?? undefined,
    issue: row.issue ?? undefined,
  }));
}
