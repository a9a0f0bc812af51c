import type {
  Catalogue,
  CountryCode,
  Id,
  Instant,
  Money,
  OrganisationId,
  PointId,
  Position,
} from '../kernel/index.ts';
import type { Point, PointService } from '../points/index.ts';

export type ReservationId = Id<'rsv'>;
export type DecisionId = Id<'dec'>;

/**
 * Somebody wants to bring or fetch parcels at a point. `position` is where he is; it is kept to about a kilometre only.
 * `notBefore`, `notAfter`: when it would suit; `at`: the hour he wishes. `addressKey`, `phoneIndex`: digests of a
 * `BlockIndex`.
 */
export type Demand = {
  readonly service: PointService;
  readonly subject: { readonly kind: 'return' | 'parcel' | 'mailing'; readonly id: string };
  readonly clientPlatformId?: OrganisationId | undefined;
  /** The organisation that asks; its reservations are shown to it. */
  readonly madeFor?: OrganisationId | undefined;
  readonly country: CountryCode;
  readonly position: Position;
  readonly divisionCodes: readonly string[];
  readonly postcode?: string | undefined;
  readonly addressKey?: string | undefined;
  readonly phoneIndex?: string | undefined;
  /** A goods class of the lines; `normal` is taken everywhere. */
  readonly goodsClass: string;
  readonly weightGrams?: number | undefined;
  readonly longestSideMm?: number | undefined;
  readonly parcels: number;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly at?: Instant | undefined;
};

/** Why a point cannot take a demand, in the order in which they are asked; the first that holds is told. */
export const EXCLUSION_REASONS = [
  'other_country',
  'service_not_offered',
  'too_far',
  'outside_range',
  'goods_class_not_taken',
  'too_heavy',
  'too_long',
  'blocked',
  'not_taking_demand',
  'closed_in_window',
  'shelf_full',
  'full',
] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

/** Each 0 (worst) to 1 (best). */
export const SCORE_PARTS = ['distance', 'capacity', 'quality', 'cost', 'fairness'] as const;
export type ScorePart = (typeof SCORE_PARTS)[number];
export type ScoreParts = Readonly<Record<ScorePart, number>>;

/** A point that can take a demand. `hours`: whole local hours with room, in order, at most `LISTED_HOURS`. */
export type Option = {
  readonly point: Point;
  readonly distanceMeters: number;
  /** 0 to 1. */
  readonly score: number;
  readonly parts: ScoreParts;
  readonly hours: readonly Instant[];
};
export type Excluded = { readonly pointId: PointId; readonly reason: ExclusionReason };

/** Enough hours to choose from; a week of them would be sent a hundred times a second. Our default. */
export const LISTED_HOURS = 24;

export const RESERVATION_STATES = ['held', 'used', 'released', 'expired'] as const;
export type ReservationState = (typeof RESERVATION_STATES)[number];

/** Places held at a point. `organisationId`: the point's network; `startsAt`: the local hour. */
export type Reservation = {
  readonly id: ReservationId;
  readonly organisationId: OrganisationId;
  readonly pointId: PointId;
  readonly service: PointService;
  readonly startsAt: Instant;
  readonly parcels: number;
  readonly subject: Demand['subject'];
  readonly madeFor: OrganisationId | undefined;
  readonly state: ReservationState;
  readonly reason: string | undefined;
  readonly decisionId: DecisionId;
  readonly version: number;
  readonly expiresAt: Instant;
  readonly madeAt: Instant;
  readonly changedAt: Instant;
};

/** `pointId`: the buyer's choice, else the best that has room; `startsAt`: the hour, else the wished or the first with room. */
export type Choice = {
  readonly pointId?: PointId | undefined;
  readonly startsAt?: Instant | undefined;
  readonly ttlMs: number;
};

/** What was known of a candidate when it was weighed; enough to weigh it again with other weights. */
export type WeighedCandidate = {
  readonly pointId: PointId;
  readonly organisationId: OrganisationId;
  readonly distanceMeters: number;
  /** Parcels that the hours of the window could still take, and could take when empty. */
  readonly room: number;
  readonly capacity: number;
  readonly quality: number;
  readonly fee: Money | undefined;
  /** Of demand that it and its network could have had in the last 7 days, the share they got; 0 to 1. */
  readonly gotShare: number;
  readonly parts: ScoreParts;
  readonly score: number;
};

export const DECISION_WAYS = ['best', 'chosen', 'next_best', 'unserved'] as const;
/** `best`: the highest score; `chosen`: by the buyer; `next_best`: those before it filled up meanwhile. */
export type DecisionWay = (typeof DECISION_WAYS)[number];

/** Why a demand went where it went. Never changed. */
export type Decision = {
  readonly id: DecisionId;
  readonly decidedAt: Instant;
  readonly how: DecisionWay;
  readonly madeFor: OrganisationId | undefined;
  readonly demand: Omit<Demand, 'position' | 'addressKey' | 'phoneIndex' | 'madeFor' | 'postcode'> & {
    /** Two decimals: about a kilometre. */
    readonly position: Position;
  };
  readonly rulebookVersionId: string | undefined;
  readonly pointId: PointId | undefined;
  readonly organisationId: OrganisationId | undefined;
  readonly reservationId: ReservationId | undefined;
  readonly startsAt: Instant | undefined;
  readonly candidates: readonly WeighedCandidate[];
  readonly excluded: readonly Excluded[];
  /** Points that filled up between the look and the attempt. */
  readonly lost: readonly PointId[];
};

/** At most so many of each are kept with a decision: the best ones and the nearest. Our default. */
export const KEPT_CANDIDATES = 20;
export const KEPT_EXCLUDED = 40;

export const ALLOCATION_ERRORS = {
  no_point_fits: {
    status: 422,
    title: 'No point fits',
    advice: 'POST /v1/point-options says why the near ones do not; widen the window, or send it another way.',
  },
  point_full: {
    status: 422,
    title: 'The point is full then',
    advice: 'Choose another hour or point of POST /v1/point-options.',
  },
  point_closed: {
    status: 422,
    title: 'The point is closed then',
    advice: 'Choose another hour or point of POST /v1/point-options.',
  },
  point_does_not_serve: {
    status: 422,
    title: 'The point does not serve this',
    advice: 'Choose another of POST /v1/point-options; it says why a point is left out.',
  },
  reservation_over: {
    status: 409,
    title: 'The reservation is over',
    advice: 'Read it, and reserve again if the place is still needed.',
  },
} as const satisfies Catalogue;
export type AllocationErrorCode = keyof typeof ALLOCATION_ERRORS;
export type ReserveErrorCode = 'no_point_fits' | 'point_full' | 'point_closed' | 'point_does_not_serve';
