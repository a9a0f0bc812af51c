import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import type { Reporter } from '../tracking/index.ts';
import type { EventFault } from './event.schema.ts';
import type { Namespaces } from './event-hash.policy.ts';
import type { Capture, CaptureId, ErrorBehaviour, ScanCounts } from './model.ts';

type CaptureRow = {
  organisation_id: OrganisationId;
  capture_id: CaptureId;
  reporter: Reporter;
  error_behaviour: ErrorBehaviour;
  event_count: number;
  captured: number;
  duplicates: number;
  errors: EventFault[];
  scans: ScanCounts;
  created_at: Instant;
  finished_at: Instant | null;
};

function captureOf(row: CaptureRow): Capture {
  return {
    organisationId: row.organisation_id,
    id: row.capture_id,
    reporter: row.reporter,
    errorBehaviour: row.error_behaviour,
    eventCount: row.event_count,
    captured: row.captured,
    duplicates: row.duplicates,
    errors: row.errors,
    scans: row.scans,
    createdAt: row.created_at,
    finishedAt: row.finished_at ?? undefined,
  };
}

const COLUMNS = sql`organisation_id, capture_id, reporter, error_behaviour, event_count, captured, duplicates, errors,
  scans, created_at, finished_at`;

/** `extensions`: prefixes that came beside the document. */
export async function insertCapture(
  db: Queryable,
  capture: Capture,
  document: unknown,
  extensions: Namespaces,
): Promise<void> {
  await db.run(sql`
    insert into epcis.capture (organisation_id, capture_id, reporter, error_behaviour, document, extensions, event_count,
      scans, created_at)
    values (${capture.organisationId}, ${capture.id}, ${capture.reporter}::jsonb, ${capture.errorBehaviour},
      ${JSON.stringify(document)}::jsonb, ${Object.fromEntries(extensions)}::jsonb, ${capture.eventCount},
      ${capture.scans}::jsonb, ${capture.createdAt})`);
}

/** Of any organisation that the transaction may see. */
export async function findCapture(db: Queryable, id: string): Promise<Capture | undefined> {
  const [row] = await db.rows<CaptureRow>(sql`select ${COLUMNS} from epcis.capture where capture_id = ${id}`);
  return row === undefined ? undefined : captureOf(row);
}

/** Newest first. `before`: id of the last one of the page before; `''` for the first page. */
export async function listCaptures(
  db: Queryable,
  organisationId: string,
  before: string,
  limit: number,
): Promise<Capture[]> {
  const rows = await db.rows<CaptureRow>(sql`
    select ${COLUMNS} from epcis.capture
    where organisation_id = ${organisationId} and (${before} = '' or capture_id < ${before})
    order by capture_id desc limit ${limit}`);
  return rows.map(captureOf);
}

/** Locked, with its document; undefined when it was worked through already. */
export async function takeDocument(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<{ capture: Capture; document: unknown; extensions: Namespaces } | undefined> {
  const [row] = await db.rows<CaptureRow & { document: unknown; extensions: Record<string, string> }>(sql`
    select ${COLUMNS}, document, extensions from epcis.capture
    where organisation_id = ${organisationId} and capture_id = ${id} and document is not null for update`);
  if (row === undefined) return undefined;
  const extensions = new Map(Object.entries(row.extensions));
  return { capture: captureOf(row), document: row.document, extensions };
}

export async function saveCaptured(db: Queryable, capture: Capture): Promise<void> {
  await db.run(sql`
    update epcis.capture set document = null, captured = ${capture.captured}, duplicates = ${capture.duplicates},
      errors = ${JSON.stringify(capture.errors)}::jsonb, finished_at = ${capture.finishedAt ?? null}
    where organisation_id = ${capture.organisationId} and capture_id = ${capture.id}`);
}

/**
 * Gives a capture that has none the next number of its organisation. Others wait until the transaction ends, so that numbers become
 * visible in their order: the last step of a transaction, or nearly.
 */
export async function numberCapture(
  db: Queryable,
  organisationId: string,
  id: string,
  now: Instant,
): Promise<void> {
  await db.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`epcis:${organisationId}`}, 0))`);
  await db.run(sql`
    update epcis.capture set recorded_at = ${now}, number = (
      select coalesce(max(number), 0) + 1 from epcis.capture where organisation_id = ${organisationId})
    where organisation_id = ${organisationId} and capture_id = ${id} and number is null`);
}

/** Locked; undefined when it does not exist. */
export async function lockCapture(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Capture | undefined> {
  const [row] = await db.rows<CaptureRow>(sql`
    select ${COLUMNS} from epcis.capture
    where organisation_id = ${organisationId} and capture_id = ${id} for update`);
  return row === undefined ? undefined : captureOf(row);
}

export async function saveScanCounts(db: Queryable, capture: Capture): Promise<void> {
  await db.run(sql`
    update epcis.capture set scans = ${capture.scans}::jsonb, finished_at = ${capture.finishedAt ?? null}
    where organisation_id = ${capture.organisationId} and capture_id = ${capture.id}`);
}
