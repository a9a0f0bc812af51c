import type { BuyerParcel } from './question.ts';

type Step = BuyerParcel['steps'][number];

/**
 * A scan's time as its place wrote it. `wall` is that clock as if it were UTC, so that a formatter in UTC writes it;
 * `zone` how the zone is called, undefined when nobody knows.
 */
export function wallClock(step: Pick<Step, 'occurred_at' | 'local_time' | 'zone' | 'zone_confidence'>): {
  readonly wall: string;
  readonly zone: string | undefined;
} {
  const zone = step.zone === 'Z' ? 'UTC' : step.zone;
  const local = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)/.exec(step.local_time ?? '');
  if (local !== null) return { wall: `${local[1]}T${local[2]}:00Z`, zone };
  const inZone = zone === undefined ? undefined : inZoneOf(step.occurred_at, zone);
  return inZone === undefined
    ? { wall: step.occurred_at, zone: step.zone_confidence === 'unknown' ? undefined : 'UTC' }
    : { wall: inZone, zone };
}

function inZoneOf(iso: string, zone: string): string | undefined {
  const offset = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (offset !== null) {
    const minutes = (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '-' ? -1 : 1);
    return new Date(Date.parse(iso) + minutes * 60_000).toISOString();
  }
  try {
    const text = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    }).format(new Date(iso));
    return `${text.replace(' ', 'T')}Z`;
  } catch {
    return undefined; // a zone that this browser does not know
  }
}

/** Days between two instants, rounded down. */
export function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000));
}
