import { type Instant, lengthPlusGirthMm, type Money, volumeMm3 } from '../kernel/index.ts';
import { type CompiledLine, findTable, isInForce } from './compiled-line.ts';
import { type ExchangeRate, findConverted } from './exchange.ts';
import type { Incoterm, Place } from './model.ts';
import { chargeableWeight, type PricedParcel } from './price.policy.ts';

/** What a line is asked to carry. `rates` only serve to compare a declared value in another currency. */
export type LineRequest = {
  readonly at: Instant;
  readonly origin: Place;
  readonly destination: Place;
  readonly parcels: readonly PricedParcel[];
  readonly declaredValue?: Money | undefined;
  readonly rates?: readonly ExchangeRate[] | undefined;
};

export const REASON_CODES = [
  'carrier_cannot_take_orders',
  'declared_value_too_high',
  'destination_not_served',
  'dimensions_missing',
  'exchange_rate_missing',
  'girth_too_long',
  'goods_class_refused',
  'no_goods',
  'no_price_on_date',
  'no_price_zone',
  'not_valid_on_date',
  'origin_not_served',
  'over_weight',
  'postcode_missing',
  'side_too_long',
  'sum_of_sides_too_long',
  'under_weight',
  'volume_too_large',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** Why not: a stable code, the piece it is about (index), and the numbers: what there was and what is allowed. */
export type Reason = {
  readonly code: ReasonCode;
  readonly parcel?: number;
  readonly actual?: number | string;
  readonly limit?: number | string;
};

/**
 * Every reason why a line cannot carry a request, not only the first; empty when it can. `carrierTakesOrders` is a
 * fact of the registry (native or connector). Never throws for odd places or sizes; a weight that is not a positive
 * integer is reported as `under_weight`.
 */
export function whyNot(
  compiled: CompiledLine,
  request: LineRequest,
  carrierTakesOrders: boolean,
): readonly Reason[] {
  const { line } = compiled;
  const { at, origin, destination, parcels } = request;
  const reasons: Reason[] = [];
  if (!carrierTakesOrders) reasons.push({ code: 'carrier_cannot_take_orders', actual: line.carrierCode });
  if (!isInForce(line, at)) reasons.push({ code: 'not_valid_on_date', actual: at, limit: line.validFrom });
  if (parcels.length === 0) reasons.push({ code: 'no_goods' });
  if (compiled.servesOrigin(origin) !== true) {
    reasons.push({ code: 'origin_not_served', actual: origin.country });
  }
  if (!compiled.servesDestination(destination)) {
    reasons.push({ code: 'destination_not_served', actual: destination.country });
  }
  if (line.limits.postcodeRequired && !destination.postcode) {
    reasons.push({ code: 'postcode_missing', actual: destination.country });
  }
  parcels.forEach((parcel, index) => {
    parcelReasons(compiled, parcel, index, reasons);
  });
  valueReasons(compiled, request, reasons);
  priceReasons(compiled, request, reasons);
  return reasons;
}

function parcelReasons(compiled: CompiledLine, parcel: PricedParcel, index: number, reasons: Reason[]): void {
  const { limits } = compiled.line;
  const { weightGrams, dimensions } = parcel;
  const over = (code: ReasonCode, actual: number, limit: number | undefined) => {
    if (limit !== undefined && actual > limit) reasons.push({ code, parcel: index, actual, limit });
  };
  const minimum = Math.max(1, limits.minWeightGrams ?? 1);
  if (!(weightGrams >= minimum)) {
    reasons.push({ code: 'under_weight', parcel: index, actual: weightGrams, limit: minimum });
  }
  over('over_weight', weightGrams, limits.maxWeightGrams);
  if (dimensions === undefined) {
    if (limits.dimensionsRequired) reasons.push({ code: 'dimensions_missing', parcel: index });
  } else {
    const { lengthMm, widthMm, heightMm } = dimensions;
    over('side_too_long', Math.max(lengthMm, widthMm, heightMm), limits.maxSideMm);
    over('sum_of_sides_too_long', lengthMm + widthMm + heightMm, limits.maxSumOfSidesMm);
    over('girth_too_long', lengthPlusGirthMm(dimensions), limits.maxLengthPlusGirthMm);
    over('volume_too_large', volumeMm3(dimensions), limits.maxVolumeMm3);
  }
  for (const goods of parcel.goodsClasses) {
    if (!compiled.goodsClasses.has(goods)) {
      reasons.push({ code: 'goods_class_refused', parcel: index, actual: goods });
    }
  }
}

function valueReasons({ line }: CompiledLine, request: LineRequest, reasons: Reason[]): void {
  const limit = line.limits.maxDeclaredValue;
  const { declaredValue } = request;
  if (limit === undefined || declaredValue === undefined) return;
  const value = findConverted(declaredValue, limit.currency, request.rates ?? [], request.at);
  if (value === undefined) {
    reasons.push({ code: 'exchange_rate_missing', actual: declaredValue.currency, limit: limit.currency });
  } else if (value.amountMinor > limit.amountMinor) {
    reasons.push({ code: 'declared_value_too_high', actual: value.amountMinor, limit: limit.amountMinor });
  }
}

/** A line that serves a place but has no price for it must say so, not fail when it is priced. */
function priceReasons(compiled: CompiledLine, request: LineRequest, reasons: Reason[]): void {
  const table = findTable(compiled.selling, request.at);
  if (table === undefined) {
    reasons.push({ code: 'no_price_on_date', actual: request.at });
    return;
  }
  const zone = table.zoneOf(request.origin, request.destination);
  const rate = zone === undefined ? undefined : table.rates.get(zone);
  if (rate === undefined) {
    const { country, postcode } = request.destination;
    reasons.push({
      code: 'no_price_zone',
      actual: postcode === undefined ? country : `${country} ${postcode}`,
    });
    return;
  }
  const last = rate.kind === 'bands' ? rate.bands.at(-1)?.upToGrams : undefined;
  if (last === undefined) return;
  for (const [parcel, piece] of request.parcels.entries()) {
    if (!(piece.weightGrams >= 1) || piece.weightGrams > compiled.line.limits.maxWeightGrams) continue;
    const actual = chargeableWeight(compiled.line.volumetric, {
      ...piece,
      weightGrams: Math.ceil(piece.weightGrams),
    });
    if (actual > last) reasons.push({ code: 'over_weight', parcel, actual, limit: last });
  }
}

/** What a declaration brings, as far as it is known when a shipment is bought. */
export type DeclarationFacts = {
  readonly everyItemHasHs6: boolean;
  readonly incoterm?: Incoterm | undefined;
  readonly taxIdKinds: readonly string[];
};

/** Which customs data the line still needs for a destination; empty for domestic lines. */
export function missingCustomsFields(
  { line }: CompiledLine,
  destinationCountry: string,
  facts: DeclarationFacts,
): readonly string[] {
  const needs = line.customs;
  if (needs === undefined) return [];
  const missing: string[] = [];
  if (needs.hs6 && !facts.everyItemHasHs6) missing.push('hs6');
  if (facts.incoterm === undefined || !needs.incoterms.includes(facts.incoterm)) missing.push('incoterm');
  for (const { country, kind } of needs.taxIds) {
    if (country === destinationCountry && !facts.taxIdKinds.includes(kind)) missing.push(kind);
  }
  return missing;
}

const SENTENCES: Readonly<Partial<Record<Reason['code'], string>>> = {
  carrier_cannot_take_orders: 'The carrier of this line takes no orders here.',
  declared_value_too_high: 'The declared value is above what the line carries.',
  destination_not_served: 'The line does not go there.',
  origin_not_served: 'The line does not start there.',
  dimensions_missing: 'The line needs the size of each parcel.',
  girth_too_long: 'Length and girth are above the limit.',
  goods_class_refused: 'The line does not carry this class of goods.',
  no_goods: 'There are no goods to send.',
  no_price_zone: 'The line has no price for this pair of places.',
  no_price_on_date: 'The line has no price on this date.',
  not_valid_on_date: 'The line is not in force on this date.',
  over_weight: 'The parcel is heavier than the line takes.',
  under_weight: 'The parcel has no weight, or less than the line takes.',
  postcode_missing: 'The line needs the postcode of the destination.',
  side_too_long: 'A side is longer than the line takes.',
};

/** A reason in one sentence, with its numbers. */
export function explainReason(reason: Reason): string {
  const sentence = SENTENCES[reason.code] ?? `${reason.code.replaceAll('_', ' ')}.`;
  const numbers =
    reason.limit === undefined
      ? ''
      : ` Limit ${reason.limit}${reason.actual === undefined ? '' : `, here ${reason.actual}`}.`;
  return sentence + numbers;
}
