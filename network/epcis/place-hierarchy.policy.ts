import { type Pattern, patternOfPrefix } from './epc-pattern.policy.ts';
import { OWN_NAMESPACE } from './event-scans.policy.ts';

/**
 * What lies inside a place, for the WD_ parameters ("with descendants"): what its identifier itself says, as no master data
 * is kept (docs/decisions/places-inside-places.md). `place` is canonical.
 *
 * - The GLN of a location holds that GLN with any extension (GS1 General Specifications, AI 254).
 * - `urn:x-postroad:place:NL` holds `urn:x-postroad:place:NL:Utrecht` and its facilities.
 */
export function placesInside(place: string): Pattern | undefined {
  if (/^https:\/\/id\.gs1\.org\/414\/\d{13}$/.test(place)) return patternOfPrefix(`${place}/254/`);
  return place.startsWith(`${OWN_NAMESPACE}place:`) ? patternOfPrefix(`${place}:`) : undefined;
}
