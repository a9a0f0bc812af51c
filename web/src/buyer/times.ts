/**
 * A time as the clock of its place showed it. `clockZone`: the API's `clock_zone`. `wall` is that clock as if it were UTC, so
 * that a formatter in UTC writes it; `zone` how the zone is called, undefined when nobody knows.
 */
export function wallClock(
  at: string,
  clockZone: string | undefined,
): { readonly wall: string; readonly zone: string | undefined } {
  if (clockZone === undefined) return { wall: at, zone: undefined };
  const wall = inZoneOf(at, clockZone);
  return wall === undefined ? { wall: at, zone: 'UTC' } : { wall, zone: clockZone };
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
