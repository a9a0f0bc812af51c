import { z } from 'zod';
import { currencySchema, type Instant, instantSchema, type Money, moneySchema } from '../kernel/index.ts';
import { type ExchangeRate, findConverted } from './exchange.ts';
import { GOODS_CLASSES, SERVICE_CLASSES } from './model.ts';

const CODE = z.string().regex(/^[a-z0-9_]{1,60}$/);
const COUNTRY = z.string().regex(/^[A-Z]{2}$/);

/** `over` is exclusive and `upTo` inclusive, in minor units of `currency`. */
const amountBandSchema = z
  .strictObject({
    currency: currencySchema,
    over: z.int().min(0).optional(),
    upTo: z.int().min(0).optional(),
  })
  .refine((band) => band.over === undefined || band.upTo === undefined || band.over < band.upTo, {
    message: 'over is below upTo',
  });

/** One row. An absent key means any. */
export const marketRuleSchema = z.strictObject({
  id: CODE,
  destinations: z.array(COUNTRY).min(1).max(250).optional(),
  amountPaid: amountBandSchema.optional(),
  goodsClasses: z.array(z.enum(GOODS_CLASSES)).min(1).optional(),
  serviceClasses: z.array(z.enum(SERVICE_CLASSES)).min(1).optional(),
  channel: z.enum(['online', 'offline']).optional(),
  lineTags: z.array(CODE).min(1).max(100).optional(),
  effect: z.enum(['allow', 'deny']),
  reason: z.string().min(1).max(300),
});

export const exchangeRateSchema = z.strictObject({
  from: currencySchema,
  to: currencySchema,
  numerator: z.int().min(1).max(1e9),
  denominator: z.int().min(1).max(1e9),
  at: instantSchema,
});

/** The facts of one line for one order. Rates are given, never fetched. */
export const marketQuerySchema = z.strictObject({
  at: instantSchema,
  destination: COUNTRY,
  amountPaid: moneySchema,
  goodsClasses: z.array(z.enum(GOODS_CLASSES)).min(1).max(20),
  serviceClass: z.enum(SERVICE_CLASSES),
  online: z.boolean(),
  lineTags: z.array(CODE).max(100).default([]),
  rates: z.array(exchangeRateSchema).max(500).default([]),
});

/** The market policy of one client platform: a rulebook document with its own tests. */
export const marketPolicySchema = z
  .strictObject({
    kind: z.literal('market_policy'),
    title: z.string().min(1).max(200),
    source: z.string().min(1).max(500),
    otherwise: z.strictObject({ effect: z.enum(['allow', 'deny']), reason: z.string().min(1).max(300) }),
    rules: z.array(marketRuleSchema).max(2000),
    tests: z
      .array(
        z.strictObject({
          query: marketQuerySchema,
          expect: z.enum(['allow', 'deny']),
          rule: CODE.optional(),
        }),
      )
      .max(1000),
  })
  .refine((document) => new Set(document.rules.map((rule) => rule.id)).size === document.rules.length, {
    message: 'rule ids are unique',
  })
  .meta({ id: 'MarketPolicyDocument' });

export type MarketRule = z.infer<typeof marketRuleSchema>;
export type MarketPolicyDocument = z.infer<typeof marketPolicySchema>;

/** As `marketQuerySchema` answers. */
export type MarketQuery = {
  readonly at: Instant;
  readonly destination: string;
  readonly amountPaid: Money;
  readonly goodsClasses: readonly string[];
  readonly serviceClass: (typeof SERVICE_CLASSES)[number];
  readonly online: boolean;
  readonly lineTags: readonly string[];
  readonly rates: readonly ExchangeRate[];
};

/** `ruleId` is the deciding row, `otherwise`, or `exchange_rate_missing`; `reason` is the row's own text. */
export type MarketVerdict = { readonly allowed: boolean; readonly ruleId: string; readonly reason: string };

/**
 * Whether a platform lets a line be used for an order. The most specific matching row decides (line tag before
 * destination before amount before goods class before service class before channel), of equals a refusal before an
 * allowance, then the earlier row. A parcel of several goods classes needs every one allowed. A band in a currency
 * without a rate refuses: an unknown amount is not a small one.
 */
export function judgeMarketPolicy(document: MarketPolicyDocument, query: MarketQuery): MarketVerdict {
  let verdict: MarketVerdict | undefined;
  for (const goodsClass of query.goodsClasses.length === 0 ? ['normal'] : query.goodsClasses) {
    const judged = judgeGoods(document, query, goodsClass);
    if (!judged.allowed) return judged;
    verdict ??= judged;
  }
  return verdict ?? otherwise(document);
}

function judgeGoods(document: MarketPolicyDocument, query: MarketQuery, goodsClass: string): MarketVerdict {
  let best: MarketRule | undefined;
  let bestRank = -1;
  for (const rule of document.rules) {
    if (!keysMatch(rule, query, goodsClass)) continue;
    const inBand = rule.amountPaid === undefined ? true : isInBand(rule.amountPaid, query);
    if (inBand === undefined) {
      return {
        allowed: false,
        ruleId: 'exchange_rate_missing',
        reason: `Rule ${rule.id} compares amounts in ${rule.amountPaid?.currency}: no rate from ${query.amountPaid.currency} is known.`,
      };
    }
    const rank = specificity(rule);
    if (inBand && rank > bestRank) [best, bestRank] = [rule, rank];
  }
  if (best === undefined) return otherwise(document);
  return { allowed: best.effect === 'allow', ruleId: best.id, reason: best.reason };
}

function otherwise(document: MarketPolicyDocument): MarketVerdict {
  return {
    allowed: document.otherwise.effect === 'allow',
    ruleId: 'otherwise',
    reason: document.otherwise.reason,
  };
}

function keysMatch(rule: MarketRule, query: MarketQuery, goodsClass: string): boolean {
  if (rule.destinations !== undefined && !rule.destinations.includes(query.destination)) return false;
  if (rule.channel !== undefined && (rule.channel === 'online') !== query.online) return false;
  if (rule.serviceClasses !== undefined && !rule.serviceClasses.includes(query.serviceClass)) return false;
  if (rule.goodsClasses !== undefined && !rule.goodsClasses.some((goods) => goods === goodsClass))
    return false;
  return rule.lineTags === undefined || rule.lineTags.some((tag) => query.lineTags.includes(tag));
}

/** Undefined when the amount cannot be compared. */
function isInBand(band: NonNullable<MarketRule['amountPaid']>, query: MarketQuery): boolean | undefined {
  const paid = findConverted(query.amountPaid, band.currency, query.rates, query.at);
  if (paid === undefined) return undefined;
  if (band.over !== undefined && paid.amountMinor <= band.over) return false;
  return band.upTo === undefined || paid.amountMinor <= band.upTo;
}

function specificity(rule: MarketRule): number {
  return (
    (rule.lineTags === undefined ? 0 : 64) +
    (rule.destinations === undefined ? 0 : 32) +
    (rule.amountPaid === undefined ? 0 : 16) +
    (rule.goodsClasses === undefined ? 0 : 8) +
    (rule.serviceClasses === undefined ? 0 : 4) +
    (rule.channel === undefined ? 0 : 2) +
    (rule.effect === 'deny' ? 1 : 0)
  );
}

/** A test of a document that does not hold: its place in `tests`, what was expected, what was judged. */
export type FailedTest = {
  readonly index: number;
  readonly expected: string;
  readonly judged: MarketVerdict;
};

/** Runs the tests inside the document; empty when all hold. A document whose tests fail must not be activated. */
export function runDocumentTests(document: MarketPolicyDocument): readonly FailedTest[] {
  const failed: FailedTest[] = [];
  for (const [index, { query, expect, rule }] of document.tests.entries()) {
    const judged = judgeMarketPolicy(document, query);
    const holds = judged.allowed === (expect === 'allow') && (rule === undefined || rule === judged.ruleId);
    if (!holds)
      failed.push({ index, expected: rule === undefined ? expect : `${expect} by ${rule}`, judged });
  }
  return failed;
}

/** One query that the new document answers otherwise. */
export type PolicyDifference = {
  readonly index: number;
  readonly before: MarketVerdict;
  readonly after: MarketVerdict;
};

/** Judges past queries by both documents and lists those whose outcome changes, in the order given. */
export function dryRun(
  before: MarketPolicyDocument,
  after: MarketPolicyDocument,
  queries: readonly MarketQuery[],
): readonly PolicyDifference[] {
  const differences: PolicyDifference[] = [];
  for (const [index, query] of queries.entries()) {
    const old = judgeMarketPolicy(before, query);
    const now = judgeMarketPolicy(after, query);
    if (old.allowed !== now.allowed) differences.push({ index, before: old, after: now });
  }
  return differences;
}
