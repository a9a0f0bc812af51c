import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { findOrganisation } from '../accounts/index.ts';
import { accepted, addDays, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import { POINT_LIFE } from './decide.ts';
import { type FeedOutlet, type FeedRow, outletOf } from './feed-line.ts';
import {
  countMissing,
  deleteOldLines,
  type Feed,
  findFeed,
  insertFeed,
  insertLines,
  type LineResult,
  listMissing,
  listUnread,
  saveFeed,
  saveResults,
} from './feed-store.ts';
import { findTerms } from './handle.ts';
import { type OnboardingTerms, type Point, UNMEASURED_QUALITY } from './model.ts';
import { type Recorded, recordAll, scheduleFiling, scheduleTimers } from './record.ts';
import { lockPoints, lockPointsByCode, savePoints } from './store.ts';

/** A full feed that would close more than this share of a network is asked about first: files are cut off. Our default. */
export const CLOSING_SHARE_UNASKED = 0.2;
/** Lines of one transaction. */
const CHUNK = 1_000;
const INSERT_CHUNK = 5_000;
/** Reports of so many feeds are kept. */
const KEPT_REPORTS = 5;

export const READ_FEED = 'points.read_feed';

/** Takes a feed in; a job reads it, a thousand lines at a time, and goes on where it stood after a restart. */
export async function takeFeed(
  work: Work,
  byCaller: string,
  command: {
    readonly organisationId: OrganisationId;
    readonly mode: Feed['mode'];
    readonly rows: readonly FeedRow[];
  },
): Promise<Outcome<Feed, 'point_feed_under_way' | 'point_network_unknown'>> {
  const { organisationId, mode, rows } = command;
  if ((await findOrganisation(work.db, organisationId))?.kind !== 'point_operator')
    return refused('point_network_unknown', '');
  const feed: Feed = {
    id: work.newId('pfd'),
    organisationId,
    mode,
    state: 'reading',
    lines: rows.length,
    readLine: 0,
    receivedAt: work.now,
  };
  if (!(await insertFeed(work.db, feed, byCaller))) return refused('point_feed_under_way', '');
  const named = new Set<string>();
  const lines = rows.map((row) => {
    const isRepeated = named.has(row.outletCode);
    named.add(row.outletCode);
    return { ...row, isRepeated };
  });
  for (let from = 0; from < lines.length; from += INSERT_CHUNK)
    await insertLines(work.db, feed, lines.slice(from, from + INSERT_CHUNK));
  await deleteOldLines(work.db, organisationId, KEPT_REPORTS);
  scheduleReading(work, feed);
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

export const feedJob: JobHandler = {
  kind: READ_FEED,
  run: async (work: Work, payload: never) => {
    const { feedId, organisationId } = payload as {
      readonly feedId: string;
      readonly organisationId: string;
    };
    await work.actFor({ organisationId });
    const feed = await findFeed(work.db, organisationId, feedId, 'lock');
    if (feed === undefined || feed.state === 'done' || feed.state === 'awaiting_confirmation') return;
    const after = feed.state === 'reading' ? await readChunk(work, feed) : await closeChunk(work, feed);
    await saveFeed(work.db, after);
    if (after.state === 'reading' || after.state === 'closing') scheduleReading(work, after);
  },
};

/** The next lines of a feed; after the last one of a full feed comes what it does not name. */
async function readChunk(work: Work, feed: Feed): Promise<Feed> {
  const unread = await listUnread(work.db, feed, CHUNK);
  if (unread.length === 0) return endReading(work, feed);
  const terms = await findTerms(work.db, feed.organisationId, work.now);
  const codes = unread.map(({ outletCode }) => outletCode);
  const known = new Map(
    (await lockPointsByCode(work.db, feed.organisationId, codes)).map((point) => [point.outletCode, point]),
  );
  const results: LineResult[] = [];
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
      results.push({ line, outcome: 'refused', pointId: before?.id, errors });
      continue;
    }
    const change = changeOf(work, feed, terms, before, read.value);
    results.push({ line, outcome: change.outcome, pointId: change.point?.id });
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
  await saveResults(work.db, feed, results);
  return { ...feed, readLine: unread.at(-1)?.line ?? feed.readLine };
}

function repeated(): ReturnType<typeof outletOf> {
  const message = 'an earlier line names this outlet';
  return refused('invalid_request', '', [{ pointer: '/outlet_code', code: 'repeated', message }]);
}

type Change = {
  readonly outcome: LineResult['outcome'];
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

/** Whether an outlet is already as the line says. Keys come in the order of the schema, from the database in its own. */
function isSaid(before: Point, outlet: FeedOutlet): boolean {
  return Object.entries(outlet).every(([key, value]) => sorted(before[key as keyof Point]) === sorted(value));
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

async function endReading(work: Work, feed: Feed): Promise<Feed> {
  if (feed.mode === 'delta') return { ...feed, state: 'done', endedAt: work.now };
  const { open, missing } = await countMissing(work.db, feed);
  const isMuch = missing > open * CLOSING_SHARE_UNASKED;
  return { ...feed, missing, state: isMuch ? 'awaiting_confirmation' : 'closing' };
}

async function closeChunk(work: Work, feed: Feed): Promise<Feed> {
  const ids = await listMissing(work.db, feed, CHUNK);
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
