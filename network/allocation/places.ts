import type { OutgoingEvent } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { addMs, type Instant } from '../kernel/index.ts';
import { openHoursOf, type Point, type PointService } from '../points/index.ts';
import { capacityOf, type Places, type Plan, release, stateOf } from './capacity.policy.ts';
import { CapacityReleased } from './events.ts';
import { hourAt, type LocalHour } from './hours.policy.ts';
import type { Reservation } from './model.ts';
import { holdPlan, readPlan } from './plan-store.ts';
import { lockLapsed, saveReservation } from './reservation-store.ts';
import {
  insertShelf,
  insertSlots,
  lockShelf,
  lockSlots,
  saveShelf,
  saveSlot,
  writeOccupancy,
} from './slot-store.ts';
import { keyOf } from './weigh.ts';

/**
 * Hours and shelf of one point under lock, in the scope of its network. Locks are taken in one order everywhere: plan,
 * shelf (for `collect`), hours by time, reservations; so any number of clients never wait in a circle.
 */
export type Held = {
  readonly point: Point;
  readonly service: PointService;
  readonly slots: Map<Instant, Places>;
  /** Only for `collect`, whose parcels wait there. */
  shelf: Places | undefined;
  /** Told with `tell` once it is sure that this is kept: an attempt may be undone. */
  readonly news: OutgoingEvent[];
};

export function tell(work: Work, held: Held): void {
  for (const event of held.news.splice(0)) work.emit(event);
}

/** Locks the hours, makes those that nobody has touched, and takes back what lapsed in them. */
export async function holdPlaces(
  work: Work,
  point: Point,
  service: PointService,
  hours: readonly LocalHour[],
): Promise<Held> {
  const key = { ...keyOf(point), service };
  const starts = hours.map((hour) => hour.startsAt);
  const shelf = service === 'collect' ? await holdShelf(work, point) : undefined;
  let slots = await lockSlots(work.db, key, starts);
  if (starts.some((startsAt) => !slots.has(startsAt))) {
    await makeSlots(work, point, service, hours);
    slots = await lockSlots(work.db, key, starts);
  }
  const held: Held = { point, service, slots, shelf, news: [] };
  await takeBackLapsed(work, held);
  return held;
}

async function holdShelf(work: Work, point: Point): Promise<Places> {
  const key = keyOf(point);
  const shelf = await lockShelf(work.db, key);
  if (shelf !== undefined) return shelf;
  await insertShelf(work.db, key, point.capacity.shelf);
  const made = await lockShelf(work.db, key);
  if (made === undefined) throw new Error(`the shelf of ${point.id} was made and is not there`);
  return made;
}

/** Locks the shelf alone, for parcels that are put on it or taken from it. */
export async function holdShelfAlone(work: Work, point: Point): Promise<Held> {
  return { point, service: 'collect', slots: new Map(), shelf: await holdShelf(work, point), news: [] };
}

async function makeSlots(
  work: Work,
  point: Point,
  service: PointService,
  hours: readonly LocalHour[],
): Promise<void> {
  const key = keyOf(point);
  const days = hours.map((hour) => hour.day).sort();
  await holdPlan(work.db, key, work.now);
  const plan = await readPlan(work.db, key, {
    service,
    fromDay: days[0] ?? '',
    toDay: days.at(-1) ?? '',
  });
  const slots = hours.map((hour) => ({
    startsAt: hour.startsAt,
    published: publishedOf(point, plan, service, hour),
  }));
  await insertSlots(work.db, { ...key, service }, slots);
}

/** What is offered of an hour: nothing while the door is closed. */
export function publishedOf(point: Point, plan: Plan, service: PointService, hour: LocalHour): number {
  return isOpenIn(point, hour) ? capacityOf(plan, point.capacity.perHour, service, hour) : 0;
}

/** Is the door open in some part of the hour? */
export function isOpenIn(point: Point, hour: LocalHour): boolean {
  return openHoursOf(point, hour.startsAt, addMs(hour.startsAt, 3_600_000)).length > 0;
}

/** Reservations whose time is over free their places even when their timers are late. */
async function takeBackLapsed(work: Work, held: Held): Promise<void> {
  const key = { ...keyOf(held.point), service: held.service };
  const hours = held.shelf === undefined ? [...held.slots.keys()] : undefined;
  const lapsed = await lockLapsed(work.db, key, hours, work.now);
  if (lapsed.length === 0) return;
  const elsewhere = lapsed.map(({ startsAt }) => startsAt).filter((startsAt) => !held.slots.has(startsAt));
  for (const [startsAt, places] of await lockSlots(work.db, key, [...new Set(elsewhere)]))
    held.slots.set(startsAt, places);
  for (const reservation of lapsed) giveBack(work, held, reservation, 'expired', 'expired');
}

/** Ends a reservation whose hour (and shelf) is held, without anybody having come. */
export function giveBack(
  work: Work,
  held: Held,
  reservation: Reservation,
  state: 'released' | 'expired',
  reason: string,
): Reservation {
  const { startsAt, parcels } = reservation;
  changeSlot(work, held, startsAt, (places) => release(places, parcels));
  if (held.shelf !== undefined) changeShelf(work, held, (places) => release(places, parcels));
  const after: Reservation = {
    ...reservation,
    state,
    reason,
    version: reservation.version + 1,
    changedAt: work.now,
  };
  saveReservation(work.db, after);
  const { id, pointId, organisationId, service, subject } = after;
  held.news.push({
    type: CapacityReleased.name,
    group: { organisationId },
    subjectId: id,
    subjectSequence: after.version,
    audience: audienceOf(after),
    payload: {
      reservationId: id,
      pointId,
      organisationId,
      service,
      startsAt,
      parcels,
      subject,
      occurredAt: work.now,
      reason,
    },
  });
  return after;
}

export function audienceOf(reservation: Pick<Reservation, 'organisationId' | 'madeFor'>): string[] {
  const { organisationId, madeFor } = reservation;
  return madeFor === undefined || madeFor === organisationId ? [organisationId] : [organisationId, madeFor];
}

/** Writes an hour that is held; whether it became full or free is told to the indexes. */
export function changeSlot(
  work: Work,
  held: Held,
  startsAt: Instant,
  change: (places: Places) => Places,
): Places {
  const before = held.slots.get(startsAt);
  if (before === undefined) throw new Error(`the hour ${startsAt} of ${held.point.id} is not held`);
  const after = change(before);
  held.slots.set(startsAt, after);
  const key = { ...keyOf(held.point), service: held.service, startsAt };
  saveSlot(work.db, key, after);
  const isFull = stateOf(after) !== 'open';
  if (isFull !== (stateOf(before) !== 'open')) writeOccupancy(work.db, key, isFull);
  return after;
}

export function changeShelf(work: Work, held: Held, change: (places: Places) => Places): Places {
  const before = held.shelf;
  if (before === undefined) throw new Error(`the shelf of ${held.point.id} is not held`);
  const after = change(before);
  held.shelf = after;
  const key = keyOf(held.point);
  saveShelf(work.db, key, after);
  const isFull = stateOf(after) !== 'open';
  if (isFull !== (stateOf(before) !== 'open'))
    writeOccupancy(work.db, { ...key, service: 'collect', startsAt: undefined }, isFull);
  return after;
}

/** The hour of a point's wall clock that holds a moment. */
export function hourOfPoint(point: Point, at: Instant): LocalHour {
  return hourAt(point.zone, at);
}
