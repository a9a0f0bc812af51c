import { type Queryable, sql, unnestRows } from '../../platform/db/index.ts';
import type { Id, Instant, OrganisationId, PointId } from '../kernel/index.ts';
import type { FeedFault, FeedRow } from './feed-line.ts';

export const FEED_MODES = ['full', 'delta'] as const;
/** Of a feed that is here. */
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
  received_at: Instant;
  ended_at: Instant | null;
};
const FEED = sql`select feed_id, organisation_id, mode, state, lines, missing, received_at, ended_at from points.feed`;

function feedOf(row: Row): Feed {
  return {
    id: row.feed_id,
    organisationId: row.organisation_id,
    mode: row.mode,
    state: row.state,
    lines: row.lines,
    missing: row.missing ?? undefined,
    receivedAt: row.received_at,
    endedAt: row.ended_at ?? undefined,
  };
}

/** So long nothing came of a feed whose upload was cut off: longer than a request may take. Our default. */
const CUT_OFF_SECONDS = 60;

/** Opens a feed whose lines are to come; false when another feed of the network is under way. */
export async function insertFeed(
  db: Queryable,
  feed: Omit<Feed, 'state'>,
  byCaller: string,
): Promise<boolean> {
  await db.run(sql`
    delete from points.feed where organisation_id = ${feed.organisationId} and state = 'receiving'
      and touched_at < clock_timestamp() - make_interval(secs => ${CUT_OFF_SECONDS})`);
  const written = await db.run(sql`
    insert into points.feed (organisation_id, feed_id, mode, state, lines, by_caller, received_at)
    values (${feed.organisationId}, ${feed.id}, ${feed.mode}, 'receiving', ${feed.lines}, ${byCaller}, ${feed.receivedAt})
    on conflict do nothing`);
  return written === 1;
}

export type FeedKey = { readonly organisationId: string; readonly id: string };
const isReceiving = (feed: FeedKey) =>
  sql`organisation_id = ${feed.organisationId} and feed_id = ${feed.id} and state = 'receiving'`;

/** `isRepeated`: an earlier line names the same outlet. */
export type FeedLine = FeedRow & { readonly isRepeated: boolean };

/** False when the feed is not being received any more. */
export async function insertPiece(
  db: Queryable,
  feed: FeedKey,
  piece: number,
  lines: readonly FeedLine[],
): Promise<boolean> {
  const written = await db.run(sql`
    with received as (
      update points.feed set touched_at = clock_timestamp() where ${isReceiving(feed)} returning organisation_id, feed_id)
    insert into points.feed_piece (organisation_id, feed_id, piece, lines)
    select organisation_id, feed_id, ${piece}::integer, ${JSON.stringify(lines)}::json from received`);
  return written === 1;
}

/** The end of a feed is here; false when it is not being received any more. */
export async function endReceiving(db: Queryable, feed: FeedKey, lines: number): Promise<boolean> {
  return (
    (await db.run(
      sql`update points.feed set state = 'reading', lines = ${lines} where ${isReceiving(feed)}`,
    )) === 1
  );
}

/** Nothing is left of a feed that did not come to its end. */
export async function dropReceiving(db: Queryable, feed: FeedKey): Promise<void> {
  await db.run(sql`delete from points.feed where ${isReceiving(feed)}`);
}

/** The first piece that was not read yet, which is gone then. */
export async function takePiece(db: Queryable, feed: FeedKey): Promise<readonly FeedLine[] | undefined> {
  const key = sql`organisation_id = ${feed.organisationId} and feed_id = ${feed.id}`;
  const row = await db.maybeRow<{ lines: readonly FeedLine[] }>(sql`
    delete from points.feed_piece where ${key} and piece = (select min(piece) from points.feed_piece where ${key})
    returning lines`);
  return row?.lines;
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
    ${FEED} where organisation_id = ${organisationId} and feed_id = ${id} and state <> 'receiving' ${lock === 'lock' ? sql`for update` : sql``}`);
  return row === undefined ? undefined : feedOf(row);
}

/** The newest first. */
export async function listFeeds(db: Queryable, organisationId: string, limit: number): Promise<Feed[]> {
  const rows = await db.rows<Row>(sql`
    ${FEED} where organisation_id = ${organisationId} and state <> 'receiving' order by feed_id desc limit ${limit}`);
  return rows.map(feedOf);
}

export async function saveFeed(db: Queryable, feed: Feed): Promise<void> {
  await db.run(sql`
    update points.feed set state = ${feed.state}, missing = ${feed.missing}, ended_at = ${feed.endedAt}
    where organisation_id = ${feed.organisationId} and feed_id = ${feed.id}`);
}

/** What became of a line. */
export type ReadLine = {
  readonly line: number;
  readonly outletCode: string;
  readonly outcome: LineOutcome;
  readonly pointId?: PointId | undefined;
  readonly errors?: readonly FeedFault[] | undefined;
};

const RESULT_COLUMNS = [
  ['line', 'integer', (result: ReadLine) => result.line],
  ['outlet_code', 'text', (result: ReadLine) => result.outletCode],
  ['outcome', 'text', (result: ReadLine) => result.outcome],
  ['point_id', 'text', (result: ReadLine) => result.pointId],
  [
    'errors',
    'jsonb',
    (result: ReadLine) => (result.errors === undefined ? undefined : JSON.stringify(result.errors)),
  ],
] as const;

export async function insertResults(
  db: Queryable,
  feed: FeedKey,
  results: readonly ReadLine[],
): Promise<void> {
  await db.run(sql`
    insert into points.feed_line (organisation_id, feed_id, line, outlet_code, outcome, point_id, errors)
    select ${feed.organisationId}, ${feed.id}, r.* from ${unnestRows('r', results, RESULT_COLUMNS)}`);
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
    where organisation_id = ${feed.organisationId} and feed_id = ${feed.id} group by outcome`);
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

/** Lines that were read, behind a line, in their order. */
export async function listResults(
  db: Queryable,
  key: { readonly organisationId: string; readonly feedId: string },
  outcome: LineOutcome | undefined,
  after: number,
  limit: number,
): Promise<ReadLine[]> {
  const only = outcome === undefined ? sql`` : sql`and outcome = ${outcome}`;
  const rows = await db.rows<{
    line: number;
    outlet_code: string;
    outcome: LineOutcome;
    point_id: PointId | null;
    errors: FeedFault[] | null;
  }>(sql`
    select line, outlet_code, outcome, point_id, errors from points.feed_line
    where organisation_id = ${key.organisationId} and feed_id = ${key.feedId} and line > ${after} ${only}
    order by line limit ${limit}`);
  return rows.map((row) => ({
    line: row.line,
    outletCode: row.outlet_code,
    outcome: row.outcome,
    pointId: row.point_id ?? undefined,
    errors: row.errors ?? [],
  }));
}
