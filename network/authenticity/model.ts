import type { Catalogue, Id, Instant, OrganisationId } from '../kernel/index.ts';
import type { DeclarationFacts, FactPlace } from './facts.ts';

export type VerificationId = Id<'vrf'>;

/** What may speak against a declared number (domain reference 3.3). */
export const RULE_NAMES = [
  'number_malformed',
  'number_on_another_order',
  'number_of_many_buyers',
  'number_of_anothers_parcel',
  'number_from_pool',
  'corrected_after_first_scan',
  'scan_before_order',
  'scan_before_payment',
  'delivered_before_order',
  'delivered_before_shipped',
  'delivered_before_declared',
  'no_first_scan',
  'label_cancelled',
  'only_unverified_scans',
  'delivered_without_out_for_delivery',
  'location_jump',
  'destination_country',
  'destination_postcode',
  'destination_city',
  'ship_from_country',
  'weight',
  'denied_by_buyer',
  'service_class',
  'carrier_differs',
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

/** What may speak for it. */
export const SUPPORT_NAMES = [
  'first_scan_after_order',
  'destination_country_agrees',
  'destination_place_agrees',
  'delivered',
] as const;
export type SupportName = (typeof SUPPORT_NAMES)[number];

/**
 * What a rule saw. `compared`: the two things; `declared` and `observed`: their values: instants, places, numbers with their unit, or a code such as `none`. `aboutOthers`: it
 * rests on what belongs to somebody else, so the merchant learns that it is so and no more.
 */
export type Evidence = {
  readonly compared: string;
  readonly declared?: string | undefined;
  readonly observed?: string | undefined;
  readonly scanIds: readonly string[];
  readonly instants: readonly Instant[];
  readonly places: readonly Pick<FactPlace, 'country' | 'city' | 'postcode'>[];
  readonly aboutOthers?: true | undefined;
};
export type Finding<Name extends string = RuleName> = Evidence & { readonly rule: Name };
export type Scored<Name extends string = RuleName> = Finding<Name> & { readonly points: number };

/** What the rules say of the facts: nothing yet, it is genuine, it is suspicious, it may be convicted without a person. */
export type Outlook = 'open' | 'genuine' | 'suspected' | 'convicted';

export type Assessment = {
  readonly outlook: Outlook;
  readonly score: number;
  readonly findings: readonly Scored[];
  readonly supports: readonly Scored<SupportName>[];
};

export const LEVELS = ['general', 'serious', 'especially_serious'] as const;
export type Level = (typeof LEVELS)[number];

export const VERIFICATION_STATES = [
  'pending', // nothing to say yet
  'genuine', // positive evidence, found by the rules
  'suspected', // the rules speak against it; late evidence may still settle it
  'under_review', // the merchant may prove it; then a person decides, or the rules where they may
  'cleared', // a person believes the merchant
  'penalised', // false: confirmed, and points were imposed
  'appealed',
  'upheld',
  'revoked', // the penalty was taken back
  'withdrawn', // the merchant took the declaration back while nothing spoke against it
] as const;
export type VerificationState = (typeof VERIFICATION_STATES)[number];
/** Steps of a case: its states, and what happens on the way. */
export type StepName = VerificationState | 'confirmed' | 'proof_given';

/** Whose word it was: the rules', the marketplace's or the network's. */
export type Judge = 'rules' | 'marketplace' | 'operator';

/** The part of a case that decisions look at. */
export type CaseStanding = {
  readonly state: VerificationState;
  readonly proofs: number;
  readonly settlesAt: Instant | undefined;
  readonly proofDueAt: Instant | undefined;
  readonly appealDueAt: Instant | undefined;
  readonly decidedBy: Judge | undefined;
  /** The person or key. */
  readonly deciderId: string | undefined;
  readonly level: Level | undefined;
  /** Rules that spoke against it when a person decided for the merchant. */
  readonly seenRules: readonly RuleName[];
};

export type Verification = CaseStanding & {
  readonly id: VerificationId;
  readonly organisationId: OrganisationId;
  readonly clientPlatformId: OrganisationId | undefined;
  readonly externalShipmentId: string;
  readonly orderId: string;
  readonly carrierCode: string;
  readonly number: string;
  readonly version: number;
  readonly assessment: Assessment;
  readonly proposedLevel: Level;
  readonly rulebookVersionId: string;
  readonly facts: DeclarationFacts;
  readonly declaredAt: Instant;
  readonly firstScanDueAt: Instant;
  readonly suspectedAt: Instant | undefined;
  readonly reviewAt: Instant | undefined;
  readonly decidedAt: Instant | undefined;
  readonly changedAt: Instant;
};

/** Penalty points per level: domain reference 3.3 (general verified, the others as commonly told). */
export const POINTS: Readonly<Record<Level, number>> = { general: 2, serious: 12, especially_serious: 48 };
/** Points count for a year. */
export const POINTS_LAST_DAYS = 365;

export const AUTHENTICITY_ERRORS = {
  verification_state_conflict: {
    status: 409,
    title: 'The verification is not in a state for this',
    advice: 'Read it; its state and clocks say what may follow.',
  },
  proof_window_over: {
    status: 422,
    title: 'The time for proofs is over',
    advice: 'Wait for the decision; a penalty can be appealed once.',
  },
  proof_limit_reached: {
    status: 422,
    title: 'There are too many proofs',
    advice: 'At most 10 proofs may be given in one case.',
  },
  picture_unreadable: {
    status: 422,
    title: 'This is no picture that we can show',
    advice: 'Send a whole JPEG or PNG of at most 2 MiB with its content type.',
  },
  picture_unknown: {
    status: 422,
    title: 'There is no such picture in this case',
    advice: 'Send pictures to the case first and name the ids that were answered.',
  },
  appeal_window_over: {
    status: 422,
    title: 'The time for the appeal is over',
    advice: 'A penalty can be appealed within three working days.',
  },
  decided_by_you: {
    status: 422,
    title: 'Another person must decide the appeal',
    advice:
      'Let somebody decide who did not decide the case; what a marketplace decided, the network looks at.',
  },
} as const satisfies Catalogue;
export type AuthenticityErrorCode = keyof typeof AUTHENTICITY_ERRORS;
