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
