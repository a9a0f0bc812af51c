import type { Scan } from './model.ts';
import { placeZone } from './place-zone.policy.ts';

/**
 * By which clock people at the place of a scan read its time: IANA name, offset or `UTC`. That of the place where it tells
 * it, else the one that the source wrote in; a zone that is only assumed stays, because with another one the instant would
 * be another, too. Undefined when nobody knows: then `occurredAt` is what some clock showed, read as if that were UTC.
 */
export function clockZone({
  zone,
  zoneConfidence,
  place,
}: Pick<Scan, 'zone' | 'zoneConfidence' | 'place'>): string | undefined {
  if (zoneConfidence === 'unknown') return undefined;
  const written = zone === 'Z' ? 'UTC' : zone;
  return zoneConfidence === 'stated' ? (placeZone(place ?? {}) ?? written) : written;
}
