import type { Area } from './areas.tsx';

/** An area as its change wants it: everything but its name and place. */
export function areaBody({
  divisions,
  postcode_prefixes,
  zone,
  working_hours,
  exceptions,
  slot,
  lead_minutes,
  horizon_days,
  is_on,
}: Area) {
  return {
    divisions,
    postcode_prefixes,
    zone,
    working_hours,
    exceptions,
    slot,
    lead_minutes,
    horizon_days,
    is_on,
  };
}
