import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { CheckRuleName } from '../numbers/index.ts';
import type { CheckCovers, Holder, NumberSegment, SegmentId } from './model.ts';
import type { SegmentCount } from './stock.policy.ts';

type SegmentRow = {
  organisation_id: Holder;
  segment_id: SegmentId;
  carrier_code: string;
  prefix: string;
  suffix: string;
  digits: number;
  from_serial: number;
  to_serial: number;
  check_rule: CheckRuleName;
  check_covers: CheckCovers;
  epoch: number;
  low_water_percent: number;
  rest_days: number;
  loaded_at: Instant;
  closed_at: Instant | null;
  next_serial: number;
  last_leased_at: Instant | null;
  low_announced_at: Instant | null;
  exhausted_at: Instant | null;
  lost: number;
};

const COLUMNS = sql`s.organisation_id, s.segment_id, s.carrier_code, s.prefix, s.suffix, s.digits, s.from_serial, s.to_serial,
  s.check_rule, s.check_covers, s.epoch, s.low_water_percent, s.rest_days, s.loaded_at, s.closed_at, s.next_serial,
  s.last_leased_at, s.low_announced_at, s.exhausted_at, s.lost`;

function segmentOf(row: SegmentRow): NumberSegment {
  return {
    id: row.segment_id,
    holder: row.organisation_id,
    carrierCode: row.carrier_code,
    prefix: row.prefix,
    suffix: row.suffix,
    digits: row.digits,
    fromSerial: row.from_serial,
    toSerial: row.to_serial,
    checkRule: row.check_rule,
    checkCovers: row.check_covers,
    epoch: row.epoch,
    lowWaterPercent: row.low_water_percent,
    restDays: row.rest_days,
    loadedAt: row.loaded_at,
    closedAt: row.closed_at ?? undefined,
    nextSerial: row.next_serial,
    lastLeasedAt: row.last_leased_at ?? undefined,
    lowAnnouncedAt: row.low_announced_at ?? undefined,
    exhaustedAt: row.exhausted_at ?? undefined,
    lost: row.lost,
  };
}

/** Only one load of a carrier's numbers at a time, so that two overlapping ones cannot both pass the check. */
export async function lockCarrierSegments(db: Queryable, carrierCode: string): Promise<void> {
  await db.rows(
    sql`select pg_advisory_xact_lock(hashtextextended(${`waybills.segments:${carrierCode}`}, 0))`,
  );
}

export async function insertSegment(db: Queryable, segment: NumberSegment, loadedBy: string): Promise<void> {
  await db.run(sql`
    insert into waybills.number_segment (organisation_id, segment_id, carrier_code, prefix, suffix, digits, from_serial,
      to_serial, check_rule, check_covers, epoch, low_water_percent, rest_days, loaded_at, loaded_by, next_serial)
    values (${segment.holder}, ${segment.id}, ${segment.carrierCode}, ${segment.prefix}, ${segment.suffix},
      ${segment.digits}, ${segment.fromSerial}, ${segment.toSerial}, ${segment.checkRule}, ${segment.checkCovers},
      ${segment.epoch}, ${segment.lowWaterPercent}, ${segment.restDays}, ${segment.loadedAt}, ${loadedBy},
      ${segment.nextSerial})`);
}

export async function listCarrierSegments(db: Queryable, carrierCode: string): Promise<NumberSegment[]> {
  const rows = await db.rows<SegmentRow>(sql`
    select ${COLUMNS} from waybills.number_segment s where carrier_code = ${carrierCode} order by loaded_at, segment_id`);
  return rows.map(segmentOf);
}

/** Whether each of two holders has any segment of a carrier that is not closed, used up or not. */
export async function listHoldersOfStock(
  db: Queryable,
  carrierCode: string,
  holders: readonly Holder[],
): Promise<Holder[]> {
  const rows = await db.rows<{ organisation_id: Holder }>(sql`
    select distinct organisation_id from waybills.number_segment
    where carrier_code = ${carrierCode} and organisation_id = any(${holders}) and closed_at is null`);
  return rows.map((row) => row.organisation_id);
}

/** The oldest open segment of a holder that has serials left, locked until the lease commits. */
export async function lockSegmentWithStock(
  db: Queryable,
  holder: Holder,
  carrierCode: string,
): Promise<NumberSegment | undefined> {
  const row = await db.maybeRow<SegmentRow>(sql`
    select ${COLUMNS} from waybills.number_segment s
    where organisation_id = ${holder} and carrier_code = ${carrierCode} and closed_at is null and next_serial <= to_serial
    order by loaded_at, segment_id limit 1 for update`);
  return row === undefined ? undefined : segmentOf(row);
}

/** Held until commit by who leases before the marks know a database. */
export async function lockFirstUse(db: Queryable): Promise<void> {
  await db.rows(sql`select pg_advisory_xact_lock(hashtextextended('waybills.first_use', 0))`);
}

export async function listAllSegments(db: Queryable): Promise<NumberSegment[]> {
  return (await db.rows<SegmentRow>(sql`select ${COLUMNS} from waybills.number_segment s`)).map(segmentOf);
}

export async function lockAllSegments(db: Queryable): Promise<NumberSegment[]> {
  const rows = await db.rows<SegmentRow>(sql`
    select ${COLUMNS} from waybills.number_segment s order by segment_id for update`);
  return rows.map(segmentOf);
}

export async function leaseBlock(
  db: Queryable,
  segment: NumberSegment,
  size: number,
  alarms: { readonly low: boolean; readonly exhausted: boolean },
  now: Instant,
): Promise<void> {
  await db.run(sql`
    insert into waybills.number_block (organisation_id, segment_id, from_serial, to_serial, leased_at)
    values (${segment.holder}, ${segment.id}, ${segment.nextSerial}, ${segment.nextSerial + size - 1}, ${now})`);
  await db.run(sql`
    update waybills.number_segment set next_serial = next_serial + ${size}, last_leased_at = ${now},
      low_announced_at = case when ${alarms.low} then ${now}::timestamptz else low_announced_at end,
      exhausted_at = case when ${alarms.exhausted} then ${now}::timestamptz else exhausted_at end
    where organisation_id = ${segment.holder} and segment_id = ${segment.id}`);
}

/** Moves a segment past what was ever used; the serials in between become a burned block, so that they are listed. */
export async function movePast(
  db: Queryable,
  segment: NumberSegment,
  nextSerial: number,
  now: Instant,
): Promise<void> {
  await db.run(sql`
    insert into waybills.number_block (organisation_id, segment_id, from_serial, to_serial, leased_at, burned_at)
    values (${segment.holder}, ${segment.id}, ${segment.nextSerial}, ${nextSerial - 1}, ${now}, ${now})`);
  await db.run(sql`
    update waybills.number_segment set next_serial = ${nextSerial}, last_leased_at = ${now}
    where organisation_id = ${segment.holder} and segment_id = ${segment.id}`);
}

/** Marks every open block burned: no process may go on with it. Answers how many. */
export async function burnBlocks(db: Queryable, now: Instant): Promise<number> {
  return db.run(
    sql`update waybills.number_block set burned_at = ${now} where closed_at is null and burned_at is null`,
  );
}

/**
 * Closes blocks: one by its first serial, or all burned ones. What no waybill carries is lost, and counted with the
 * segment.
 */
export async function closeBlocks(
  db: Queryable,
  which: { readonly segmentId: string; readonly fromSerial: number } | 'burned',
  now: Instant,
): Promise<void> {
  const chosen =
    which === 'burned'
      ? sql`b.burned_at is not null`
      : sql`b.segment_id = ${which.segmentId} and b.from_serial = ${which.fromSerial}`;
  await db.run(sql`
    with counted as (
      select b.organisation_id, b.segment_id, b.from_serial, b.to_serial - b.from_serial + 1 - (
          select count(*) from waybills.waybill w
          where w.segment_id = b.segment_id and w.serial between b.from_serial and b.to_serial) as lost
      from waybills.number_block b where b.closed_at is null and ${chosen}
    ), closed as (
      update waybills.number_block b set closed_at = ${now}, lost = c.lost from counted c
      where b.organisation_id = c.organisation_id and b.segment_id = c.segment_id and b.from_serial = c.from_serial
      returning b.organisation_id, b.segment_id, b.lost
    )
    update waybills.number_segment s set lost = s.lost + t.lost
    from (select organisation_id, segment_id, sum(lost)::bigint as lost from closed group by 1, 2) t
    where s.organisation_id = t.organisation_id and s.segment_id = t.segment_id`);
}

export async function closeSegment(db: Queryable, id: string, now: Instant): Promise<number> {
  return db.run(sql`
    update waybills.number_segment set closed_at = ${now} where segment_id = ${id} and closed_at is null`);
}

export async function insertConfirmation(
  db: Queryable,
  row: { id: string; at: Instant; by: string; identity: string; moved: object },
): Promise<void> {
  await db.run(sql`
    insert into waybills.restore_confirmation (confirmation_id, confirmed_at, confirmed_by, identity, moved)
    values (${row.id}, ${row.at}, ${row.by}, ${row.identity}, ${JSON.stringify(row.moved)}::jsonb)`);
}

/** Names this database among all copies: the cluster's identifier and the database's oid; a clone has another oid. */
export async function readIdentity(db: Queryable): Promise<string> {
  const row = await db.row<{ identity: string }>(sql`
    select (select system_identifier::text from pg_control_system()) || '/' ||
      (select oid::text from pg_database where datname = current_database()) as identity`);
  return row.identity;
}

export type CountedSegment = { readonly segment: NumberSegment; readonly count: SegmentCount };

const COUNTS = sql`coalesce(c.used, 0) as used, coalesce(c.cancelled, 0) as cancelled, coalesce(c.printed, 0) as printed,
  coalesce(c.expired, 0) as expired`;

/** Segments after an id with their counters; of one holder or one carrier when asked. */
export async function listSegments(
  db: Queryable,
  filter: { readonly holder?: string | undefined; readonly carrierCode?: string | undefined },
  after: string,
  limit: number,
): Promise<CountedSegment[]> {
  const rows = await db.rows<SegmentRow & SegmentCount>(sql`
    select ${COLUMNS}, ${COUNTS} from waybills.number_segment s
    left join waybills.segment_count c using (organisation_id, segment_id)
    where segment_id > ${after} and (${filter.holder}::text is null or s.organisation_id = ${filter.holder})
      and (${filter.carrierCode}::text is null or s.carrier_code = ${filter.carrierCode})
    order by segment_id limit ${limit}`);
  return rows.map((row) => ({ segment: segmentOf(row), count: row }));
}

export async function findSegment(db: Queryable, id: string): Promise<CountedSegment | undefined> {
  const row = await db.maybeRow<SegmentRow & SegmentCount>(sql`
    select ${COLUMNS}, ${COUNTS} from waybills.number_segment s
    left join waybills.segment_count c using (organisation_id, segment_id) where segment_id = ${id}`);
  return row === undefined ? undefined : { segment: segmentOf(row), count: row };
}

/** When anything was last heard of a segment's numbers: what the rest period is counted from. */
export async function findLastUse(db: Queryable, id: string): Promise<Instant | undefined> {
  const row = await db.maybeRow<{ last: Instant | null }>(sql`
    select greatest(s.last_leased_at, s.closed_at, s.exhausted_at, c.last_event_at) as last
    from waybills.number_segment s left join waybills.segment_count c using (organisation_id, segment_id)
    where s.segment_id = ${id}`);
  return row?.last ?? undefined;
}

/** Leased serials of closed or burned blocks that no waybill carries, as ranges in order. */
export async function listGaps(
  db: Queryable,
  segmentId: string,
  afterSerial: number,
  limit: number,
): Promise<{ fromSerial: number; toSerial: number }[]> {
  const rows = await db.rows<{ from_serial: number; to_serial: number }>(sql`
    with missing as (
      select n as serial from waybills.number_block b, generate_series(b.from_serial, b.to_serial) n
      where b.segment_id = ${segmentId} and (b.closed_at is not null or b.burned_at is not null) and n > ${afterSerial}
        and not exists (select 1 from waybills.waybill w where w.segment_id = b.segment_id and w.serial = n)
    ), runs as (select serial, serial - row_number() over (order by serial) as run from missing)
    select min(serial) as from_serial, max(serial) as to_serial from runs group by run order by 1 limit ${limit}`);
  return rows.map((row) => ({ fromSerial: row.from_serial, toSerial: row.to_serial }));
}

/** Adds one event to the counters of a segment. Called by the reaction alone. */
export async function addToCounts(
  db: Queryable,
  holder: string,
  segmentId: string,
  delta: SegmentCount,
  at: Instant,
): Promise<void> {
  await db.run(sql`
    insert into waybills.segment_count as c (organisation_id, segment_id, used, cancelled, printed, expired, last_event_at)
    values (${holder}, ${segmentId}, ${delta.used}, ${delta.cancelled}, ${delta.printed}, ${delta.expired}, ${at})
    on conflict (organisation_id, segment_id) do update set used = c.used + excluded.used,
      cancelled = c.cancelled + excluded.cancelled, printed = c.printed + excluded.printed,
      expired = c.expired + excluded.expired, last_event_at = greatest(c.last_event_at, excluded.last_event_at)`);
}
