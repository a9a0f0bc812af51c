import type { NumberFormat, NumberIssuer } from './model.ts';

/*
 * Posts. Sources: UPU standard S10; USPS Publication 199 (constructs N01 to N10 and C01 to C10); TND =
 * tracking_number_data 2.0.0; LBL = labels and public tracking pages.
 */
const S10 = 'UPU S10';
const P199 = 'USPS Publication 199';
const TND = 'tracking_number_data 2.0.0';
const LBL = 'labels and public tracking pages';

/** Service letters in use: C parcel, E express, L tracked, P parcel, R registered, U untracked, V insured (UPU S10). */
const POSTAL = 'CELRUV';

function s10Of(services: string, country: string, example: string): NumberFormat {
  return {
    name: `s10_${country.toLowerCase()}`,
    shapes: [`[${services}] a1 n9 ${country}`],
    check: 's10',
    example,
    source: S10,
    namesCountry: true,
  };
}

/**
 * Countries whose posts issue S10 numbers: the codes of ISO 3166-1, without those where nobody lives (AQ, BV, HM, TF,
 * UM). Many a territory has its mail numbered by another post, but nothing keeps it from doing so itself.
 */
export const POSTAL_COUNTRIES: readonly string[] = `
  AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF
  CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF
  GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
  KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ
  NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG
  SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG
  VI VN VU WF WS YE YT ZA ZM ZW`
  .trim()
  .split(/\s+/);

export const POST_ISSUERS: readonly NumberIssuer[] = [
  {
    code: 'usps',
    names: { en: 'United States Postal Service', zh: '美国邮政' },
    reach: 'worldwide',
    trackingUrl: 'https://tools.usps.com/go/TrackConfirmAction?tLabels={number}',
    formats: [
      {
        name: 'usps_impb_n',
        // A mailer has nine digits from 9 on, else six; 30 digits only with nine.
        shapes: ['94 n20', '94 n24', '94 n3 9 n24'],
        check: 'mod10',
        example: '9400111899223185112230',
        source: P199,
        routed: true,
      },
      {
        name: 'usps_impb_c',
        // 92: mailers of nine digits; 93: of six; 95: retail, either.
        shapes: ['92 n3 9 n16', '92 n3 9 n20', '93 n3 [0-8] n16', '93 n3 [0-8] n20', '95 n20', '95 n24'],
        check: 'mod10',
        example: '9205590164917312751089',
        source: P199,
        routed: true,
      },
      {
        name: 'usps_legacy',
        shapes: ['91 n20'],
        check: 'mod10',
        example: '9101026837331000039521',
        source: P199,
        routed: true,
        isLegacy: true,
      },
      {
        name: 'usps_legacy_20',
        shapes: ['[0-8] n19', '9 [02-9] n18'],
        check: 'mod10_91',
        example: '01026837331000039521',
        source: P199,
        routed: true,
        isLegacy: true,
      },
      {
        name: 'usps_20',
        shapes: ['n20'],
        check: 'mod10',
        example: '03071790000523483741',
        source: TND,
        isLegacy: true,
      },
      s10Of(POSTAL, 'US', 'LN123456785US'),
    ],
  },
  {
    code: 'china_post',
    names: { en: 'China Post', zh: '中国邮政' },
    reach: 'worldwide',
    trackingUrl: 'https://yjcx.ems.com.cn/qps/english/yjcx?number={number}',
    formats: [
      s10Of('CLRUV', 'CN', 'RR123456785CN'),
      { name: 'china_post_13', shapes: ['9 n12'], check: 'none', example: '9801234567890', source: LBL },
    ],
  },
  {
    code: 'ems',
    names: { en: 'EMS (China)', zh: '中国邮政速递物流' },
    reach: 'worldwide',
    trackingUrl: 'https://www.ems.com.cn/queryList?mailNo={number}',
    formats: [
      { ...s10Of('E', 'CN', 'EE123456785CN'), name: 's10_cn_express' },
      { name: 'ems_13', shapes: ['1 [0-3] n11'], check: 'none', example: '1012345678901', source: LBL },
    ],
  },
  {
    code: 'canada_post',
    names: { en: 'Canada Post', zh: '加拿大邮政' },
    reach: 'national',
    trackingUrl: 'https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor={number}',
    formats: [
      { name: 'canada_post', shapes: ['n16'], check: 'mod10', example: '0073938000549297', source: TND },
    ],
  },
  {
    code: 'singapore_post',
    names: { en: 'Singapore Post', zh: '新加坡邮政' },
    reach: 'national',
    trackingUrl: 'https://www.singpost.com/track-items?trackingid={number}',
    formats: [s10Of(POSTAL, 'SG', 'RB123456785SG')],
  },
  {
    code: 'correos',
    names: { en: 'Correos', zh: '西班牙邮政' },
    reach: 'national',
    trackingUrl: 'https://www.correos.es/es/en/tools/tracker/items/details?tracking-number={number}',
    formats: [
      s10Of(`P${POSTAL}`, 'ES', 'PQ123456785ES'),
      {
        name: 'correos_23',
        shapes: ['P a1 an20 a1'],
        check: 'none',
        example: 'PQ12345678901234567890Z',
        source: LBL,
      },
    ],
  },
  {
    code: 'correios',
    names: { en: 'Correios', zh: '巴西邮政' },
    reach: 'national',
    trackingUrl: 'https://rastreamento.correios.com.br/app/index.php?objeto={number}',
    // Correios numbers its domestic services with all letters.
    formats: [s10Of('A-Z', 'BR', 'AA123456785BR')],
  },
  {
    code: 's10',
    names: { en: 'Postal item (UPU S10)', zh: '邮政邮件（万国邮联 S10）' },
    reach: 'worldwide',
    formats: [
      {
        name: 's10',
        shapes: ['a2 n9 a2'],
        check: 's10',
        example: 'RB123456785GB',
        source: S10,
        namesCountry: true,
      },
    ],
  },
];
