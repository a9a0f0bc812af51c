/** One thing in which the network's answer and the truth differ. */
export type Difference = {
  readonly kind: DifferenceKind;
  /** What it is about: a number, an order reference, a wallet. */
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
};

/** About shipments outside the network's lines. */
export const OUTSIDE_DIFFERENCE_KINDS = [
  'verification_missing',
  'verification_unknown',
  'scheme_missed',
  'honest_accused',
  'verdict_kept',
  'outside_status',
  'penalty_points',
  'declaration_refused',
  'declaration_taken',
  'weight_compared',
] as const;

/** About everything else. */
export const INSIDE_DIFFERENCE_KINDS = [
  'order_missing',
  'order_unknown',
  'order_state',
  'milestone_missing',
  'milestone_unknown',
  'milestone_time',
  'parcel_status',
  'unverified_count',
  'unmapped_count',
  'buyer_view',
  'number_repeated',
  'number_check_digit',
  'number_format',
  'freight_state',
  'charge_amount',
  'charge_posted',
  'programme_paid',
  'programme_use',
  'programme_spent',
  'cash_credited',
  'wallet_balance',
  'wallet_held',
  'wallet_running_balance',
  'statement_sum',
  'interception_state',
  'interception_fee',
  'interception_paid',
  'recipient_place',
  'handover_state',
  'bag_list',
  'bag_as_listed',
  'bag_missing',
  'bag_surplus',
  'bag_damaged',
  'line_against_rules',
  'forgery_let_in',
  'unreadable_let_in',
  'webhook_missed',
  'webhook_signature',
] as const;

export const DIFFERENCE_KINDS = [...INSIDE_DIFFERENCE_KINDS, ...OUTSIDE_DIFFERENCE_KINDS] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** The difference between two values, if there is one. */
export const differ = (
  kind: DifferenceKind,
  subject: string,
  expected: unknown,
  found: unknown,
): Difference[] =>
  expected === found ? [] : [{ kind, subject, expected: String(expected), found: String(found) }];

export type Verdict = {
  readonly orders: number;
  readonly parcels: number;
  readonly milestones: number;
  readonly transfers: number;
  readonly differences: readonly Difference[];
  /** SHA-256 over milestones and money of the whole world, without ids and numbers. */
  readonly digest: string;
};
