import { type Disc, discOf } from '../places/index.ts';
import type { ScanPlace } from './model.ts';
import type { TrackedParcel } from './parcel.ts';
import type { ParcelFacts } from './plausibility.policy.ts';

/** Places repeat: hubs, depots, large cities. Emptied when it is full. */
const KEPT = 50_000;
const known = new Map<string, Disc | undefined>();

/** What a fold is told of a parcel beside its scans. */
export function factsOf(parcel: Pick<TrackedParcel, 'route'>): ParcelFacts {
  return { route: parcel.route, discOf: knownDisc };
}

function knownDisc({ country, city, postcode, position }: ScanPlace): Disc | undefined {
  if (position !== undefined) return discOf({ country, position });
  const key = `${country}|${postcode ?? ''}|${city ?? ''}`;
  const found = known.get(key);
  if (found !== undefined || known.has(key)) return found;
  const disc = discOf({ country, city, postcode });
  if (known.size >= KEPT) known.clear();
  known.set(key, disc);
  return disc;
}
