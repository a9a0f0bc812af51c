import { describe, expect, test } from 'vitest';
import { identifyNumber } from './identify.policy.ts';

/*
 * Numbers as they are printed, made here: bodies of our own, and each check digit computed a second time from its
 * published rule, so that an error of the engine cannot hide in its own sums.
 */
const digitsOf = (text: string) => [...text].map(Number);
const weighted = (text: string, weights: readonly number[]) =>
  digitsOf(text).reduce((sum, digit, index) => sum + digit * (weights[index % weights.length] ?? 0), 0);
const upTo10 = (sum: number) => String((10 - (sum % 10)) % 10);
/** GS1: the digit beside the check digit counts three times. */
const gs1 = (body: string) => upTo10(weighted([...body].reverse().join(''), [3, 1]));
const luhn = (body: string) =>
  upTo10(
    digitsOf([...body].reverse().join('')).reduce(
      (sum, digit, index) => sum + (index % 2 === 0 ? Number('0246813579'[digit]) : digit),
      0,
    ),
  );
const s10 = (serial: string) => '50987654321'[weighted(serial, [8, 6, 4, 2, 3, 5, 9, 7]) % 11] ?? '';
const modulo7 = (body: string) => String(Number(BigInt(body) % 7n));
/** UPS: A is 2, B is 3 ... H is 9, I is 0 and so on; every second character twice. */
const ups = (body: string) =>
  upTo10(
    weighted(
      [...body].map((char) => '2345678901'['ABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(char) % 10] ?? char).join(''),
      [1, 2],
    ),
  );
const fedex = (body: string) => String((weighted([...body].reverse().join(''), [1, 3, 7]) % 11) % 10);
/** ISO/IEC 7064 MOD 37,36, by the definition of a pure product. */
const mod37 = (body: string) => {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  let rest = 36;
  for (const char of body) rest = (((rest + alphabet.indexOf(char)) % 36 || 36) * 2) % 37;
  return alphabet[(37 - rest) % 36] ?? '';
};

type Printed = readonly [issuer: string, format: string, before: string, check: string, after?: string];
const PRINTED: readonly Printed[] = [
  ['ups', 'ups', '1ZX7Y304689000175', ups('X7Y304689000175')],
  ['ups', 'ups_waybill', 'H204118873', ups('204118873')],
  ['fedex', 'fedex_12', '61309928114', fedex('61309928114')],
  ['fedex', 'fedex_ground', '90215550001273', gs1('90215550001273')],
  ['fedex', 'fedex_ground_sscc_18', '02061414100001233', gs1('061414100001233')],
  ['dhl', 'dhl_express', '482190077', modulo7('482190077')],
  ['dhl', 'dhl_express', '4821900771', modulo7('4821900771')],
  ['dhl', 'dhl_parcel_sscc', '0034043412345678901', gs1('34043412345678901')],
  ['dpd', 'dpd', '002230005308800412377101528', mod37('002230005308800412377101528')],
  ['dpd', 'dpd_14', '05308800412377', mod37('05308800412377')],
  ['canada_post', 'canada_post', '400123456789012', gs1('400123456789012')],
  ['purolator', 'purolator_numeric', '33445566778', luhn('33445566778')],
  ['old_dominion', 'old_dominion', '7780001234', luhn('7780001234')],
  ['old_dominion', 'old_dominion_guaranteed', '8012345678', luhn('8012345678')],
  ['ontrac', 'ontrac_c', 'C1200000000031', ups('41200000000031')],
  ['ontrac', 'ontrac_c', 'C4200000000031', ups('4200000000031')],
  ['ontrac', 'ontrac_d', 'D1200000000031', ups('51200000000031')],
  ['usps', 'usps_impb_n', '940551189956123456789', gs1('940551189956123456789')],
  ['usps', 'usps_impb_n', '9405590000000012345678901', gs1('9405590000000012345678901')],
  ['usps', 'usps_impb_c', '920019012345678901234', gs1('920019012345678901234')],
  ['usps', 'usps_impb_c', '930011234567890123456', gs1('930011234567890123456')],
  ['usps', 'usps_impb_c', '950551234567890123456', gs1('950551234567890123456')],
  ['usps', 'usps_legacy', '910112345678900000001', gs1('910112345678900000001')],
  ['usps', 'usps_legacy_20', '0112345678900000001', gs1('910112345678900000001')],
  ['usps', 'usps_20', '0312345678900000001', gs1('0312345678900000001')],
  ['tnt', 'tnt_consignment', '31847290', s10('31847290')],
  ['tnt', 'tnt_consignment_13', 'GD31847290', s10('31847290'), 'WW'],
  ['s10', 's10', 'RF31847290', s10('31847290'), 'DE'],
  ['s10', 's10', 'CJ00000000', s10('00000000'), 'KZ'],
  ['s10', 's10', 'LB00000008', s10('00000008'), 'TW'],
  ['china_post', 's10_cn', 'RX31847290', s10('31847290'), 'CN'],
  ['ems', 's10_cn_express', 'EA31847290', s10('31847290'), 'CN'],
  ['singapore_post', 's10_sg', 'RB31847290', s10('31847290'), 'SG'],
  ['correos', 's10_es', 'PK31847290', s10('31847290'), 'ES'],
  ['correios', 's10_br', 'OB31847290', s10('31847290'), 'BR'],
  ['usps', 's10_us', 'LZ31847290', s10('31847290'), 'US'],
  ['amazon', 'amazon_logistics', 'TBM309876543210', ''],
  ['amazon', 'amazon_international', 'A3098765432', ''],
  ['canpar', 'canpar_22', 'Z576002440000001718010', ''],
  ['gofo', 'gofo_us', 'GFUS01099884214464', ''],
  ['lasership', 'lasership_lx', 'LE32100455', ''],
  ['lasership', 'lasership_1ls7', '1LS720011223344', ''],
  ['lasership', 'lasership_1ls7_18', '1LS7219014618127-1', ''],
  ['lasership', 'lasership_1lscx', '1LSCX00ABCDEF99', ''],
  ['speedee', 'speedee', 'SP111111111111111111', ''],
  ['purolator', 'purolator_alpha', 'ABC123456789', ''],
  ['landmark', 'landmark_global', 'LTN00000001N1', ''],
  ['yodel', 'yodel', 'JD1234567890123456', ''],
  ['yunexpress', 'yunexpress', 'YT2400000000000001', ''],
  ['dhl', 'dhl_express_piece_id', 'JVGL0987654321', ''],
  ['dhl', 'dhl_ecommerce', 'GM60511234567890', ''],
  ['dhl', 'dhl_ecommerce_14', '42011234567890', ''],
  ['toll', 'toll_connote_alpha', 'MYXA0001234', ''],
  ['sf_express', 'sf_15', 'SF3102345678901', ''],
  ['4px', '4px', '4PX3001234567890CN', ''],
  ['cainiao', 'cainiao_lp', 'LP00654321987650', ''],
  ['yanwen', 'yanwen_yp', 'UT987654321YP', ''],
  ['jd', 'jd', 'JDVB98765432101', ''],
  ['zto', 'zto_14', '78012345678901', ''],
  ['yto', 'yto_15', 'YT8800000000001', ''],
  ['sto', 'sto', '773098765432109', ''],
  ['yunda', 'yunda_15', '432098765432101', ''],
];
const textOf = ([, , before, check, after = '']: Printed) => before + check + after;
const found = (text: string, [issuer, format]: Printed) =>
  identifyNumber(text).find((one) => one.issuer.code === issuer && one.format.name === format);
const NAMED = PRINTED.map((printed): [string, Printed] => [`${printed[1]} ${textOf(printed)}`, printed]);

/** What people and scanners make of a text; each is the same number. */
const NOISE: readonly [string, (text: string) => string][] = [
  ['small letters', (text) => text.toLowerCase()],
  ['blanks in fours', (text) => text.replace(/.{4}/g, '$& ')],
  ['hyphens', (text) => text.replace(/.{3}(?=.)/g, '$&-')],
  ['look-alike hyphens', (text) => text.replace(/.{5}(?=.)/g, '$&\u2212')],
  ['a line end', (text) => `${text}\r\n`],
  ['NUL', (text) => `\u0000${text}\u0000`],
  ['a byte order mark', (text) => `\ufeff${text}`],
  [
    'full-width characters',
    (text) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
  ],
  ['Code 128', (text) => `]C0${text}`],
  ['GS1-128', (text) => `]C1${text}`],
  ['GS1 DataMatrix', (text) => `\u001d]d2\u001d${text}`],
  ['GS1 QR Code', (text) => `]Q3${text}\u001d`],
  ['start and end of text', (text) => `\u0002${text}\u0003`],
];

test.each(NAMED)('%s is its issuer’s, whatever is around it', (_name, printed) => {
  const text = textOf(printed);
  expect(found(text, printed)).toBeDefined();
  for (const [noise, made] of NOISE)
    expect([noise, identifyNumber(made(text))]).toEqual([noise, identifyNumber(text)]);
});

const CHECKED = NAMED.filter(([, [, , , check]]) => check !== '');
test.each(CHECKED)('%s is nobody’s of its format with another check digit', (_name, printed) => {
  const [issuer, format, before, check, after = ''] = printed;
  expect(found(textOf(printed), printed)?.checkDigit).toBe('ok');
  for (const other of '0123456789') {
    if (other === check) continue;
    expect(found(before + other + after, [issuer, format, before, other, after])).toBeUndefined();
  }
});

describe('barcodes that carry a number', () => {
  const serial = '61309928114';
  const ground = `90215550001273${gs1('90215550001273')}`;
  const impb = `940551189956123456789${gs1('940551189956123456789')}`;
  const twelve = `${serial}${fedex(serial)}`;
  const sscc = `34043412345678901${gs1('34043412345678901')}`;
  const canada = `400123456789012${gs1('400123456789012')}`;
  const dpd = '002230005308800412377101528';
  const cases: [why: string, text: string, issuer: string, number: string][] = [
    ['USPS behind 420 and ZIP', `42090210${impb}`, 'usps', impb],
    ['USPS behind 420 and ZIP+4', `420902101234${impb}`, 'usps', impb],
    ['USPS with the identifiers in parentheses', `(420)90210(94)${impb.slice(2)}`, 'usps', impb],
    ['USPS with FNC1 on both sides', `]C142090210\u001d${impb}`, 'usps', impb],
    ['FedEx Ground 96', `9611019${ground}`, 'fedex', ground],
    ['FedEx Ground with shipper number', `96220019000000000000${fedexBody('00', serial)}`, 'fedex', twelve],
    ['FedEx Express', `10019213342500010003${fedexBody('00', serial)}`, 'fedex', twelve],
    ['FedEx ASTRA', `3297151456010244${twelve}2014`, 'fedex', twelve],
    [
      'an SSCC of FedEx Ground behind 00',
      `]C100${`02061414100001233${gs1('061414100001233')}`}`,
      'fedex',
      `02061414100001233${gs1('061414100001233')}`,
    ],
    ['DHL Paket behind country and postcode', `]C142127653113\u001d00${sscc}`, 'dhl', `00${sscc}`],
    ['DHL Paket with the destination behind', `]C1(00)${sscc}(420)53113`, 'dhl', `00${sscc}`],
    ['Canada Post behind its postcode', `]C1420K1A0B1<GS>${canada}`, 'canada_post', canada],
    ['DPD as its barcode says it', `%${dpd}`, 'dpd', '05308800412377'],
    ['DPD as it is printed', `0022300 0530 8800 4123 77 101 528 ${mod37(dpd)}`, 'dpd', '05308800412377'],
    ['a package of JD', 'JDVB98765432101-2-10-', 'jd', 'JDVB98765432101'],
  ];
  test.each(cases)('%s', (_why, text, issuer, number) => {
    const [first] = identifyNumber(text);
    expect([first?.issuer.code, first?.number]).toEqual([issuer, number]);
    if (first?.trackingUrl !== undefined) expect(first.trackingUrl).toContain(encodeURIComponent(number));
    expect(identifyNumber(number).map((one) => one.issuer.code)).toContain(issuer);
  });
});

/** The last 14 digits of FedEx's long barcodes: two digits before a number of twelve. */
function fedexBody(lead: string, serial: string): string {
  return `${lead}${serial}${fedex(`${lead}${serial}`)}`;
}

test('an S10 number of a country that has none is nobody’s, of any service', () => {
  for (const service of ['RR', 'EE', 'CP', 'LB', 'UA'])
    for (const country of ['ZZ', 'XX', 'UK', 'EU', 'AQ', 'AN', '99'])
      expect(identifyNumber(`${service}31847290${s10('31847290')}${country}`)).toEqual([]);
});
