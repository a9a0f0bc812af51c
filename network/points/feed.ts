import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import { findOrganisation } from '../accounts/index.ts';
import { accepted, addDays, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import { POINT_LIFE } from './decide.ts';
import { type FeedOutlet, type FeedRow, openFeed, outletOf } from './feed-line.ts';
import {
  countMissing,
  deleteOldLines,
  dropReceiving,
  endReceiving,
  type Feed,
  type FeedId,
  type FeedLine,
  findFeed,
  insertFeed,
  insertPiece,
  insertResults,
  listMissing,
  type ReadLine,
  saveFeed,
  takePiece,
} from './feed-store.ts';
import { findTerms } from './handle.ts';
import { type OnboardingTerms, type Point, UNMEASURED_QUALITY } from './model.ts';
import { type Recorded, recordAll, scheduleFiling, scheduleTimers } from './record.ts';
import { lockPoints, lockPointsByCode, savePoints } from './store.ts';

/** A full feed that would close more than this share of a network is asked about first: files are cut off. Our default. */
export const CLOSING_SHARE_UNASKED = 0.2;
/** Lines of one transaction, a few more when they come so. */
const PIECE_LINES = 2_000;
/** Far more than a request may take. Our default. */
const RECEIVED_WITHIN_DAYS = 1;
/** Reports of so many feeds are kept. */
const KEPT_REPORTS = 5;

export const READ_FEED = 'points.read_feed';
export const DROP_FEED = 'points.drop_feed';
type FeedPayload = { readonly feedId: FeedId; readonly organisationId: OrganisationId };

type FeedRefusal = 'point_feed_under_way' | 'point_feed_unreadable' | 'point_network_unknown';

/**
 * Takes a feed in as it comes: each piece of some thousand lines is a transaction of its own. What breaks off or cannot be
 * read leaves nothing behind. When all of it is here a job reads it, a piece at a time, and goes on where it stood after a
 * restart. `note` stands in the last transaction. Throws what reading the body throws.
 */
export async function receiveFeed(
  world: World,
  command: {
    readonly organisationId: OrganisationId;
    readonly mode: Feed['mode'];
    readonly byCaller: string;
    readonly body: AsyncIterable<Uint8Array>;
  },
  note: (work: Work, feed: Feed) => Promise<void>,
): Promise<Outcome<Feed, FeedRefusal>> {
  const { organisationId } = command;
  const opened = await world.command({ organisationId }, (work) => openReceiving(work, command));
  if (!opened.ok) return opened;
  const feed = opened.value;
  const drop = () =>
    world.command({ organisationId }, async (work) => accepted(await dropReceiving(work.db, feed)));
  try {
    const lines = await receivePieces(world, feed, command.body);
    const outcome = lines.ok
      ? await world.command({ organisationId }, (work) =>
          beginReading(work, { ...feed, lines: lines.value }, note),
        )
      : lines;
    if (!outcome.ok) await drop();
    return outcome;
  } catch (error) {
    await drop();
    throw error;
  }
}

async function openReceiving(
  work: Work,
  {
    organisationId,
    mode,
    byCaller,
  }: { organisationId: OrganisationId; mode: Feed['mode']; byCaller: string },
): Promise<Outcome<Omit<Feed, 'state'>, FeedRefusal>> {
  if ((await findOrganisation(work.db, organisationId))?.kind !== 'point_operator')
    return refused('point_network_unknown', '');
  const feed = { id: work.newId('pfd'), organisationId, mode, lines: 0, receivedAt: work.now } as const;
  if (!(await insertFeed(work.db, feed, byCaller))) return refused('point_feed_under_way', '');
  // A server that is killed drops nothing.
  const runAt = addDays(work.now, RECEIVED_WITHIN_DAYS);
  work.schedule({ kind: DROP_FEED, key: feed.id, runAt, payload: { feedId: feed.id, organisationId } });
  return accepted(feed);
}

/** Answers how many lines there were. */
async function receivePieces(
  world: World,
  feed: Omit<Feed, 'state'>,
  body: AsyncIterable<Uint8Array>,
): Promise<Outcome<number, 'point_feed_unreadable'>> {
  const { organisationId } = feed;
  const reader = openFeed();
  const named = new Set<string>();
  let waiting: FeedLine[] = [];
  let [lines, piece] = [0, 0];
  const take = (rows: readonly FeedRow[]) => {
    for (const row of rows) {
      waiting.push({ ...row, isRepeated: named.has(row.outletCode) });
      // A part of a longer text keeps all of it.
      named.add(Buffer.from(row.outletCode).toString());
    }
    lines += rows.length;
  };
  const write = async (): Promise<boolean> => {
    if (waiting.length === 0) return true;
    const some = waiting;
    waiting = [];
    piece += 1;
    const kept = await world.command({ organisationId }, async (work) =>
      accepted(await insertPiece(work.db, feed, piece, some)),
    );
    return kept.ok && kept.value;
  };
  for await (const bytes of body) {
    const rows = reader.push(bytes);
    if (!rows.ok) return rows;
    take(rows.value);
    if (waiting.length >= PIECE_LINES && !(await write())) return CAME_TOO_SLOWLY;
  }
  const rest = reader.end();
  if (!rest.ok) return rest;
  take(rest.value);
  return (await write()) ? accepted(lines) : CAME_TOO_SLOWLY;
}

const CAME_TOO_SLOWLY = refused('point_feed_unreadable', 'The file came so slowly that it was dropped.');

async function beginReading(
  work: Work,
  received: Omit<Feed, 'state'>,
  note: (work: Work, feed: Feed) => Promise<void>,
): Promise<Outcome<Feed, 'point_feed_unreadable'>> {
  const feed: Feed = { ...received, state: 'reading' };
  if (!(await endReceiving(work.db, feed, feed.lines))) return CAME_TOO_SLOWLY;
  await deleteOldLines(work.db, feed.organisationId, KEPT_REPORTS);
  scheduleReading(work, feed);
  await note(work, feed);
  return accepted(feed);
}

function scheduleReading(work: Work, feed: Feed): void {
  const { id, organisationId } = feed;
  work.schedule({ kind: READ_FEED, key: id, runAt: work.now, payload: { feedId: id, organisationId } });
}

/** Whether what a full feed does not name is really gone. */
export async function confirmClosing(
  work: Work,
  key: { readonly organisationId: string; readonly feedId: string },
  close: boolean,
): Promise<Outcome<Feed, 'not_found' | 'point_feed_not_asking'>> {
  const feed = await findFeed(work.db, key.organisationId, key.feedId, 'lock');
  if (feed === undefined) return refused('not_found', '');
  if (feed.state !== 'awaiting_confirmation') return refused('point_feed_not_asking', '');
  const after: Feed = close ? { ...feed, state: 'closing' } : { ...feed, state: 'done', endedAt: work.now };
  await saveFeed(work.db, after);
  if (close) scheduleReading(work, after);
  return accepted(after);
}

export const dropFeedJob: JobHandler = {
  kind: DROP_FEED,
  run: async (work: Work, payload: never) => {
    const { feedId, organisationId } = payload as FeedPayload;
    await work.actFor({ organisationId });
    await dropReceiving(work.db, { organisationId, id: feedId });
  },
};

export const feedJob: JobHandler = {
  kind: READ_FEED,
  run: async (work: Work, payload: never) => {
    const { feedId, organisationId } = payload as FeedPayload;
    await work.actFor({ organisationId });
    const feed = await findFeed(work.db, organisationId, feedId, 'lock');
    if (feed === undefined || feed.state === 'done' || feed.state === 'awaiting_confirmation') return;
    const after = feed.state === 'reading' ? await readPiece(work, feed) : await closePiece(work, feed);
    await saveFeed(work.db, after);
    if (after.state === 'reading' || after.state === 'closing') scheduleReading(work, after);
  },
};

/** The next piece of a feed; after the last one of a full feed comes what it does not name. */
async function readPiece(work: Work, feed: Feed): Promise<Feed> {
  const unread = await takePiece(work.db, feed);
  if (unread === undefined) return endReading(work, feed);
  const terms = await findTerms(work.db, feed.organisationId, work.now);
  const codes = unread.map(({ outletCode }) => outletCode);
  const known = new Map(
    (await lockPointsByCode(work.db, feed.organisationId, codes)).map((point) => [point.outletCode, point]),
  );
  const results: ReadLine[] = [];
  const changes: { readonly point: Point; readonly told: Recorded }[] = [];
  for (const { line, outletCode, cells, isRepeated } of unread) {
    const read = isRepeated ? repeated() : outletOf(cells);
    const before = known.get(outletCode);
    if (!read.ok) {
      const errors = (read.rejection.errors ?? []).map((one) => ({
        column: one.pointer.slice(1),
        code: one.code,
        message: one.message,
      }));
      results.push({ line, outletCode, outcome: 'refused', pointId: before?.id, errors });
      continue;
    }
    const change = changeOf(work, feed, terms, before, read.value);
    results.push({ line, outletCode, outcome: change.outcome, pointId: change.point?.id });
    if (change.told !== undefined && change.point !== undefined)
      changes.push({ point: change.point, told: change.told });
  }
  await savePoints(
    work.db,
    changes.map(({ point }) => point),
  );
  await recordAll(work, changes);
  for (const { point, told } of changes) {
    scheduleTimers(work, point);
    if (told.event === 'PointActivated') scheduleFiling(work, point);
  }
  await insertResults(work.db, feed, results);
  return feed;
}

function repeated(): ReturnType<typeof outletOf> {
  const message = 'an earlier line names this outlet';
  return refused('invalid_request', '', [{ pointer: '/outlet_code', code: 'repeated', message }]);
}

type Change = {
  readonly outcome: ReadLine['outcome'];
  readonly point?: Point | undefined;
  readonly told?: Recorded | undefined;
};

/** What a line does to an outlet. A feed tells facts: what it calls closed is closed, without notice. */
function changeOf(
  work: Work,
  feed: Feed,
  terms: OnboardingTerms,
  before: Point | undefined,
  outlet: FeedOutlet | 'closed',
): Change {
  const byCaller = feed.id;
  if (outlet === 'closed') {
    if (before === undefined || before.state === 'exited') return { outcome: 'unchanged', point: before };
    const told: Recorded = { event: 'PointExited', fact: 'feed_closed', byCaller };
    return { outcome: 'closed', point: closed(work, before), told };
  }
  if (before === undefined || before.state === 'exited') {
    const point: Point = {
      ...(before ?? { id: work.newId('pnt'), organisationId: feed.organisationId, exceptions: [] }),
      ...outlet,
      ...openingOf(work, terms),
      quality: before?.quality ?? UNMEASURED_QUALITY,
      pausedFrom: undefined,
      pausedUntil: undefined,
      exitsAt: undefined,
      appliedAt: work.now,
      changedAt: work.now,
      version: (before?.version ?? 0) + 1,
    };
    const event = point.state === 'trial' ? 'PointActivated' : 'PointApplied';
    return { outcome: 'opened', point, told: { event, fact: 'feed_opened', byCaller } };
  }
  if (isSaid(before, outlet)) return { outcome: 'unchanged', point: before };
  const point = { ...before, ...outlet, changedAt: work.now, version: before.version + 1 };
  return { outcome: 'changed', point, told: { event: 'PointChanged', fact: 'feed_changed', byCaller } };
}

/**
 * Under a contract that asks nothing of single outlets they open on trial at once: the network trains its own people.
 * Otherwise each is an application like any other.
 */
function openingOf(work: Work, terms: OnboardingTerms): Pick<Point, 'state' | 'trialUntil'> {
  const isTrusted = terms.isInForce && !terms.needsDocuments && !terms.needsSiteCheck;
  return isTrusted
    ? { state: 'trial', trialUntil: addDays(work.now, POINT_LIFE.trialDays) }
    : { state: 'applied', trialUntil: undefined };
}

function closed(work: Work, point: Point): Point {
  return { ...point, state: 'exited', exitsAt: work.now, changedAt: work.now, version: point.version + 1 };
}

/** Whether an outlet is already as the line says. */
function isSaid(before: Point, outlet: FeedOutlet): boolean {
  return Object.entries(outlet).every(([key, value]) => isSame(before[key as keyof Point], value));
}

/** As JSON: keys in any order, and what is undefined is not there. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const isPart = (some: Record<string, unknown>, all: Record<string, unknown>) =>
    Object.keys(some).every((key) => isSame(some[key], all[key]));
  return isPart(left, right) && Object.keys(right).every((key) => right[key] === undefined || key in left);
}

async function endReading(work: Work, feed: Feed): Promise<Feed> {
  if (feed.mode === 'delta') return { ...feed, state: 'done', endedAt: work.now };
  const { open, missing } = await countMissing(work.db, feed);
  const isMuch = missing > open * CLOSING_SHARE_UNASKED;
  return { ...feed, missing, state: isMuch ? 'awaiting_confirmation' : 'closing' };
}

async function closePiece(work: Work, feed: Feed): Promise<Feed> {
  const ids = await listMissing(work.db, feed, PIECE_LINES);
  if (ids.length === 0) return { ...feed, state: 'done', endedAt: work.now };
  const told: Recorded = { event: 'PointExited', fact: 'feed_missing', byCaller: feed.id };
  const changes = (await lockPoints(work.db, ids)).map((point) => ({ point: closed(work, point), told }));
  await savePoints(
    work.db,
    changes.map(({ point }) => point),
  );
  await recordAll(work, changes);
  return feed;
}
