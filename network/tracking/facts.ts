import { type Disc, discOf } from '../places/index.ts';
import type { ScanPlace } from './model.ts';
import type { TrackedParcel } from './parcel.ts';
import type { ParcelFacts } from './plausibility.policy.ts';
import { rememberTowns } from './town-memory.ts';

const discOfTown = rememberTowns(discOf);

/** What a fold is told of a parcel beside its scans. */
export function factsOf(parcel: Pick<TrackedParcel, 'route'>): ParcelFacts {
  return { route: parcel.route, discOf: knownDisc };
}

function knownDisc(place: ScanPlace): Disc | undefined {
  const { country, position } = place;
  return position === undefined ? discOfTown(place) : discOf({ country, position });
}
