import type { CountryCode, Instant, OrganisationId, ParcelId, ShipmentId } from '../kernel/index.ts';
import { foldScans, type OfficialTimeline, officialOf } from './fold.ts';
import type { ScanPlace } from './model.ts';
import type { ParcelParts } from './recognition.policy.ts';

export type DeliveryPromise = {
  readonly kind: 'ESTIMATE' | 'PROMISE';
  readonly earliest: Instant;
  readonly latest: Instant;
  /** Of the clock that its days are counted by; absent where the place told none, or was not asked yet. */
  readonly zone?: string | undefined;
};

/** A parcel as tracking knows it: whose it is, and what is official about it. */
export type TrackedParcel = ParcelParts & {
  readonly id: ParcelId;
  readonly number: string;
  readonly carrierCode: string | undefined;
  readonly organisationId: OrganisationId | undefined;
  readonly clientPlatformId: OrganisationId | undefined;
  readonly carrierId: OrganisationId | undefined;
  readonly warehouseId: OrganisationId | undefined;
  readonly shipmentId: ShipmentId | undefined;
  readonly destination: Pick<ScanPlace, 'country' | 'city'> | undefined;
  readonly promise: DeliveryPromise | undefined;
  /** Countries that its line touches; absent: nobody told. */
  readonly route: readonly CountryCode[] | undefined;
  readonly mergedInto: ParcelId | undefined;
  readonly version: number;
  readonly timeline: OfficialTimeline;
  readonly lastScanAt: Instant | undefined;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
};

export const EMPTY_TIMELINE: OfficialTimeline = officialOf(foldScans([]));

/** A parcel that only a number is known of. */
export function mintedParcel(id: ParcelId, number: string, carrierCode: string, now: Instant): TrackedParcel {
  return {
    id,
    number,
    carrierCode: carrierCode === '' ? undefined : carrierCode,
    organisationId: undefined,
    clientPlatformId: undefined,
    carrierId: undefined,
    warehouseId: undefined,
    shipmentId: undefined,
    destination: undefined,
    promise: undefined,
    route: undefined,
    mergedInto: undefined,
    version: 0,
    timeline: EMPTY_TIMELINE,
    lastScanAt: undefined,
    createdAt: now,
    changedAt: now,
  };
}
