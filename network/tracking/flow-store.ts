import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import { bucketOf } from './bucket.policy.ts';
import type { Leg, ScanPlace } from './model.ts';
import type { TrackedParcel } from './parcel.ts';

/** Where a parcel is on its way; without `leg` it is not, or not any more. */
export type Motion = {
  readonly parcel: TrackedParcel;
  readonly leg: Leg | undefined;
  readonly at: Pick<ScanPlace, 'country' | 'city'> | undefined;
  readonly lastScanAt: Instant | undefined;
};

/** Writes who moves and forgets who arrived: one statement. The parcels are locked by the caller. */
export async function saveMotions(db: Queryable, motions: readonly Motion[]): Promise<void> {
  const rows = motions.map(({ parcel, leg, at, lastScanAt }) => ({
    bucket: bucketOf(parcel.id),
    parcel_id: parcel.id,
    organisation_id: parcel.organisationId,
    client_platform_id: parcel.clientPlatformId,
    leg,
    at_country: at?.country,
    at_city: at?.city,
    to_country: parcel.destination?.country,
    to_city: parcel.destination?.city,
    promise_latest: parcel.promise?.latest,
    last_scan_at: lastScanAt,
  }));
  await db.run(sql`
    with m as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m(bucket smallint, parcel_id text,
        organisation_id text, client_platform_id text, leg text, at_country text, at_city text, to_country text, to_city text,
        promise_latest timestamptz, last_scan_at timestamptz)
    ), arrived as (
      delete from tracking.motion t using m where t.bucket = m.bucket and t.parcel_id = m.parcel_id and m.leg is null
    )
    insert into tracking.motion (bucket, parcel_id, organisation_id, client_platform_id, leg, at_country, at_city, to_country,
      to_city, promise_latest, last_scan_at)
    select bucket, parcel_id, organisation_id, client_platform_id, leg, at_country, at_city, to_country, to_city,
      promise_latest, last_scan_at from m where leg is not null and last_scan_at is not null
    on conflict (bucket, parcel_id) do update set leg = excluded.leg, at_country = excluded.at_country, at_city = excluded.at_city,
      to_country = excluded.to_country, to_city = excluded.to_city, promise_latest = excluded.promise_latest,
      last_scan_at = excluded.last_scan_at, organisation_id = excluded.organisation_id,
      client_platform_id = excluded.client_platform_id`);
}

/** Merged parcels stand for themselves no more. */
export async function deleteMotions(db: Queryable, parcelIds: readonly string[]): Promise<void> {
  await db.run(sql`
    delete from tracking.motion t using unnest(${parcelIds.map(bucketOf)}::smallint[], ${parcelIds}::text[]) as m(bucket, parcel_id)
    where t.bucket = m.bucket and t.parcel_id = m.parcel_id`);
}

export type LaneCount = {
  readonly leg: Leg;
  readonly atCountry: string | null;
  readonly atCity: string | null;
  readonly toCountry: string | null;
  readonly toCity: string | null;
  readonly parcels: number;
  readonly late: number;
  readonly stuck: number;
};
export type FlowTotals = {
  readonly lanes: number;
  readonly parcels: number;
  readonly late: number;
  readonly stuck: number;
};

/** Silent since these instants means stuck: at sea or in the air it takes longer to say so. */
export type StuckSince = { readonly linehaul: Instant; readonly other: Instant };

/** Lanes by their number of parcels, and the sums over all of them. */
export async function countLanes(
  db: Queryable,
  clientPlatformId: string | undefined,
  now: Instant,
  stuck: StuckSince,
  limit: number,
): Promise<{ totals: FlowTotals; lanes: LaneCount[] }> {
  const whose = clientPlatformId === undefined ? sql`` : sql` where client_platform_id = ${clientPlatformId}`;
  const rows = await db.rows<
    LaneCount & { all_lanes: number; all_parcels: number; all_late: number; all_stuck: number }
  >(sql`
    with lane as (
      select leg, at_country, at_city, to_country, to_city, count(*) as parcels,
        count(*) filter (where promise_latest < ${now}) as late,
        count(*) filter (where last_scan_at < case when leg = 'linehaul' then ${stuck.linehaul}::timestamptz
          else ${stuck.other}::timestamptz end) as stuck
      from tracking.motion${whose} group by leg, at_country, at_city, to_country, to_city
    )
    select leg, at_country as "atCountry", at_city as "atCity", to_country as "toCountry", to_city as "toCity",
      parcels::int as parcels, late::int as late, stuck::int as stuck,
      (count(*) over ())::int as all_lanes, (sum(parcels) over ())::int as all_parcels,
      (sum(late) over ())::int as all_late, (sum(stuck) over ())::int as all_stuck
    from lane order by lane.parcels desc, leg, at_country, at_city, to_country, to_city limit ${limit}`);
  const [first] = rows;
  return {
    totals: {
      lanes: first?.all_lanes ?? 0,
      parcels: first?.all_parcels ?? 0,
      late: first?.all_late ?? 0,
      stuck: first?.all_stuck ?? 0,
    },
    lanes: rows.map(({ all_lanes: _l, all_parcels: _p, all_late: _t, all_stuck: _s, ...lane }) => lane),
  };
}

export type ReachedMilestone = {
  readonly parcelId: string;
  readonly milestone: string;
  readonly occurredAt: Instant;
};

/** Counts milestones in their hours, each under the owner of its parcel: one write for each owner, hour and name. */
export async function countMilestones(db: Queryable, reached: readonly ReachedMilestone[]): Promise<void> {
  const names = reached.map(({ milestone }) => milestone);
  await db.run(sql`
    insert into tracking.milestone_hour (organisation_id, hour, milestone, client_platform_id, count)
    select coalesce(p.organisation_id, '-') as owner, date_trunc('hour', r.occurred_at) as hour, r.milestone,
      max(p.client_platform_id), count(*)
    from unnest(${reached.map(({ parcelId }) => bucketOf(parcelId))}::smallint[],
      ${reached.map(({ parcelId }) => parcelId)}::text[], ${names}::text[],
      ${reached.map(({ occurredAt }) => occurredAt)}::timestamptz[]) as r(bucket, parcel_id, milestone, occurred_at)
    join tracking.parcel p on p.bucket = r.bucket and p.parcel_id = r.parcel_id
    group by 1, 2, 3 order by 1, 2, 3
    on conflict (organisation_id, hour, milestone) do update set count = milestone_hour.count + excluded.count`);
}

export async function listMilestoneHours(
  db: Queryable,
  clientPlatformId: string | undefined,
  from: Instant,
): Promise<{ hour: Instant; milestone: string; count: number }[]> {
  const whose = clientPlatformId === undefined ? sql`` : sql` and client_platform_id = ${clientPlatformId}`;
  return db.rows(sql`
    select hour, milestone, sum(count)::int as count from tracking.milestone_hour where hour >= ${from}${whose}
    group by hour, milestone order by hour, milestone`);
}

export async function purgeMilestoneHours(db: Queryable, before: Instant): Promise<number> {
  return db.run(sql`delete from tracking.milestone_hour where hour < ${before}`);
}
