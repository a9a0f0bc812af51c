import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCarrier, findNumberFormat } from '../carriers/index.ts';
import { CHECK_RULES, NATIVE_CHECK_RULES } from '../numbers/index.ts';
import type { NumberShape, SerialRange } from './model.ts';
import { checkSegment, formatNumber, mayOverlap } from './number-format.policy.ts';

const s10: NumberShape = { prefix: 'RR', suffix: 'CN', digits: 8, checkRule: 's10', checkCovers: 'serial' };
const own: NumberShape = { prefix: 'PRC', suffix: '', digits: 11, checkRule: 'mod11', checkCovers: 'serial' };

const shapes = fc.record({
  prefix: fc.stringMatching(/^[0-9]{0,3}$/),
  suffix: fc.stringMatching(/^[0-9A-Z]{0,2}$/),
  digits: fc.integer({ min: 1, max: 3 }),
  checkRule: fc.constantFrom(...NATIVE_CHECK_RULES.filter((rule) => rule !== 's10')),
  checkCovers: fc.constantFrom('serial', 'prefix_and_serial'),
}) as fc.Arbitrary<NumberShape>;

const segments = shapes.chain((shape) =>
  fc
    .tuple(fc.nat(10 ** shape.digits - 1), fc.nat(10 ** shape.digits - 1))
    .map(([a, b]) => ({ ...shape, fromSerial: Math.min(a, b), toSerial: Math.max(a, b) })),
);

function numbersOf(segment: NumberShape & SerialRange): Set<string> {
  const all = new Set<string>();
  for (let serial = segment.fromSerial; serial <= segment.toSerial; serial += 1)
    all.add(formatNumber(segment, serial)!);
  return all;
}

test('the example of UPU S10 comes out', () => {
  expect(formatNumber(s10, 12345678)).toBe('RR123456785CN');
});

test('every S10 number and every own number is one of the carrier and its check digit holds', () => {
  fc.assert(
    fc.property(fc.nat(99_999_999), fc.nat(99_999_999_999), (serial, ownSerial) => {
      const number = formatNumber(s10, serial)!;
      expect(CHECK_RULES.s10.verify(number)).toBe(true);
      expect(findNumberFormat(findCarrier('china_post')!, number)).toBeDefined();
      const other = formatNumber(own, ownSerial)!;
      expect(CHECK_RULES.mod11.verify(other.slice(3))).toBe(true);
      expect(findNumberFormat(findCarrier('postroad_express_cn')!, other)).toBeDefined();
    }),
  );
});

test('a segment never builds the same number twice', () => {
  fc.assert(
    fc.property(segments, (segment) => {
      expect(numbersOf(segment).size).toBe(segment.toSerial - segment.fromSerial + 1);
    }),
  );
});

test('an overlap is never missed', () => {
  fc.assert(
    fc.property(segments, segments, (a, b) => {
      if (mayOverlap(a, b)) return;
      const [ones, twos] = [numbersOf(a), numbersOf(b)];
      expect([...ones].filter((number) => twos.has(number))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('neighbouring ranges of one shape do not overlap, and a shared serial does', () => {
  const range = (fromSerial: number, toSerial: number) => ({ ...own, fromSerial, toSerial });
  expect(mayOverlap(range(1, 100), range(101, 200))).toBe(false);
  expect(mayOverlap(range(1, 100), range(100, 200))).toBe(true);
});

test.each([
  ['an unknown carrier', 'nobody', own, 0, 9, 'carrier_unknown'],
  [
    'a prefix that is not the carrier’s',
    'china_post',
    { ...s10, prefix: 'RR', suffix: 'DE' },
    0,
    9,
    'segment_malformed',
  ],
  ['a prefix with a command in it', 'china_post', { ...s10, prefix: '^XZ' }, 0, 9, 'segment_malformed'],
  [
    'a rule that only one carrier has',
    'ups',
    { ...own, checkRule: 'ups' as const },
    0,
    9,
    'segment_malformed',
  ],
  ['a range beyond the digits', 'postroad_express_cn', own, 0, 10 ** 11, 'segment_malformed'],
  ['a range that runs down', 'postroad_express_cn', own, 9, 1, 'segment_malformed'],
])('%s is refused', (_name, carrier, shape, fromSerial, toSerial, code) => {
  expect(checkSegment(carrier, shape, { fromSerial, toSerial })).toMatchObject({
    ok: false,
    rejection: { code },
  });
});
