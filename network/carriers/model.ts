import type { Catalogue, Id, Instant, OrganisationId } from '../kernel/index.ts';
import type { NumberFormat } from '../numbers/index.ts';

/** Lower snake, at most 40 characters: `ups`, `china_post`, `4px`. The same code is used by connectors and scans. */
export type CarrierCode = string;

/**
 * How the carrier runs its outlets. The order is that of `cp_type` 1 to 4 in the electronic waybill service
 * (source: Taobao Open Platform waybill metadata).
 */
export const CARRIER_KINDS = [
  'directly_operated',
  'franchised',
  'landing_delivery',
  'direct_with_outlets',
] as const;
export type CarrierKind = (typeof CARRIER_KINDS)[number];

/** Who speaks when a scan comes from this source. */
export const SOURCE_KINDS = ['ONLINE_DELIVERY', 'POST', 'EXPRESS', 'AGGREGATOR'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/**
 * How an order reaches the carrier: `native` by its portal or API here with acknowledgement, `connector` by a
 * connector that ships, `tracking_only` not at all: such a carrier's lines are never offered.
 */
export type OrderIntake = 'native' | 'connector' | 'tracking_only';

/** One row of the registry: what is known of a carrier before any contract with it. */
export type Carrier = {
  readonly code: CarrierCode;
  readonly names: { readonly en: string; readonly zh: string };
  readonly kind: CarrierKind;
  /** ISO 3166-1 alpha-2 of the head office. */
  readonly country: string;
  readonly numberFormats: readonly NumberFormat[];
  readonly sourceKind: SourceKind;
  /** Whether a client platform recognises its scans unless it decides otherwise. */
  readonly recognised: boolean;
  readonly orderIntake: OrderIntake;
  /** Public tracking page with `{number}` in the place of the number; absent when none is known to take one. */
  readonly trackingUrl?: string;
};

/** Grade of the scorecard, best first (source: domain reference 3.5, our default). */
export const GRADES = ['A', 'B', 'C', 'D', 'E'] as const;
export type Grade = (typeof GRADES)[number];

/** What an applicant must prove before its trial. */
export const QUALIFICATIONS = ['licence', 'insurance', 'data_test'] as const;
export type Qualification = (typeof QUALIFICATIONS)[number];

/** States of a carrier's membership in the network. Every state but `none` remembers earlier suspensions. */
export type CarrierState =
  | { readonly status: 'none' }
  | ({ readonly status: 'applied' } & History)
  | ({ readonly status: 'qualification'; readonly passed: readonly Qualification[] } & History)
  | ({ readonly status: 'trial'; readonly until: Instant } & History)
  | ({ readonly status: 'active'; readonly grade: Grade } & History)
  | ({ readonly status: 'warned'; readonly grade: Grade } & History)
  | ({ readonly status: 'improvement'; readonly grade: Grade; readonly until: Instant } & History)
  | ({ readonly status: 'restricted'; readonly grade: Grade } & History)
  | ({ readonly status: 'suspended'; readonly grade: Grade } & History)
  | ({ readonly status: 'eliminated'; readonly reapplyFrom: Instant } & History)
  | ({ readonly status: 'exiting'; readonly lastDay: Instant } & History)
  | ({ readonly status: 'exited' } & History);

type History = { readonly suspensions: readonly Instant[] };
export type CarrierStatus = CarrierState['status'];

export type CarrierCommand = { readonly at: Instant } & (
  | { readonly type: 'ApplyCarrier' }
  | { readonly type: 'StartQualification' }
  | { readonly type: 'PassQualification'; readonly item: Qualification; readonly proof: string }
  | { readonly type: 'StartTrial' }
  | { readonly type: 'ActivateCarrier'; readonly grade: Grade }
  | { readonly type: 'GradeCarrier'; readonly grade: Grade }
  | { readonly type: 'WarnCarrier'; readonly reason: string }
  | { readonly type: 'StartImprovement'; readonly reason: string }
  | { readonly type: 'RestrictCarrier'; readonly reason: string }
  | { readonly type: 'SuspendCarrier'; readonly reason: string }
  | { readonly type: 'ReinstateCarrier'; readonly reason: string }
  | { readonly type: 'EliminateCarrier'; readonly reason: string }
  | { readonly type: 'ReapplyCarrier' }
  | { readonly type: 'AnnounceExit'; readonly lastDay: Instant }
  | { readonly type: 'CompleteExit' }
);

export type CarrierEvent = { readonly at: Instant } & (
  | { readonly type: 'CarrierApplied' }
  | { readonly type: 'CarrierQualificationStarted' }
  | { readonly type: 'CarrierQualificationPassed'; readonly item: Qualification; readonly proof: string }
  | { readonly type: 'CarrierTrialStarted'; readonly until: Instant }
  | { readonly type: 'CarrierActivated'; readonly grade: Grade }
  | { readonly type: 'CarrierGraded'; readonly grade: Grade }
  | { readonly type: 'CarrierWarned'; readonly reason: string }
  | { readonly type: 'CarrierImprovementStarted'; readonly reason: string; readonly until: Instant }
  | { readonly type: 'CarrierRestricted'; readonly reason: string }
  | { readonly type: 'CarrierSuspended'; readonly reason: string }
  | { readonly type: 'CarrierReinstated'; readonly reason: string }
  | { readonly type: 'CarrierEliminated'; readonly reason: string; readonly reapplyFrom: Instant }
  | { readonly type: 'CarrierReapplied' }
  | { readonly type: 'CarrierExitAnnounced'; readonly lastDay: Instant }
  | { readonly type: 'CarrierExited' }
);

export type CarrierRejection =
  | 'carrier_state_conflict'
  | 'carrier_qualification_incomplete'
  | 'carrier_trial_running'
  | 'carrier_cool_off'
  | 'carrier_exit_notice_too_short'
  | 'carrier_exit_not_due';

/**
 * A source of scans as one client platform sees it. `clientPlatform` is the organisation whose policy this row is,
 * or `default` for the shipped policy. Valid from `from` (inclusive) to `to` (exclusive, open when absent).
 * `proof` says why: a contract, an official site, a notice.
 */
export type TrackingSource = {
  readonly id: string;
  readonly clientPlatform: OrganisationId | 'default';
  readonly kind: SourceKind;
  readonly recognised: boolean;
  readonly from: Instant;
  readonly to?: Instant;
  readonly proof: string;
};

export const PAPER_KINDS = ['licence', 'contract', 'insurance'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** A licence, contract or insurance of a carrier: its number, who issued it, and when it holds. */
export type CarrierPaper = {
  readonly id: Id<'cpr'>;
  readonly carrierCode: CarrierCode;
  readonly kind: PaperKind;
  readonly number: string;
  readonly issuer: string;
  readonly validFrom: Instant;
  readonly validTo: Instant | undefined;
  readonly note: string | undefined;
  readonly recordedAt: Instant;
};

export const CARRIER_ERRORS = {
  carrier_state_conflict: {
    status: 409,
    title: 'The carrier is not in a state for this',
    advice: 'Read the carrier; its status says what is possible.',
  },
  carrier_qualification_incomplete: {
    status: 422,
    title: 'The carrier has not proven everything',
    advice: 'Record pass_qualification for licence, insurance and data_test first.',
  },
  carrier_trial_running: {
    status: 422,
    title: 'The trial is not over',
    advice: 'Activate the carrier when its trial has ended.',
  },
  carrier_cool_off: {
    status: 422,
    title: 'The carrier was eliminated a short while ago',
    advice: 'It may apply again when the cool-off is over.',
  },
  carrier_exit_notice_too_short: {
    status: 422,
    title: 'The notice is too short',
    advice: 'Give a last day at least ten days ahead.',
  },
  carrier_exit_not_due: {
    status: 422,
    title: 'The carrier still serves',
    advice: 'Complete the exit after its last day.',
  },
  paper_dates_turned_round: {
    status: 422,
    title: 'The paper ends before it begins',
    advice: 'Give a valid_to after valid_from.',
  },
  source_dates_invalid: {
    status: 422,
    title: 'Recognition does not change in the past',
    advice: 'Give a from that is not before now, and a to after from.',
  },
} as const satisfies Catalogue<CarrierRejection | 'paper_dates_turned_round' | 'source_dates_invalid'>;
