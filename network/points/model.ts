import type {
  Catalogue,
  CountryCode,
  Id,
  Instant,
  Money,
  OrganisationId,
  PersonId,
  PointId,
  Position,
} from '../kernel/index.ts';

/** What an outlet is. */
export const POINT_KINDS = ['post_office', 'shop', 'station', 'locker'] as const;
export type PointKind = (typeof POINT_KINDS)[number];

/** What an outlet does: hands parcels out, takes returns in, takes personal mailings in. */
export const POINT_SERVICES = ['collect', 'return', 'mail'] as const;
export type PointService = (typeof POINT_SERVICES)[number];

/** Source: domain reference 5.7. Who was turned away or has left is `exited`. */
export const POINT_STATES = [
  'applied',
  'documents',
  'site_check',
  'contract',
  'training',
  'trial',
  'active',
  'paused',
  'restricted',
  'suspended',
  'exited',
] as const;
export type PointState = (typeof POINT_STATES)[number];

/** On the way in: nothing was ever brought there. */
export const ONBOARDING_STATES = ['applied', 'documents', 'site_check', 'contract', 'training'] as const;

/** `day`: ISO weekday, 1 Monday .. 7 Sunday. Local wall-clock times `HH:MM`; `closes` may be `24:00`. */
export type OpeningHours = { readonly day: number; readonly opens: string; readonly closes: string };
export type DayHours = Omit<OpeningHours, 'day'>;
/** What one local date has instead of its weekday; a holiday is one without hours. */
export type OpeningException = {
  readonly date: string;
  readonly hours: readonly DayHours[];
  readonly reason?: string | undefined;
};

/** Whom an outlet serves. `ring`: closed, 4 to 5,000 positions; an edge takes the shorter way around the earth. */
export type ServiceRange =
  | { readonly kind: 'divisions'; readonly codes: readonly string[] }
  | { readonly kind: 'polygon'; readonly ring: readonly Position[] };

export type PointCapacity = {
  /** Parcels that can be handled in one hour, by service; a service without a number takes none by reservation. */
  readonly perHour: { readonly [Service in PointService]?: number | undefined };
  /** Parcels that can wait for their recipients. */
  readonly shelf: number;
  readonly maxWeightGrams?: number | undefined;
  readonly maxSideMm?: number | undefined;
};

/**
 * What a point of the test world does whatever happens, so that an integration can be tried: has no room, has its door
 * shut, or is late with handing over.
 */
export const TEST_BEHAVIOURS = ['always_full', 'closed', 'slow'] as const;
export type TestBehaviour = (typeof TEST_BEHAVIOURS)[number];

/** Quality of a point about which nothing was measured yet, 0 to 100. Our default. */
export const UNMEASURED_QUALITY = 80;

export type Point = {
  readonly id: PointId;
  readonly organisationId: OrganisationId;
  /** The network's own number of the outlet, unique in the network. */
  readonly outletCode: string;
  readonly name: string;
  readonly kind: PointKind;
  readonly services: readonly PointService[];
  /** Words of the lines' goods classes beyond normal goods; empty: normal goods only. */
  readonly goodsClasses: readonly string[];
  readonly country: CountryCode;
  readonly divisionCodes: readonly string[];
  readonly city: string;
  readonly postcode?: string | undefined;
  readonly addressLines: readonly string[];
  readonly position: Position;
  readonly zone: string;
  readonly hours: readonly OpeningHours[];
  readonly exceptions: readonly OpeningException[];
  readonly range?: ServiceRange | undefined;
  readonly capacity: PointCapacity;
  readonly quality: number;
  /** What the network is paid for a parcel here. */
  readonly feePerParcel?: Money | undefined;
  readonly testBehaviour?: TestBehaviour | undefined;
  readonly state: PointState;
  /** The trial ends then by itself. */
  readonly trialUntil?: Instant | undefined;
  readonly pausedFrom?: Instant | undefined;
  readonly pausedUntil?: Instant | undefined;
  readonly exitsAt?: Instant | undefined;
  readonly appliedAt: Instant;
  readonly changedAt: Instant;
  /** Counts the changes; orders the events of one point. */
  readonly version: number;
};

/** What of a point its state machine reads and writes. */
export type PointProgress = Pick<Point, 'state' | 'trialUntil' | 'pausedFrom' | 'pausedUntil' | 'exitsAt'>;

/** What an applicant hands in. Our list. */
export const DOCUMENT_KINDS = [
  'business_licence',
  'identity',
  'lease',
  'photo_of_site',
  'insurance',
  'other',
] as const;

/** Why the application of an outlet is turned down. Our list. */
export const REJECTION_REASONS = [
  'documents_missing',
  'documents_invalid',
  'site_unsuitable',
  'coverage_not_needed',
  'contract_refused',
  'deposit_not_paid',
  'training_failed',
  'other',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** `emergency` and `illness` begin at once; others are announced. Our list. */
export const PAUSE_REASONS = ['holiday', 'renovation', 'illness', 'emergency', 'other'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** What a network's contract asks of each of its outlets. */
export type OnboardingTerms = {
  readonly isInForce: boolean;
  readonly needsDocuments: boolean;
  readonly needsSiteCheck: boolean;
};
/** Without a contract everything is asked. */
export const NO_CONTRACT: OnboardingTerms = { isInForce: false, needsDocuments: true, needsSiteCheck: true };

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

export type PointBlockId = Id<'pbl'>;
/** Whom a point network does not serve: a division, a postcode, an address or a phone, the last two by blind index. */
export type PointBlock = {
  readonly id: PointBlockId;
  readonly organisationId: OrganisationId;
  readonly kind: 'division' | 'postcode' | 'address' | 'phone';
  readonly country: CountryCode;
  /** The code, postcode or blind index. */
  readonly key: string;
  readonly reason: string;
  readonly detail?: string | undefined;
  readonly createdAt: Instant;
};

/** A person of the network who works at named outlets. */
export type PointClerk = {
  readonly organisationId: OrganisationId;
  readonly personId: PersonId;
  readonly pointIds: readonly PointId[];
  readonly changedAt: Instant;
};

export const POINT_ERRORS = {
  point_outlet_code_taken: {
    status: 409,
    title: 'The network has an outlet of this code',
    advice: 'Change that outlet, or choose another code.',
  },
  point_network_unknown: {
    status: 422,
    title: 'This is not a point network',
    advice: 'Give the id of an organisation of kind point_operator.',
  },
  point_range_invalid: {
    status: 422,
    title: 'The range is no polygon',
    advice: 'Send a closed ring of 4 to 5,000 positions that does not cross itself nor go around a pole.',
  },
  point_fee_by_operator: {
    status: 422,
    title: 'The fee is agreed with the operator',
    advice: 'Leave fee_per_parcel out.',
  },
  point_test_world_only: {
    status: 422,
    title: 'Only points of the test world behave on command',
    advice: 'Leave test_behaviour out, or use a key of the test world.',
  },
  point_state_conflict: {
    status: 409,
    title: 'The point is not in a state for this',
    advice: 'Read it; its state says what is possible.',
  },
  point_notice_too_short: {
    status: 422,
    title: 'This must be announced earlier',
    advice: 'Choose a later moment: what people rely on is not closed overnight.',
  },
  point_dates_turned_round: {
    status: 422,
    title: 'It would end before it begins',
    advice: 'Give an end that lies after the beginning.',
  },
  point_document_unreadable: {
    status: 422,
    title: 'This is no picture or PDF',
    advice: 'Send a whole JPEG, PNG or PDF with its content type.',
  },
  point_documents_missing: {
    status: 422,
    title: 'No paper was handed in yet',
    advice: 'The network uploads them with POST /v1/points/{point_id}/documents.',
  },
  point_deposit_not_due: {
    status: 409,
    title: 'No deposit is due',
    advice: 'Read the contract: it says what is asked and what is there.',
  },
  point_network_still_open: {
    status: 409,
    title: 'The network has outlets that have not left',
    advice: 'The deposit goes back when the last one is gone.',
  },
  point_feed_unreadable: {
    status: 422,
    title: 'This is no feed of outlets',
    advice: 'Send UTF-8 CSV of up to 100,000 lines with the columns of the contract.',
  },
  point_feed_under_way: {
    status: 409,
    title: 'Another feed is being read',
    advice: 'Wait until it is done, or answer what it asks.',
  },
  point_feed_not_asking: {
    status: 409,
    title: 'The feed asks nothing',
    advice: 'Read it; only awaiting_confirmation is answered.',
  },
  point_clerk_person_unknown: {
    status: 422,
    title: 'This is not a clerk among your people',
    advice: 'Invite the person with the role point_clerk and give its id once the invitation was accepted.',
  },
  point_unknown: {
    status: 422,
    title: 'This is not a point of yours',
    advice: 'Use ids of your own points.',
  },
} as const satisfies Catalogue;
export type PointErrorCode = keyof typeof POINT_ERRORS;
