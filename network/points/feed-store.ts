import { type Queryable, sql, unnestRows } from '../../platform/db/index.ts';
import type { Id, Instant, OrganisationId, PointId } from '../kernel/index.ts';
import type { FeedCells, FeedFault, FeedRow } from './feed-line.ts';

export const FEED_MODES = ['full', 'delta'] as const;
export const FEED_STATES = ['reading', 'awaiting_confirmation', 'closing', 'done'] as const;
export const LINE_OUTCOMES = ['opened', 'changed', 'unchanged', 'closed', 'refused'] as const;
export type LineOutcome = (typeof LINE_OUTCOMES)[number];
export type FeedId = Id<'pfd'>;

export type Feed = {
  readonly id: FeedId;
  readonly organisationId: OrganisationId;
  readonly mode: (typeof FEED_MODES)[number];
  readonly state: (typeof FEED_STATES)[number];
  readonly lines: number;
  readonly missing?: number | undefined;
  /** The last line that was read. */
  readonly readLine: number;
  readonly receivedAt: Instant;
  readonly endedAt?: Instant | undefined;
};

type Row = {
  feed_id: FeedId;
  organisation_id: OrganisationId;
  mode: Feed['mode'];
  state: Feed['state'];
  lines: number;
  missing: number | null;
  read_line: number;
  received_at: Instant;
  ended_at: Instant | null;
};
const FEED = sql`select feed_id, organisation_id, mode, state, lines, missing, read_line, received_at, ended_at from points.feed`;

function feedOf(row: Row): Feed {
  return {
    id: row.feed_id,
    organisationId: row.organisation_id,
    mode: row.mode,
    state: row.state,
    lines: row.lines,
    missing: row.missing ?? undefined,
    readLine: row.read_line,
    receivedAt: row.received_at,
    endedAt: row.ended_at ?? undefined,
  };
}

/** False when another feed of the network is under way. */
export async function insertFeed(db: Queryable, feed: Feed, byCaller: string): Promise<boolean> {
  const written = await db.run(sql`
    insert into points.feed (organisation_id, feed_id, mode, state, lines, by_caller, received_at)
    values (${feed.organisationId}, ${feed.id}, ${feed.mode}, ${feed.state}, ${feed.lines}, ${byCaller}, ${feed.receivedAt})
    on conflict do nothing`);
  return written === 1;
}

/** `isRepeated`: an earlier line names the same outlet. */
export type FeedLine = FeedRow & { readonly isRepeated: boolean };
const LINE_COLUMNS = [
  ['line', 'bigint', (row: FeedLine) => row.line],
  ['outlet_code', 'text', (row: FeedLine) => row.outletCode],
  ['cells', 'jsonb', (row: FeedLine) => JSON.stringify(row.cells)],
  ['is_repeated', 'boolean', (row: FeedLine) => row.isRepeated],
] as const;

export async function insertLines(db: Queryable, feed: Feed, rows: readonly FeedLine[]): Promise<void> {
  await db.run(sql`
    insert into points.feed_line (organisation_id, feed_id, line, outlet_code, cells, is_repeated)
    select ${feed.organisationId}, ${feed.id}, s.line, s.outlet_code, s.cells, s.is_repeated from ${unnestRows('s', rows, LINE_COLUMNS)}`);
}

/** Lines of feeds before the newest ones go: a report is read in the morning after. */
export async function deleteOldLines(db: Queryable, organisationId: string, kept: number): Promise<void> {
  await db.run(sql`
    delete from points.feed_line where organisation_id = ${organisationId} and feed_id in (
      select feed_id from points.feed where organisation_id = ${organisationId} order by feed_id desc offset ${kept})`);
}

export async function findFeed(
  db: Queryable,
  organisationId: string,
  id: string,
  lock: 'lock' | 'look' = 'look',
): Promise<Feed | undefined> {
  const row = await db.maybeRow<Row>(sql`
    ${FEED} where organisation_id = ${organisationId} and feed_id = ${id} ${lock === 'lock' ? sql`for update` : sql``}`);
  return row === undefined ? undefined : feedOf(row);
}

/** The newest first. */
export async function listFeeds(db: Queryable, organisationId: string, limit: number): Promise<Feed[]> {
  const rows = await db.rows<Row>(sql`
    ${FEED} where organisation_id = ${organisationId} order by feed_id desc limit ${limit}`);
  return rows.map(feedOf);
}

export async function saveFeed(db: Queryable, feed: Feed): Promise<void> {
  await db.run(sql`
    update points.feed set state = ${feed.state}, missing = ${feed.missing}, read_line = ${feed.readLine}, ended_at = ${feed.endedAt}
    where organisation_id = ${feed.organisationId} and feed_id = ${feed.id}`);
}

/** Lines that were not read yet, in their order. */
export async function listUnread(db: Queryable, feed: Feed, limit: number): Promise<FeedLine[]> {
  const rows = await db.rows<{
    line: number;
    outlet_code: string;
    cells: FeedCells;
    is_repeated: boolean;
  }>(sql`
    select line, outlet_code, cells, is_repeated from points.feed_line
    where organisation_id = ${feed.organisationId} and feed_id = ${feed.id} and line > ${feed.readLine} and outcome is null
    order by line limit ${limit}`);
  return rows.map((row) => ({
    line: row.line,
    outletCode: row.outlet_code,
    cells: row.cells,
    isRepeated: row.is_repeated,
  }));
}

export type LineResult = {
  readonly line: number;
  readonly outcome: LineOutcome;
  readonly pointId?: PointId | undefined;
  readonly errors?: readonly FeedFault[] | undefined;
};

/** By place in arrays, not by a join: nobody has counted the lines of a feed that has just come, and PostgreSQL takes it for one. */
export async function saveResults(db: Queryable, feed: Feed, results: readonly LineResult[]): Promise<void> {
  const lines = results.map(({ line }) => line);
  await db.run(sql`
    update points.feed_line set outcome = (${results.map(({ outcome }) => outcome)}::text[])[array_position(${lines}::integer[], line)],
      point_id = (${results.map(({ pointId }) => pointId ?? null)}::text[])[array_position(${lines}::integer[], line)],
      errors = (${results.map(({ errors }) => (errors === undefined ? null : JSON.stringify(errors)))}::text[])[array_position(${lines}::integer[], line)]::jsonb
    where organisation_id = ${feed.organisationId} and feed_id = ${feed.id} and line = any(${lines}::integer[])`);
}

/** Read once and hashed, however many PostgreSQL thinks there are. */
const namedBy = (feed: Feed) =>
  sql`select outlet_code from points.feed_line where organisation_id = ${feed.organisationId} and feed_id = ${feed.id}`;

/** Outlets that are not gone and that no line of the feed names, also none that was refused. */
export async function listMissing(db: Queryable, feed: Feed, limit: number): Promise<PointId[]> {
  const rows = await db.rows<{ point_id: PointId }>(sql`
    select point_id from points.point where organisation_id = ${feed.organisationId} and state <> 'exited'
      and outlet_code not in (${namedBy(feed)})
    order by point_id limit ${limit}`);
  return rows.map((row) => row.point_id);
}

/** How many outlets of the network are not gone, and how many of them the feed does not name. */
export async function countMissing(db: Queryable, feed: Feed): Promise<{ open: number; missing: number }> {
  return db.row(sql`
    select count(*)::int as open, count(*) filter (where outlet_code not in (${namedBy(feed)}))::int as missing
    from points.point where organisation_id = ${feed.organisationId} and state <> 'exited'`);
}

export async function countOutcomes(
  db: Queryable,
  feed: Feed,
): Promise<Partial<Record<LineOutcome, number>>> {
  const rows = await db.rows<{ outcome: LineOutcome; count: number }>(sql`
    select outcome, count(*)::int as count from points.feed_line
    where organisation_id = ${feed.organisationId} and feed_id = ${feed.id} and outcome is not null group by outcome`);
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

/** Lines that were read, behind a line, in their order. */
export async function listResults(
  db: Queryable,
  key: { readonly organisationId: string; readonly feedId: string },
  outcome: LineOutcome | undefined,
  after: number,
  limit: number,
): Promise<(LineResult & { readonly outletCode: string })[]> {
  const only = outcome === undefined ? sql`is not null` : sql`= ${outcome}`;
  const rows = await db.rows<{
    line: number;
    outlet_code: string;
    outcome: LineOutcome;
    point_id: PointId | null;
    errors: FeedFault[] | null;
  }>(sql`
    select line, outlet_code, outcome, point_id, errors from points.feed_line
    where organisation_id = ${key.organisationId} and feed_id = ${key.feedId} and line > ${after} and outcome ${only}
    order by line limit ${limit}`);
  return rows.map((row) => ({
    line: row.line,
    outletCode: row.outlet_code,
    outcome: row.outcome,
    pointId: row.point_id ?? undefined,
    errors: row.errors ?? [],
  }));
}
