import type {
  Catalogue,
  CountryCode,
  Currency,
  Id,
  Instant,
  OrganisationId,
  PointId,
} from '../kernel/index.ts';
import type { DeductionReason, PaidWork } from './rulebook.ts';

export type LineId = Id<'pcm'>;
export type StatementId = Id<'pst'>;
export type DeductionId = Id<'pdd'>;

/** Money that the counter took for the operator; `cod_collected` for goods, which he owes on to who sent them. */
export const COLLECTED_RULES = ['storage_collected', 'freight_collected', 'cod_collected'] as const;
/** `storage_share`: the network's part of a storage fee. */
export type LineRule = PaidWork | (typeof COLLECTED_RULES)[number] | 'storage_share' | DeductionReason;

export function isCollected(rule: LineRule): boolean {
  return (COLLECTED_RULES as readonly string[]).includes(rule);
}
export const LINE_KINDS = ['accrual', 'counter', 'deduction', 'deduction_returned'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** What the amount was worked out from, beside the rules. Amounts in minor units of the line's currency. */
export type LineInputs = {
  /** `YYYY-MM` in the network's zone, and the place of this work in it; only for work that has tiers. */
  readonly month?: string | undefined;
  readonly monthCount?: number | undefined;
  /** What a share is of: freight or a storage fee. */
  readonly baseMinor?: number | undefined;
};

export type Subject = {
  readonly kind: 'shelf_parcel' | 'return' | 'mailing' | 'parcel';
  readonly id: string;
};

export type Line = {
  readonly id: LineId;
  /** The point network. */
  readonly organisationId: OrganisationId;
  /** Its place in all lines of the network, from 1. */
  readonly sequence: number;
  readonly kind: LineKind;
  readonly rule: LineRule;
  readonly eventId: string;
  readonly eventType: string;
  readonly pointId: PointId;
  readonly country: CountryCode;
  readonly subject: Subject;
  readonly occurredAt: Instant;
  readonly accruedAt: Instant;
  readonly rulesVersionId: string;
  readonly currency: Currency;
  /** Positive: earned; negative: owed. */
  readonly amountMinor: number;
  /** The outlet's part of it; the rest is the network's. */
  readonly outletMinor: number;
  readonly inputs: LineInputs;
  readonly reverses: LineId | undefined;
  readonly statementId: StatementId | undefined;
};

/** CARRIED_OVER: nothing to pay; what is owed opens the next one. */
export const STATEMENT_STATES = ['carried_over', 'payout_instructed', 'paid'] as const;
export type StatementState = (typeof STATEMENT_STATES)[number];
export type Statement = {
  readonly id: StatementId;
  readonly organisationId: OrganisationId;
  readonly currency: Currency;
  /** Its Monday, `YYYY-MM-DD`. */
  readonly week: string;
  readonly zone: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly lines: number;
  /** Those of earlier weeks, which were told after their week was closed. */
  readonly lateLines: number;
  readonly openingMinor: number;
  readonly earnedMinor: number;
  readonly owedMinor: number;
  readonly closingMinor: number;
  readonly payoutMinor: number;
  readonly state: StatementState;
  readonly bankReference: string | undefined;
  readonly valueDate: string | undefined;
  readonly closedAt: Instant;
  readonly paidAt: Instant | undefined;
};

export const DEDUCTION_STATES = ['imposed', 'appealed', 'upheld', 'overturned'] as const;
export type DeductionState = (typeof DEDUCTION_STATES)[number];
export type Deduction = {
  readonly id: DeductionId;
  readonly organisationId: OrganisationId;
  readonly version: number;
  readonly pointId: PointId;
  readonly country: CountryCode;
  readonly reason: DeductionReason;
  readonly subject: Subject;
  readonly occurredAt: Instant;
  readonly rulesVersionId: string;
  readonly currency: Currency;
  readonly amountMinor: number;
  readonly state: DeductionState;
  readonly sealedEvidence: Uint8Array | undefined;
  readonly sealedAppeal: Uint8Array | undefined;
  readonly sealedDecision: Uint8Array | undefined;
  readonly imposedBy: string;
  readonly decidedBy: string | undefined;
  readonly imposedAt: Instant;
  readonly appealUntil: Instant;
  readonly appealedAt: Instant | undefined;
  readonly decidedAt: Instant | undefined;
};

export const COMMISSION_ERRORS = {
  deduction_point_unknown: {
    status: 422,
    title: 'There is no such point',
    advice: 'Give the id of the point at which it happened.',
  },
  deduction_repeated: {
    status: 409,
    title: 'This was deducted for this reason before',
    advice: 'A reason counts once for a parcel or return; read the deduction that is there.',
  },
  deduction_in_future: {
    status: 422,
    title: 'It cannot happen in the future',
    advice: 'Say when it happened; the rules of that moment count.',
  },
  deduction_state_conflict: {
    status: 409,
    title: 'The deduction is not in a state for this',
    advice: 'It is appealed once, and decided once after that.',
  },
  deduction_appeal_over: {
    status: 422,
    title: 'The time to appeal is over',
    advice: 'The deduction stands; `appeal_until` said until when.',
  },
  statement_not_payable: {
    status: 409,
    title: 'Nothing is to be paid for this statement',
    advice: 'What is owed is carried over into the next one.',
  },
} as const satisfies Catalogue;
export type CommissionErrorCode = keyof typeof COMMISSION_ERRORS;
