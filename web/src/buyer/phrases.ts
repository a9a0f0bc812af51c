import type { Formats } from '../ground/format.ts';
import type { Translate } from '../ground/words.ts';
import type { BuyerParcel } from './question.ts';
import { wallClock } from './times.ts';
import type { words } from './words.en.ts';

type Say = Translate<typeof words>;

type Step = BuyerParcel['steps'][number];

/** The time by the clock of the place, with its zone, or a word on how sure the zone is. */
export function whenOf(
  step: Pick<Step, 'occurred_at' | 'clock_zone' | 'zone_confidence'>,
  t: Say,
  formats: Pick<Formats, 'wall' | 'zoneName'>,
): string {
  const { wall, zone } = wallClock(step.occurred_at, step.clock_zone);
  const time = formats.wall(wall);
  if (zone === undefined) return t('zone.unknown', { time });
  if (step.zone_confidence === 'assumed') return t('zone.assumed', { time });
  return t('zone.known', { time, zone: formats.zoneName(step.occurred_at, zone) });
}

/** The day by the clock of the place; where that is not known, that it is not, or that the day is one of UTC. */
export function dayText(
  at: string,
  clockZone: string | undefined,
  t: Say,
  formats: Pick<Formats, 'day'>,
): string {
  const { wall, zone } = wallClock(at, clockZone);
  const time = formats.day(wall);
  if (zone === undefined) return t('zone.unknown', { time });
  return zone === 'UTC' ? t('zone.known', { time, zone }) : time;
}

/** The newest news of where the parcel is: from a source that is believed, and no mere announcement. */
export function lastSeenOf({ steps }: Pick<BuyerParcel, 'steps'>): Step | undefined {
  return steps.find(({ verified, notice }) => verified && !notice);
}

/** Where and when the parcel was last seen, or that it is announced, in one sentence; undefined before there is a scan. */
export function seenText(
  parcel: Pick<BuyerParcel, 'steps'>,
  t: Say,
  formats: Pick<Formats, 'wall' | 'zoneName' | 'country'>,
): string | undefined {
  const last = lastSeenOf(parcel);
  if (last === undefined) {
    const announced = parcel.steps.find(({ verified, notice }) => verified && notice);
    return announced && t('announced', { when: whenOf(announced, t, formats) });
  }
  const [when, place] = [whenOf(last, t, formats), placeText(last.place, t, formats)];
  return place === undefined ? t('last_seen_nowhere', { when }) : t('last_seen', { when, place });
}

/** What a moment of the answer was told by, and so its clock; undefined when that step is not among those that came. */
export function stepAt(steps: readonly Step[], at: string): Step | undefined {
  return steps.find(({ occurred_at: told, verified, notice }) => told === at && verified && !notice);
}

type Arriving = Pick<BuyerParcel, 'promise' | 'delivered_at' | 'destination_zone' | 'steps'>;

/**
 * Until when it comes, or when it came; undefined when nobody says so. `clock`: IANA zone where the reader's own is not
 * known; days that are counted by it are said to be.
 */
export function arrivalText(
  { promise, delivered_at: deliveredAt, destination_zone: zone, steps }: Arriving,
  t: Say,
  formats: Pick<Formats, 'instant' | 'promised' | 'wall' | 'zoneName'>,
  clock?: string,
): { readonly label: string; readonly when: string } | undefined {
  if (deliveredAt !== undefined) {
    const step = stepAt(steps, deliveredAt);
    const when = step === undefined ? formats.instant(deliveredAt, zone ?? clock) : whenOf(step, t, formats);
    return { label: t('promise.delivered'), when };
  }
  if (promise === undefined) return undefined;
  const days = formats.promised(promise, zone ?? clock);
  return {
    label: t(promise.kind === 'PROMISE' ? 'promise.promise' : 'promise.estimate'),
    when: zone === undefined && clock !== undefined ? t('zone.known', { time: days, zone: clock }) : days,
  };
}

/** `Leipzig, Germany`; undefined when there is nothing to say. */
export function placeText(
  place: BuyerParcel['destination'],
  t: Say,
  { country }: Pick<Formats, 'country'>,
): string | undefined {
  if (place === undefined) return undefined;
  const name = country(place.country);
  return place.city === undefined ? name : t('place', { city: place.city, country: name });
}
