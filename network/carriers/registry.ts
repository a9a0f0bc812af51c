import { instant } from '../kernel/index.ts';
import type { CheckRuleName } from './check-digit.policy.ts';
import type { Carrier, NumberRule, TrackingSource } from './model.ts';

/*
 * Every carrier that the product's stories name, and our own native carriers. Number formats are public knowledge
 * of the field: what people and scanners meet, not a carrier's specification; where a carrier publishes no check
 * digit the rule is `none`. Recognised by default are posts, UPS, DHL, FedEx, TNT, TOLL, SF and EMS, and online
 * delivery (source: domain reference 3.1). A client platform changes this by rows of its own.
 */

const s10 = (services: string, country: string, example: string): NumberRule => ({
  name: `s10_${country.toLowerCase()}`,
  shape: new RegExp(`^[${services}][A-Z]\\d{9}${country}$`),
  check: 's10',
  example,
});

const plain = (name: string, shape: RegExp, example: string, check: CheckRuleName = 'none'): NumberRule => ({
  name,
  shape,
  check,
  example,
});

/** Our own numbers: prefix, eleven digits, check digit of ISO/IEC 7064 MOD 11,10 over the digits. */
const native = (prefix: string): NumberRule => ({
  name: 'postroad_15',
  shape: new RegExp(`^${prefix}\\d{12}$`),
  check: 'mod11',
  checked: [3, 15],
  example: `${prefix}202600000015`,
});

/** S10 service letters in use: E express, C parcel, R registered, L tracked, U untracked, V insured (source: UPU S10). */
const POSTAL = 'CELRUV';

const POSTS: readonly Carrier[] = [
  {
    code: 'china_post',
    names: { en: 'China Post', zh: '中国邮政' },
    kind: 'directly_operated',
    country: 'CN',
    numberRules: [s10('CLRUV', 'CN', 'RR123456785CN'), plain('domestic_13', /^9\d{12}$/, '9801234567890')],
    sourceKind: 'POST',
    recognised: true,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://yjcx.ems.com.cn/qps/english/yjcx?number={number}',
  },
  {
    code: 'ems',
    names: { en: 'EMS (China)', zh: '中国邮政速递物流' },
    kind: 'directly_operated',
    country: 'CN',
    numberRules: [s10('E', 'CN', 'EE123456785CN'), plain('domestic_13', /^1[0-3]\d{11}$/, '1012345678901')],
    sourceKind: 'POST',
    recognised: true,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://www.ems.com.cn/queryList?mailNo={number}',
  },
  {
    code: 'usps',
    names: { en: 'United States Postal Service', zh: '美国邮政' },
    kind: 'directly_operated',
    country: 'US',
    numberRules: [
      plain('impb_22', /^9[1-5]\d{20}$/, '9400111899223185112230', 'mod10'),
      plain('usps_20', /^\d{20}$/, '00712345678901234569', 'mod10'),
      s10(POSTAL, 'US', 'LN123456785US'),
    ],
    sourceKind: 'POST',
    recognised: true,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://tools.usps.com/go/TrackConfirmAction?tLabels={number}',
  },
  {
    code: 'singapore_post',
    names: { en: 'Singapore Post', zh: '新加坡邮政' },
    kind: 'directly_operated',
    country: 'SG',
    numberRules: [s10(POSTAL, 'SG', 'RB123456785SG')],
    sourceKind: 'POST',
    recognised: true,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://www.singpost.com/track-items?trackingid={number}',
  },
  {
    code: 'correos',
    names: { en: 'Correos', zh: '西班牙邮政' },
    kind: 'directly_operated',
    country: 'ES',
    numberRules: [
      s10(`P${POSTAL}`, 'ES', 'PQ123456785ES'),
      plain('domestic_23', /^P[A-Z][0-9A-Z]{20}[A-Z]$/, 'PQ12345678901234567890Z'),
    ],
    sourceKind: 'POST',
    recognised: true,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://www.correos.es/es/en/tools/tracker/items/details?tracking-number={number}',
  },
  {
    code: 'correios',
    names: { en: 'Correios', zh: '巴西邮政' },
    kind: 'directly_operated',
    country: 'BR',
    numberRules: [
      {
        name: 's10_br',
        shape: /^[A-Z]{2}\d{9}BR$/,
        check: 's10',
        example: 'AA123456785BR',
      },
    ],
    sourceKind: 'POST',
    recognised: true,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://rastreamento.correios.com.br/app/index.php?objeto={number}',
  },
];

const INTERNATIONAL_EXPRESS: readonly Carrier[] = [
  {
    code: 'ups',
    names: { en: 'UPS', zh: 'UPS快递' },
    kind: 'directly_operated',
    country: 'US',
    numberRules: [plain('ups_1z', /^1Z[0-9A-Z]{15}\d$/, '1Z999AA10123456784', 'ups_1z')],
    sourceKind: 'EXPRESS',
    recognised: true,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://www.ups.com/track?tracknum={number}',
  },
  {
    code: 'dhl_express',
    names: { en: 'DHL Express', zh: 'DHL国际快递' },
    kind: 'directly_operated',
    country: 'DE',
    numberRules: [
      plain('waybill_10', /^\d{10}$/, '1234567891', 'mod7'),
      plain('piece_id', /^J[A-Z]{2,3}\d{9,20}$/, 'JJD0012345678'),
    ],
    sourceKind: 'EXPRESS',
    recognised: true,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://www.dhl.com/en/express/tracking.html?AWB={number}',
  },
  {
    code: 'fedex',
    names: { en: 'FedEx', zh: '联邦快递' },
    kind: 'directly_operated',
    country: 'US',
    numberRules: [
      plain('express_12', /^\d{12}$/, '123456789012', 'fedex_12'),
      plain('ground_15', /^\d{15}$/, '123456789012343', 'mod10'),
    ],
    sourceKind: 'EXPRESS',
    recognised: true,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://www.fedex.com/fedextrack/?trknbr={number}',
  },
  {
    code: 'tnt',
    names: { en: 'TNT', zh: 'TNT快递' },
    kind: 'directly_operated',
    country: 'NL',
    numberRules: [
      plain('consignment_9', /^\d{9}$/, '123456789'),
      plain('consignment_gd', /^GD\d{9}[A-Z]{2}$/, 'GD123456789WW'),
    ],
    sourceKind: 'EXPRESS',
    recognised: true,
    orderIntake: 'tracking_only',
    trackingUrl:
      'https://www.tnt.com/express/en_gc/site/shipping-tools/tracking.html?searchType=con&cons={number}',
  },
  {
    code: 'toll',
    names: { en: 'Toll', zh: '拓领' },
    kind: 'directly_operated',
    country: 'AU',
    numberRules: [
      plain('connote', /^\d{10,14}$/, '1234567890'),
      plain('connote_alpha', /^[A-Z]{4}\d{6,10}$/, 'ABCD123456'),
    ],
    sourceKind: 'EXPRESS',
    recognised: true,
    orderIntake: 'tracking_only',
  },
  {
    code: 'sf_express',
    names: { en: 'SF Express', zh: '顺丰速运' },
    kind: 'directly_operated',
    country: 'CN',
    numberRules: [
      plain('sf_15', /^SF\d{13}$/, 'SF1012345678901'),
      plain('sf_12', /^\d{12}$/, '312345678901'),
    ],
    sourceKind: 'EXPRESS',
    recognised: true,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://www.sf-express.com/chn/en/waybill/waybill-detail/{number}',
  },
];

const CROSS_BORDER: readonly Carrier[] = [
  {
    code: '4px',
    names: { en: '4PX', zh: '递四方' },
    kind: 'directly_operated',
    country: 'CN',
    numberRules: [plain('4px_cn', /^4PX\d{13}CN$/, '4PX3000123456789CN')],
    sourceKind: 'AGGREGATOR',
    recognised: false,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://track.4px.com/#/result/0/{number}',
  },
  {
    code: 'yanwen',
    names: { en: 'Yanwen', zh: '燕文物流' },
    kind: 'directly_operated',
    country: 'CN',
    numberRules: [
      plain('yanwen_yp', /^[A-Z]{2}\d{9}YP$/, 'UG123456789YP'),
      plain('yanwen_s', /^[A-Z]\d{9,12}$/, 'S123456789'),
    ],
    sourceKind: 'AGGREGATOR',
    recognised: false,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://track.yw56.com.cn/en/querydel?nums={number}',
  },
  {
    code: 'cainiao',
    names: { en: 'Cainiao', zh: '菜鸟' },
    kind: 'direct_with_outlets',
    country: 'CN',
    numberRules: [
      plain('lp', /^LP\d{14,18}$/, 'LP00123456789012'),
      plain('lbx', /^LBX\d{14,20}$/, 'LBX00123456789012'),
      plain('cn', /^CN[A-Z]{0,4}\d{9,14}[A-Z]{0,2}$/, 'CNG00123456789012'),
    ],
    sourceKind: 'ONLINE_DELIVERY',
    recognised: true,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://global.cainiao.com/newDetail.htm?mailNoList={number}',
  },
];

const DOMESTIC_CHINA: readonly Carrier[] = [
  {
    code: 'jd',
    names: { en: 'JD Logistics', zh: '京东物流' },
    kind: 'directly_operated',
    country: 'CN',
    numberRules: [plain('jd', /^JD[0-9A-Z]{11,15}$/, 'JDVA01234567890')],
    sourceKind: 'EXPRESS',
    recognised: false,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://www.jdl.com/orderSearch?waybillCodes={number}',
  },
  {
    code: 'zto',
    names: { en: 'ZTO Express', zh: '中通快递' },
    kind: 'franchised',
    country: 'CN',
    numberRules: [
      plain('zto_12', /^7[3-8]\d{10}$/, '751234567890'),
      plain('zto_14', /^7[3-8]\d{12}$/, '75123456789012'),
    ],
    sourceKind: 'EXPRESS',
    recognised: false,
    orderIntake: 'tracking_only',
    trackingUrl: 'https://www.zto.com/express/expressCheck.html?txtBill={number}',
  },
  {
    code: 'yto',
    names: { en: 'YTO Express', zh: '圆通速递' },
    kind: 'franchised',
    country: 'CN',
    numberRules: [plain('yt_15', /^YT\d{13}$/, 'YT1234567890123')],
    sourceKind: 'EXPRESS',
    recognised: false,
    orderIntake: 'tracking_only',
  },
  {
    code: 'sto',
    names: { en: 'STO Express', zh: '申通快递' },
    kind: 'franchised',
    country: 'CN',
    numberRules: [
      plain('sto_13', /^77\d{11}$/, '7712345678901'),
      plain('sto_15', /^77\d{13}$/, '771234567890123'),
    ],
    sourceKind: 'EXPRESS',
    recognised: false,
    orderIntake: 'tracking_only',
  },
  {
    code: 'yunda',
    names: { en: 'Yunda Express', zh: '韵达速递' },
    kind: 'franchised',
    country: 'CN',
    numberRules: [
      plain('yunda_13', /^[34]\d{12}$/, '4312345678901'),
      plain('yunda_15', /^[34]\d{14}$/, '431234567890123'),
    ],
    sourceKind: 'EXPRESS',
    recognised: false,
    orderIntake: 'tracking_only',
  },
];

/** Carriers that take orders here: own couriers and partners that work by our portal and API. */
const NATIVE: readonly Carrier[] = [
  nativeCarrier('postroad_express_cn', 'Postroad Express China', '邮路快递（中国）', 'CN', 'PRC'),
  nativeCarrier('postroad_express_eu', 'Postroad Express Europe', '邮路快递（欧洲）', 'NL', 'PRE'),
  nativeCarrier('postroad_express_br', 'Postroad Express Brazil', '邮路快递（巴西）', 'BR', 'PRB'),
  nativeCarrier('postroad_line', 'Postroad Line', '邮路专线', 'CN', 'PRL'),
];

function nativeCarrier(code: string, en: string, zh: string, country: string, prefix: string): Carrier {
  return {
    code,
    names: { en, zh },
    kind: 'direct_with_outlets',
    country,
    numberRules: [native(prefix)],
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

/** Recognition that holds where a client platform has no row of its own: one row per carrier, since 2016. */
export const SHIPPED_SOURCES: readonly TrackingSource[] = CARRIERS.map((carrier) => ({
  id: carrier.code,
  clientPlatform: 'default',
  kind: carrier.sourceKind,
  recognised: carrier.recognised,
  from: instant('2016-01-01T00:00:00Z'),
  proof: carrier.recognised ? 'official site or online delivery' : 'not verified by an official source',
}));
