import { isInsideShare } from '../carriers/index.ts';
import type { Instant, Money } from '../kernel/index.ts';
import {
  type CompiledLine,
  type DutyPathDocument,
  type ExchangeRate,
  explainReason,
  findConverted,
  findDutyPath,
  findPromisedInterval,
  type GoodsClass,
  judgeMarketPolicy,
  type MarketPolicyDocument,
  missingCustomsFields,
  priceParcels,
  whyNot,
} from '../lines/index.ts';
import { canonicalJson } from '../rulebooks/index.ts';
import { destinationZone } from '../tracking/index.ts';
import type { LineOffer, LineRefusal, OfferRequest, RefusalReason } from './model.ts';

/** What the search must know besides the request. Given, never fetched: the search is pure. */
export type SearchFacts = {
  readonly at: Instant;
  readonly lines: readonly CompiledLine[];
  /** How many of 100 orders a carrier may be given: 0 when it takes none here. */
  readonly orderSharePercent: (carrierCode: string) => number;
  /** Who asks: the marketplace and its merchant. Undefined for a quick quote, which is for no order: nothing is shared out. */
  readonly asker: string | undefined;
  readonly marketPolicy: { readonly document: MarketPolicyDocument; readonly versionId: string } | undefined;
  readonly dutyPaths: DutyPathDocument | undefined;
  /** Live keys need an active duty rule on a cross-border lane; the test world may ship without one. */
  readonly dutyPathRequired: boolean;
  /** A quick quote asks for the price only, not for what customs will need. */
  readonly papersRequired: boolean;
  readonly rates: readonly ExchangeRate[];
};

export type SearchResult = {
  /** Best first. `buying` is the carrier's price of the same parcels without tax; undefined when it has no table for them. */
  readonly offers: readonly { readonly offer: LineOffer; readonly buying: Money | undefined }[];
  readonly refused: readonly LineRefusal[];
};

/** Every line that can take the parcels, best first, and every line that cannot, with all its reasons. */
export function searchLines(request: OfferRequest, facts: SearchFacts): SearchResult {
  const offers: { offer: LineOffer; buying: Money | undefined }[] = [];
  const refused: LineRefusal[] = [];
  const clock = destinationZone(request.to);
  for (const line of facts.lines) {
    const reasons = reasonsAgainst(line, request, facts);
    const priced = reasons.length > 0 ? undefined : priceLine(line, request, facts, clock);
    if (priced !== undefined && 'offer' in priced) offers.push(priced);
    else refused.push({ lineCode: line.line.code, reasons: priced === undefined ? reasons : [priced] });
  }
  return { offers: rank(offers, facts), refused };
}

function reasonsAgainst(line: CompiledLine, request: OfferRequest, facts: SearchFacts): RefusalReason[] {
  const goodsClasses = classesOf(request);
  const reasons: RefusalReason[] = whyNot(
    line,
    {
      at: facts.at,
      origin: request.from,
      destination: request.to,
      parcels:
        request.goods.length === 0
          ? []
          : request.parcels.map((parcel) => ({
              weightGrams: parcel.weightGrams,
              dimensions: parcel.size,
              goodsClasses,
            })),
      declaredValue: declaredValue(request),
      rates: facts.rates,
    },
    facts.orderSharePercent(line.line.carrierCode) > 0,
  ).map((reason) => ({ ...reason, message: explainReason(reason) }));
  reasons.push(
    ...shareReasons(line, request, facts),
    ...marketReasons(line, request, facts, goodsClasses),
    ...customsReasons(line, request, facts),
  );
  return reasons;
}

/** A carrier on trial or restricted gets a share of the orders, drawn by order: the same order is answered alike. */
function shareReasons(line: CompiledLine, request: OfferRequest, facts: SearchFacts): RefusalReason[] {
  const { carrierCode } = line.line;
  const percent = facts.orderSharePercent(carrierCode);
  // Nearly all carriers have all: what a draw is about costs more than the rest of the line.
  if (percent >= 100 || percent === 0 || facts.asker === undefined) return [];
  if (isInsideShare(percent, carrierCode, demandOf(facts.asker, request))) return [];
  return [
    {
      code: 'outside_carrier_share',
      message: `The carrier of this line is given ${percent} of 100 orders for now, and this one is not among them.`,
      actual: carrierCode,
      limit: percent,
    },
  ];
}

/**
 * What a draw is about: the merchant's order, else the parcels and their way. What is asked beside (ready when, insured,
 * on delivery) changes nothing of it, so that a merchant who tries variants sees the same carriers.
 */
function demandOf(asker: string, { orderRef, from, to, parcels, goods }: OfferRequest): string {
  return canonicalJson(orderRef === undefined ? { asker, from, to, parcels, goods } : { asker, orderRef });
}

function marketReasons(
  line: CompiledLine,
  request: OfferRequest,
  facts: SearchFacts,
  goodsClasses: readonly GoodsClass[],
): RefusalReason[] {
  if (facts.marketPolicy === undefined || request.orderAmount === undefined) return [];
  const verdict = judgeMarketPolicy(facts.marketPolicy.document, {
    at: facts.at,
    destination: request.to.country,
    amountPaid: request.orderAmount,
    goodsClasses,
    serviceClass: line.line.serviceClass,
    online: line.line.online,
    lineTags: line.line.tags,
    rates: facts.rates,
  });
  if (verdict.allowed) return [];
  return [
    {
      code: 'market_policy_refuses',
      message: verdict.reason,
      ruleId: verdict.ruleId,
      ruleVersion: facts.marketPolicy.versionId,
    },
  ];
}

function customsReasons(line: CompiledLine, request: OfferRequest, facts: SearchFacts): RefusalReason[] {
  const reasons: RefusalReason[] = [];
  const path =
    facts.dutyPaths === undefined
      ? undefined
      : findDutyPath(
          facts.dutyPaths,
          { origin: request.from.country, destination: request.to.country },
          facts.at,
        );
  if (path === undefined && facts.dutyPathRequired) {
    reasons.push({
      code: 'customs_path_missing',
      message: `No customs rule is in force for ${request.from.country} to ${request.to.country}; the operator must add one before live parcels go.`,
    });
  }
  if (!facts.papersRequired) return reasons;
  const missing = missingCustomsFields(line, request.to.country, {
    everyItemHasHs6: request.goods.every((item) => item.hs6 !== undefined),
    incoterm: request.incoterm,
    taxIdKinds: request.taxIdKinds ?? [],
  });
  for (const field of missing)
    reasons.push({
      code: 'customs_data_missing',
      message: `This line needs ${field} for ${request.to.country}.`,
      actual: field,
    });
  return reasons;
}

function priceLine(
  line: CompiledLine,
  request: OfferRequest,
  facts: SearchFacts,
  clock: string | undefined,
): { offer: LineOffer; buying: Money | undefined } | RefusalReason {
  const goodsClasses = classesOf(request);
  const parcels = request.parcels.map((parcel) => ({
    weightGrams: parcel.weightGrams,
    dimensions: parcel.size,
    goodsClasses,
  }));
  const context = {
    origin: request.from,
    destination: request.to,
    codAmount: request.cashOnDelivery,
    insuredAmount: request.insuredAmount,
    rates: facts.rates,
  };
  const selling = priceParcels(line, 'selling', parcels, context, facts.at);
  if (!selling.ok) return { code: selling.rejection.code, message: selling.rejection.detail };
  const buying = priceParcels(line, 'buying', parcels, context, facts.at);
  const promise = findPromisedInterval(line, selling.value.zone, request.readyAt ?? facts.at, clock);
  if (promise === undefined)
    return { code: 'no_promise', message: `The line promises nothing for zone ${selling.value.zone}.` };
  const offer: LineOffer = {
    lineCode: line.line.code,
    lineVersion: line.version,
    lineNames: line.line.names,
    carrierCode: line.line.carrierCode,
    serviceClass: line.line.serviceClass,
    online: line.line.online,
    zone: selling.value.zone,
    tableCode: selling.value.tableCode,
    charges: selling.value.charges,
    chargeableGrams: selling.value.chargeableGrams,
    total: selling.value.total,
    promise: { ...promise, guaranteed: line.line.promise.guarantee !== undefined },
    handoverChoices: line.line.handover,
  };
  return { offer, buying: buying.ok ? buying.value.net : undefined };
}

function classesOf(request: OfferRequest): GoodsClass[] {
  return [...new Set(request.goods.map((item) => item.goodsClass))];
}

/** Undefined when an item has no value, or values come in several currencies: the line then cannot judge it. */
function declaredValue(request: OfferRequest): Money | undefined {
  const first = request.goods[0]?.unitValue;
  if (first === undefined) return undefined;
  let sum = 0;
  for (const item of request.goods) {
    if (item.unitValue?.currency !== first.currency) return undefined;
    sum += item.unitValue.amountMinor * item.quantity;
  }
  return { amountMinor: sum, currency: first.currency };
}

/**
 * What a promised day is worth when lines are compared: EUR 0.30 (our default: between the EUR 2 next-day and the
 * cheapest cross-border line a fortnight later lie about EUR 4). The best offer has the lowest price plus days x worth.
 */
const DAY_WORTH: Money = { amountMinor: 30, currency: 'EUR' as Money['currency'] };

function rank(offers: { offer: LineOffer; buying: Money | undefined }[], facts: SearchFacts) {
  const scored = offers.map((entry) => {
    const inEuro = findConverted(entry.offer.total, DAY_WORTH.currency, facts.rates, facts.at)?.amountMinor;
    const days = entry.offer.promise.maxDays;
    return {
      entry,
      comparable: inEuro !== undefined,
      score:
        (inEuro ?? entry.offer.total.amountMinor) + (inEuro === undefined ? 0 : days * DAY_WORTH.amountMinor),
    };
  });
  scored.sort(
    (a, b) =>
      Number(b.comparable) - Number(a.comparable) ||
      a.score - b.score ||
      a.entry.offer.promise.maxDays - b.entry.offer.promise.maxDays ||
      a.entry.offer.lineCode.localeCompare(b.entry.offer.lineCode),
  );
  return scored.map((item) => item.entry);
}
