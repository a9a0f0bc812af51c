import type { CountryCode, Instant, ParcelId, Position } from '../kernel/index.ts';

/** Content hash of a scan: 32 lower-case hex digits (see scan-identity.ts). */
declare const scanIdBrand: unique symbol;
export type ScanId = string & { readonly [scanIdBrand]: true };

/** Source id of this program's own records. */
export const OWN_SOURCE = 'postroad';

/** Who speaks: our own hands, a post, an express carrier, the first mile of online delivery, or a re-publisher. */
export type SourceKind = 'online_delivery' | 'post' | 'express' | 'aggregator';

/** How well the offset of `occurredAt` is known. With `unknown` the local time was read as UTC. */
export type ZoneConfidence = 'stated' | 'assumed' | 'resolved_from_place' | 'unknown';

/**
 * What a scan means, in our words: the canonical column of domain 6.3 with the sub-steps that the field's
 * taxonomies tell apart. Facts about each stand in milestones.policy.ts.
 */
export type Milestone =
  | 'order_created'
  | 'warehouse_accepted'
  | 'warehouse_processing'
  | 'dispatch_declared'
  | 'pickup_failed'
  | 'picked_up'
  | 'warehouse_received'
  | 'warehouse_outbound'
  | 'linehaul'
  | 'export_customs_in'
  | 'export_customs_held'
  | 'export_customs_out'
  | 'departed_origin'
  | 'transit_arrived'
  | 'transit_departed'
  | 'arrived_destination'
  | 'import_customs_in'
  | 'import_customs_held'
  | 'import_customs_out'
  | 'handed_to_last_mile'
  | 'in_transit_local'
  | 'arrived_delivery_depot'
  | 'redirected'
  | 'out_for_delivery'
  | 'delivery_attempted'
  | 'refused'
  | 'at_point'
  | 'delivered'
  | 'customs_processing'
  | 'resumed'
  | 'exception'
  | 'damaged'
  | 'lost'
  | 'disposed'
  | 'cancelled'
  | 'returning'
  | 'returned';

export type Leg = 'origin' | 'export' | 'linehaul' | 'import' | 'last_mile' | 'return';

/** The canonical statuses. `expired` and the detail `invalid_number` are for the platform to say, never for a carrier. */
export type ParcelStatus =
  | 'unknown'
  | 'not_found'
  | 'info_received'
  | 'picked_up'
  | 'in_transit'
  | 'out_for_delivery'
  | 'available_for_pickup'
  | 'delivery_attempted'
  | 'delivered'
  | 'exception'
  | 'returning'
  | 'returned'
  | 'cancelled'
  | 'expired';

export type ParcelSubstatus =
  | 'not_found.invalid_number'
  | 'info_received.packed'
  | `in_transit.${TransitDetail}`
  | 'out_for_delivery.appointment'
  | 'available_for_pickup.outlet'
  | 'available_for_pickup.locker'
  | `delivery_attempted.${AttemptDetail}`
  | `delivered.${DeliveryDetail}`
  | `exception.${ExceptionDetail}`;

type TransitDetail =
  | 'left_warehouse'
  | 'arrived_facility'
  | 'departed_facility'
  | 'customs_export_started'
  | 'customs_export_cleared'
  | 'handed_to_linehaul'
  | 'departed_origin_country'
  | 'arrived_transit_country'
  | 'departed_transit_country'
  | 'arrived_destination_country'
  | 'customs_import_started'
  | 'customs_import_cleared'
  | 'handed_to_last_mile'
  | 'arrived_delivery_depot'
  | 'forwarded'
  | 'resumed';
type AttemptDetail = 'recipient_absent' | 'business_closed' | 'address_problem' | 'refused';
type DeliveryDetail =
  | 'signed'
  | 'collected'
  | 'proxy_or_neighbour'
  | 'locker_collected'
  | 'cod_collected'
  | 'safe_place';
type ExceptionDetail =
  | 'delayed'
  | 'delayed_weather'
  | 'delayed_carrier'
  | 'delayed_external'
  | 'customs_export_held'
  | 'customs_import_held'
  | 'payment_due'
  | 'held_at_facility'
  | 'missorted'
  | 'damaged'
  | 'lost'
  | 'destroyed'
  | 'unclaimed'
  | 'rejected_by_carrier'
  | 'import_terminated'
  | 'intercepted';

export type ActionRequired = 'none' | 'shipper' | 'recipient' | 'carrier' | 'platform';

/** Coarse geography only; a street never enters a scan. */
export type ScanPlace = {
  readonly country: CountryCode;
  readonly postcode?: string;
  readonly city?: string;
  /** The source's own code or name of the facility. */
  readonly facility?: string;
  readonly position?: Position;
};

/**
 * "That scan is wrong." The corrected scan stays in the history but no longer counts. A correction with a milestone
 * takes its place; one whose milestone is `unmapped` withdraws it. Author and reason are both required.
 */
export type Correction = { readonly ofScan: ScanId; readonly author: string; readonly reason: string };

/** One raw observation by one source. Never changed after it was stored. */
export type Scan = {
  readonly id: ScanId;
  readonly parcel: ParcelId;
  /** Id of the tracking source, as registered in `carriers`. */
  readonly source: string;
  readonly sourceKind: SourceKind;
  /** Was the source recognised by the client platform's rules when the scan came in? */
  readonly recognised: boolean;
  readonly number: string;
  /** The source's code, untouched. */
  readonly code: string;
  /** The source's text, untouched. */
  readonly text?: string;
  readonly milestone: Milestone | 'unmapped';
  /** Detail told by the source; ignored when it contradicts the milestone. */
  readonly substatus?: ParcelSubstatus;
  readonly occurredAt: Instant;
  /** Wall-clock time as the source wrote it, without zone. */
  readonly localTime?: string;
  /** IANA name or `+08:00`; absent when the confidence is `unknown`. */
  readonly zone?: string;
  readonly zoneConfidence: ZoneConfidence;
  readonly receivedAt: Instant;
  readonly place?: ScanPlace;
  /** Where it was as the source writes it, when no country is known: shown, and nothing is judged by it. */
  readonly placeText?: string;
  /** Reference of the courier or clerk; never a clear name. */
  readonly operator?: string;
  /** Reference of the proof of delivery. */
  readonly proof?: string;
  /** What the parcel weighed, as the source says; no part of the scan's identity. */
  readonly weightGrams?: number;
  readonly correction?: Correction;
  /** The source lists its facilities, and this one was not among them when the scan came in. */
  readonly facilityUnknown?: boolean;
  /** Made by a replay because the data lacks it; never presented as observed. */
  readonly synthetic: boolean;
};

/** What is shown of a scan, and what that hangs on. */
export type ShownScan = JudgedScan &
  Pick<Scan, 'source' | 'receivedAt' | 'number' | 'code' | 'text' | 'placeText' | 'weightGrams'>;

/** What the official state hangs on: all of a scan but how it was told. */
export type JudgedScan = Pick<
  Scan,
  | 'id'
  | 'recognised'
  | 'milestone'
  | 'substatus'
  | 'occurredAt'
  | 'zoneConfidence'
  | 'place'
  | 'correction'
  | 'facilityUnknown'
  | 'synthetic'
> & {
  /** May be absent when it is not this program. */
  readonly source?: Scan['source'];
  /** May be absent when it is not before `occurredAt`. */
  readonly receivedAt?: Instant;
};

/**
 * Why a scan of a recognised source cannot be true (source: promise G8):
 * `faster_than_travel`: from the places before or to those after it a parcel would have to fly faster than 1,000 km/h.
 * `before_label`: somebody held it before its label was issued. `in_future`: more than 10 minutes after its receipt.
 * `outside_route`: in a country that its line does not touch, and nothing bears it out.
 * `unknown_facility`: by a facility that is not on the list of its source.
 */
export const QUARANTINE_REASONS = [
  'faster_than_travel',
  'before_label',
  'in_future',
  'outside_route',
  'unknown_facility',
] as const;
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

/** What a scan did to the official state. */
export type ScanEffect =
  /** It became the state. */
  | 'moved'
  /** It is a fact of the past that does not pull the state back. */
  | 'recorded'
  /** It happened after a terminal state; only a correction can reopen that. */
  | 'after_terminal'
  /** A correction in force stands against it. */
  | 'corrected'
  /** Its code is not known. */
  | 'unmapped';

export type TimelineEntry = {
  readonly scanId: ScanId;
  readonly source: string;
  readonly milestone: Milestone | 'unmapped';
  /** The detail that this scan by itself means: the milestone's own, or what the source told where it fits. */
  readonly substatus?: ParcelSubstatus;
  readonly code: string;
  readonly text?: string;
  readonly occurredAt: Instant;
  readonly zoneConfidence: ZoneConfidence;
  readonly place?: ScanPlace;
  readonly placeText?: string;
  readonly weightGrams?: number;
  readonly effect: ScanEffect;
  readonly correction?: Correction;
  readonly synthetic: boolean;
};

/** An entry of a source that is not recognised: shown, never believed. */
export type UnverifiedEntry = Omit<TimelineEntry, 'effect' | 'correction'>;

/** An entry that cannot be true as far as is known: it moves nothing until later evidence bears it out. */
export type QuarantinedEntry = UnverifiedEntry & { readonly reason: QuarantineReason };

export type ReachedMilestone = {
  readonly name: Milestone;
  readonly occurredAt: Instant;
  readonly scanId: ScanId;
};

/** Contradictions in what the sources say. They are shown and counted; they are not errors. */
export type QualityFlag =
  | 'assumed_zone'
  | 'unknown_zone'
  | 'unmapped_code'
  | 'handover_before_order'
  | 'delivered_before_handover'
  | 'delivered_before_out_for_delivery'
  | 'delivered_without_out_for_delivery'
  | 'delivered_while_returning'
  | 'contradictory_order'
  | 'scan_after_terminal'
  | 'conflicting_terminal'
  | 'correction_without_target'
  | 'correction_incomplete'
  | 'correction_circular'
  | 'implausible_scan'
  | 'travel_undecided';

/** The life of one parcel, derived from its scans. All but `unverified` and `quarantined` is official. */
export type Timeline = {
  readonly status: ParcelStatus;
  readonly substatus?: ParcelSubstatus;
  readonly leg?: Leg;
  readonly terminal: boolean;
  readonly actionRequired: ActionRequired;
  /** Each milestone of the way out once, at the first time it was reached, oldest first. */
  readonly milestones: readonly ReachedMilestone[];
  /** The second list: what happened after the parcel turned round. */
  readonly returnMilestones: readonly ReachedMilestone[];
  /** The scans of recognised sources that can be true, oldest first, corrected ones included. */
  readonly entries: readonly TimelineEntry[];
  /** Latest scan in force that is news of the parcel: once it was seen, an announcement is none. */
  readonly lastScan?: TimelineEntry;
  /** First physical scan: what the field calls "online" (domain 3.3). A notice is not a scan, nor is a cancellation. */
  readonly firstScanAt?: Instant;
  readonly deliveredAt?: Instant;
  /** Deliveries tried in vain on the way out, refusals included. */
  readonly attempts: number;
  readonly flags: readonly QualityFlag[];
  readonly unverified: readonly UnverifiedEntry[];
  readonly quarantined: readonly QuarantinedEntry[];
};
