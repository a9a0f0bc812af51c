import { instant } from '../kernel/index.ts';
import { formatsOf, getIssuer, type NumberFormat, obeysFormat } from '../numbers/index.ts';
import type { Carrier, TrackingSource } from './model.ts';

/*
 * Every carrier that the product's stories name, and our own native carriers. Names, number formats and tracking page
 * of each stand in `numbers`. Recognised by default are posts, UPS, DHL, FedEx, TNT, TOLL, SF and EMS, and online
 * delivery (source: domain reference 3.1). A client platform changes this by rows of its own.
 */

/** What the table of numbers knows of the carrier of the same code. */
function issued(code: string): Pick<Carrier, 'code' | 'names' | 'numberFormats' | 'trackingUrl'> {
  const { names, formats, trackingUrl } = getIssuer(code);
  return { code, names, numberFormats: formats, ...(trackingUrl === undefined ? {} : { trackingUrl }) };
}

const POSTS: readonly Carrier[] = [
  {
    ...issued('china_post'),
    kind: 'directly_operated',
    country: 'CN',
    sourceKind: 'POST',
    recognised: true,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('ems'),
    kind: 'directly_operated',
    country: 'CN',
    sourceKind: 'POST',
    recognised: true,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('usps'),
    kind: 'directly_operated',
    country: 'US',
    sourceKind: 'POST',
    recognised: true,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('singapore_post'),
    kind: 'directly_operated',
    country: 'SG',
    sourceKind: 'POST',
    recognised: true,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('correos'),
    kind: 'directly_operated',
    country: 'ES',
    sourceKind: 'POST',
    recognised: true,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('correios'),
    kind: 'directly_operated',
    country: 'BR',
    sourceKind: 'POST',
    recognised: true,
    orderIntake: 'tracking_only',
  },
];

const INTERNATIONAL_EXPRESS: readonly Carrier[] = [
  {
    ...issued('ups'),
    kind: 'directly_operated',
    country: 'US',
    sourceKind: 'EXPRESS',
    recognised: true,
    orderIntake: 'tracking_only',
  },
  {
    // One issuer of numbers, several networks: this is the express one.
    ...issued('dhl'),
    code: 'dhl_express',
    names: { en: 'DHL Express', zh: 'DHL国际快递' },
    kind: 'directly_operated',
    country: 'DE',
    numberFormats: formatsOf('dhl', 'dhl_express', 'dhl_express_piece_id'),
    sourceKind: 'EXPRESS',
    recognised: true,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('fedex'),
    kind: 'directly_operated',
    country: 'US',
    sourceKind: 'EXPRESS',
    recognised: true,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('tnt'),
    kind: 'directly_operated',
    country: 'NL',
    sourceKind: 'EXPRESS',
    recognised: true,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('toll'),
    kind: 'directly_operated',
    country: 'AU',
    sourceKind: 'EXPRESS',
    recognised: true,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('sf_express'),
    kind: 'directly_operated',
    country: 'CN',
    sourceKind: 'EXPRESS',
    recognised: true,
    orderIntake: 'tracking_only',
  },
];

const CROSS_BORDER: readonly Carrier[] = [
  {
    ...issued('4px'),
    kind: 'directly_operated',
    country: 'CN',
    sourceKind: 'AGGREGATOR',
    recognised: false,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('yanwen'),
    kind: 'directly_operated',
    country: 'CN',
    sourceKind: 'AGGREGATOR',
    recognised: false,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('cainiao'),
    kind: 'direct_with_outlets',
    country: 'CN',
    sourceKind: 'ONLINE_DELIVERY',
    recognised: true,
    orderIntake: 'tracking_only',
  },
];

const DOMESTIC_CHINA: readonly Carrier[] = [
  {
    ...issued('jd'),
    kind: 'directly_operated',
    country: 'CN',
    sourceKind: 'EXPRESS',
    recognised: false,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('zto'),
    kind: 'franchised',
    country: 'CN',
    sourceKind: 'EXPRESS',
    recognised: false,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('yto'),
    kind: 'franchised',
    country: 'CN',
    sourceKind: 'EXPRESS',
    recognised: false,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('sto'),
    kind: 'franchised',
    country: 'CN',
    sourceKind: 'EXPRESS',
    recognised: false,
    orderIntake: 'tracking_only',
  },
  {
    ...issued('yunda'),
    kind: 'franchised',
    country: 'CN',
    sourceKind: 'EXPRESS',
    recognised: false,
    orderIntake: 'tracking_only',
  },
];

/** Carriers that take orders here: own couriers and partners that work by our portal and API. */
const NATIVE: readonly Carrier[] = [
  nativeCarrier('postroad_express_cn', 'CN'),
  nativeCarrier('postroad_express_eu', 'NL'),
  nativeCarrier('postroad_express_br', 'BR'),
  nativeCarrier('postroad_line', 'CN'),
];

function nativeCarrier(code: string, country: string): Carrier {
  return {
    ...issued(code),
    kind: 'direct_with_outlets',
    country,
    sourceKind: 'ONLINE_DELIVERY',
    recognised: true,
    orderIntake: 'native',
  };
}

export const CARRIERS: readonly Carrier[] = [
  ...POSTS,
  ...INTERNATIONAL_EXPRESS,
  ...CROSS_BORDER,
  ...DOMESTIC_CHINA,
  ...NATIVE,
];

const BY_CODE: ReadonlyMap<string, Carrier> = new Map(CARRIERS.map((carrier) => [carrier.code, carrier]));

/** The shipped registry row of a code; undefined when there is none. */
export function findCarrier(code: string): Carrier | undefined {
  return BY_CODE.get(code);
}

/** As `findCarrier`; throws RangeError for a code that is not in the shipped registry. */
export function getCarrier(code: string): Carrier {
  const carrier = BY_CODE.get(code);
  if (carrier === undefined) throw new RangeError(`no carrier ${code} in the registry`);
  return carrier;
}

/** The first format of the carrier that the number obeys; undefined when none does: the number is not the carrier's. */
export function findNumberFormat(carrier: Carrier, number: string): NumberFormat | undefined {
  return carrier.numberFormats.find((format) => obeysFormat(format, number));
}

/** Recognition that holds where a client platform has no row of its own: one row per carrier, since 2016. */
export const SHIPPED_SOURCES: readonly TrackingSource[] = CARRIERS.map((carrier) => ({
  id: carrier.code,
  clientPlatform: 'default',
  kind: carrier.sourceKind,
  recognised: carrier.recognised,
  from: instant('2016-01-01T00:00:00Z'),
  proof: carrier.recognised ? 'official site or online delivery' : 'not verified by an official source',
}));
