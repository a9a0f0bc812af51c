import type { Work } from '../../platform/world/index.ts';
import { accepted, addMs, type Instant, msBetween, type Outcome, refused } from '../kernel/index.ts';
import { findPoint } from '../points/index.ts';
import { reserve as reservePlaces } from './capacity.policy.ts';
import { insertDecision } from './decision-store.ts';
import { decisionOf, type Ending, recordUnservedDecision } from './decisions.ts';
import { CapacityReserved } from './events.ts';
import type {
  Choice,
  Decision,
  Demand,
  Excluded,
  ExclusionReason,
  Option,
  Reservation,
  ReserveErrorCode,
} from './model.ts';
import { LISTED_HOURS } from './model.ts';
import {
  audienceOf,
  changeShelf,
  changeSlot,
  type Held,
  holdPlaces,
  hourOfPoint,
  isOpenIn,
  tell,
} from './places.ts';
import { insertReservation } from './reservation-store.ts';
import { inScope, type Reader } from './scope.ts';
import { openAttempt, undoAttempt } from './slot-store.ts';
import { type PointCandidates, type RoomyHour, type Weighed, type Weighing, weigh } from './weigh.ts';

/** Ends what nobody ended. */
export const RESERVATION_ENDS = 'allocation.reservation_ends';

/** So many points are tried in one call; between look and attempt few fill up. Our default. */
const POINTS_TRIED = 8;
/** Of one point so many hours are locked at once. Our default. */
const HOURS_TRIED = 3;

/** What can take a demand, best first, and why the others near it cannot. Nothing is held. */
export async function listOptions(
  reader: Reader,
  locator: PointCandidates,
  demand: Demand,
  limit: number,
): Promise<{ options: Option[]; excluded: readonly Excluded[] }> {
  const weighing = await inScope(reader, 'network', () => weigh(reader, locator, demand));
  return { options: weighing.options.slice(0, limit).map(optionOf), excluded: weighing.excluded };
}

/** As `listOptions`; a demand that finds none is written down as unserved. */
export async function askForOptions(
  work: Work,
  locator: PointCandidates,
  demand: Demand,
  limit: number,
): Promise<{ options: Option[]; excluded: readonly Excluded[] }> {
  const weighing = await inScope(work, 'network', async () => {
    const found = await weigh(work, locator, demand);
    if (found.options.length === 0) recordUnservedDecision(work, demand, found);
    return found;
  });
  return { options: weighing.options.slice(0, limit).map(optionOf), excluded: weighing.excluded };
}

/** For a command that goes on without a point: the demand counts as unserved. `reasons`: as `listOptions` gave them. */
export async function recordUnserved(
  work: Work,
  demand: Demand,
  reasons: readonly Excluded[],
): Promise<void> {
  await inScope(work, 'network', async () =>
    recordUnservedDecision(work, demand, { excluded: reasons, rulebookVersionId: undefined }),
  );
}

function optionOf({ point, candidate, hours }: Weighed): Option {
  const { distanceMeters, score, parts } = candidate;
  const listed = hours.slice(0, LISTED_HOURS).map((hour) => hour.startsAt);
  return { point, distanceMeters, score, parts, hours: listed };
}

/**
 * Holds places for a demand at the chosen point, or at the best that has room: what fills up meanwhile is passed over
 * within the call, so that a crowd spreads instead of being refused in turn. Ends in the scope it was called in.
 */
export async function reserve(
  work: Work,
  locator: PointCandidates,
  demand: Demand,
  choice: Choice,
): Promise<Outcome<Reservation, ReserveErrorCode>> {
  return inScope(work, 'network', async () => {
    const chosen = choice.pointId === undefined ? undefined : await findPoint(work.db, choice.pointId);
    if (choice.pointId !== undefined && chosen === undefined)
      return refused('point_does_not_serve', 'There is no such point.');
    const weighing = await weigh(work, locator, demand, chosen);
    const lost: Weighed[] = [];
    for (const option of weighing.options.slice(0, POINTS_TRIED)) {
      const hours = hoursToTry(option, demand, choice);
      const startsAt = hours.length === 0 ? undefined : await attempt(work, option, demand, hours);
      if (startsAt !== undefined) {
        const how = chosen !== undefined ? 'chosen' : lost.length > 0 ? 'next_best' : 'best';
        return accepted(hold(work, demand, choice, { weighing, option, startsAt, how, lost }));
      }
      lost.push(option);
    }
    return chosen === undefined
      ? refused('no_point_fits', reasonsTold(weighing, lost))
      : refusedChoice(weighing, lost, choice, demand);
  });
}

/** The named hour alone; else the nearest to the wished one, else the first ones. */
function hoursToTry({ hours, point }: Weighed, demand: Demand, choice: Choice): readonly RoomyHour[] {
  if (choice.startsAt !== undefined) {
    const { startsAt } = hourOfPoint(point, choice.startsAt);
    return hours.filter((hour) => hour.startsAt === startsAt);
  }
  if (demand.at === undefined) return hours.slice(0, HOURS_TRIED);
  const wished = hourOfPoint(point, demand.at).startsAt;
  const apart = (hour: RoomyHour) => Math.abs(msBetween(wished, hour.startsAt));
  return hours.toSorted((a, b) => apart(a) - apart(b)).slice(0, HOURS_TRIED);
}

/** In the point's scope: takes the first of these hours that still has room; leaves no lock behind when none has. */
async function attempt(
  work: Work,
  option: Weighed,
  demand: Demand,
  hours: readonly RoomyHour[],
): Promise<Instant | undefined> {
  const { point } = option;
  await work.actFor({ organisationId: point.organisationId });
  openAttempt(work.db);
  const held = await holdPlaces(work, point, demand.service, hours);
  const startsAt = take(work, held, demand, hours);
  if (startsAt === undefined) await undoAttempt(work.db);
  else tell(work, held);
  return startsAt;
}

function take(work: Work, held: Held, demand: Demand, hours: readonly RoomyHour[]): Instant | undefined {
  const { parcels } = demand;
  if (held.shelf !== undefined && reservePlaces(held.shelf, parcels) === undefined) return undefined;
  const hour = hours.find(({ startsAt }) => {
    const places = held.slots.get(startsAt);
    return places !== undefined && reservePlaces(places, parcels) !== undefined;
  });
  if (hour === undefined) return undefined;
  changeSlot(work, held, hour.startsAt, (places) => reservePlaces(places, parcels) ?? places);
  if (held.shelf !== undefined) changeShelf(work, held, (places) => reservePlaces(places, parcels) ?? places);
  return hour.startsAt;
}

type Success = Omit<Ending, 'reservationId'> & {
  readonly weighing: Weighing;
  readonly option: Weighed;
  readonly startsAt: Instant;
};

/** Writes the reservation and why it went there; still in the point's scope. */
function hold(work: Work, demand: Demand, choice: Choice, success: Success): Reservation {
  const { option, startsAt, how, lost } = success;
  const id = work.newId('rsv');
  const ending: Ending = { option, startsAt, how, lost, reservationId: id };
  const decision: Decision = decisionOf(work, demand, success.weighing, ending);
  const reservation: Reservation = {
    id,
    organisationId: option.point.organisationId,
    pointId: option.point.id,
    service: demand.service,
    startsAt,
    parcels: demand.parcels,
    subject: demand.subject,
    madeFor: demand.madeFor,
    state: 'held',
    reason: undefined,
    decisionId: decision.id,
    version: 1,
    expiresAt: addMs(work.now, choice.ttlMs),
    madeAt: work.now,
    changedAt: work.now,
  };
  insertReservation(work.db, reservation);
  insertDecision(work.db, decision);
  scheduleEnd(work, reservation);
  const { organisationId, pointId, service, parcels, subject, expiresAt } = reservation;
  work.emit({
    type: CapacityReserved.name,
    group: { organisationId },
    subjectId: id,
    subjectSequence: 1,
    audience: audienceOf(reservation),
    payload: {
      reservationId: id,
      pointId,
      organisationId,
      service,
      startsAt,
      parcels,
      subject,
      occurredAt: work.now,
      expiresAt,
      decisionId: decision.id,
      how,
    },
  });
  return reservation;
}

export function scheduleEnd(work: Work, reservation: Reservation): void {
  const { id, organisationId, expiresAt } = reservation;
  work.schedule({
    kind: RESERVATION_ENDS,
    key: `${id} ${expiresAt}`,
    runAt: expiresAt,
    payload: { organisationId, reservationId: id },
  });
}

const FULL: ReadonlySet<ExclusionReason> = new Set(['full', 'shelf_full']);

function refusedChoice(
  weighing: Weighing,
  lost: readonly Weighed[],
  choice: Choice,
  demand: Demand,
): Outcome<Reservation, ReserveErrorCode> {
  const reason = weighing.excluded[0]?.reason;
  if (reason !== undefined && FULL.has(reason)) return refused('point_full', '');
  if (reason === 'closed_in_window') return refused('point_closed', '');
  if (reason !== undefined) return refused('point_does_not_serve', `The reason is ${reason}.`);
  const [option] = lost;
  const isNamedHourOpen =
    option === undefined || choice.startsAt === undefined || isOpenHour(option, choice.startsAt, demand);
  return isNamedHourOpen ? refused('point_full', '') : refused('point_closed', '');
}

/** An hour of the window that the point is open in, with room or without. */
function isOpenHour({ point }: Weighed, startsAt: Instant, demand: Demand): boolean {
  const hour = hourOfPoint(point, startsAt);
  return hour.startsAt < demand.notAfter && isOpenIn(point, hour);
}

function reasonsTold(weighing: Weighing, lost: readonly Weighed[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of weighing.excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  if (lost.length > 0) counts.set('full', (counts.get('full') ?? 0) + lost.length);
  const told = [...counts].map(([reason, count]) => `${count} ${reason}`).join(', ');
  return told === '' ? 'There is no point near it.' : `Of the points near it: ${told}.`;
}
