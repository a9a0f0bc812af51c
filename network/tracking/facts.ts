import { type Disc, discOf } from '../places/index.ts';
import type { ScanPlace } from './model.ts';
import type { TrackedParcel } from './parcel.ts';
import type { ParcelFacts } from './plausibility.policy.ts';

/** Places repeat: hubs, depots, large cities. By country, then town and postcode. A country's is emptied when it is full. */
const KEPT = 20_000;
const known = new Map<string, Map<string, Disc | undefined>>();

/** What a fold is told of a parcel beside its scans. */
export function factsOf(parcel: Pick<TrackedParcel, 'route'>): ParcelFacts {
  return { route: parcel.route, discOf: knownDisc };
}

function knownDisc({ country, city, postcode, position }: ScanPlace): Disc | undefined {
  if (position !== undefined) return discOf({ country, position });
  const towns = known.getOrInsertComputed(country, () => new Map());
  // Most are told without a postcode: then nothing is put together to look one up. Places hold no control characters.
  const key = postcode === undefined ? (city ?? '') : `${city ?? ''}\n${postcode}`;
  const found = towns.get(key);
  if (found !== undefined || towns.has(key)) return found;
  const disc = discOf({ country, city, postcode });
  if (towns.size >= KEPT) towns.clear();
  towns.set(key, disc);
  return disc;
}
