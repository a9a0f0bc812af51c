import type { CountryCode, Id, Instant, OrganisationId, PartyRef, WaybillId } from '../kernel/index.ts';
import type { CheckRuleName } from '../numbers/index.ts';
import type { PartyInput } from '../places/index.ts';

export type SegmentId = Id<'seg'>;
export type LabelId = Id<'lbl'>;

/** Holder of a carrier's pool that every merchant without stock of its own draws from. */
export const NETWORK_HOLDER = 'network';
export type Holder = OrganisationId | typeof NETWORK_HOLDER;

/** Which characters the check digit is computed over; S10 has its own shape and always covers the serial. */
export const CHECK_COVERS = ['serial', 'prefix_and_serial'] as const;
export type CheckCovers = (typeof CHECK_COVERS)[number];

/** How numbers of a segment look: prefix, `digits` digits of the serial, check digit by the rule, suffix. */
export type NumberShape = {
  readonly prefix: string;
  readonly suffix: string;
  readonly digits: number;
  readonly checkRule: CheckRuleName;
  readonly checkCovers: CheckCovers;
};

export type SerialRange = { readonly fromSerial: number; readonly toSerial: number };

export type NumberSegment = NumberShape &
  SerialRange & {
    readonly id: SegmentId;
    readonly holder: Holder;
    readonly carrierCode: string;
    readonly epoch: number;
    readonly lowWaterPercent: number;
    readonly restDays: number;
    readonly loadedAt: Instant;
    readonly closedAt: Instant | undefined;
    readonly nextSerial: number;
    readonly lastLeasedAt: Instant | undefined;
    readonly lowAnnouncedAt: Instant | undefined;
    readonly exhaustedAt: Instant | undefined;
    readonly lost: number;
  };

/** A number on its way onto a waybill: taken from a leased block, given to nobody else. */
export type IssuedNumber = {
  readonly number: string;
  readonly serial: number;
  readonly epoch: number;
  readonly segmentId: SegmentId;
  readonly segmentHolder: Holder;
};

export const WAYBILL_STATUSES = [
  'issued',
  'printed',
  'active',
  'intercepting',
  'intercepted',
  'closed',
  'cancelled',
  'expired',
] as const;
export type WaybillStatus = (typeof WAYBILL_STATUSES)[number];

/** Coarse geography: enough to route, never a street or a name. */
export type Area = {
  readonly country: CountryCode;
  readonly postcode?: string | undefined;
  readonly division?: string | undefined;
  readonly city?: string | undefined;
  readonly town?: string | undefined;
};

/** Three-segment code in the carrier's own format and its parts: hub, outlet, courier, and a fourth that some print. */
export type RouteCode = {
  readonly raw: string;
  readonly hub?: string | undefined;
  readonly outlet?: string | undefined;
  readonly courier?: string | undefined;
  readonly extra?: string | undefined;
};

export type Routing = {
  readonly sortMark: string;
  readonly consolidation?: { readonly name: string; readonly code: string } | undefined;
  readonly routeCode?: RouteCode | undefined;
};

export const UNRESOLVED_REASONS = ['empty', 'no_match', 'ambiguous'] as const;
export type UnresolvedReason = (typeof UNRESOLVED_REASONS)[number];

export type RoutingLayer = 'history' | 'postcode' | 'town' | 'city' | 'division' | 'country' | 'operator';

/** What stands on the waybill: a routing with the rule that gave it, or why there is none. */
export type WaybillRouting =
  | ({
      readonly state: 'resolved';
      readonly layer: RoutingLayer;
      readonly ruleId?: string | undefined;
      readonly ruleVersion?: number | undefined;
    } & Routing)
  | { readonly state: 'unresolved'; readonly reason: UnresolvedReason };

export type Waybill = {
  readonly id: WaybillId;
  readonly organisationId: OrganisationId;
  readonly carrierCode: string;
  readonly number: string;
  readonly epoch: number;
  readonly segmentId: SegmentId;
  readonly segmentHolder: Holder;
  readonly serial: number;
  readonly objectId: string;
  readonly packageId: string | undefined;
  readonly orderRefs: readonly string[];
  readonly parentNumber: string | undefined;
  readonly pieceIndex: number;
  readonly pieceCount: number;
  readonly shipmentRef: string | undefined;
  readonly parcelRef: string | undefined;
  readonly senderRef: PartyRef | undefined;
  readonly recipientRef: PartyRef | undefined;
  readonly from: Area | undefined;
  readonly to: Area | undefined;
  readonly productCode: string | undefined;
  readonly services: readonly string[];
  readonly weightGrams: number | undefined;
  readonly remark: string | undefined;
  readonly routing: WaybillRouting | undefined;
  readonly status: WaybillStatus;
  readonly printCount: number;
  readonly version: number;
  readonly issuedAt: Instant;
  readonly updatedAt: Instant;
  readonly lastPrintedAt: Instant | undefined;
  readonly activatedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
};

/** One wish for a number. `objectId` is the caller's handle: the same handle always gives the same number. */
export type WaybillRequest = {
  readonly objectId: string;
  readonly carrierCode: string;
  readonly packageId?: string | undefined;
  readonly orderRefs?: readonly string[] | undefined;
  /** Number of a waybill that this piece hangs on, or the object id of another request of the same batch. */
  readonly parentNumber?: string | undefined;
  readonly parentObjectId?: string | undefined;
  readonly pieceIndex?: number | undefined;
  readonly pieceCount?: number | undefined;
  readonly shipmentRef?: string | undefined;
  readonly parcelRef?: string | undefined;
  readonly senderRef?: PartyRef | undefined;
  readonly recipientRef?: PartyRef | undefined;
  /** Parties that come with the request instead of a reference; they go to the vault. */
  readonly sender?: PartyInput | undefined;
  readonly recipient?: PartyInput | undefined;
  readonly from?: Area | undefined;
  readonly to?: Area | undefined;
  readonly productCode?: string | undefined;
  readonly services?: readonly string[] | undefined;
  readonly weightGrams?: number | undefined;
  readonly remark?: string | undefined;
};

export type WaybillChange = Pick<
  WaybillRequest,
  'senderRef' | 'recipientRef' | 'from' | 'to' | 'productCode' | 'services' | 'weightGrams' | 'remark'
>;

export { WAYBILL_ERRORS, type WaybillErrorCode } from './errors.ts';
