import type {
  Catalogue,
  CountryCode,
  Id,
  Instant,
  Money,
  OrganisationId,
  ParcelId,
  ShipmentId,
} from '../kernel/index.ts';

/**
 * States of a parcel's last mile. REFUSED of the field is a fact and no place to rest: the parcel then goes back or is
 * disposed of, as the shipment says.
 */
export const DELIVERY_STATES = [
  'assigned', // at the depot, on a courier's list
  'out_for_delivery',
  'attempted', // tried in vain, to be tried again
  'at_depot', // came back untried
  'held', // waits at the depot for its recipient
  'delivered',
  'safe_place', // left where the recipient allowed it
  'returning',
  'returned',
  'awaiting_disposal',
  'disposed',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const FINAL_STATES: ReadonlySet<DeliveryState> = new Set([
  'delivered',
  'safe_place',
  'returned',
  'disposed',
]);
/** While one of these holds, a courier who has the parcel may need its address. */
export const OPEN_STATES: readonly DeliveryState[] = ['assigned', 'out_for_delivery', 'attempted'];

/** Why an attempt was in vain. Source of the first three: our tracking codes (domain reference 6.3); the rest our default. */
export const ATTEMPT_REASONS = [
  'recipient_absent',
  'business_closed',
  'address_problem',
  'no_access',
  'payment_not_ready',
  'damaged',
  'courier_unable',
] as const;
export type AttemptReason = (typeof ATTEMPT_REASONS)[number];

/** Who or what took it in. Source: sign types 1 to 5 of express.service.sync (domain reference 5.3). */
export const SIGN_KINDS = ['self', 'other', 'reception', 'door', 'meter_box'] as const;
export type SignKind = (typeof SIGN_KINDS)[number];
/** Nobody is there to take it in: only with the recipient's consent (domain reference 11, invariant 9). */
export const UNATTENDED: readonly SignKind[] = ['door', 'meter_box'];

/** Noted, never refused: an honest courier is not stopped by a bad fix or a street that moved. */
export type DeliveryFlag = 'far_from_address';

export type DeliveryId = Id<'dlv'>;
export type RunId = Id<'run'>;
export type ProofId = Id<'prf'>;
export type CourierId = Id<'cou'>;

export type CoarsePlace = {
  readonly country: CountryCode;
  readonly division?: string | undefined;
  readonly city?: string | undefined;
  readonly postcode?: string | undefined;
};

export type Delivery = {
  readonly id: DeliveryId;
  /** The carrier that delivers. */
  readonly organisationId: OrganisationId;
  readonly parcelId: ParcelId;
  readonly shipmentId: ShipmentId;
  readonly number: string;
  readonly merchantId: OrganisationId;
  readonly clientPlatformId: OrganisationId | undefined;
  readonly to: CoarsePlace;
  readonly undeliverable: 'return' | 'destroy';
  readonly cashOnDelivery: Money | undefined;
  readonly state: DeliveryState;
  readonly version: number;
  readonly runId: RunId | undefined;
  readonly courierId: CourierId | undefined;
  /** Place in the order of the run, from 1. */
  readonly stop: number | undefined;
  /** Those that count: the recipient had a chance and was not there. */
  readonly attempts: number;
  readonly lastAttemptAt: Instant | undefined;
  readonly outAt: Instant | undefined;
  readonly holdUntil: Instant | undefined;
  readonly reason: string | undefined;
  readonly signKind: SignKind | undefined;
  readonly flags: readonly DeliveryFlag[];
  readonly proofIds: readonly ProofId[];
  readonly createdAt: Instant;
  readonly changedAt: Instant;
};

export type RunState = 'planned' | 'under_way' | 'closed';
export type DeliveryRun = {
  readonly id: RunId;
  readonly organisationId: OrganisationId;
  readonly courierId: CourierId;
  /** Local date, YYYY-MM-DD, as the carrier names it. */
  readonly day: string;
  readonly state: RunState;
  readonly version: number;
  readonly departedAt: Instant | undefined;
  readonly closedAt: Instant | undefined;
  readonly createdAt: Instant;
};

/** What the recipient wants at the door. */
export type Wish = {
  readonly shipmentId: ShipmentId;
  readonly safePlace: readonly SignKind[];
  readonly consentId: Id<'cns'> | undefined;
  readonly afterAttempts: 'hold_for_pickup' | 'as_agreed' | undefined;
  readonly pinHash: string | undefined;
  readonly isPinRequired: boolean;
  readonly pinWrongTries: number;
  readonly version: number;
};

export const NO_WISH: Omit<Wish, 'shipmentId'> = {
  safePlace: [],
  consentId: undefined,
  afterAttempts: undefined,
  pinHash: undefined,
  isPinRequired: false,
  pinWrongTries: 0,
  version: 0,
};

export const DELIVERY_ERRORS = {
  delivery_state_conflict: {
    status: 409,
    title: 'The delivery is not in a state for this',
    advice: 'Read it; its state says what is possible.',
  },
  attempt_too_soon: {
    status: 422,
    title: 'The next attempt may not be made yet',
    advice: 'Try again eight hours after the last attempt or later.',
  },
  occurred_before_departure: {
    status: 422,
    title: 'The parcel was not yet on its way to the door',
    advice: 'Give an occurred_at after the departure of the run.',
  },
  client_id_reused: {
    status: 409,
    title: 'This client_id stands for another report',
    advice: 'Make a new client_id for each report; repeat a report with the same content.',
  },
  proof_missing: {
    status: 422,
    title: 'A delivery needs a proof',
    advice: 'Give a photo, a signature or the PIN; unattended places need a photo.',
  },
  proof_not_usable: {
    status: 422,
    title: 'This proof cannot be used here',
    advice:
      'Upload a proof for this delivery yourself, with the same key or log-in; each proves one delivery.',
  },
  proof_not_an_image: {
    status: 422,
    title: 'This is not the image it says it is',
    advice: 'Send a whole JPEG or PNG with its own content type.',
  },
  pin_wrong: {
    status: 422,
    title: 'The PIN is wrong',
    advice: 'Ask the recipient again; after five wrong tries it is locked.',
  },
  pin_locked: {
    status: 422,
    title: 'The PIN was tried too often',
    advice: 'The merchant makes a new one; or record an attempt.',
  },
  pin_required: {
    status: 422,
    title: 'This delivery needs the PIN of the recipient',
    advice: 'Ask the recipient for the four digits.',
  },
  consent_missing: {
    status: 422,
    title: 'The recipient did not allow this place',
    advice: 'Deliver to a person, or record an attempt.',
  },
  cod_not_collected: {
    status: 422,
    title: 'Cash is due before the parcel is handed over',
    advice: 'Collect the exact amount and give it as cash_collected.',
  },
  cod_amount_differs: {
    status: 422,
    title: 'Not the amount that is due',
    advice: 'Collect exactly cash_on_delivery of the shipment.',
  },
  cod_not_due: { status: 422, title: 'Nothing is due at this door', advice: 'Leave cash_collected out.' },
  courier_unknown: {
    status: 422,
    title: 'There is no such courier of yours',
    advice: 'Give a courier of your organisation who is on duty.',
  },
  run_state_conflict: {
    status: 409,
    title: 'The run is not in a state for this',
    advice: 'Read it; a closed run takes nothing more.',
  },
  run_full: {
    status: 422,
    title: 'The run is full',
    advice: 'Plan another run; one takes up to 300 parcels.',
  },
  cash_exceeds_owed: {
    status: 422,
    title: 'More than the courier owes',
    advice: 'Hand in at most what was collected on this run.',
  },
  parcel_unknown: {
    status: 422,
    title: 'There is no such parcel for you',
    advice: 'Give number or id of a parcel that your organisation carries.',
  },
  parcel_not_deliverable: {
    status: 422,
    title: 'This parcel cannot go to the door now',
    advice: 'Read its delivery and shipment; the detail says why.',
  },
  too_many_parcels: {
    status: 422,
    title: 'This parcel stands twice in the list',
    advice: 'Name each parcel once.',
  },
} as const satisfies Catalogue;
/** `occurred_in_future` stands in the catalogue of shipments. */
export type DeliveryErrorCode = keyof typeof DELIVERY_ERRORS | 'occurred_in_future';
