import { hash } from 'node:crypto';
import type { Scan, ScanId, ScanPlace } from './model.ts';

/** What makes two scans the same observation (domain 6.3, robustness rules). */
export type ScanContent = Pick<Scan, 'source' | 'number' | 'code' | 'occurredAt' | 'correction'> & {
  /** Carriers leave out even the country. */
  readonly place?: Partial<ScanPlace> | undefined;
  /** See ScanReading. */
  readonly distinction?: string | undefined;
};

const SCAN_ID = /^[0-9a-f]{32}$/;

/** Holds as much of a hash as an id is. A slice of its text would take JSON.stringify off its quick path: see instantText. */
const digits = Buffer.allocUnsafe(32);

/**
 * Content hash of a scan: the first 16 bytes, in hex, of SHA-256 over a JSON array of source, number, code, instant
 * and place. JSON keeps the fields apart whatever they contain, and an absent field (`null`) differs from an empty
 * one. When we received it is not part of it, so a repeated delivery has the same id. A correction is another
 * statement than the scan that it repeats, so its target, author and reason count too. Where a format's codes are too few
 * to tell one scan from another, what does so (`distinction`) stands behind the place.
 */
export function scanIdOf(content: ScanContent): ScanId {
  const { source, number, code, occurredAt, correction, distinction } = content;
  const fields: unknown[] = ['postroad-scan-1', source, number, code, occurredAt, placeFields(content.place)];
  if (distinction !== undefined) fields.push(distinction);
  if (correction !== undefined) fields.push([correction.ofScan, correction.author, correction.reason]);
  digits.write(hash('sha256', JSON.stringify(fields), 'hex'), 'latin1');
  return digits.toString('latin1') as ScanId;
}

export function isScanId(text: string): text is ScanId {
  return SCAN_ID.test(text);
}

function placeFields(place: Partial<ScanPlace> | undefined): unknown {
  if (place === undefined) return null;
  const { country, postcode, city, facility, position } = place;
  const point = position === undefined ? null : [position.latitude, position.longitude];
  return [country ?? null, postcode ?? null, city ?? null, facility ?? null, point];
}
