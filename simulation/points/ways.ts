import type { Random } from '../random.ts';

/** What becomes of a parcel at its point. All shares are our assumptions. */
export const WAYS = [
  'usual',
  'wrong_code',
  'locked',
  'friend',
  'identity',
  'late_fetch',
  'extended',
  'never',
  'hand_out_undone',
  'storing_undone',
  'restocked',
  'voided',
  'cancelled',
  'withdrawn',
  'misdelivered',
  'no_consent',
  /** Comes hours after its place lapsed. */
  'late',
  /** Was sent to the busiest point of the town without asking for a place. */
  'walk_in',
] as const;
export type Way = (typeof WAYS)[number];

const WEIGHTS: Readonly<Record<Way, number>> = {
  ...{ usual: 64, wrong_code: 5, locked: 1, friend: 2, identity: 3, late_fetch: 3, extended: 2, never: 3 },
  ...{ hand_out_undone: 1.5, storing_undone: 1.5, restocked: 1, voided: 0.5, cancelled: 1, withdrawn: 0.5 },
  ...{ misdelivered: 1, no_consent: 1, late: 4, walk_in: 5 },
};
export const wayOf = (random: Random): Way =>
  random.weighted(WAYS.map((way) => [way, WEIGHTS[way]] as const));

/** What becomes of goods that go back. Likewise. */
export const ERRANDS = [
  'usual',
  'wrong_code',
  'turned_away',
  'elsewhere',
  'late_handover',
  'partial',
  'partial_silence',
  'silent_seller',
  'platform',
  'exchange',
  'never_brought',
  'withdrawn',
  'refund_only',
] as const;
export type Errand = (typeof ERRANDS)[number];

/** What becomes of a parcel that somebody sends. Likewise. */
export const SENDINGS = [
  'as_stated',
  'lighter',
  /** The scale says more, and the sender agrees. */
  'heavier',
  /** The scale says more, and he takes it home. */
  'too_dear',
  'walk_in',
  'ordered_twice',
  'given_back',
  'never_brought',
] as const;
export type Sending = (typeof SENDINGS)[number];

const SENDING_WEIGHTS: Readonly<Record<Sending, number>> = {
  ...{ as_stated: 50, lighter: 8, heavier: 12, too_dear: 4, walk_in: 14, ordered_twice: 4 },
  ...{ given_back: 4, never_brought: 4 },
};
export const sendingOf = (random: Random): Sending =>
  random.weighted(SENDINGS.map((sending) => [sending, SENDING_WEIGHTS[sending]] as const));

const ERRAND_WEIGHTS: Readonly<Record<Errand, number>> = {
  ...{ usual: 50, wrong_code: 4, turned_away: 4, elsewhere: 4, late_handover: 3, partial: 6 },
  ...{ partial_silence: 3, silent_seller: 4, platform: 4, exchange: 8, never_brought: 4, withdrawn: 3 },
  ...{ refund_only: 3 },
};
export const errandOf = (random: Random): Errand =>
  random.weighted(ERRANDS.map((errand) => [errand, ERRAND_WEIGHTS[errand]] as const));
