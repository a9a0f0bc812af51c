import { z } from 'zod';
import { addWorkingDays, type Instant, isZone, type WorkingCalendar } from '../kernel/index.ts';
import type { DeclarationFacts } from './facts.ts';
import { RULE_NAMES, type RuleName, SUPPORT_NAMES } from './model.ts';

const points = z.int().min(0).max(1_000);
const weightGrams = z.int().min(0).max(1_000_000);
type OlderRule = Exclude<RuleName, 'denied_by_buyer'>;
const OLDER_RULES = RULE_NAMES.filter((name): name is OlderRule => name !== 'denied_by_buyer');
const calendarSchema = z.strictObject({
  zone: z.string().max(60).refine(isZone, { message: 'not an IANA time zone' }),
  weekend: z.array(z.int().min(1).max(7)).max(6),
  holidays: z.array(z.iso.date()).max(400),
});

/** What may convict without a person, and how much each rule weighs. */
export const falseTrackingSchema = z.strictObject({
  weights: z.strictObject({
    ...(Object.fromEntries(OLDER_RULES.map((name) => [name, points])) as Record<OlderRule, typeof points>),
    /** Of documents from before this rule what is shipped counts. */
    denied_by_buyer: points.optional(),
  }),
  /** Both must be passed: so many hundredths of the goods' weight, and so many grams beside it. */
  weightTolerance: z
    .strictObject({
      tooLight: z.strictObject({ percent: z.int().min(0).max(100), grams: weightGrams }),
      tooHeavy: z.strictObject({ percent: z.int().min(100).max(10_000), grams: weightGrams }),
    })
    .optional(),
  supports: z.strictObject(
    Object.fromEntries(SUPPORT_NAMES.map((name) => [name, points])) as Record<
      (typeof SUPPORT_NAMES)[number],
      typeof points
    >,
  ),
  suspectAt: z.int().min(1).max(10_000),
  convictAt: z.int().min(1).max(10_000),
  genuineAt: z.int().min(1).max(10_000),
  convicting: z.array(z.enum(RULE_NAMES)).max(RULE_NAMES.length),
  firstScanWorkingDays: z.int().min(1).max(30),
  settleHours: z.int().min(0).max(240),
  proofDays: z.int().min(1).max(30),
  /** For so long a malformed number may be corrected before it is suspected. */
  slipHours: z.int().min(0).max(240).optional(),
  /** With so many points that stand a merchant declares nothing for so many days. */
  restriction: z
    .strictObject({ points: z.int().min(1).max(10_000), days: z.int().min(1).max(730) })
    .optional(),
  appealWorkingDays: z.int().min(1).max(30),
  levels: z.strictObject({
    seriousFrom: z.int().min(1).max(1_000),
    especiallySeriousFrom: z.int().min(1).max(10_000),
    colludingMerchants: z.int().min(1).max(100),
  }),
  /** By country of departure; `default` holds for the others. */
  calendars: z
    .record(z.string().regex(/^(default|[A-Z]{2})$/), calendarSchema)
    .refine((calendars) => calendars.default !== undefined, { message: 'a default calendar is missing' }),
});
export type FalseTrackingDocument = z.output<typeof falseTrackingSchema>;

/**
 * Packaging and rounding explain a part: less than two fifths of the goods, or three times as much, is another parcel;
 * light goods are declared by guess, and small ones packed in wood. Our default, also for documents that say nothing.
 */
export const DEFAULT_WEIGHT_TOLERANCE = {
  tooLight: { percent: 40, grams: 200 },
  tooHeavy: { percent: 300, grams: 1_000 },
} as const;

/** Carriers print numbers again, orders share parcels and buyers err: these rules may raise suspicion and never convict. */
export const NEVER_CONVICT: readonly RuleName[] = [
  'number_on_another_order',
  'number_of_many_buyers',
  'number_of_anothers_parcel',
  'denied_by_buyer',
];

const CALENDARS = new WeakMap<FalseTrackingDocument, Map<string, WorkingCalendar>>();

/** The calendar by which the deadlines of a merchant are counted who ships from a country. */
export function calendarOf(rules: FalseTrackingDocument, country: string | undefined): WorkingCalendar {
  const known = CALENDARS.get(rules) ?? new Map<string, WorkingCalendar>();
  CALENDARS.set(rules, known);
  const name = country !== undefined && rules.calendars[country] !== undefined ? country : 'default';
  const kept = known.get(name);
  if (kept !== undefined) return kept;
  const stated = rules.calendars[name];
  if (stated === undefined) throw new Error('a rulebook of false tracking without a default calendar');
  const calendar = { zone: stated.zone, weekend: stated.weekend, holidays: new Set(stated.holidays) };
  known.set(name, calendar);
  return calendar;
}

/** Until when the first scan is due: working days after the declaration. */
export function firstScanDueAt(facts: DeclarationFacts, rules: FalseTrackingDocument): Instant {
  const { declaredAt, shipFrom } = facts.declaration;
  return addWorkingDays(calendarOf(rules, shipFrom), declaredAt, rules.firstScanWorkingDays);
}

/** Public holidays of China on which offices rest, as announced by the State Council for 2026, and our guess for 2027. */
const CHINESE_HOLIDAYS: readonly string[] = [
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
];

/**
 * Days on which most posts of Europe and the Americas rest: New Year, Good Friday, Easter Monday, Labour Day, Ascension,
 * Whit Monday, Christmas. A day too many only gives a merchant more time.
 */
const CHRISTIAN_HOLIDAYS: readonly string[] = [
  ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25'],
  ...span('2026-12-25', 2),
  ...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-01', '2027-05-06', '2027-05-17'],
  ...span('2027-12-25', 2),
];

function span(from: string, days: number): string[] {
  const first = Temporal.PlainDate.from(from);
  return Array.from({ length: days }, (_, day) => first.add({ days: day }).toString());
}

/**
 * Shipped with the product. Windows and points: domain reference 3.3 (first scan 5 working days, proof 3 days, appeal
 * 3 working days); weights are our default, tried on the simulated world.
 */
export const DEFAULT_FALSE_TRACKING: FalseTrackingDocument = {
  weights: {
    number_malformed: 60,
    number_on_another_order: 60,
    number_of_many_buyers: 60,
    number_of_anothers_parcel: 70,
    number_from_pool: 100,
    corrected_after_first_scan: 40,
    scan_before_order: 100,
    scan_before_payment: 20,
    delivered_before_order: 60,
    delivered_before_shipped: 60,
    delivered_before_declared: 20,
    no_first_scan: 100,
    label_cancelled: 100,
    only_unverified_scans: 60,
    delivered_without_out_for_delivery: 10,
    location_jump: 40,
    destination_country: 100,
    destination_postcode: 50,
    destination_city: 70,
    ship_from_country: 60,
    weight: 60,
    denied_by_buyer: 50,
    service_class: 60,
    carrier_differs: 50,
  },
  supports: {
    first_scan_after_order: 30,
    destination_country_agrees: 30,
    destination_place_agrees: 40,
    delivered: 10,
  },
  weightTolerance: DEFAULT_WEIGHT_TOLERANCE,
  suspectAt: 50,
  convictAt: 100,
  genuineAt: 60,
  convicting: [
    'number_from_pool',
    'scan_before_order',
    'delivered_before_order',
    'no_first_scan',
    'label_cancelled',
    'destination_country',
  ],
  firstScanWorkingDays: 5,
  settleHours: 24,
  proofDays: 3,
  slipHours: 24,
  restriction: { points: 48, days: 180 },
  appealWorkingDays: 3,
  levels: { seriousFrom: 3, especiallySeriousFrom: 24, colludingMerchants: 2 },
  calendars: {
    default: { zone: 'UTC', weekend: [6, 7], holidays: [...CHRISTIAN_HOLIDAYS] },
    CN: { zone: 'Asia/Shanghai', weekend: [6, 7], holidays: [...CHINESE_HOLIDAYS] },
  },
};
