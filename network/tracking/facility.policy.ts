import type { ScanPlace } from './model.ts';

/** The codes of facilities by source, as the sources list them; a source that lists none has no entry. */
export type FacilityLists = ReadonlyMap<string, ReadonlySet<string>>;

/** One spelling: capitals, without the spaces around it. */
export function facilityCode(text: string): string {
  return text.normalize('NFKC').trim().toUpperCase();
}

/** Whether a scan names a facility that its source does not list (promise G8, a facility that does not exist). */
export function isUnknownFacility(
  lists: FacilityLists,
  source: string,
  place: Pick<ScanPlace, 'facility'> | undefined,
): boolean {
  const listed = lists.get(source);
  if (listed === undefined || place?.facility === undefined) return false;
  return !listed.has(facilityCode(place.facility));
}
