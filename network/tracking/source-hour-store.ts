import { type Column, type Queryable, sql, unnestRows } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';

/** What came from a source in one hour. */
export type SourceHour = {
  readonly source: string;
  /** Its first instant. */
  readonly hour: Instant;
  readonly scans: number;
  readonly unmapped: number;
  readonly duplicates: number;
  readonly refused: number;
  /** By the steps of source-health.policy.ts. */
  readonly lags: readonly number[];
  readonly lastReceivedAt: Instant;
};

const HOUR: readonly Column<SourceHour>[] = [
  ['source', 'text', ({ source }) => source],
  ['hour', 'timestamptz', ({ hour }) => hour],
  ['scans', 'bigint', ({ scans }) => scans],
  ['unmapped', 'bigint', ({ unmapped }) => unmapped],
  ['duplicates', 'bigint', ({ duplicates }) => duplicates],
  ['refused', 'bigint', ({ refused }) => refused],
  ['lags', 'text', ({ lags }) => `{${lags.join(',')}}`],
  ['last_received_at', 'timestamptz', ({ lastReceivedAt }) => lastReceivedAt],
];

/** Adds counts to those that are there; in order of the keys, so that processes wait for each other and not in a circle. */
export async function addSourceHours(db: Queryable, hours: readonly SourceHour[]): Promise<void> {
  if (hours.length === 0) return;
  await db.run(sql`
    insert into tracking.source_hour (source, hour, scans, unmapped, duplicates, refused, lags, last_received_at)
    select source, hour, scans, unmapped, duplicates, refused, lags::bigint[], last_received_at
    from ${unnestRows('h', hours, HOUR)} order by source, hour
    on conflict (source, hour) do update set scans = source_hour.scans + excluded.scans,
      unmapped = source_hour.unmapped + excluded.unmapped, duplicates = source_hour.duplicates + excluded.duplicates,
      refused = source_hour.refused + excluded.refused,
      lags = (select array_agg(coalesce(o, 0) + coalesce(n, 0) order by at)
        from unnest(source_hour.lags, excluded.lags) with ordinality as l(o, n, at)),
      last_received_at = greatest(source_hour.last_received_at, excluded.last_received_at)`);
}

/** Hours since `from` of the sources that spoke last, by source and hour. */
export async function listSourceHours(db: Queryable, from: Instant, sources: number): Promise<SourceHour[]> {
  return db.rows<SourceHour>(sql`
    select h.source, h.hour, h.scans, h.unmapped, h.duplicates, h.refused, to_json(h.lags) as lags,
      h.last_received_at as "lastReceivedAt"
    from (select source from tracking.source_hour where hour >= ${from}
      group by source order by max(last_received_at) desc, source limit ${sources}) s
    join tracking.source_hour h on h.source = s.source and h.hour >= ${from}
    order by h.source, h.hour`);
}

export async function purgeSourceHours(db: Queryable, before: Instant): Promise<void> {
  await db.run(sql`delete from tracking.source_hour where hour < ${before}`);
}
