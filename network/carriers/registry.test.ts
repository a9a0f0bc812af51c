import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHECK_RULES } from './check-digit.policy.ts';
import { findNumberRule, normaliseNumber, obeysRule, trackingUrlOf } from './number-rule.policy.ts';
import { CARRIERS, findCarrier, getCarrier, SHIPPED_SOURCES } from './registry.ts';

const STORIES =
  'china_post ems usps singapore_post correos ups dhl_express fedex tnt toll sf_express 4px yanwen cainiao jd zto yto sto yunda correios'.split(
    ' ',
  );

test('every carrier that the stories name is in the registry, once', () => {
  for (const code of STORIES) expect(findCarrier(code)?.code).toBe(code);
  expect(new Set(CARRIERS.map((carrier) => carrier.code)).size).toBe(CARRIERS.length);
});

test('the default recognition is that of the articles', () => {
  const recognised = CARRIERS.filter((carrier) => carrier.recognised).map((carrier) => carrier.code);
  const expected =
    'china_post ems usps singapore_post correos correios ups dhl_express fedex tnt toll sf_express cainiao';
  expect(recognised.filter((code) => !code.startsWith('postroad_'))).toEqual(expected.split(' '));
});

test('only our own carriers take orders until a connector ships', () => {
  for (const carrier of CARRIERS) {
    expect(carrier.orderIntake).toBe(carrier.code.startsWith('postroad_') ? 'native' : 'tracking_only');
  }
});

describe.each(CARRIERS.map((carrier) => [carrier.code, carrier] as const))('%s', (_code, carrier) => {
  test('has rules whose example passes and whose broken example does not', () => {
    expect(carrier.numberRules.length).toBeGreaterThan(0);
    for (const rule of carrier.numberRules) {
      expect(rule.shape.source.startsWith('^')).toBe(true);
      expect(rule.shape.source.endsWith('$')).toBe(true);
      expect(rule.shape.flags).toBe('');
      expect(obeysRule(rule, rule.example)).toBe(true);
      expect(findNumberRule(carrier, rule.example)).toBeDefined();
      expect(obeysRule(rule, `${rule.example}0000000000000`)).toBe(false);
      expect(obeysRule(rule, rule.example.toLowerCase()) && /[A-Z]/.test(rule.example)).toBe(false);
      if (CHECK_RULES[rule.check].singleErrors === 'all') {
        const last = Number(rule.example.at(-1));
        expect(obeysRule(rule, rule.example.slice(0, -1) + ((last + 1) % 10))).toBe(false);
      }
    }
  });

  test('has expressions without open or nested repetition', () => {
    for (const rule of carrier.numberRules) expect(rule.shape.source).not.toMatch(/[*+]|\{\d+,\}|\)\{/);
  });
});

test('a number is compared without blanks and hyphens and in upper case', () => {
  expect(normaliseNumber(' rr 123456785 cn ')).toBe('RR123456785CN');
  expect(normaliseNumber('1Z-999-AA1-01-2345-6784')).toBe('1Z999AA10123456784');
});

test.each(['', '   ', '12', 'RR12345678５CN', 'a'.repeat(1_000_000), '<script>', '1234\u0000567', '=1+1'])(
  'text that is no number is refused: %#',
  (text) => {
    expect(normaliseNumber(text)).toBeUndefined();
  },
);

test('no text makes a rule throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      for (const carrier of CARRIERS) expect(findNumberRule(carrier, text)?.name ?? '').toBeTypeOf('string');
    }),
    { numRuns: 50 },
  );
});

test('the tracking page carries the number encoded, or there is none', () => {
  expect(trackingUrlOf(getCarrier('fedex'), '123456789012')).toBe(
    'https://www.fedex.com/fedextrack/?trknbr=123456789012',
  );
  expect(trackingUrlOf(getCarrier('ups'), 'a&b')).toBe('https://www.ups.com/track?tracknum=a%26b');
  expect(trackingUrlOf(getCarrier('yunda'), '4312345678901')).toBeUndefined();
});

test('an unknown code is a programming error for get and nothing for find', () => {
  expect(findCarrier('__proto__')).toBeUndefined();
  expect(() => getCarrier('constructor')).toThrow(RangeError);
});

test('every carrier has one shipped source', () => {
  expect(SHIPPED_SOURCES.map((source) => source.id)).toEqual(CARRIERS.map((carrier) => carrier.code));
});
