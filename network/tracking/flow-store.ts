import { type Column, type Queryable, sql, unnestRows } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import { bucketOf } from './bucket.policy.ts';
import type { Leg, ScanPlace } from './model.ts';
import type { LockedParcel } from './parcel-store.ts';

/** Where a parcel is on its way; without `leg` it is not, or not any more. */
export type Motion = {
  readonly parcel: Pick<
    LockedParcel,
    'bucket' | 'id' | 'organisationId' | 'clientPlatformId' | 'destination' | 'promise'
  >;
  readonly leg: Leg | undefined;
  readonly at: Pick<ScanPlace, 'country' | 'city'> | undefined;
  /** When its silence becomes too long. */
  readonly stuckAtMs: number | undefined;
};

const KEY: readonly Column<Motion>[] = [
  ['bucket', 'smallint', ({ parcel }) => parcel.bucket],
  ['parcel_id', 'text', ({ parcel }) => parcel.id],
];

/** `place`: its place in a list of lanes, from 1. */
type Lane = { readonly place: number; readonly motion: Motion };
const LANE: readonly Column<Lane>[] = [
  ['place', 'smallint', ({ place }) => place],
  ['leg', 'text', ({ motion }) => motion.leg],
  ['at_country', 'text', ({ motion }) => motion.at?.country],
  ['at_city', 'text', ({ motion }) => motion.at?.city],
  ['to_country', 'text', ({ motion }) => motion.parcel.destination?.country],
  ['to_city', 'text', ({ motion }) => motion.parcel.destination?.city],
];

type OnLane = { readonly motion: Motion; readonly lane: Lane };
const MOTION: readonly Column<OnLane>[] = [
  ['bucket', 'smallint', ({ motion }) => motion.parcel.bucket],
  ['parcel_id', 'text', ({ motion }) => motion.parcel.id],
  ['organisation_id', 'text', ({ motion }) => motion.parcel.organisationId],
  ['client_platform_id', 'text', ({ motion }) => motion.parcel.clientPlatformId],
  ['lane', 'smallint', ({ lane }) => lane.place],
  ['promise_latest', 'timestamptz', ({ motion }) => motion.parcel.promise?.latest],
  ['stuck_at', 'timestamptz', ({ motion }) => motion.stuckAtMs],
];

/**
 * Writes who moves and forgets who arrived. The parcels are locked by the caller. Lanes that are new are written in the
 * order of their ids, so that writers who find the same ones wait for each other and not in a circle. Many parcels are on
 * few lanes, so each lane travels once. Leaves with the next statement or the commit.
 */
export function saveMotions(db: Queryable, motions: readonly Motion[]): void {
  const moving = motions.filter(({ leg, stuckAtMs }) => leg !== undefined && stuckAtMs !== undefined);
  const arrived = motions.filter(({ leg }) => leg === undefined);
  if (arrived.length > 0) {
    db.later(sql`
      delete from tracking.motion t using ${unnestRows('m', arrived, KEY)}
      where t.bucket = m.bucket and t.parcel_id = m.parcel_id`);
  }
  if (moving.length === 0) return;
  const { lanes, onLanes } = lanesOf(moving);
  db.later(sql`
    with l as materialized (
      select *, tracking.lane_id(leg, at_country, at_city, to_country, to_city) as lane_id
      from ${unnestRows('u', lanes, LANE)}
    ), lanes as (
      insert into tracking.lane (lane_id, leg, at_country, at_city, to_country, to_city)
      select lane_id, leg, at_country, at_city, to_country, to_city from l
      where not exists (select from tracking.lane known where known.lane_id = l.lane_id)
      order by lane_id on conflict (lane_id) do nothing
    )
    merge into tracking.motion t
    using (
      select bucket, (select array_agg(lane_id order by place) from l)[lane] as lane_id,
        coalesce(promise_latest, 'infinity') as promise_latest, stuck_at, organisation_id, client_platform_id, parcel_id
      from ${unnestRows('u', onLanes, MOTION)}
    ) m on t.parcel_id = m.parcel_id and t.bucket = m.bucket
    when matched then update set lane_id = m.lane_id, promise_latest = m.promise_latest, stuck_at = m.stuck_at,
      organisation_id = m.organisation_id, client_platform_id = m.client_platform_id
    when not matched then
      insert (bucket, lane_id, promise_latest, stuck_at, organisation_id, client_platform_id, parcel_id)
      values (m.bucket, m.lane_id, m.promise_latest, m.stuck_at, m.organisation_id, m.client_platform_id, m.parcel_id)`);
}

function lanesOf(moving: readonly Motion[]): { lanes: readonly Lane[]; onLanes: readonly OnLane[] } {
  const lanes = new Map<string, Lane>();
  const onLanes = moving.map((motion): OnLane => {
    const { leg, at, parcel } = motion;
    const words = [leg, at?.country, at?.city, parcel.destination?.country, parcel.destination?.city];
    // As in tracking.lane_id, texts of places have no control characters.
    const key = words.join('\x1f');
    return { motion, lane: lanes.getOrInsertComputed(key, () => ({ place: lanes.size + 1, motion })) };
  });
  return { lanes: [...lanes.values()], onLanes };
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

/**
 * Lanes by their number of parcels, and the sums over all of them. The parcels are grouped by the number of their lane:
 * by its five words it takes three times as long. Lanes of as many parcels are cut by that number, too.
 */
export async function countLanes(
  db: Queryable,
  clientPlatformId: string | undefined,
  now: Instant,
  limit: number,
): Promise<{ totals: FlowTotals; lanes: LaneCount[] }> {
  const whose = clientPlatformId === undefined ? sql`` : sql` where client_platform_id = ${clientPlatformId}`;
  const rows = await db.rows<
    LaneCount & { all_lanes: number; all_parcels: number; all_late: number; all_stuck: number }
  >(sql`
    with counted as (
      select lane_id, count(*)::int as parcels, (count(*) filter (where promise_latest < ${now}))::int as late,
        (count(*) filter (where stuck_at < ${now}))::int as stuck
      from tracking.motion${whose} group by lane_id
    ), largest as (
      select *, (count(*) over ())::int as all_lanes, (sum(parcels) over ())::int as all_parcels,
        (sum(late) over ())::int as all_late, (sum(stuck) over ())::int as all_stuck
      from counted order by parcels desc, lane_id limit ${limit}
    )
    select l.leg, l.at_country as "atCountry", l.at_city as "atCity", l.to_country as "toCountry", l.to_city as "toCity",
      c.parcels, c.late, c.stuck, c.all_lanes, c.all_parcels, c.all_late, c.all_stuck
    from largest c join tracking.lane l on l.lane_id = c.lane_id
    order by c.parcels desc, l.leg, l.at_country, l.at_city, l.to_country, l.to_city`);
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
