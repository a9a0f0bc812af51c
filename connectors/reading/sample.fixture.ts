import type { CarrierReading, ScanReading } from '../../network/tracking/connector-contract.ts';

/**
 * A payload of our own making in a carrier's documented shape, with what must be read from it. `format`: the name of
 * the wire format. A scan is told on one line, see `scanLine`; an error as `name code number`, `-` where absent.
 */
export type Sample = {
  readonly format: string;
  readonly about: string;
  readonly payload: string;
  readonly contentType?: string;
  readonly reads: Readonly<Record<string, readonly string[]>>;
  readonly errors?: readonly string[];
};

/** `2026-03-04T09:12:00 stated +01:00 D:KM delivered/delivered.signed @ ANYTOWN, GA 30340` */
export function scanLine(scan: ScanReading): string {
  const { time, category, code, milestone, substatus, place } = scan;
  return [
    `${time.localTime}${scan.isDateOnly ? ' (day)' : ''}`,
    time.zoneConfidence,
    ...(time.zone === undefined ? [] : [time.zone]),
    `${category === undefined ? '' : `${category}:`}${code ?? '-'}`,
    `${milestone}${substatus === undefined ? '' : `/${substatus}`}`,
    `@ ${place?.text ?? '-'}`,
  ].join(' ');
}

export function linesOf(reading: CarrierReading): Record<string, string[]> {
  return Object.fromEntries(reading.parcels.map(({ number, scans }) => [number, scans.map(scanLine)]));
}

export function errorLines(reading: CarrierReading): string[] {
  return reading.errors.map(({ name, code, number }) => `${name} ${code ?? '-'} ${number ?? '-'}`);
}
