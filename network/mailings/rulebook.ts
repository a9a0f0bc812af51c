import { z } from 'zod';
import { addMs, type Instant } from '../kernel/index.ts';
import { CLOCKS, type ClockName } from './decide.ts';

const clockSchema = z.strictObject({ unit: z.enum(['hours', 'days']), count: z.int().min(1).max(720) });
const word = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);
const countries = z.array(z.string().regex(/^[A-Z]{2}$/)).max(250);

export const mailingPolicySchema = z.strictObject({
  /** How long each time-out lasts. */
  clocks: z.strictObject(
    Object.fromEntries(CLOCKS.map((name) => [name, clockSchema])) as Record<ClockName, typeof clockSchema>,
  ),
  /** Lines that take parcels of persons: those with one of these tags. */
  lineTags: z.array(z.string().min(1).max(40)).max(50),
  /** A scale may differ by this much, the larger of the two, before the price follows it. */
  tolerance: z.strictObject({
    grams: z.int().min(0).max(10_000),
    basisPoints: z.int().min(0).max(10_000),
  }),
  /** Countries in which the counter looks at a document, and the kinds that it takes. */
  identityCountries: countries,
  documentKinds: z.array(word).min(1).max(40),
  /** Countries in which the counter looks into the parcel and marks it, and what it answers then. */
  inspectionCountries: countries,
  checklist: z.array(word).min(1).max(20),
  /** Countries in which the price list is shown to the sender. */
  priceListCountries: countries,
  /** Goods classes that persons may not send, whatever a line takes. */
  refusedGoodsClasses: z.array(word).max(40),
  /** Point networks that serve the market; empty: every one. */
  networks: z.array(z.string().regex(/^org_[0-9a-hjkmnp-tv-z]{26}$/)).max(1_000),
  /** Mailings of one sender without an account that may wait for a counter at the same time. */
  maxOpenPerSender: z.int().min(1).max(100),
});
export type MailingPolicy = z.output<typeof mailingPolicySchema>;

const UNIT_MS = { hours: 3_600_000, days: 86_400_000 } as const;

export function dueAfter(policy: MailingPolicy, clock: ClockName, now: Instant): Instant {
  const { unit, count } = policy.clocks[clock];
  return addMs(now, count * UNIT_MS[unit]);
}

/**
 * Shipped with the product. Real name, visual inspection with a mark and the published price: China's rules for express
 * (domain reference 4.1: 条例 22, 31, 32; LAW2 22). Hand-over within 24 hours as for returns (5.6); a domestic parcel is
 * overdue 7 days after its promise (4.1), which for a promise of a week is the shipped two; the others are our defaults.
 */
export const DEFAULT_MAILING_POLICY: MailingPolicy = {
  clocks: {
    bring: { unit: 'days', count: 7 },
    handover: { unit: 'hours', count: 24 },
    transit: { unit: 'days', count: 14 },
  },
  lineTags: ['domestic', 'europe_local'],
  tolerance: { grams: 10, basisPoints: 300 },
  identityCountries: ['CN'],
  documentKinds: ['identity_card', 'passport', 'residence_permit', 'travel_permit', 'driving_licence'],
  inspectionCountries: ['CN'],
  checklist: ['opened_before_sender', 'nothing_prohibited', 'packed_safely'],
  priceListCountries: ['CN'],
  refusedGoodsClasses: ['battery_only', 'special'],
  networks: [],
  maxOpenPerSender: 10,
};
