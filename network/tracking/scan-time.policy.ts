import { type Instant, instantAt, isAmbiguousTime, isZone, parseInstant } from '../kernel/index.ts';
import type { ZoneConfidence } from './model.ts';

/** When something happened, and how sure we are of the zone. */
export type ScanTime = {
  readonly occurredAt: Instant;
  readonly localTime?: string;
  readonly zone?: string;
  readonly zoneConfidence: ZoneConfidence;
};

/** Zones to fall back on: that of the scan's place, then that which the source is known or assumed to write in. */
export type ZoneHints = { readonly placeZone?: string; readonly sourceZone?: string };

export type StatedTime = {
  readonly occurredAt?: string;
  readonly localTime?: string;
  readonly zone?: string;
};

const LOCAL = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,3})?)?$/;
/** On the days before and after these a zone leads out of the years that an instant has. */
const [FIRST, LAST] = ['0001-01-02', '9999-12-31'];
const OFFSET = /(?:[Zz]|[+-]\d{2}:\d{2})$/;

/**
 * Reads the time of a scan. RFC 3339 with offset is exact. A local time is read in the stated zone, else in that of
 * the place, else in the one assumed for the source; without any of them as UTC, marked `unknown`: the order of a
 * source's own scans is then still right. What the clocks of the place showed twice in one night is `assumed` too.
 * Undefined when nothing readable was stated or the stated zone is none.
 */
export function readScanTime(stated: StatedTime, hints: ZoneHints = {}): ScanTime | undefined {
  if (stated.occurredAt !== undefined) return readExact(stated.occurredAt);
  if (stated.localTime === undefined) return undefined;
  if (stated.zone !== undefined) return readLocal(stated.localTime, stated.zone, 'stated');
  if (hints.placeZone !== undefined) return readInPlace(stated.localTime, hints.placeZone);
  if (hints.sourceZone !== undefined) return readLocal(stated.localTime, hints.sourceZone, 'assumed');
  return readLocal(stated.localTime, undefined, 'unknown');
}

/** Is the text a local time `YYYY-MM-DD HH:MM[:SS[.mmm]]` (`T` or space) of a day that exists? */
export function isLocalTime(text: string): boolean {
  return readLocal(text, undefined, 'unknown') !== undefined;
}

function readExact(text: string): ScanTime | undefined {
  const occurredAt = parseInstant(text);
  if (occurredAt === undefined) return undefined;
  const offset = text.endsWith('Z') ? 'Z' : (OFFSET.exec(text)?.[0] ?? 'Z');
  const localTime = text.slice(0, text.length - offset.length);
  return { occurredAt, localTime, zone: offset === 'z' ? 'Z' : offset, zoneConfidence: 'stated' };
}

/** Clocks are set in the other hours of the day (IANA tz database, 2010 to today, but for the day that Tokelau left out). */
const isNeverSet = (hour: number) => hour > 4 && hour < 23;

/** In the hour that the clocks go back or forward the place alone does not tell the offset. */
function readInPlace(text: string, zone: string): ScanTime | undefined {
  const time = readLocal(text, zone, 'resolved_from_place');
  if (time === undefined || isNeverSet(Number(text.slice(11, 13)))) return time;
  const isOpen = isAmbiguousTime(text.slice(0, 10), text.slice(11), zone);
  return isOpen ? { ...time, zoneConfidence: 'assumed' } : time;
}

function readLocal(text: string, zone: string | undefined, confidence: ZoneConfidence): ScanTime | undefined {
  const match = LOCAL.exec(text);
  if (match === null) return undefined;
  const [, date = '', minutes = '', seconds = ':00'] = match;
  const utc = parseInstant(`${date}T${minutes}${seconds}Z`);
  if (utc === undefined || utc < FIRST || utc > LAST) return undefined;
  if (zone === undefined) return { occurredAt: utc, localTime: text, zoneConfidence: confidence };
  if (!isZone(zone)) return undefined;
  const occurredAt = instantAt(date, `${minutes}${seconds}`, zone);
  return { occurredAt, localTime: text, zone, zoneConfidence: confidence };
}
