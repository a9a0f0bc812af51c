import type { ReservationId } from '../allocation/index.ts';
import type {
  Catalogue,
  Id,
  Instant,
  Money,
  OrganisationId,
  ParcelId,
  PartyRef,
  PointId,
} from '../kernel/index.ts';

export type ShelfParcelId = Id<'spc'>;

/** Source: domain reference 5.5 (parcel states of a station), with what comes before and after. */
export const SHELF_STATES = [
  'announced',
  'stored',
  'handed_out',
  'exception',
  'returning',
  'returned',
  'cancelled',
] as const;
export type ShelfState = (typeof SHELF_STATES)[number];

/** What lies at the point and takes its room. */
export const HELD_STATES: readonly ShelfState[] = ['stored', 'exception', 'returning'];

/** Source: domain reference 5.5. */
export const EXCEPTION_KINDS = ['damaged', 'misdelivered', 'unclaimed', 'rejected', 'oversized'] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];
export const RESOLUTIONS = ['restock', 'return', 'void'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** How a recipient showed that the parcel is his. `identity`: a document was looked at, by a supervisor or without a code. */
export const HAND_OUT_WAYS = ['code', 'friend', 'identity', 'locker'] as const;
export type HandOutWay = (typeof HAND_OUT_WAYS)[number];

export const RETURN_REASONS = [
  'overdue',
  'consent_withdrawn',
  'refused_by_recipient',
  'recalled',
  'damaged',
  'point_closes',
  'other',
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** By whom and how the delivery to a point was agreed to; without one nothing is stored (domain reference 11, 9). */
export type Consent = {
  readonly givenBy: 'recipient' | 'recipient_by_phone' | 'recipient_at_counter' | 'standing_order';
  readonly givenAt: Instant;
  readonly channel: 'checkout' | 'tracking_page' | 'app' | 'phone' | 'counter';
  /** Version of the words that were agreed to. */
  readonly wording: string;
};

export const SIZES = ['s', 'm', 'l'] as const;
export type Size = (typeof SIZES)[number];

/** How somebody paid at the counter. */
export const CASH_METHODS = ['cash', 'card'] as const;
export type CashMethod = (typeof CASH_METHODS)[number];
export type CashPaid = { readonly method: CashMethod; readonly amount: Money };

export type Lease = { readonly deviceId: string; readonly until: Instant };

export type ShelfParcel = {
  readonly id: ShelfParcelId;
  /** The point network. */
  readonly organisationId: OrganisationId;
  readonly pointId: PointId;
  readonly version: number;
  readonly state: ShelfState;
  readonly number: string;
  readonly carrierCode: string | undefined;
  readonly parcelId: ParcelId | undefined;
  /** Who announced it: a marketplace, merchant or carrier; the point network itself for one that came unannounced. */
  readonly announcedBy: OrganisationId;
  readonly clientPlatformId: OrganisationId | undefined;
  /** In the vault of `announcedBy`. */
  readonly recipientRef: PartyRef | undefined;
  readonly consent: Consent | undefined;
  readonly reservationId: ReservationId | undefined;
  readonly size: Size;
  /** Where it lies: `shelf-row` or a compartment. */
  readonly place: string | undefined;
  readonly code: string | undefined;
  readonly wrongTries: number;
  readonly storedAt: Instant | undefined;
  /** From then on storage costs. */
  readonly freeUntil: Instant | undefined;
  /** Goes home then. */
  readonly returnAt: Instant | undefined;
  readonly isExtended: boolean;
  /** Rungs of the overdue ladder that were climbed. */
  readonly rung: number;
  readonly handedOutAt: Instant | undefined;
  readonly handedOutBy: HandOutWay | undefined;
  /** Collected before it is handed out, for who announced it. */
  readonly cashOnDelivery: Money | undefined;
  readonly cashPaidBy: CashMethod | undefined;
  /** The hand-out said nothing of the cash: it may be recorded until then, and is charged to the network after it. */
  readonly cashOpenUntil: Instant | undefined;
  readonly cashChargedAt: Instant | undefined;
  /** What storage came to, when it left. */
  readonly storageFee: Money | undefined;
  readonly exception: ExceptionKind | undefined;
  readonly reason: string | undefined;
  /** Numbers of the notices of its recipient that were asked for. */
  readonly notices: number;
  readonly noticeDay: string | undefined;
  readonly noticesOfDay: number;
  readonly lease: Lease | undefined;
  readonly announcedAt: Instant;
  readonly changedAt: Instant;
};

/** A wrong code is tried five times, then a supervisor looks (issue: 5 tries then supervisor; pickups hold the same). */
export const WRONG_TRIES_ALLOWED = 5;

export const SHELF_ERRORS = {
  shelf_point_unknown: {
    status: 422,
    title: 'No parcels are brought to this point',
    advice: 'Take a point of GET /v1/points/search with the service collect that is open for new parcels.',
  },
  shelf_already_announced: {
    status: 409,
    title: 'This number is already at a point or on its way to one',
    advice: 'Withdraw that announcement first, or correct the number.',
  },
  shelf_consent_missing: {
    status: 422,
    title: 'The recipient has not agreed to a delivery to a point',
    advice: 'Record his consent: who gave it, when, by which channel and to which words.',
  },
  shelf_state_conflict: {
    status: 409,
    title: 'The parcel is not in a state for this',
    advice: 'Read it; its state says what is possible.',
  },
  shelf_place_invalid: {
    status: 422,
    title: 'This is no place of the point',
    advice: 'Write shelf and row, like 15-1, or the compartment of the locker.',
  },
  shelf_place_taken: {
    status: 409,
    title: 'Something else is in this compartment',
    advice: 'Choose another one, or record that the other parcel was taken out.',
  },
  shelf_codes_used_up: {
    status: 422,
    title: 'No pick-up code is free there',
    advice: 'Choose another row or shelf, or let the network widen the codes of this point.',
  },
  shelf_code_wrong: {
    status: 422,
    title: 'The pick-up code is wrong',
    advice: 'Ask the recipient for the code of his notice.',
  },
  shelf_code_locked: {
    status: 422,
    title: 'Too many wrong codes',
    advice: "A supervisor of the point's network unlocks it after a look at the recipient's document.",
  },
  shelf_try_misnamed: {
    status: 409,
    title: 'The device has given this name to something else',
    advice: 'Give each try a client_id of its own; the same one only when the same try is told again.',
  },
  shelf_code_secret: {
    status: 403,
    title: 'This code is the secret of the recipient',
    advice:
      'Only codes of shelf and row are written on parcels; secret digits reach the recipient by his notice.',
  },
  shelf_fee_due: {
    status: 422,
    title: 'Storage is to be paid first',
    advice: 'Collect the fee and say so in `fee`, or waive it with a reason.',
  },
  shelf_cash_due: {
    status: 422,
    title: 'The goods are to be paid first',
    advice: 'Collect exactly `cash_on_delivery` of the parcel and say so in `cash`.',
  },
  shelf_cash_not_due: {
    status: 422,
    title: 'Nothing is to be paid for these goods',
    advice: 'Leave `cash` out.',
  },
  shelf_cash_known: {
    status: 409,
    title: 'What was paid for these goods is on record',
    advice: 'It is recorded once; take the hand-out back where it is wrong, as long as that is possible.',
  },
  shelf_cash_charged: {
    status: 409,
    title: 'The money for these goods was charged',
    advice:
      'Nobody recorded it in time, so the network paid it as the deduction cash_not_recorded: appeal against that.',
  },
  shelf_cash_at_locker: {
    status: 422,
    title: 'A locker takes no money',
    advice: 'Choose a point with a counter for what is paid on delivery.',
  },
  shelf_leased_elsewhere: {
    status: 409,
    title: 'Another device holds this parcel',
    advice: 'Hand it out there, or wait until that device has let go of it.',
  },
  shelf_undo_too_late: {
    status: 422,
    title: 'This can no longer be undone',
    advice: 'Open a case with the operator; what happened stays on record.',
  },
  shelf_notice_limit: {
    status: 422,
    title: 'The recipient was reminded often enough',
    advice: 'Two notices a day and five in all may be asked for.',
  },
  shelf_extended_already: {
    status: 422,
    title: 'The time was extended before',
    advice: 'It can be extended once; the parcel is collected until the day shown, or goes home.',
  },
  shelf_friend_unknown: {
    status: 422,
    title: 'This authorisation is not valid',
    advice: 'Ask the recipient; it may be revoked, used or of another parcel.',
  },
  shelf_proof_needed: {
    status: 403,
    title: 'The link alone is not enough for this',
    advice: 'Send phone_last4, the last four digits of the recipient\u2019s phone, beside the token.',
  },
  shelf_friends_limit: {
    status: 422,
    title: 'So many friends may collect this parcel already',
    advice: 'Revoke one of them first.',
  },
  shelf_supervisor_needed: {
    status: 403,
    title: 'This is for a supervisor of the point network',
    advice: 'Let staff of the network do it.',
  },
  occurred_out_of_order: {
    status: 422,
    title: 'It happened before what it follows',
    advice: 'Check the clock of the device.',
  },
} as const satisfies Catalogue;
export type ShelfErrorCode = keyof typeof SHELF_ERRORS;
