import { describe, expect, test } from 'vitest';
import { findCountry, findCountryByName, listCountries } from './countries.ts';
import { MAIN_ZONE, POSTCODE_REQUIRED, WITHOUT_POSTCODE } from './country-facts.policy.ts';
import { hasPostcodePattern } from './postcode-format.ts';

describe('countries', () => {
  test('every country is found by each of its codes and by both of its names', () => {
    expect(listCountries().length).toBe(250);
    for (const country of listCountries()) {
      for (const code of [country.code, country.alpha3, country.numeric, country.code.toLowerCase()]) {
        expect(findCountry(code), code).toBe(country);
      }
      expect(findCountryByName(country.name), country.name).toBe(country);
      expect(findCountryByName(country.nameZh), country.nameZh).toBe(country);
    }
  });

  test('China has its facts', () => {
    expect(findCountry('156')).toMatchObject({
      code: 'CN',
      alpha3: 'CHN',
      name: 'China',
      nameZh: '中国',
      currencies: ['CNY'],
      callingCode: '86',
      postcode: 'used',
      isEu: false,
      zone: 'Asia/Shanghai',
    });
  });

  test('every country but the uninhabited ones has a zone that the runtime knows', () => {
    for (const country of listCountries()) {
      if (['AQ', 'BV', 'HM', 'XK'].includes(country.code) && country.zone === undefined) continue;
      expect(() => new Intl.DateTimeFormat('en', { timeZone: country.zone }), country.code).not.toThrow();
      expect(country.zone, country.code).toBeDefined();
    }
  });

  test('a country with several zones has its main one chosen by us, not by the alphabet', () => {
    const open = listCountries().filter(
      (country) => country.zones.length > 1 && MAIN_ZONE[country.code] === undefined,
    );
    expect(open.map((country) => country.code)).toEqual(['AQ']);
  });

  test('27 members of the European Union', () => {
    expect(listCountries().filter((country) => country.isEu).length).toBe(27);
  });

  test('postcode tables do not contradict each other', () => {
    for (const code of POSTCODE_REQUIRED) {
      expect(WITHOUT_POSTCODE.has(code), code).toBe(false);
      expect(hasPostcodePattern(code), code).toBe(true);
    }
    for (const code of WITHOUT_POSTCODE) expect(findCountry(code)?.postcode, code).toBe('none');
    expect(findCountry('HK')?.postcode).toBe('none');
  });

  test.each(['', 'ZZ', '__proto__', 'constructor', '中', '1', 'C\u0000N'])('%j is no country', (text) => {
    expect(findCountry(text)).toBeUndefined();
    expect(findCountryByName(text)).toBeUndefined();
  });
});
