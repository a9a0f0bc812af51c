import { DAY, days, HOUR, instantOf, MINUTE, minutes, nextHourOfDay } from '../calendar.ts';
import { type City, UTC_OFFSET_HOURS } from '../geography.ts';
import type { Random } from '../random.ts';
import type { NumberedCarrier } from './numbers.ts';
import type { OutsideScan } from './story.ts';

/** One parcel in the hands of one carrier, door to door. */
export type Route = {
  readonly carrier: NumberedCarrier;
  readonly number: string;
  readonly from: City;
  readonly to: City;
  readonly postcode: string;
  /** When it is handed over. */
  readonly startAt: number;
  /** 1 is the usual; 3 takes three times as long. */
  readonly pace?: number;
};

/** Whole days between the hand-over and the door, at home and abroad: median and 90th percentile. Our assumption. */
const HAUL: Readonly<Record<'home' | 'abroad', readonly [p50: number, p90: number]>> = {
  home: [1.2, 2.6],
  abroad: [4, 8],
};

/** The ordinary life of a parcel: everything is told within a few hours. */
export function journey(route: Route, random: Random): OutsideScan[] {
  const { carrier, number, from, to, postcode, startAt, pace = 1 } = route;
  const origin = placeOf(from, from.postcodes[0] ?? '');
  const goal = placeOf(to, postcode);
  const isAbroad = from.country !== to.country;
  const scans: OutsideScan[] = [];
  let at = startAt;
  const see = (milestone: string, place: OutsideScan['place']) =>
    scans.push({
      ...{ at: at + minutes(random.spread(12, 70)), reporter: carrier, number, milestone, occurredAt: at },
      ...{ time: { occurred_at: instantOf(at) }, place },
    });
  see('picked_up', origin);
  at += days(random.spread(0.3, 0.8) * pace);
  see('departed_origin', origin);
  at += days(random.spread(...HAUL[isAbroad ? 'abroad' : 'home']) * pace);
  see('arrived_destination', goal);
  if (isAbroad) {
    at += days(random.spread(0.8, 2) * pace);
    see('import_customs_out', goal);
  }
  at += days(random.spread(0.3, 0.9) * pace);
  see('arrived_delivery_depot', goal);
  const offset = UTC_OFFSET_HOURS[to.country] ?? 0;
  at = nextHourOfDay(at + HOUR, (24 + 8 - offset) % 24) + random.whole(0, 50) * MINUTE;
  see('out_for_delivery', goal);
  at += random.whole(60, 540) * MINUTE;
  see('delivered', goal);
  return scans;
}

const placeOf = ({ country, name }: City, postcode: string) => ({ country, city: name, postcode });

/** Nothing is told before `until`. */
export const toldLate = (scans: readonly OutsideScan[], until: number): OutsideScan[] =>
  scans.map((scan) => ({ ...scan, at: Math.max(scan.at, until) }));

/** The carrier takes its offset from UTC off once more. */
export function withOffsetTwice(scans: readonly OutsideScan[], offsetHours: number): OutsideScan[] {
  return scans.map((scan) => ({
    ...scan,
    time: { occurred_at: instantOf(scan.occurredAt - Math.abs(offsetHours) * HOUR) },
  }));
}

/** Wall-clock time of the country, without a zone; of the place no more than the country. */
export function withoutZone(scans: readonly OutsideScan[]): OutsideScan[] {
  return scans.map((scan) => {
    const { country } = scan.place;
    const local = scan.occurredAt + (UTC_OFFSET_HOURS[country] ?? 0) * HOUR;
    // A zone that is not known may be read as UTC: what it says must not lie in the future by then.
    return {
      ...scan,
      at: Math.max(scan.at, local + MINUTE),
      time: { local_time: instantOf(local).slice(0, 19) },
      place: { country },
    };
  });
}

/** The buyer sends it back under the same number. */
export function wayBack(scans: readonly OutsideScan[], from: City, random: Random): OutsideScan[] {
  const last = scans.at(-1);
  if (last === undefined) return [];
  const step = (milestone: string, occurredAt: number, place: OutsideScan['place']): OutsideScan => ({
    ...last,
    ...{ at: occurredAt + 30 * MINUTE, milestone, occurredAt, place },
    time: { occurred_at: instantOf(occurredAt) },
  });
  const turnedAt = last.occurredAt + days(random.spread(2, 4));
  return [
    ...scans,
    step('returning', turnedAt, last.place),
    step('returned', turnedAt + days(random.spread(6, 11)), placeOf(from, from.postcodes[0] ?? '')),
  ];
}

/** A life of the number that was over long ago; the carrier's books are sent over when the world begins. */
export const longAgo = (scans: readonly OutsideScan[], by: number, toldAt: number): OutsideScan[] =>
  scans.map((scan) => ({
    ...scan,
    ...{ at: toldAt, occurredAt: scan.occurredAt - by },
    time: { occurred_at: instantOf(scan.occurredAt - by) },
  }));

/** The same district, the next postcode: its last digit is another. */
export const nextPostcode = (postcode: string): string => {
  const at = postcode.search(/\d(?=\D*$)/);
  return `${postcode.slice(0, at)}${(Number(postcode[at]) + 1) % 10}${postcode.slice(at + 1)}`;
};

export const YEAR_AND_MORE = 430 * DAY;
