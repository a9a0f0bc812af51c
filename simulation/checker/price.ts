import type { TruthOrder, TruthPlace } from '../truth.ts';

/*
 * What an order's freight comes to, by the line's published selling table and the rules of domain reference 2.5, as a
 * merchant with a calculator would work it out. Nothing of the network's own pricing is used.
 */

type Area = {
  readonly country: string;
  readonly divisions?: readonly string[] | undefined;
  readonly postcode_prefixes?: readonly string[] | undefined;
  readonly postcode_ranges?: readonly { readonly from: string; readonly to: string }[] | undefined;
};
type Region = { readonly code: string; readonly group?: string | undefined; readonly areas: readonly Area[] };
type Rate = {
  readonly zone: string;
  readonly first_grams?: number;
  readonly first_minor?: number;
  readonly step_grams?: number;
  readonly step_minor?: number;
  readonly registration_minor?: number;
  readonly micros_per_gram?: number;
  readonly bands?: readonly { readonly up_to_grams: number; readonly amount_minor: number }[];
};
type Surcharge = {
  readonly type: string;
  readonly rate_bp?: number;
  readonly minimum_minor?: number;
  readonly amount_minor?: number;
  readonly side_over_mm?: number;
  readonly areas?: readonly Area[];
};
/** The part of a line's published face that a price needs. */
export type PublishedLine = {
  readonly code: string;
  readonly service_class: string;
  readonly tags: readonly string[];
  readonly volumetric: {
    readonly kind: string;
    readonly divisor?: number;
    readonly times?: number;
  };
  readonly selling: readonly {
    readonly currency: string;
    readonly valid_from: string;
    readonly zones: {
      readonly regions: readonly Region[];
      readonly rule: {
        readonly kind: string;
        readonly same_region?: string;
        readonly same_group?: string;
        readonly group_pairs?: Readonly<Record<string, string>>;
        readonly otherwise?: string;
      };
    };
    readonly sheet: {
      readonly kind: string;
      readonly round_up_to_grams?: number;
      readonly minimum_grams?: number;
      readonly rates: readonly Rate[];
    };
    readonly surcharges: readonly Surcharge[];
  }[];
  readonly taxes: readonly {
    readonly origin: string;
    readonly destination: string;
    readonly rate_bp: number;
  }[];
};

/** The whole charge in minor units; undefined when the table prices no such journey. */
export function priceOf(line: PublishedLine, order: TruthOrder): number | undefined {
  const table = line.selling[0];
  if (table === undefined) return undefined;
  const zone = zoneOf(table.zones, order.from, order.to);
  const rate = table.sheet.rates.find((one) => one.zone === zone);
  if (rate === undefined) return undefined;
  let net = 0;
  for (const parcel of order.parcels) {
    const size = parcel.measuredSize ?? parcel.declaredSize;
    const grams = billedGrams(line, billedWeight(parcel.declaredGrams, parcel.measuredGrams), size);
    const freight = freightOf(table.sheet, rate, grams);
    if (freight === undefined) return undefined;
    net += freight;
    for (const surcharge of table.surcharges) net += surchargeOf(surcharge, freight, order, size);
  }
  // Once for the shipment: a share of what is taken at the door, at least a minimum.
  for (const { type, rate_bp: rate = 0, minimum_minor: least = 0 } of table.surcharges)
    if (type === 'cod' && order.cash !== undefined)
      net += Math.max(least, share(order.cash.amount_minor, rate));
  const tax = line.taxes.find(
    (one) =>
      [order.from.country, '*'].includes(one.origin) && [order.to.country, '*'].includes(one.destination),
  );
  return net + share(net, tax?.rate_bp ?? 0);
}

/** Re-weigh tolerance: within the larger of 10 g and 3 % what was declared is billed, above it what was measured. */
export function billedWeight(declared: number, measured: number | undefined): number {
  if (measured === undefined) return declared;
  const difference = Math.abs(measured - declared);
  return difference <= 10 || difference * 100 <= declared * 3 ? declared : measured;
}

type Box = { readonly length_mm: number; readonly width_mm: number; readonly height_mm: number };

function billedGrams({ volumetric }: PublishedLine, grams: number, size: Box | undefined): number {
  if (size === undefined || volumetric.kind === 'none' || volumetric.divisor === undefined) return grams;
  // cm3 per kilogram: mm3 / divisor is grams; a started gram counts.
  const volume = Math.ceil((size.length_mm * size.width_mm * size.height_mm) / volumetric.divisor);
  const counts = volumetric.kind === 'max' || volume > (volumetric.times ?? 1) * grams;
  return counts ? Math.max(grams, volume) : grams;
}

function freightOf(
  sheet: PublishedLine['selling'][number]['sheet'],
  rate: Rate,
  grams: number,
): number | undefined {
  if (sheet.kind === 'first_and_step') {
    const {
      first_grams: first = 0,
      step_grams: step = 1,
      first_minor: base = 0,
      step_minor: each = 0,
    } = rate;
    return base + Math.max(0, Math.ceil((grams - first) / step)) * each;
  }
  if (sheet.kind === 'per_gram') {
    const unit = sheet.round_up_to_grams ?? 1;
    const counted = Math.max(sheet.minimum_grams ?? 0, Math.ceil(grams / unit) * unit);
    return (rate.registration_minor ?? 0) + halfUp(counted * (rate.micros_per_gram ?? 0), 1_000_000);
  }
  return rate.bands?.find((band) => grams <= band.up_to_grams)?.amount_minor;
}

function surchargeOf(
  surcharge: Surcharge,
  freight: number,
  order: TruthOrder,
  size: Box | undefined,
): number {
  const { amount_minor: amount = 0 } = surcharge;
  switch (surcharge.type) {
    case 'fuel':
      return share(freight, surcharge.rate_bp ?? 0);
    case 'battery':
      return order.goodsClass === 'battery_contained' ? amount : 0;
    case 'oversize': {
      const longest = size === undefined ? 0 : Math.max(size.length_mm, size.width_mm, size.height_mm);
      return longest > (surcharge.side_over_mm ?? Number.POSITIVE_INFINITY) ? amount : 0;
    }
    case 'remote':
      return surcharge.areas?.some((area) => lies(order.to, area)) ? amount : 0;
    default:
      // Returns, redelivery, storage and insurance: nothing of the kind happens on the way out here.
      return 0;
  }
}

type Zones = PublishedLine['selling'][number]['zones'];

function zoneOf({ regions, rule }: Zones, from: TruthPlace, to: TruthPlace): string | undefined {
  const regionOf = (place: TruthPlace) =>
    regions.find((region) => region.areas.some((area) => lies(place, area)));
  const destination = regionOf(to);
  if (rule.kind === 'by_destination') return destination?.code;
  const origin = regionOf(from);
  if (origin === undefined || destination === undefined) return undefined;
  if (origin.code === destination.code) return rule.same_region;
  if (origin.group !== undefined && origin.group === destination.group) return rule.same_group;
  const pair = `${origin.group ?? origin.code}>${destination.group ?? destination.code}`;
  return rule.group_pairs?.[pair] ?? rule.otherwise;
}

/** Postcodes decide where there are any; digits alone, because `01310-100` and `01310100` are one. */
function lies(place: TruthPlace, area: Area): boolean {
  if (area.country !== place.country) return false;
  const code = place.postcode.replace(/[^0-9A-Za-z]/g, '');
  if (area.postcode_ranges !== undefined)
    return area.postcode_ranges.some(({ from, to }) => {
      const head = code.slice(0, from.length);
      return from <= head && head <= to;
    });
  if (area.postcode_prefixes !== undefined && area.postcode_prefixes.length > 0)
    return area.postcode_prefixes.some((prefix) => code.startsWith(prefix));
  return true;
}

const share = (amount: number, basisPoints: number) => halfUp(amount * basisPoints, 10_000);
const halfUp = (numerator: number, denominator: number) =>
  Math.floor((2 * numerator + denominator) / (2 * denominator));
