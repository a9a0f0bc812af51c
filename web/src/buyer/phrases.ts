import type { Formats } from '../ground/format.ts';
import type { Translate } from '../ground/words.ts';
import type { BuyerParcel } from './question.ts';
import { wallClock } from './times.ts';
import type { words } from './words.en.ts';

type Say = Translate<typeof words>;

/** Local time of the scan with its zone, or a word on how sure the zone is. */
export function whenOf(step: BuyerParcel['steps'][number], t: Say, formats: Pick<Formats, 'wall'>): string {
  const { wall, zone } = wallClock(step);
  const time = formats.wall(wall);
  if (step.zone_confidence === 'unknown' || zone === undefined) return t('zone.unknown', { time });
  if (step.zone_confidence === 'assumed') return t('zone.assumed', { time });
  return t('zone.known', { time, zone });
}

type Step = BuyerParcel['steps'][number];

/** The newest news of where the parcel is: from a source that is believed, and no mere announcement. */
export function lastSeenOf({ steps }: Pick<BuyerParcel, 'steps'>): Step | undefined {
  return steps.find(({ verified, notice }) => verified && !notice);
}

/** Where and when the parcel was last seen, or that it is announced, in one sentence; undefined before there is a scan. */
export function seenText(
  parcel: Pick<BuyerParcel, 'steps'>,
  t: Say,
  formats: Pick<Formats, 'wall' | 'country'>,
): string | undefined {
  const last = lastSeenOf(parcel);
  if (last === undefined) {
    const announced = parcel.steps.find(({ verified, notice }) => verified && notice);
    return announced && t('announced', { when: whenOf(announced, t, formats) });
  }
  const [when, place] = [whenOf(last, t, formats), placeText(last.place, t, formats)];
  return place === undefined ? t('last_seen_nowhere', { when }) : t('last_seen', { when, place });
}

/**
 * Until when it comes, or when it came; undefined when nobody says so. `clock`: IANA zone where the reader's own is not
 * known.
 */
export function arrivalText(
  { promise, delivered_at: deliveredAt, destination_zone: zone }: BuyerParcel,
  t: Say,
  { instant, promised }: Pick<Formats, 'instant' | 'promised'>,
  clock?: string,
): { readonly label: string; readonly when: string } | undefined {
  if (deliveredAt !== undefined) return { label: t('promise.delivered'), when: instant(deliveredAt, clock) };
  if (promise === undefined) return undefined;
  return {
    label: t(promise.kind === 'PROMISE' ? 'promise.promise' : 'promise.estimate'),
    when: promised(promise, zone ?? clock),
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
