/** One thing in which the network's answer and the truth of the points differ. */
export type PointDifference = {
  readonly kind: PointDifferenceKind;
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
};

export const POINT_DIFFERENCE_KINDS = [
  'place_over_capacity',
  'hour_over_capacity',
  'hour_count',
  'compartment_shared',
  'code_repeated',
  'code_too_soon',
  'consent_missing',
  'consent_let_in',
  'waiting_missing',
  'waiting_unknown',
  'waiting_state',
  'waiting_open',
  'handed_out_by',
  'storage_fee',
  'return_missing',
  'return_state',
  'refund_missing',
  'refund_repeated',
  'refund_amount',
  'refund_unknown',
  'action_lost',
  'action_twice',
  'action_outcome',
  'action_time',
  'unread_lost',
  'conflict_unseen',
  'lease_broken',
  'mailing_missing',
  'mailing_unknown',
  'mailing_state',
  'mailing_freight',
  'mailing_above_agreed',
  'mailing_freight_repeated',
  'mailing_cash',
  'statement_sum',
  'statement_count',
  'statement_open',
  'ledger_sum',
] as const;
export type PointDifferenceKind = (typeof POINT_DIFFERENCE_KINDS)[number];

export type PointVerdict = {
  readonly parcels: number;
  readonly returns: number;
  readonly mailings: number;
  readonly places: number;
  readonly codes: number;
  readonly actions: number;
  readonly lines: number;
  readonly differences: readonly PointDifference[];
};

export const differAt = (
  kind: PointDifferenceKind,
  subject: string,
  expected: unknown,
  found: unknown,
): PointDifference[] =>
  expected === found ? [] : [{ kind, subject, expected: String(expected), found: String(found) }];
