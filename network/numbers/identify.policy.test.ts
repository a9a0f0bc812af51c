import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHECK_RULES } from './check-digit.policy.ts';
import { obeysFormat } from './format.policy.ts';
import { identifyNumber, numbersIn, trackingUrlOf } from './identify.policy.ts';
import { getIssuer, ISSUERS } from './issuers.ts';
import type { NumberFormat, NumberIssuer } from './model.ts';
import { expressionOf, formsOf } from './shape.policy.ts';

const shown = (text: string) =>
  identifyNumber(text).map(({ issuer, format, number }) => `${issuer.code} ${format.name} ${number}`);
const issuersOf = (text: string) => identifyNumber(text).map(({ issuer }) => issuer.code);

const FORMATS = ISSUERS.flatMap((issuer) =>
  issuer.formats.map((format): [string, NumberIssuer, NumberFormat] => [
    `${issuer.code} ${format.name}`,
    issuer,
    format,
  ]),
);

test('issuers are named once, and so are the formats of each', () => {
  expect(new Set(ISSUERS.map(({ code }) => code)).size).toBe(ISSUERS.length);
  for (const { code, formats } of ISSUERS) {
    expect(code).toMatch(/^[a-z0-9_]{2,40}$/);
    expect(new Set(formats.map(({ name }) => name)).size).toBe(formats.length);
  }
});

test('everybody whom the stories name has formats', () => {
  const stories =
    'ups fedex dhl tnt toll usps china_post ems sf_express 4px cainiao yanwen jd zto yto sto yunda s10';
  for (const code of stories.split(' ')) expect(getIssuer(code).formats.length).toBeGreaterThan(0);
});

describe.each(FORMATS)('%s', (_name, issuer, format) => {
  test('recognises its example', () => {
    expect(obeysFormat(format, format.example.replace('-', ''))).toBe(true);
    const found = identifyNumber(format.example).filter((one) => one.issuer === issuer);
    expect(found.map((one) => one.format.name)).toContain(format.name);
  });

  test('has an expression that is anchored and repeats nothing openly', () => {
    const expression = expressionOf(format.shapes);
    expect(expression).toMatch(/^\^.*\$$/);
    expect(expression).not.toMatch(/[*+]|\{\d+,\}|\)\{/);
    expect(new RegExp(expression).test(format.example.replace('-', ''))).toBe(true);
  });

  test('is not fooled by length or case', () => {
    const bare = format.example.replace('-', '');
    expect(obeysFormat(format, `${bare}00000000000000000000000000000000`)).toBe(false);
    if (/[A-Z]/.test(bare)) expect(obeysFormat(format, bare.toLowerCase())).toBe(false);
    expect(obeysFormat(format, bare.slice(0, 3))).toBe(false);
  });
});

describe('the check digit', () => {
  const checked = FORMATS.filter(([, , format]) => format.check !== 'none');

  test.each(checked)('of %s is never wrong in what it recognises', (_name, issuer, format) => {
    // Any other check digit: the rule's own place for it is behind the body, or before the country of S10.
    const [form] = formsOf(format.shapes.find((shape) => formsOf(shape).some(fitsExample)) ?? '');
    function fitsExample({ cells }: { readonly cells: readonly unknown[] }): boolean {
      return cells.length === format.example.length;
    }
    const [, to] = form?.checked ?? [0, 0];
    const at = format.check === 's10' ? 10 : to - 1;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 }), (digits) => {
        // Free digits are drawn; letters and fixed characters stay as in the example.
        const drawn = [...format.example].map((char, index) =>
          (form?.cells[index]?.size ?? 0) >= 10 && /\d/.test(char) ? String(digits[index]) : char,
        );
        const verdicts = [...'0123456789'].map((check) => {
          const number = [...drawn.slice(0, at), check, ...drawn.slice(at + 1)].join('');
          return identifyNumber(number).filter((one) => one.issuer === issuer && one.format === format)
            .length;
        });
        expect(verdicts.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100 },
    );
  });

  test('is told, and so is its absence', () => {
    expect(identifyNumber('1Z999AA10123456784')[0]).toMatchObject({ checkDigit: 'ok' });
    expect(identifyNumber('YT1234567890123')[0]).toMatchObject({ checkDigit: 'none' });
  });

  test('of TNT is that of S10', () => {
    expect(issuersOf('123456785')).toEqual(['tnt']);
    expect(issuersOf('123456784')).toEqual([]);
    expect(shown('GD123456785WW')[0]).toBe('tnt tnt_consignment_13 GD123456785WW');
    expect(issuersOf('GD123456784WW')).toEqual([]);
    expect(CHECK_RULES.s10_serial.verify('123456785')).toBe(true);
  });
});

describe('a number that fits several issuers', () => {
  const cases: [number: string, ranked: string[]][] = [
    // A check digit that holds outweighs a bare length.
    ['986578788855', ['fedex', 'sf_express', 'toll']],
    ['320595463938', ['purolator', 'sf_express', 'toll']],
    ['3318810025', ['dhl', 'toll']],
    ['07209562763', ['old_dominion', 'toll']],
    ['80003280379', ['old_dominion', 'toll']],
    // Without any, it is the more usual one.
    ['60120172242323', ['dhl', 'dpd', 'toll']],
    ['75123456789012', ['zto', 'dhl', 'dpd', 'toll']],
    ['751234567890', ['zto', 'sf_express', 'toll']],
    // The exact form outweighs the loose one.
    ['JJD0002257639032011', ['yodel', 'dhl']],
    // The post of the country, then all posts together.
    ['RR123456785CN', ['china_post', 's10']],
    ['EE123456785CN', ['ems', 's10']],
    ['LN123456785US', ['usps', 's10']],
    ['RB123456785GB', ['s10']],
    ['RX123456785DE', ['s10', 'dhl']],
    ['4312345678901', ['yunda', 'toll']],
    ['JD014600000000000000', ['dhl']],
    ['(00) 3 4043416109400000 7', ['dhl', 'usps']],
    [']C100340434161094000007', ['dhl', 'usps']],
  ];
  test.each(cases)('%s', (number, ranked) => {
    expect(issuersOf(number)).toEqual(ranked);
  });
});

describe('an S10 number', () => {
  test('names the country of its post', () => {
    expect(identifyNumber('RB123456785GB')[0]).toMatchObject({
      country: 'GB',
      reasons: ['check_digit_holds', 'country_of_post'],
    });
  });
  test('of a country that there is not is none', () => {
    for (const country of ['ZZ', 'AQ', 'UK', 'XX']) expect(issuersOf(`RB123456785${country}`)).toEqual([]);
    expect(issuersOf('RB123456785TW')).toEqual(['s10']);
  });
});

describe('a barcode that carries more than the number', () => {
  const cases: [why: string, text: string, expected: string, reason: string][] = [
    [
      '420 and ZIP',
      '420787459400111206206406260787',
      'usps usps_impb_n 9400111206206406260787',
      'zip_removed',
    ],
    [
      '420 and ZIP+4',
      '4201002334259200190132607600833457',
      'usps usps_impb_c 9200190132607600833457',
      'zip_removed',
    ],
    [
      'a scanner and FNC1',
      ']C142078745\u001d9400111206206406260787',
      'usps usps_impb_n 9400111206206406260787',
      'zip_removed',
    ],
    [
      'FedEx Ground 96',
      '9611020987654312345672',
      'fedex fedex_ground_96 987654312345672',
      'carried_in_barcode',
    ],
    [
      'FedEx Express',
      '1001921334250001000300779017972697',
      'fedex fedex_34 779017972697',
      'carried_in_barcode',
    ],
  ];
  test.each(cases)('%s', (_why, text, expected, reason) => {
    expect(shown(text)[0]).toBe(expected);
    expect(identifyNumber(text)[0]?.reasons).toContain(reason);
  });

  test('the number that a barcode carries is one of the issuer itself', () => {
    for (const [, issuer, format] of FORMATS.filter(([, , one]) => one.carries !== undefined)) {
      const [candidate] = identifyNumber(format.example);
      expect(issuersOf(candidate?.number ?? '')).toContain(issuer.code);
    }
  });

  test('a ZIP code is taken off a number of USPS only', () => {
    expect(issuersOf('42078745320595463938')).not.toContain('purolator');
  });
});

test('a hyphen that belongs to the number is printed again', () => {
  expect(shown('1ls71190136181271')).toEqual(['lasership lasership_1ls7_18 1LS7119013618127-1']);
  expect(shown('1LS7119013618127-2')).toEqual([]);
});

test('the tracking page carries the number encoded, or there is none', () => {
  expect(identifyNumber('986578788855')[0]?.trackingUrl).toBe(
    'https://www.fedex.com/fedextrack/?trknbr=986578788855',
  );
  expect(trackingUrlOf(getIssuer('ups'), 'a&b')).toBe('https://www.ups.com/track?tracknum=a%26b');
  expect(identifyNumber('YT1234567890123')[0]).not.toHaveProperty('trackingUrl');
});

test('a text stands for itself and for what its barcode carries', () => {
  expect(numbersIn(' prc 202600000015 ')).toEqual(['PRC202600000015']);
  expect(numbersIn('order-77')).toEqual(['ORDER77']);
  expect(numbersIn(']C196110209876543 12345672')).toEqual(['9611020987654312345672', '987654312345672']);
  expect(numbersIn('1LS7119013618127-1')).toEqual(['1LS71190136181271']);
  for (const text of ['', '  ', 'abc', 'ä-1234', 'x'.repeat(200)]) expect(numbersIn(text)).toEqual([]);
});

test('an unknown issuer or format is a programming error', () => {
  expect(() => getIssuer('constructor')).toThrow(RangeError);
});

describe('any text', () => {
  test('gives candidates that give themselves again, or none', () => {
    const hard = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...'0123456789ACDJLPRSTXYZ420 -'), maxLength: 50 }),
    );
    fc.assert(
      fc.property(hard, (text) => {
        for (const { number, issuer, format } of identifyNumber(text)) {
          expect(issuersOf(number)).toContain(issuer.code);
          expect(number.length).toBeLessThanOrEqual(41);
          expect(issuer.formats).toContain(format);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('of a million characters is put aside at once', () => {
    for (const text of ['1', ' ', '1Z', '420', ']C1', '<GS>', '((', 'Ａ'])
      expect(identifyNumber(text.repeat(1_000_000))).toEqual([]);
  });

  test('of the longest kind is compared with few forms', () => {
    // The whole work is the forms of one length and first character: a bound that no input moves.
    const byKey = new Map<string, number>();
    for (const [, , format] of FORMATS) {
      for (const form of format.shapes.flatMap(formsOf)) {
        for (const [code, isAllowed] of (form.cells[0]?.allows ?? new Uint8Array()).entries()) {
          const key = `${form.cells.length}/${code}`;
          if (isAllowed === 1) byKey.set(key, (byKey.get(key) ?? 0) + 1);
        }
      }
    }
    expect(Math.max(...byKey.values())).toBeLessThan(25);
  });
});
