import type {
  Catalogue,
  CountryCode,
  Id,
  Instant,
  OrganisationId,
  ParcelId,
  PartyRef,
  PersonId,
  PickupId,
  ShipmentId,
} from '../kernel/index.ts';

/**
 * States of a door visit. Source: domain reference 12 (Pickup order). REASSIGNED and RESCHEDULED of that list are
 * facts, not places to rest: after them the visit is `assigned` or `placed` again.
 */
export const PICKUP_STATES = [
  'placed',
  'assigned',
  'accepted',
  'on_the_way',
  'code_verified',
  'collected',
  'handed_over',
  'failed',
  'cancelled',
  'refused',
] as const;
export type PickupState = (typeof PICKUP_STATES)[number];

/** Nothing follows these. */
export const FINAL_STATES: ReadonlySet<PickupState> = new Set(['handed_over', 'cancelled', 'refused']);
/** The shipments of a visit in one of these wait for no courier any more. */
export const SETTLED_STATES: ReadonlySet<PickupState> = new Set([...FINAL_STATES, 'collected']);

/** Why another courier comes. Source: taobao.logistics.express.courier.sync, codes 1, 2, 3 (domain reference 5.3). */
export const REASSIGN_REASONS = ['service_desk', 'courier_transfer', 'other'] as const;
export type ReassignReason = (typeof REASSIGN_REASONS)[number];

/** Why a visit brought nothing. Our default list; `window_missed` is set by the clock. */
export const FAILURE_REASONS = [
  'nobody_there',
  'address_wrong',
  'parcels_not_ready',
  'access_denied',
  'courier_unable',
  'window_missed',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** Why a courier takes nothing and will not come again. Source: domain reference 12. */
export const REFUSAL_REASONS = ['prohibited', 'no_identity'] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export const PARCEL_OUTCOMES = ['collected', 'not_ready', 'refused'] as const;
export type ParcelOutcome = (typeof PARCEL_OUTCOMES)[number];

export const CANCELLERS = ['user', 'carrier', 'platform'] as const;
export type Canceller = (typeof CANCELLERS)[number];

/** Source: taobao.logistics.express.address.blacklist.tms.async (domain reference 5.3). */
export const ADDRESS_BLOCK_REASONS = [
  'need_swipe_card',
  'security_refuse',
  'unit',
  'factory',
  'urban_village',
  'village',
  'transit_warehouse',
  'collection_point',
  'school',
  'other',
] as const;
/** Source: taobao.logistics.express.user.blacklist.tms.sync, codes 1 to 5 (domain reference 5.3). */
export const USER_BLOCK_REASONS = [
  'malicious_orders',
  'malicious_complaints',
  'extortion',
  'abuse',
  'other',
] as const;

/** Length of the windows of an area. Source: `reservation_ability` 1 to 4 (domain reference 5.3). */
export const SLOTS = ['one_hour', 'two_hours', 'half_day', 'day'] as const;
export type Slot = (typeof SLOTS)[number];

/** Local whole hours of one weekday (ISO, 1 Monday .. 7 Sunday); `toHour` is not worked any more, at most 24. */
export type WorkingHours = { readonly weekday: number; readonly fromHour: number; readonly toHour: number };
/** What one date has instead of its weekday; without hours it is closed. */
export type AreaException = {
  readonly date: string;
  readonly fromHour?: number | undefined;
  readonly toHour?: number | undefined;
};

export type AreaId = Id<'par'>;
export type Area = {
  readonly id: AreaId;
  /** The carrier, or the operator, whose couriers come. */
  readonly organisationId: OrganisationId;
  readonly code: string;
  /** The network's own couriers take parcels of every carrier. */
  readonly servesNetwork: boolean;
  readonly country: CountryCode;
  readonly divisions: readonly string[];
  readonly postcodePrefixes: readonly string[];
  readonly zone: string;
  readonly workingHours: readonly WorkingHours[];
  readonly exceptions: readonly AreaException[];
  readonly slot: Slot;
  /** A window can be chosen until so long before it begins. */
  readonly leadMinutes: number;
  readonly horizonDays: number;
  readonly isOn: boolean;
  readonly hasCapacities: boolean;
};

export type CourierId = Id<'cou'>;
export type Courier = {
  readonly id: CourierId;
  readonly organisationId: OrganisationId;
  readonly name: string;
  readonly phoneTail: string | undefined;
  readonly areaIds: readonly AreaId[];
  readonly isOn: boolean;
  /** The API key that he works with. */
  readonly callerId: string | undefined;
  /** The person of the organisation who he is when he logs in. */
  readonly personId: PersonId | undefined;
};

export type BlockId = Id<'blk'>;
export type Block = {
  readonly id: BlockId;
  readonly organisationId: OrganisationId;
  readonly kind: 'address' | 'user';
  readonly blockedOrganisationId: OrganisationId | undefined;
  readonly partyRef: PartyRef | undefined;
  readonly country: CountryCode | undefined;
  readonly postcode: string | undefined;
  readonly reason: string;
  readonly detail: string | undefined;
  readonly createdAt: Instant;
};

export type PickupItem = {
  readonly parcelId: ParcelId;
  readonly shipmentId: ShipmentId;
  readonly number: string;
  readonly outcome: ParcelOutcome | undefined;
  readonly reason: string | undefined;
  readonly weightGrams: number | undefined;
  readonly evidence: readonly string[];
};

export type PickupPlace = {
  readonly country: CountryCode;
  readonly division?: string | undefined;
  readonly city?: string | undefined;
  readonly postcode?: string | undefined;
};

export type Pickup = {
  readonly id: PickupId;
  readonly organisationId: OrganisationId;
  readonly clientPlatformId: OrganisationId | undefined;
  /** Whose courier comes. */
  readonly carrierId: OrganisationId;
  readonly areaId: AreaId;
  readonly version: number;
  readonly state: PickupState;
  readonly courierId: CourierId | undefined;
  readonly senderRef: PartyRef;
  readonly place: PickupPlace;
  readonly window: { readonly startsAt: Instant; readonly endsAt: Instant };
  readonly heldHour: Instant | undefined;
  readonly attempts: number;
  /** Sealed; the vault opens it. */
  readonly code: Uint8Array;
  readonly wrongTries: number;
  readonly reason: string | undefined;
  readonly cancelledBy: Canceller | undefined;
  readonly shipmentIds: readonly ShipmentId[];
  readonly items: readonly PickupItem[];
  readonly bookedAt: Instant;
  readonly changedAt: Instant;
};

/** Source: two failed attempts end a visit, domain reference 12. */
export const ATTEMPTS_ALLOWED = 2;
/** Our default: a stranger who guesses has five chances in ten thousand. */
export const WRONG_TRIES_ALLOWED = 5;
/** Our default: what one courier can check and carry from one door. */
export const PARCELS_PER_PICKUP = 200;
/** Our default: a courier on his way may be late by so much before the visit counts as missed. */
export const MISSED_GRACE_MS = 30 * 60_000;

export const PICKUP_ERRORS = {
  pickup_state_conflict: {
    status: 409,
    title: 'The pickup is not in a state for this',
    advice: 'Read it; its state says what is possible.',
  },
  pickup_window_full: {
    status: 422,
    title: 'This window is full',
    advice: 'Choose another of GET /v1/pickup-windows.',
  },
  pickup_window_unknown: {
    status: 422,
    title: 'There is no such window',
    advice: 'Use area_id and starts_at of a selectable window of GET /v1/pickup-windows.',
  },
  pickup_not_served: {
    status: 422,
    title: 'No courier comes to this address',
    advice: 'Bring the parcel to the warehouse or post it there.',
  },
  pickup_blocked: {
    status: 422,
    title: 'The carrier does not collect here',
    advice: 'Bring the parcel to the warehouse or post it there.',
  },
  pickup_shipments_differ: {
    status: 422,
    title: 'These shipments cannot be collected in one visit',
    advice: 'Book one pickup for each sender address and carrier.',
  },
  pickup_not_for_handover: {
    status: 422,
    title: 'The shipment is not handed over that way',
    advice: 'Its handover was chosen at the purchase.',
  },
  pickup_already_booked: {
    status: 409,
    title: 'A shipment waits for another pickup',
    advice: 'Reschedule or cancel that pickup first.',
  },
  pickup_too_many_parcels: {
    status: 422,
    title: 'Too many parcels for one visit',
    advice: 'Book several pickups.',
  },
  pickup_code_wrong: {
    status: 422,
    title: 'The code is not the one of this pickup',
    advice: 'Ask the merchant for the four digits; after five wrong tries the carrier must renew the code.',
  },
  pickup_code_locked: {
    status: 422,
    title: 'Too many wrong codes',
    advice: 'The carrier renews the code, or the merchant chooses another window.',
  },
  pickup_parcel_unknown: {
    status: 422,
    title: 'A parcel is not part of this pickup',
    advice: 'Report every parcel of the pickup once, and no other.',
  },
  pickup_nothing_collected: {
    status: 422,
    title: 'No parcel was collected',
    advice: 'Report a failure or a refusal instead.',
  },
  courier_not_available: {
    status: 422,
    title: 'This courier cannot come',
    advice: 'Choose a courier of your own who is on and serves the area.',
  },
  courier_key_unknown: {
    status: 422,
    title: 'This is not a key of your organisation',
    advice: 'Mint a key with the role courier and give its id.',
  },
  courier_key_taken: {
    status: 409,
    title: 'Another courier works with this key',
    advice: 'Mint a key for each courier.',
  },
  courier_person_unknown: {
    status: 422,
    title: 'This is not a courier among your people',
    advice: 'Invite the person with the role courier and give its id once the invitation was accepted.',
  },
  courier_person_taken: {
    status: 409,
    title: 'Another courier is this person',
    advice: 'Take the person off the other courier first.',
  },
  area_code_taken: { status: 409, title: 'You have an area of this code', advice: 'Choose another code.' },
  area_unknown: { status: 422, title: 'This is not an area of yours', advice: 'Use ids of your own areas.' },
  capacity_full_update_first: {
    status: 422,
    title: 'This area has no capacities yet',
    advice: 'Begin with a full update.',
  },
} as const satisfies Catalogue;
export type PickupErrorCode = keyof typeof PICKUP_ERRORS;
