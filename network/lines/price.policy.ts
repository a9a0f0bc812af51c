import {
  accepted,
  type Currency,
  type Dimensions,
  type Instant,
  type Money,
  type Outcome,
  refused,
  scaleMinor,
  subtractMoney,
  volumetricGrams,
} from '../kernel/index.ts';
import { type CompiledLine, type CompiledRate, type CompiledTable, findTable } from './compiled-line.ts';
import { type ExchangeRate, findConverted } from './exchange.ts';
import type { GoodsClass, Place, Surcharge, VolumetricRule } from './model.ts';

/** One piece: weight in grams (positive integer), size in mm when known, what is inside. */
export type PricedParcel = {
  readonly weightGrams: number;
  readonly dimensions?: Dimensions | undefined;
  readonly goodsClasses: readonly GoodsClass[];
};

/**
 * What pricing needs besides the parcels. `codAmount` and `insuredAmount` may be in another currency than the table
 * when `rates` has a rate. `redeliveries`, `storageDays`: what has already happened, 0 when quoting.
 */
export type PriceContext = {
  readonly origin: Place;
  readonly destination: Place;
  readonly purpose?: 'outbound' | 'return';
  readonly codAmount?: Money | undefined;
  readonly insuredAmount?: Money | undefined;
  readonly redeliveries?: number;
  readonly storageDays?: number;
  readonly rates?: readonly ExchangeRate[];
};

export type ChargeType = 'freight' | 'registration' | Surcharge['type'] | 'tax';

/** Why a charge is what it is: enough to compute it again by hand. */
export type ChargeBasis = {
  readonly zone?: string;
  readonly chargeableGrams?: number;
  readonly stepCount?: number;
  readonly microsPerGram?: number;
  readonly rateBp?: number;
  readonly baseMinor?: number;
  readonly count?: number;
  readonly taxKind?: string;
};

/** One typed line of a price. `parcel`: index of the piece, absent for charges of the whole shipment. */
export type ChargeLine = {
  readonly type: ChargeType;
  readonly label: string;
  readonly amount: Money;
  readonly parcel?: number;
  readonly basis: ChargeBasis;
};

/** `total` = `net` + tax = sum of all charges. `chargeableGrams` by parcel, in the order given. */
export type Price = {
  readonly tableCode: string;
  readonly zone: string;
  readonly charges: readonly ChargeLine[];
  readonly chargeableGrams: readonly number[];
  readonly net: Money;
  readonly total: Money;
};

export type PriceRejection =
  | 'no_goods'
  | 'no_price_on_date'
  | 'no_price_zone'
  | 'over_weight'
  | 'exchange_rate_missing';

const LABELS: Readonly<Record<ChargeType, string>> = {
  freight: 'Freight',
  registration: 'Registration fee',
  remote: 'Remote area surcharge',
  fuel: 'Fuel surcharge',
  battery: 'Battery surcharge',
  oversize: 'Oversize surcharge',
  peak: 'Peak period surcharge',
  redelivery: 'Redelivery',
  return: 'Return freight',
  storage: 'Storage',
  cod: 'Cash on delivery fee',
  insurance: 'Insurance',
  tax: 'Tax',
};

/**
 * Prices parcels over a line by its selling or buying table in force at `at`. Integers only; every charge is rounded
 * by itself, half away from zero, in `quotient` and nowhere else, and the total is the sum of the rounded charges.
 * Each piece is priced alone, so that the order of pieces never matters. Throws RangeError for a weight that is not
 * a positive integer: bodies are checked by the contract before.
 */
export function priceParcels(
  line: CompiledLine,
  which: 'selling' | 'buying',
  parcels: readonly PricedParcel[],
  context: PriceContext,
  at: Instant,
): Outcome<Price, PriceRejection> {
  if (parcels.length === 0) return refused('no_goods', 'There is no parcel to price.');
  const table = findTable(line[which], at);
  if (table === undefined) return refused('no_price_on_date', `No ${which} table is in force at ${at}.`);
  const zone = table.zoneOf(context.origin, context.destination);
  const rate = zone === undefined ? undefined : table.rates.get(zone);
  if (zone === undefined || rate === undefined) {
    return refused('no_price_zone', `Table ${table.table.code} prices no zone for this pair of places.`);
  }
  const sheet = new Sheet(table.table.currency, zone);
  const chargeableGrams: number[] = [];
  for (const [index, parcel] of parcels.entries()) {
    const grams = chargeableWeight(line.line.volumetric, parcel);
    const billed = chargeFreight(sheet, rate, grams, index);
    if (billed === undefined) {
      return refused(
        'over_weight',
        `Parcel ${index + 1} of ${grams} g is over the last band of zone ${zone}.`,
      );
    }
    chargeableGrams.push(billed);
    chargeParcelSurcharges(sheet, table, parcel, index, context, at);
  }
  const missing = chargeShipmentSurcharges(sheet, table, context, at);
  if (missing !== undefined) {
    return refused('exchange_rate_missing', `No rate from ${missing} to ${table.table.currency} at ${at}.`);
  }
  const net = sheet.total();
  chargeTax(sheet, line, context, at, net.amountMinor);
  return accepted({
    tableCode: table.table.code,
    zone,
    charges: sheet.charges,
    chargeableGrams,
    net,
    total: sheet.total(),
  });
}

/**
 * Weight that the tariff looks at, before rounding to steps. A piece without dimensions counts by its weight.
 * Throws RangeError for a weight that is not a positive safe integer.
 */
export function chargeableWeight(rule: VolumetricRule, parcel: PricedParcel): number {
  const { weightGrams, dimensions } = parcel;
  if (!Number.isSafeInteger(weightGrams) || weightGrams < 1) {
    throw new RangeError('a weight is a positive integer of grams');
  }
  if (rule.kind === 'none' || dimensions === undefined) return weightGrams;
  const volumetric = volumetricGrams(dimensions, rule.divisor);
  const counts =
    rule.kind === 'max' ||
    (rule.kind === 'if_over_actual' && volumetric > rule.times * weightGrams) ||
    (rule.kind === 'if_side_over' &&
      Math.max(dimensions.lengthMm, dimensions.widthMm, dimensions.heightMm) > rule.sideMm);
  return counts ? Math.max(weightGrams, volumetric) : weightGrams;
}

/** What the network keeps: selling net minus buying net, without tax; undefined when the currencies differ. */
export function marginOf(selling: Price, buying: Price): Money | undefined {
  if (selling.net.currency !== buying.net.currency) return undefined;
  return subtractMoney(selling.net, buying.net);
}

/** The charges under construction, all in one currency and zone. */
class Sheet {
  readonly charges: ChargeLine[] = [];
  readonly currency: Currency;
  readonly zone: string;
  #sumMinor = 0;
  /** Freight and registration per parcel: the base of fuel and return percentages. */
  readonly freightMinor: number[] = [];

  constructor(currency: Currency, zone: string) {
    this.currency = currency;
    this.zone = zone;
  }

  add(type: ChargeType, amountMinor: number, basis: ChargeBasis, parcel?: number): void {
    if (!Number.isSafeInteger(amountMinor)) throw new RangeError('a charge is a safe integer of minor units');
    this.#sumMinor += amountMinor;
    const amount = { amountMinor, currency: this.currency };
    const label = LABELS[type];
    this.charges.push(
      parcel === undefined ? { type, label, amount, basis } : { type, label, amount, parcel, basis },
    );
    if (parcel !== undefined && (type === 'freight' || type === 'registration')) {
      this.freightMinor[parcel] = (this.freightMinor[parcel] ?? 0) + amountMinor;
    }
  }

  total(): Money {
    return { amountMinor: this.#sumMinor, currency: this.currency };
  }
}

/** Adds the freight of one piece; answers the billed grams, or undefined when no band holds them. */
function chargeFreight(sheet: Sheet, rate: CompiledRate, grams: number, parcel: number): number | undefined {
  const { zone } = sheet;
  switch (rate.kind) {
    case 'first_and_step': {
      const stepCount = Math.max(0, Math.ceil((grams - rate.firstGrams) / rate.stepGrams));
      const chargeableGrams = rate.firstGrams + stepCount * rate.stepGrams;
      sheet.add(
        'freight',
        rate.firstMinor + stepCount * rate.stepMinor,
        { zone, chargeableGrams, stepCount },
        parcel,
      );
      return chargeableGrams;
    }
    case 'per_gram': {
      const { roundUpToGrams, microsPerGram } = rate;
      const chargeableGrams = Math.max(rate.minimumGrams, Math.ceil(grams / roundUpToGrams) * roundUpToGrams);
      if (rate.registrationMinor > 0) sheet.add('registration', rate.registrationMinor, { zone }, parcel);
      const amountMinor = quotient(chargeableGrams, microsPerGram, 1_000_000);
      sheet.add('freight', amountMinor, { zone, chargeableGrams, microsPerGram }, parcel);
      return chargeableGrams;
    }
    case 'bands': {
      const band = rate.bands.find(({ upToGrams }) => grams <= upToGrams);
      if (band === undefined) return undefined;
      sheet.add('freight', band.amountMinor, { zone, chargeableGrams: grams }, parcel);
      return grams;
    }
  }
}

function chargeParcelSurcharges(
  sheet: Sheet,
  table: CompiledTable,
  parcel: PricedParcel,
  index: number,
  context: PriceContext,
  at: Instant,
): void {
  const baseMinor = sheet.freightMinor[index] ?? 0;
  for (const { surcharge, areaOf } of table.surcharges) {
    switch (surcharge.type) {
      case 'remote':
        if (areaOf?.(context.destination)) sheet.add('remote', surcharge.amountMinor, {}, index);
        break;
      case 'fuel':
        addShare(sheet, 'fuel', baseMinor, surcharge.rateBp, index);
        break;
      case 'battery':
        if (hasBattery(parcel)) sheet.add('battery', surcharge.amountMinor, {}, index);
        break;
      case 'oversize':
        if (longestSide(parcel) > surcharge.sideOverMm)
          sheet.add('oversize', surcharge.amountMinor, {}, index);
        break;
      case 'peak':
        if (surcharge.from <= at && at < surcharge.to) sheet.add('peak', surcharge.amountMinor, {}, index);
        break;
      case 'return':
        if (context.purpose === 'return') addShare(sheet, 'return', baseMinor, surcharge.rateBp, index);
        break;
      default:
    }
  }
}

/** Charges of the whole shipment; answers the currency for which a rate is missing. */
function chargeShipmentSurcharges(
  sheet: Sheet,
  { table, surcharges }: CompiledTable,
  context: PriceContext,
  at: Instant,
): Currency | undefined {
  for (const { surcharge } of surcharges) {
    if (surcharge.type === 'redelivery' || surcharge.type === 'storage') {
      const [done = 0, free, amountMinor] =
        surcharge.type === 'redelivery'
          ? [context.redeliveries, surcharge.freeAttempts, surcharge.amountMinor]
          : [context.storageDays, surcharge.freeDays, surcharge.amountMinorPerDay];
      const count = Math.max(0, done - free);
      if (count > 0) sheet.add(surcharge.type, count * amountMinor, { count });
    }
    if (surcharge.type === 'cod' || surcharge.type === 'insurance') {
      const amount = surcharge.type === 'cod' ? context.codAmount : context.insuredAmount;
      if (amount === undefined) continue;
      const base = findConverted(amount, table.currency, context.rates ?? [], at);
      if (base === undefined) return amount.currency;
      const { rateBp, minimumMinor } = surcharge;
      const share = quotient(base.amountMinor, rateBp, 10_000);
      sheet.add(surcharge.type, Math.max(minimumMinor, share), { rateBp, baseMinor: base.amountMinor });
    }
  }
  return undefined;
}

/** Tax is a typed line of its own, on the sum of all charges; a rate for the exact pair wins over `*`. */
function chargeTax(
  sheet: Sheet,
  line: CompiledLine,
  context: PriceContext,
  at: Instant,
  baseMinor: number,
): void {
  let best: (typeof line.line.taxes)[number] | undefined;
  let bestRank = -1;
  for (const rate of line.line.taxes) {
    if (rate.from > at || (rate.to !== undefined && rate.to <= at)) continue;
    if (rate.origin !== '*' && rate.origin !== context.origin.country) continue;
    if (rate.destination !== '*' && rate.destination !== context.destination.country) continue;
    const rank = (rate.origin === '*' ? 0 : 2) + (rate.destination === '*' ? 0 : 1);
    if (rank > bestRank) [best, bestRank] = [rate, rank];
  }
  if (best === undefined) return;
  const { rateBp, kind } = best;
  sheet.add('tax', quotient(baseMinor, rateBp, 10_000), { rateBp, baseMinor, taxKind: kind });
}

function addShare(sheet: Sheet, type: ChargeType, baseMinor: number, rateBp: number, parcel: number): void {
  sheet.add(type, quotient(baseMinor, rateBp, 10_000), { rateBp, baseMinor }, parcel);
}

/**
 * The only place where a price is rounded: `amount x numerator / denominator`, half away from zero. Exact: safe
 * integers take the remainder, larger products go through BigInt.
 */
function quotient(amount: number, numerator: number, denominator: number): number {
  const product = amount * numerator;
  if (product < 0 || product > Number.MAX_SAFE_INTEGER) return scaleMinor(amount, numerator, denominator);
  const rest = product % denominator;
  return (product - rest) / denominator + (2 * rest >= denominator ? 1 : 0);
}

function hasBattery(parcel: PricedParcel): boolean {
  return parcel.goodsClasses.includes('battery_contained') || parcel.goodsClasses.includes('battery_only');
}

function longestSide({ dimensions }: PricedParcel): number {
  return dimensions === undefined
    ? 0
    : Math.max(dimensions.lengthMm, dimensions.widthMm, dimensions.heightMm);
}
