import {
  addMs,
  type Instant,
  instantAt,
  isWorkingDate,
  localDate,
  type Money,
  scaleMinor,
  startOfDate,
  type WorkingCalendar,
} from '../kernel/index.ts';
import type { CompiledLine } from './compiled-line.ts';
import type { Guarantee } from './model.ts';

/** From the first moment of the earliest day to the last millisecond of the latest day, where the parcel arrives. */
export type PromisedInterval = {
  readonly kind: 'ESTIMATE' | 'PROMISE';
  readonly earliest: Instant;
  readonly latest: Instant;
  readonly minDays: number;
  readonly maxDays: number;
};

/**
 * When a parcel handed over at `handoverAt` arrives in a price zone. Day 0 is the day of the hand-over by the line's clock,
 * or the next one from the cut-off on; counted in working days it is moved to a working day first. What is counted are
 * dates, and a date is that of the place where the parcel arrives: it begins and ends by `destinationZone` (IANA), by the
 * line's clock where nobody knows that. Days by price zone, else `*`; undefined when the line says nothing about the zone.
 * Throws RangeError for a calendar without working days.
 */
export function findPromisedInterval(
  compiled: CompiledLine,
  priceZone: string,
  handoverAt: Instant,
  destinationZone: string | undefined,
): PromisedInterval | undefined {
  const days = compiled.promise.days.get(priceZone) ?? compiled.promise.days.get('*');
  if (days === undefined) return undefined;
  const { kind, dayKind, cutOff } = compiled.line.promise;
  const { calendar } = compiled.promise;
  const handover = localDate(handoverAt, calendar.zone);
  let dayZero = handoverAt < instantAt(handover, cutOff, calendar.zone) ? handover : dateAfter(handover, 1);
  if (dayKind === 'working') dayZero = workingDateAfter(calendar, dayZero, 0);
  const dayOf = (count: number) =>
    dayKind === 'working' ? workingDateAfter(calendar, dayZero, count) : dateAfter(dayZero, count);
  const { minDays, maxDays } = days;
  const clock = destinationZone ?? calendar.zone;
  return {
    kind,
    earliest: startOfDate(dayOf(minDays), clock),
    latest: addMs(startOfDate(dateAfter(dayOf(maxDays), 1), clock), -1),
    minDays,
    maxDays,
  };
}

/**
 * What a broken promise pays: the fixed amount or the share of the order, never above the cap. Undefined when the
 * order is in another currency than the cap: converting is a pair of transfers, not a sum.
 */
export function findCompensation(guarantee: Guarantee, orderAmount: Money): Money | undefined {
  const { rule, cap } = guarantee;
  const due =
    rule.kind === 'fixed'
      ? rule.amount
      : {
          amountMinor: scaleMinor(orderAmount.amountMinor, rule.rateBp, 10_000),
          currency: orderAmount.currency,
        };
  if (due.currency !== cap.currency) return undefined;
  return due.amountMinor > cap.amountMinor ? cap : due;
}

function dateAfter(date: string, days: number): string {
  return new Date(
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)) + days),
  )
    .toISOString()
    .slice(0, 10);
}

/** The working date `count` working days after `date`; 0 is the first working date from `date` on. */
function workingDateAfter(calendar: WorkingCalendar, date: string, count: number): string {
  let left = count;
  let day = date;
  for (let step = 0; step < 3660; step += 1) {
    if (isWorkingDate(calendar, day)) {
      if (left === 0) return day;
      left -= 1;
    }
    day = dateAfter(day, 1);
  }
  throw new RangeError('this calendar has no working day');
}
