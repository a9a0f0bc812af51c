import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { TrackingSource } from './model.ts';
import { findCarrier, SHIPPED_SOURCES } from './registry.ts';

/** Whose decision a row is: a client platform, or `network` for the default of all. */
export type SourceScope = string;
export const NETWORK_SCOPE = 'network';

type SourceRow = {
  organisation_id: string;
  source_id: string;
  valid_from: Instant;
  valid_to: Instant | null;
  recognised: boolean;
  proof: string;
};

function sourceOf(row: SourceRow): TrackingSource {
  return {
    id: row.source_id,
    clientPlatform:
      row.organisation_id === NETWORK_SCOPE
        ? 'default'
        : (row.organisation_id as TrackingSource['clientPlatform']),
    kind: findCarrier(row.source_id)?.sourceKind ?? 'AGGREGATOR',
    recognised: row.recognised,
    from: row.valid_from,
    ...(row.valid_to === null ? {} : { to: row.valid_to }),
    proof: row.proof,
  };
}

/**
 * Everything that decides whether these sources are recognised by these client platforms: their own rows, the
 * operator's default, and what the product ships. Input of `isRecognised`. Works in every scope of row-level security.
 */
export async function listRecognition(
  db: Queryable,
  clientPlatforms: readonly string[],
  sourceIds: readonly string[],
): Promise<readonly TrackingSource[]> {
  const rows = await db.rows<SourceRow>(sql`
    select organisation_id, source_id, valid_from, valid_to, recognised, proof
    from carriers.sources_of(${clientPlatforms}::text[], ${sourceIds}::text[])`);
  const shipped = SHIPPED_SOURCES.filter((source) => sourceIds.includes(source.id));
  return [...shipped, ...rows.map(sourceOf)];
}

/** A decision of one scope; of the same moment the later replaces the earlier, which had not begun. */
export async function saveSource(
  db: Queryable,
  scope: SourceScope,
  source: Omit<TrackingSource, 'clientPlatform' | 'kind'>,
  byCaller: string,
  now: Instant,
): Promise<void> {
  await db.run(sql`
    insert into carriers.recognised_source (organisation_id, source_id, valid_from, valid_to, recognised, proof, by_caller, recorded_at)
    values (${scope}, ${source.id}, ${source.from}, ${source.to}, ${source.recognised}, ${source.proof}, ${byCaller}, ${now})
    on conflict (organisation_id, source_id, valid_from) do update set valid_to = excluded.valid_to,
      recognised = excluded.recognised, proof = excluded.proof, by_caller = excluded.by_caller, recorded_at = excluded.recorded_at`);
}

/** Ends what a scope decided about a source: what is in force now, and what had not begun. Answers how many rows. */
export async function endSources(
  db: Queryable,
  scope: SourceScope,
  sourceId: string,
  now: Instant,
): Promise<number> {
  return db.run(sql`
    update carriers.recognised_source set valid_to = greatest(valid_from, ${now}::timestamptz)
    where organisation_id = ${scope} and source_id = ${sourceId} and (valid_to is null or valid_to > greatest(valid_from, ${now}::timestamptz))`);
}
