import type { Catalogue, Currency, Id, Instant, OrganisationId, PointId } from '../kernel/index.ts';

export type StatementLineId = Id<'csl'>;
export type StatementId = Id<'cst'>;

export const LINE_KINDS = ['collected', 'undone'] as const;
/** `charged`: to the network that handed the goods out and said nothing of their money. */
export const PAID_BY = ['cash', 'card', 'charged'] as const;

/** Goods of one parcel that a counter was paid for; amounts in minor units of `currency`, below 0 where it was undone. */
export type StatementLine = {
  readonly id: StatementLineId;
  /** Who announced the parcel. */
  readonly organisationId: OrganisationId;
  /** Its place in all lines of the announcer, from 1. */
  readonly sequence: number;
  readonly kind: (typeof LINE_KINDS)[number];
  readonly shelfParcelId: string;
  readonly number: string;
  /** The point network whose counter took it. */
  readonly networkId: string;
  readonly pointId: PointId;
  readonly eventId: string;
  readonly paidBy: (typeof PAID_BY)[number];
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly rulesVersionId: string;
  readonly currency: Currency;
  readonly amountMinor: number;
  readonly feeMinor: number;
  readonly reverses: StatementLineId | undefined;
  readonly statementId: StatementId | undefined;
};

/** CARRIED_OVER: nothing to pay; what the announcer owes opens the next one. */
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
  readonly collectedMinor: number;
  readonly feesMinor: number;
  readonly closingMinor: number;
  readonly payoutMinor: number;
  readonly state: StatementState;
  readonly bankReference: string | undefined;
  readonly valueDate: string | undefined;
  readonly closedAt: Instant;
  readonly paidAt: Instant | undefined;
};

export const REMITTANCE_ERRORS = {
  cod_statement_not_payable: {
    status: 409,
    title: 'Nothing is to be paid for this statement of goods',
    advice: 'What is owed is carried over into the next one.',
  },
} as const satisfies Catalogue;
