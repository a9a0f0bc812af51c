import type { Queryable } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import { withDescendants } from './descendants.ts';
import { keepFitting } from './looking.ts';
import type { StoredEvent } from './model.ts';
import { type EventFilter, termVersionFor } from './query.policy.ts';
import {
  type CapturePlace,
  hasEventsWithoutTerms,
  lastCaptureBefore,
  listCapturedBehind,
  newestCapture,
} from './query-store.ts';

/** Captures that are looked through at once; our default. */
const CAPTURES_AT_ONCE = 200;
/** Behind every event of a capture. */
const WHOLE = 2 ** 31 - 1;

export type CapturedPart = {
  readonly events: readonly StoredEvent[];
  /** Up to where everything was looked at. */
  readonly place: CapturePlace;
  /** There is more behind it already. */
  readonly goesOn: boolean;
};

/**
 * What was captured behind a place and fits a filter, in the order of recording, at most `limit` events. Reading on from
 * place to place gives every event once, whenever it is committed. Undefined: events of an earlier version are being made
 * ready, ask again later.
 */
export async function readCaptured(
  db: Queryable,
  organisationId: string,
  filter: EventFilter,
  after: CapturePlace,
  limit: number,
): Promise<CapturedPart | undefined> {
  // What is not noted at all has no place yet.
  const version = termVersionFor(filter) || 1;
  if (await hasEventsWithoutTerms(db, organisationId, version)) return undefined;
  const newest = await newestCapture(db, organisationId);
  const upTo = Math.max(after.number, Math.min(newest, after.number + CAPTURES_AT_ONCE));
  const asked = await withDescendants(db, organisationId, filter);
  const found = await listCapturedBehind(db, organisationId, asked, after, upTo, limit);
  const { kept: events } = await keepFitting(
    db,
    organisationId,
    filter,
    found.map(({ event }) => event),
  );
  const last = found.at(-1);
  if (last !== undefined && found.length === limit) return { events, place: last.place, goesOn: true };
  return { events, place: { number: upTo, position: WHOLE }, goesOn: upTo < newest };
}

/** Where a reader begins who wants what is recorded from an instant on. */
export async function placeBefore(
  db: Queryable,
  organisationId: string,
  from: Instant,
): Promise<CapturePlace> {
  return { number: await lastCaptureBefore(db, organisationId, from), position: WHOLE };
}
