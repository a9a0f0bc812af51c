import { z } from 'zod';
import { amountSchema, EU_COUNTRIES, type Instant, instantSchema } from '../kernel/index.ts';

const AREA = z.string().regex(/^([A-Z]{2}|EU|\*)$/);

/** What a regime charges, as facts; calculating comes with `customs`. Rates in basis points. */
export const dutyFactSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exempt_up_to'), amount: amountSchema }),
  z.strictObject({ kind: z.literal('ad_valorem'), rateBp: z.int().min(0).max(100_000) }),
  z.strictObject({ kind: z.literal('country_tariff_rate') }),
  z.strictObject({
    kind: z.literal('specific_by_tariff'),
    bands: z.array(z.strictObject({ tariffUpToBp: z.int().min(0).optional(), perItem: amountSchema })).min(1),
  }),
  z.strictObject({ kind: z.literal('per_distinct_hs6'), amount: amountSchema, valueUpTo: amountSchema }),
  z.strictObject({ kind: z.literal('tax_at_sale'), tax: z.string().min(1).max(20), valueUpTo: amountSchema }),
  z.strictObject({ kind: z.literal('surcharge'), rateBp: z.int().min(0).max(100_000) }),
]);

/** One dated rule. `to` is exclusive; absent: no end known. `checked`: read in a public source, else field knowledge. */
export const dutyRuleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]{1,60}$/),
  origin: AREA,
  destination: AREA,
  from: instantSchema,
  to: instantSchema.optional(),
  regime: z.string().regex(/^[a-z0-9_]{1,60}$/),
  facts: z.array(dutyFactSchema),
  requires: z.strictObject({
    hs6: z.boolean(),
    originOfGoods: z.boolean(),
    incoterms: z.array(z.enum(['DDP', 'DAP'])).min(1),
    taxIds: z.array(z.string().regex(/^[a-z_]{1,30}$/)),
  }),
  checked: z.boolean(),
  source: z.string().min(1).max(500),
});

export const dutyPathSchema = z
  .strictObject({
    kind: z.literal('duty_path'),
    title: z.string().min(1).max(200),
    rules: z.array(dutyRuleSchema).max(2000),
  })
  .refine((document) => new Set(document.rules.map((rule) => rule.id)).size === document.rules.length, {
    message: 'rule ids are unique',
  })
  .meta({ id: 'DutyPathDocument' });

export type DutyRule = z.infer<typeof dutyRuleSchema>;
export type DutyPathDocument = z.infer<typeof dutyPathSchema>;

/** Countries of a journey, ISO 3166-1 alpha-2. */
export type Lane = { readonly origin: string; readonly destination: string };

export type DutyPath = { readonly kind: 'no_customs' } | { readonly kind: 'rule'; readonly rule: DutyRule };

/** A lane that meets customs: neither inside one country nor inside the customs union of the EU. */
export function isCustomsLane({ origin, destination }: Lane): boolean {
  if (origin === destination) return false;
  return !(EU_COUNTRIES.has(origin) && EU_COUNTRIES.has(destination));
}

/**
 * The duty rule of a lane at a moment: exact country before EU before `*`, destination before origin, then the rule
 * that began last. Undefined: an international lane that no rule knows, for which live keys are refused.
 */
export function findDutyPath(document: DutyPathDocument, lane: Lane, at: Instant): DutyPath | undefined {
  if (!isCustomsLane(lane)) return { kind: 'no_customs' };
  let best: DutyRule | undefined;
  let bestRank = -1;
  for (const rule of document.rules) {
    if (rule.from > at || (rule.to !== undefined && rule.to <= at)) continue;
    const destination = closeness(rule.destination, lane.destination);
    const origin = closeness(rule.origin, lane.origin);
    if (destination < 0 || origin < 0) continue;
    const rank = destination * 3 + origin;
    if (rank > bestRank || (rank === bestRank && best !== undefined && rule.from > best.from)) {
      [best, bestRank] = [rule, rank];
    }
  }
  return best === undefined ? undefined : { kind: 'rule', rule: best };
}

function closeness(area: string, country: string): number {
  if (area === country) return 2;
  if (area === 'EU') return EU_COUNTRIES.has(country) ? 1 : -1;
  return area === '*' ? 0 : -1;
}
