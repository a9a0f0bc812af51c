import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listCountries } from './countries.ts';
import { compactPostcode, normalisePostcode } from './postcode-format.ts';
import { CEP_RANGES } from './postcode-ranges.policy.ts';
import { divisionsOfPostcode, positionOfPostcode } from './postcodes.ts';

describe('postcode of a country', () => {
  test.each([
    ['BR', '24710-000', '24710-000'],
    ['BR', '24710000', '24710-000'],
    ['BR', ' 24.710-000', undefined],
    ['BR', '24710', '24710'],
    ['BR', '2471', undefined],
    ['US', '10001', '10001'],
    ['US', '100011234', '10001-1234'],
    ['US', '１０００１', '10001'],
    ['US', '1000', undefined],
    ['CA', 'k1a0b1', 'K1A 0B1'],
    ['CA', 'K1A-0B1', 'K1A 0B1'],
    ['CA', 'D1A 0B1', undefined],
    ['GB', 'sw1a1aa', 'SW1A 1AA'],
    ['GB', 'M1 1AE', 'M1 1AE'],
    ['JP', '1000001', '100-0001'],
    ['PL', '00950', '00-950'],
    ['PT', '1000001', '1000-001'],
    ['NL', '1012ab', '1012 AB'],
    ['SE', '11455', '114 55'],
    ['DE', 'D-10115', '10115'],
    ['DE', 'DE-10115', '10115'],
    ['CN', '310000', '310000'],
    ['CN', '31000', undefined],
    ['LV', 'LV-1010', 'LV-1010'],
    ['AQ', 'ab 12', 'AB 12'],
    ['AQ', "'; DROP TABLE", undefined],
    ['DE', '', undefined],
    ['DE', '1'.repeat(1000), undefined],
    ['DE', '10115\n', '10115'],
    ['US', '10001\u0000', '10001'],
  ])('%s %j is written %j', (country, text, written) => {
    expect(normalisePostcode(country, text)).toBe(written);
  });

  test('writing a postcode twice changes nothing more, in every country', () => {
    const country = fc.constantFrom(...listCountries().map((one) => one.code));
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[A-Z]{0,2}-?\d{2,5}[ -]?[A-Z0-9]{0,4}$/));
    fc.assert(
      fc.property(country, text, (code, postcode) => {
        const once = normalisePostcode(code, postcode);
        if (once === undefined) return;
        expect(normalisePostcode(code, once)).toBe(once);
        expect(compactPostcode(once)).toMatch(/^[A-Z0-9]+$/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('division of a postcode', () => {
  test.each([
    ['BR', '01310-100', ['SP']],
    ['BR', '20040', ['RJ']],
    ['BR', '69300000', ['RR']],
    ['BR', '69400000', ['AM']],
    ['BR', '72799999', ['DF']],
    ['BR', '72800000', ['GO']],
    ['BR', '78900000', []],
    ['BR', '00999000', []],
    ['CN', '310000', ['330000']],
    ['CN', '330000', ['360000']],
    ['CN', '999077', []],
    ['CA', 'X0A 0H0', ['NT', 'NU']],
    ['US', '90210', ['CA']],
    ['US', '90210-1234', ['CA']],
    ['US', '00000', []],
    ['DE', '10115', []],
    ['BR', 'hello', []],
  ])('%s %s is %j', (country, postcode, codes) => {
    expect(divisionsOfPostcode(country, postcode)).toEqual(codes);
  });

  test('CEP ranges are in order and do not overlap', () => {
    let last = 999;
    for (const [from, to] of CEP_RANGES) {
      expect(from).toBeGreaterThan(last);
      expect(to).toBeGreaterThan(from);
      last = to;
    }
    expect(last).toBe(99_999);
  });
});

describe('position of a postcode', () => {
  test('ZIP of Manhattan and FSA of Ottawa', () => {
    expect(positionOfPostcode('US', '10001-0001')).toEqual({ latitude: 40.7484, longitude: -73.9967 });
    expect(positionOfPostcode('CA', 'k1a 0b1')?.latitude).toBeCloseTo(45.42, 1);
  });
  test.each([
    ['US', '00000'],
    ['US', 'abc'],
    ['CA', '12345'],
    ['DE', '10115'],
    ['__proto__', '1'],
    ['US', ''],
  ])('%s %j has none', (country, postcode) => {
    expect(positionOfPostcode(country, postcode)).toBeUndefined();
  });
});

describe('Chinese prefixes', () => {
  // The main post office of each capital, as printed in every timetable.
  test.each([
    ['100000', '110000'],
    ['300000', '120000'],
    ['050000', '130000'],
    ['030000', '140000'],
    ['010000', '150000'],
    ['110000', '210000'],
    ['130000', '220000'],
    ['150000', '230000'],
    ['200000', '310000'],
    ['210000', '320000'],
    ['310000', '330000'],
    ['230000', '340000'],
    ['350000', '350000'],
    ['330000', '360000'],
    ['250000', '370000'],
    ['450000', '410000'],
    ['430000', '420000'],
    ['410000', '430000'],
    ['510000', '440000'],
    ['530000', '450000'],
    ['570000', '460000'],
    ['400000', '500000'],
    ['610000', '510000'],
    ['550000', '520000'],
    ['650000', '530000'],
    ['850000', '540000'],
    ['710000', '610000'],
    ['730000', '620000'],
    ['810000', '630000'],
    ['750000', '640000'],
    ['830000', '650000'],
  ])('%s lies in %s', (postcode, province) => {
    expect(divisionsOfPostcode('CN', postcode)).toEqual([province]);
  });
});
