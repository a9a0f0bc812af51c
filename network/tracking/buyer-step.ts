import { clockZone } from './clock-zone.policy.ts';
import { isDeclaration } from './declared-numbers.ts';
import { isNotice } from './milestones.policy.ts';
import type { Scan, ScanPlace } from './model.ts';
import type { BuyerParcel } from './parcel-contract.ts';

type CoarsePlace = Pick<ScanPlace, 'country' | 'city'>;

/** What a buyer is told of a scan but for the map: places no finer than a city, and no reference to anybody. */
export function stepOf(scan: Scan): Omit<BuyerParcel['steps'][number], 'coordinates'> {
  const place = cityOf(scan.place);
  return {
    milestone: scan.milestone,
    occurredAt: scan.occurredAt,
    localTime: scan.localTime,
    zone: scan.zone,
    zoneConfidence: scan.zoneConfidence,
    clockZone: clockZone(scan),
    ...(place === undefined ? {} : { place }),
    saidBy: isDeclaration(scan) ? 'merchant' : scan.sourceKind,
    notice: isNotice(scan.milestone),
    verified: scan.recognised,
    synthetic: scan.synthetic,
  };
}

export function cityOf(place: ScanPlace | undefined): CoarsePlace | undefined {
  if (place === undefined) return undefined;
  return { country: place.country, ...(place.city === undefined ? {} : { city: place.city }) };
}
