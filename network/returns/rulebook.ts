import { z } from 'zod';
import {
  addCalendarDays,
  addMs,
  addWorkingDays,
  type Instant,
  isZone,
  type WorkingCalendar,
} from '../kernel/index.ts';
import { GOODS_CLASSES } from '../lines/index.ts';
import { CLOCKS, type ClockName } from './decide.ts';
import { FAULTS, RETURN_KINDS } from './model.ts';

const calendarSchema = z.strictObject({
  zone: z.string().max(60).refine(isZone, { message: 'not an IANA time zone' }),
  weekend: z.array(z.int().min(1).max(7)).max(6),
  holidays: z.array(z.iso.date()).max(400),
});
const clockSchema = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('hours'), count: z.int().min(1).max(720) }),
  z.strictObject({ unit: z.literal('days'), count: z.int().min(1).max(90) }),
  z.strictObject({ unit: z.literal('working_days'), count: z.int().min(1).max(60) }),
]);
const word = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);
/** Minor units by ISO 4217 code. */
const amounts = z.record(z.string().regex(/^[A-Z]{3}$/), z.int().min(0).max(1e10));

/** Named rules that speak against a hasty refund. */
export const RISK_RULES = [
  'many_returns',
  'many_refunds_only',
  'counter_found_otherwise',
  'same_order_again',
  'high_amount',
  'last_day',
] as const;
export type RiskRule = (typeof RISK_RULES)[number];

const points = z.int().min(0).max(1_000);

export const returnPolicySchema = z.strictObject({
  /** How long each time-out lasts. */
  clocks: z.strictObject(
    Object.fromEntries(CLOCKS.map((name) => [name, clockSchema])) as Record<ClockName, typeof clockSchema>,
  ),
  /** How long a return code opens a counter. */
  codeDays: z.int().min(1).max(30),
  /** Days after the delivery in which a buyer may apply; a seller may give more. */
  windowDays: z.int().min(1).max(365),
  reasons: z
    .array(
      z.strictObject({
        code: word,
        fault: z.enum(FAULTS),
        kinds: z.array(z.enum(RETURN_KINDS)).min(1).max(RETURN_KINDS.length),
        needsPicture: z.boolean(),
      }),
    )
    .min(1)
    .max(60),
  /** Goods that are not taken back for a reason that is the buyer's own. */
  excludedGoodsClasses: z.array(z.enum(GOODS_CLASSES)).max(GOODS_CLASSES.length),
  /** Countries in which the counter looks at a document. */
  identityCountries: z.array(z.string().regex(/^[A-Z]{2}$/)).max(250),
  /** What the counter answers for each item. */
  checklist: z.array(word).min(1).max(20),
  /** Point networks that serve the market; empty: every one. */
  networks: z.array(z.string().regex(/^org_[0-9a-hjkmnp-tv-z]{26}$/)).max(1_000),
  /** Who carries returns, by country, where the merchant names nobody. */
  carriers: z.record(z.string().regex(/^[A-Z]{2}$/), z.string().max(64)),
  /** Up to these amounts an application is agreed to at once. */
  autoAgreeUpTo: amounts,
  /** The buyer is compensated first up to these amounts, when the risk is not above. */
  refundOnly: z.strictObject({ upTo: amounts, maxRisk: points }),
  /** The refund goes out when the counter has the goods, up to these amounts, when the risk is not above. */
  refundAtCounter: z.strictObject({ upTo: amounts, maxRisk: points }),
  risk: z.strictObject({
    weights: z.strictObject(
      Object.fromEntries(RISK_RULES.map((name) => [name, points])) as Record<RiskRule, typeof points>,
    ),
    lookBackDays: z.int().min(1).max(730),
    manyReturns: z.int().min(1).max(1_000),
    manyRefundsOnly: z.int().min(1).max(1_000),
    highAmount: amounts,
  }),
  /** By country of the buyer; `default` holds for the others. */
  calendars: z
    .record(z.string().regex(/^(default|[A-Z]{2})$/), calendarSchema)
    .refine((calendars) => calendars.default !== undefined, { message: 'a default calendar is missing' }),
});
export type ReturnPolicy = z.output<typeof returnPolicySchema>;

const CALENDARS = new WeakMap<ReturnPolicy, Map<string, WorkingCalendar>>();

export function calendarOf(policy: ReturnPolicy, country: string): WorkingCalendar {
  const known = CALENDARS.getOrInsertComputed(policy, () => new Map());
  const name = policy.calendars[country] === undefined ? 'default' : country;
  return known.getOrInsertComputed(name, () => {
    const stated = policy.calendars[name];
    if (stated === undefined) throw new Error('a return policy without a default calendar');
    return { zone: stated.zone, weekend: stated.weekend, holidays: new Set(stated.holidays) };
  });
}

/** When a clock that starts now is over, by the calendar of the buyer's country. */
export function dueAfter(policy: ReturnPolicy, country: string, clock: ClockName, now: Instant): Instant {
  const { unit, count } = policy.clocks[clock];
  if (unit === 'hours') return addMs(now, count * 3_600_000);
  const calendar = calendarOf(policy, country);
  return unit === 'days' ? addCalendarDays(calendar, now, count) : addWorkingDays(calendar, now, count);
}

function span(from: string, days: number): string[] {
  const first = Temporal.PlainDate.from(from);
  return Array.from({ length: days }, (_, day) => first.add({ days: day }).toString());
}

const ANY = [...RETURN_KINDS];
const BACK = ['return', 'exchange'] as const;

/**
 * Shipped with the product. Time-outs: domain reference 2.7 and 5.6 (seller 5 days, buyer 7, confirmation 10 days after
 * shipping and 3 after delivery, code 7 days, hand-over 24 h, negotiation 7 days); the others are our defaults.
 */
export const DEFAULT_RETURN_POLICY: ReturnPolicy = {
  clocks: {
    agree: { unit: 'days', count: 5 },
    return: { unit: 'days', count: 7 },
    handover: { unit: 'hours', count: 24 },
    confirm_shipped: { unit: 'days', count: 10 },
    confirm_delivered: { unit: 'days', count: 3 },
    negotiate: { unit: 'days', count: 7 },
    replace: { unit: 'working_days', count: 5 },
    amend: { unit: 'days', count: 3 },
    confirm_replacement: { unit: 'days', count: 15 },
  },
  codeDays: 7,
  windowDays: 7,
  reasons: [
    { code: 'changed_mind', fault: 'buyer', kinds: [...BACK], needsPicture: false },
    { code: 'does_not_fit', fault: 'buyer', kinds: [...BACK], needsPicture: false },
    { code: 'ordered_by_mistake', fault: 'buyer', kinds: [...BACK], needsPicture: false },
    { code: 'not_as_described', fault: 'seller', kinds: ANY, needsPicture: true },
    { code: 'defective', fault: 'seller', kinds: ANY, needsPicture: true },
    { code: 'damaged', fault: 'seller', kinds: ANY, needsPicture: true },
    { code: 'wrong_item', fault: 'seller', kinds: ANY, needsPicture: true },
    { code: 'missing_parts', fault: 'seller', kinds: ANY, needsPicture: true },
    { code: 'not_received', fault: 'seller', kinds: ['refund_only'], needsPicture: false },
  ],
  excludedGoodsClasses: [],
  identityCountries: ['CN'],
  checklist: ['is_the_item', 'is_complete', 'looks_unused'],
  networks: [],
  carriers: {
    CN: 'postroad_express_cn',
    DE: 'postroad_express_eu',
    FR: 'postroad_express_eu',
    ES: 'postroad_express_eu',
    BR: 'postroad_express_br',
  },
  autoAgreeUpTo: {},
  refundOnly: { upTo: { CNY: 5_000, EUR: 1_000, USD: 1_000, BRL: 5_000 }, maxRisk: 20 },
  refundAtCounter: { upTo: {}, maxRisk: 20 },
  risk: {
    weights: {
      many_returns: 30,
      many_refunds_only: 50,
      counter_found_otherwise: 60,
      same_order_again: 20,
      high_amount: 20,
      last_day: 5,
    },
    lookBackDays: 90,
    manyReturns: 4,
    manyRefundsOnly: 2,
    highAmount: { CNY: 100_000, EUR: 15_000, USD: 15_000, BRL: 80_000 },
  },
  calendars: {
    default: {
      zone: 'UTC',
      weekend: [6, 7],
      holidays: [...span('2026-12-25', 2), '2027-01-01', ...span('2027-12-25', 2)],
    },
    // As announced by the State Council for 2026; 2027 is our guess.
    CN: {
      zone: 'Asia/Shanghai',
      weekend: [6, 7],
      holidays: [
        ...span('2026-01-01', 3),
        ...span('2026-02-15', 9),
        ...span('2026-04-04', 3),
        ...span('2026-05-01', 5),
        ...span('2026-06-19', 3),
        ...span('2026-09-25', 3),
        ...span('2026-10-01', 7),
        ...span('2027-01-01', 3),
        ...span('2027-02-05', 8),
        ...span('2027-10-01', 7),
      ],
    },
  },
};
