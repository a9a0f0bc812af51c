import { type Pattern, patternOfPrefix } from './epc-pattern.policy.ts';
import { OWN_NAMESPACE } from './event-scans.policy.ts';

/** Of canonical names of places, in the words that PostgreSQL has for them as well. */
export const GLN = /^https:\/\/id[.]gs1[.]org\/414\/[0-9]{13}$/;
export const OWN_PLACE = new RegExp(`^${OWN_NAMESPACE}place:`);

/**
 * What lies inside a place by its identifier, for the WD_ parameters ("with descendants"), besides what master data lists as
 * its children (docs/decisions/places-inside-places.md). `place` is canonical.
 *
 * - The GLN of a location holds that GLN with any extension (GS1 General Specifications, AI 254).
 * - `urn:x-postroad:place:NL` holds `urn:x-postroad:place:NL:Utrecht` and its facilities.
 */
export function placesInside(place: string): Pattern | undefined {
  if (GLN.test(place)) return patternOfPrefix(`${place}/254/`);
  return OWN_PLACE.test(place) ? patternOfPrefix(`${place}:`) : undefined;
}
