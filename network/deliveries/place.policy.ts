import { distanceMeters, type Position } from '../kernel/index.ts';
import type { Located } from '../places/index.ts';

/** Where a courier's telephone says it was. */
export type DoorPlace = Position & { readonly accuracyMeters: number };

/**
 * How far a proof may lie from where we think the address is, by how sharply we know it; undefined: too coarse to
 * judge. Source of the 2 km: our default; a city of the catalogue is one point for tens of kilometres.
 */
const FAR_METERS: Readonly<Record<Located['precision'], number | undefined>> = {
  address: 2_000,
  postcode: 2_000 + 10_000,
  city: 2_000 + 40_000,
  division: undefined,
  country: undefined,
};

/** A fix that is worse than this says nothing. Our default. */
const USELESS_METERS = 5_000;

export function isFarFromAddress(place: DoorPlace, address: Located | undefined): boolean {
  if (address === undefined || place.accuracyMeters > USELESS_METERS) return false;
  const limit = FAR_METERS[address.precision];
  return limit !== undefined && distanceMeters(place, address.position) > limit + place.accuracyMeters;
}

/** About a kilometre: enough for a region, too little for a home. */
export function roundedPlace(place: Position): Position {
  const round = (degrees: number) => Math.round(degrees * 100) / 100;
  return { latitude: round(place.latitude), longitude: round(place.longitude) };
}
