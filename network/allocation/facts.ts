import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, type Outcome, type PointId, refused } from '../kernel/index.ts';
import { findPoint, type Point, type PointService } from '../points/index.ts';
import { arrive, convert, leave, release } from './capacity.policy.ts';
import { PointOverCapacity } from './events.ts';
import type { Demand, Reservation, ReservationId } from './model.ts';
import {
  changeShelf,
  changeSlot,
  giveBack,
  type Held,
  holdPlaces,
  holdShelfAlone,
  hourOfPoint,
  tell,
} from './places.ts';
import { findReservation, lockReservation, saveReservation } from './reservation-store.ts';
import { scheduleEnd } from './reserve.ts';
import { inScope } from './scope.ts';

/** Parcels came to a point. `at`: when, by the world; `subject`: what they are about. */
export type Intake = {
  readonly pointId: PointId;
  readonly service: PointService;
  readonly at: Instant;
  readonly parcels: number;
  readonly subject: Demand['subject'];
  readonly reservationId?: ReservationId | undefined;
};

/** `beyond`: parcels for which nothing was left. */
export type IntakeResult = { readonly beyond: number; readonly reservation: Reservation | undefined };

/**
 * Parcels came: a fact, never refused. A held reservation of this point ends as used, in the hour of the arrival; without
 * one they take what nobody holds. What goes beyond the capacity is written down, told, and closes the hour.
 * Throws when there is no such point.
 */
export async function recordIntake(work: Work, intake: Intake): Promise<IntakeResult> {
  return inScope(work, 'network', async () => {
    const point = await pointOf(work, intake.pointId);
    const seen =
      intake.reservationId === undefined ? undefined : await findReservation(work.db, intake.reservationId);
    const promised =
      seen !== undefined && seen.pointId === point.id && seen.service === intake.service ? seen : undefined;
    await work.actFor({ organisationId: point.organisationId });
    return arriveAt(work, point, intake, promised);
  });
}

/** As `recordIntake` of all the parcels that a reservation holds. Undefined when there is no such reservation. */
export async function useReservation(
  work: Work,
  id: ReservationId,
  at: Instant,
): Promise<Reservation | undefined> {
  const seen = await inScope(work, 'network', () => findReservation(work.db, id));
  if (seen === undefined) return undefined;
  const { pointId, service, parcels, subject } = seen;
  const intake = { pointId, service, at, parcels, subject, reservationId: id };
  return (await recordIntake(work, intake)).reservation ?? seen;
}

/** Locks the hour of the arrival and that of the reservation; what was promised moves to where it came. */
async function arriveAt(
  work: Work,
  point: Point,
  intake: Intake,
  promised: Reservation | undefined,
): Promise<IntakeResult> {
  const came = hourOfPoint(point, intake.at);
  const meant = promised === undefined ? came : hourOfPoint(point, promised.startsAt);
  const hours = [came, meant].filter((hour, index) => index === 0 || hour.startsAt !== came.startsAt);
  const held = await holdPlaces(work, point, intake.service, hours);
  // Looked at again under the locks: it may have lapsed a moment ago.
  const now =
    promised === undefined ? undefined : await lockReservation(work.db, promised.organisationId, promised.id);
  const reservation = now?.state === 'held' ? endAsUsed(work, now) : undefined;
  let walkIns = intake.parcels;
  if (reservation !== undefined) {
    const { startsAt, parcels } = reservation;
    const came_ = Math.min(parcels, intake.parcels);
    if (startsAt === came.startsAt) {
      changeSlot(work, held, startsAt, (places) => convert(release(places, parcels - came_), came_));
      walkIns -= came_;
    } else changeSlot(work, held, startsAt, (places) => release(places, parcels));
    if (held.shelf !== undefined) changeShelf(work, held, (places) => release(places, parcels));
  }
  const before = held.slots.get(came.startsAt);
  const after = changeSlot(work, held, came.startsAt, (places) => arrive(places, walkIns));
  const beyond = after.beyond - (before?.beyond ?? 0);
  if (beyond > 0) tellOverCapacity(work, held, came.startsAt, beyond);
  tell(work, held);
  return { beyond, reservation };
}

function endAsUsed(work: Work, reservation: Reservation): Reservation {
  const after: Reservation = {
    ...reservation,
    state: 'used',
    version: reservation.version + 1,
    changedAt: work.now,
  };
  saveReservation(work.db, after);
  return after;
}

/** Parcels are stored on the shelf of a point: a fact. Answers how many went beyond it. */
export async function occupyShelf(work: Work, pointId: PointId, parcels: number): Promise<number> {
  return onShelf(work, pointId, (held) => {
    const before = held.shelf?.beyond ?? 0;
    const after = changeShelf(work, held, (places) => arrive(places, parcels));
    const beyond = after.beyond - before;
    if (beyond > 0) tellOverCapacity(work, held, undefined, beyond);
    return beyond;
  });
}

/** Parcels left the shelf of a point: a fact. */
export async function vacateShelf(work: Work, pointId: PointId, parcels: number): Promise<void> {
  await onShelf(work, pointId, (held) => changeShelf(work, held, (places) => leave(places, parcels)));
}

async function onShelf<Value>(work: Work, pointId: PointId, change: (held: Held) => Value): Promise<Value> {
  return inScope(work, 'network', async () => {
    const point = await pointOf(work, pointId);
    await work.actFor({ organisationId: point.organisationId });
    const held = await holdShelfAlone(work, point);
    const value = change(held);
    tell(work, held);
    return value;
  });
}

function tellOverCapacity(work: Work, held: Held, startsAt: Instant | undefined, beyond: number): void {
  const { id: pointId, organisationId } = held.point;
  held.news.push({
    type: PointOverCapacity.name,
    group: { organisationId },
    subjectId: pointId,
    subjectSequence: Date.parse(work.now),
    audience: [organisationId],
    payload: { pointId, organisationId, occurredAt: work.now, service: held.service, startsAt, beyond },
  });
}

async function pointOf(work: Work, id: PointId): Promise<Point> {
  const point = await findPoint(work.db, id);
  if (point === undefined) throw new Error(`there is no point ${id}`);
  return point;
}

type OverCode = 'reservation_over' | 'not_found';

/** Gives the places back. `reason`: a word for the point, such as `cancelled`. */
export async function releaseReservation(
  work: Work,
  id: ReservationId,
  reason: string,
): Promise<Outcome<Reservation, OverCode>> {
  return endWhileHeld(work, id, (held, reservation) => giveBack(work, held, reservation, 'released', reason));
}

/** Holds the places until another moment. */
export async function extendReservation(
  work: Work,
  id: ReservationId,
  expiresAt: Instant,
): Promise<Outcome<Reservation, OverCode>> {
  return endWhileHeld(work, id, (_, reservation) => {
    const after = { ...reservation, expiresAt, version: reservation.version + 1, changedAt: work.now };
    saveReservation(work.db, after);
    scheduleEnd(work, after);
    return after;
  });
}

/** Its time is over: the timer's part. Nothing happens when it was used, released, extended or taken back before. */
export async function endLapsed(work: Work, id: ReservationId): Promise<void> {
  await inScope(work, 'network', async () => {
    const seen = await findReservation(work.db, id);
    if (seen === undefined || seen.state !== 'held' || seen.expiresAt > work.now) return;
    const point = await pointOf(work, seen.pointId);
    await work.actFor({ organisationId: point.organisationId });
    // Holding the hour takes back all that lapsed in it, this one among them.
    tell(work, await holdPlaces(work, point, seen.service, [hourOfPoint(point, seen.startsAt)]));
  });
}

async function endWhileHeld(
  work: Work,
  id: ReservationId,
  change: (held: Held, reservation: Reservation) => Reservation,
): Promise<Outcome<Reservation, OverCode>> {
  return inScope(work, 'network', async () => {
    const seen = await findReservation(work.db, id);
    if (seen === undefined) return refused('not_found', '');
    const point = await pointOf(work, seen.pointId);
    await work.actFor({ organisationId: point.organisationId });
    const held = await holdPlaces(work, point, seen.service, [hourOfPoint(point, seen.startsAt)]);
    const now = await lockReservation(work.db, seen.organisationId, id);
    if (now === undefined || now.state !== 'held') {
      tell(work, held);
      return refused('reservation_over', `It is ${now?.state ?? 'gone'}.`);
    }
    const after = change(held, now);
    tell(work, held);
    return accepted(after);
  });
}
