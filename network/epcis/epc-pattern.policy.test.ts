import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalIdentifier } from './digital-link.policy.ts';
import { type Pattern, patternOfValue, patternsOfClasses, patternsOfEpcs } from './epc-pattern.policy.ts';
import { placesInside } from './place-hierarchy.policy.ts';

/** As PostgreSQL reads it: `_` is any character, `%` any text, `\\` takes the next as it is; the ends byte by byte. */
function fits(patterns: readonly Pattern[] | undefined, text: string): boolean {
  const bytes = Buffer.from(text);
  return (patterns ?? []).some(({ low, high, like }) => {
    const parts = like.match(/\\.|./gsu) ?? [];
    const expression = parts.map((one) =>
      one === '_' ? '.' : one === '%' ? '.*' : RegExp.escape(one.replace(/^\\(?=.)/, '')),
    );
    const isBetween =
      Buffer.compare(Buffer.from(low), bytes) <= 0 && Buffer.compare(bytes, Buffer.from(high)) <= 0;
    return isBetween && new RegExp(`^${expression.join('')}$`, 'su').test(text);
  });
}

describe('a pattern finds what has its parts, in the form that is stored', () => {
  it.each([
    ['urn:epc:idpat:sgtin:0614141.112345.*', 'urn:epc:id:sgtin:0614141.112345.400', true],
    ['urn:epc:idpat:sgtin:0614141.112345.*', 'urn:epc:id:sgtin:0614141.112346.400', false],
    ['urn:epc:idpat:sgtin:0614141.112345.*', 'urn:epc:id:sgtin:0614141.212345.400', false],
    ['urn:epc:idpat:sgtin:0614141.*.*', 'urn:epc:id:sgtin:0614141.112346.400', true],
    ['urn:epc:idpat:sgtin:0614141.*.*', 'urn:epc:id:sgtin:0614142.112346.400', false],
    ['urn:epc:idpat:sscc:0614141.*', 'urn:epc:id:sscc:0614141.1234567890', true],
    ['urn:epc:idpat:sscc:0614141.*', 'urn:epc:id:sscc:0614142.1234567890', false],
    ['urn:epc:idpat:sgln:0614141.12345.*', 'urn:epc:id:sgln:0614141.12345.400', true],
    ['urn:epc:idpat:sgln:0614141.12345.*', 'urn:epc:id:sgln:0614141.12345.0', true],
    ['urn:epc:idpat:grai:0614141.12345.*', 'urn:epc:id:grai:0614141.12345.400', true],
    ['urn:epc:idpat:giai:0614141.*', 'urn:epc:id:giai:0614141.12345400', true],
    ['urn:epc:idpat:gdti:0614141.12345.*', 'urn:epc:id:gdti:0614141.12345.400', true],
    ['urn:epc:idpat:gdti:0614141.12346.*', 'urn:epc:id:gdti:0614141.12345.400', false],
  ])('%s: %s', (pattern, epc, isFound) => {
    expect(fits(patternsOfEpcs(pattern), canonicalIdentifier(epc))).toBe(isFound);
  });

  it.each([
    'urn:epc:id:sgtin:0614141.112345.400',
    'urn:epc:idpat:sgtin:0614141.*.400',
    'urn:epc:idpat:sgtin:0614141.112345.400',
    'urn:epc:idpat:sgtin:0614141.1123%5.*',
    'urn:epc:idpat:sgtin:*.*.*',
    'urn:epc:idpat:sscc:0614141.123',
    'urn:epc:idpat:constructor:0614141.*',
    'https://id.gs1.org/01/10614141123459/21/%',
  ])('%s is none', (text) => {
    expect(patternsOfEpcs(text)).toBeUndefined();
    expect(patternsOfClasses(text)).toBeUndefined();
  });
});

describe('a pattern finds classes of goods: the one it names and what lies in it', () => {
  const gtin = (reference: string) => `urn:epc:idpat:sgtin:0614141.${reference}.*`;
  it.each([
    [gtin('112345'), gtin('112345'), true],
    [gtin('112345'), 'https://id.gs1.org/01/10614141123459', true],
    [gtin('112345'), 'urn:epc:class:lgtin:0614141.112345.LOT1', true],
    [gtin('112345'), 'urn:epc:class:lgtin:0614141.112346.LOT1', false],
    [gtin('112345'), 'urn:epc:id:sgtin:0614141.112345.400', false],
    [gtin('*'), gtin('712346'), true],
    [gtin('*'), 'urn:epc:class:lgtin:0614141.112346.LOT1', true],
    [gtin('*'), 'urn:epc:idpat:sgtin:0614142.112346.*', false],
    ['urn:epc:idpat:grai:0614141.*.*', 'urn:epc:idpat:grai:0614141.12345.*', true],
    ['urn:epc:idpat:grai:0614141.*.*', 'urn:epc:id:grai:0614141.12345.400', false],
    ['urn:epc:idpat:gdti:0614141.12345.*', 'urn:epc:idpat:gdti:0614141.12345.*', true],
  ])('%s: %s', (pattern, epcClass, isFound) => {
    expect(fits(patternsOfClasses(pattern), canonicalIdentifier(epcClass))).toBe(isFound);
  });

  it.each([
    'urn:epc:idpat:sscc:0614141.*',
    'urn:epc:idpat:giai:0614141.*',
    'urn:epc:idpat:sgln:0614141.12345.*',
  ])('%s has none', (pattern) => {
    expect(patternsOfEpcs(pattern)).toBeDefined();
    expect(patternsOfClasses(pattern)).toBeUndefined();
  });
});

it('a value is found as a pattern of itself, whatever signs are in it, and nothing else is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (value, other) => {
      expect(fits([patternOfValue(value)], value)).toBe(true);
      expect(fits([patternOfValue(value)], other)).toBe(value === other);
    }),
  );
});

describe('places inside a place', () => {
  const inside = (place: string, other: string) => {
    const pattern = placesInside(canonicalIdentifier(place));
    return fits(pattern === undefined ? [] : [pattern], canonicalIdentifier(other));
  };
  it.each([
    ['urn:epc:id:sgln:4012345.00011.0', 'urn:epc:id:sgln:4012345.00011.987', true],
    ['urn:epc:id:sgln:4012345.00011.0', 'urn:epc:id:sgln:4012345.00012.987', false],
    ['urn:epc:id:sgln:4012345.00011.98', 'urn:epc:id:sgln:4012345.00011.987', false],
    ['urn:x-postroad:place:NL', 'urn:x-postroad:place:NL:Utrecht', true],
    ['urn:x-postroad:place:NL', 'urn:x-postroad:place:NL:Utrecht:HUB%31', true],
    ['urn:x-postroad:place:NL:Ut', 'urn:x-postroad:place:NL:Utrecht', false],
    ['urn:x-postroad:number:NL', 'urn:x-postroad:number:NL:1', false],
    ['https://places.example.com/nl', 'https://places.example.com/nl/utrecht', false],
  ])('%s: %s', (place, other, isInside) => {
    expect(inside(place, other)).toBe(isInside);
  });
});
