import { describe, expect, it } from 'vitest';
import { canonicalIdentifier } from './digital-link.policy.ts';
import { likeOfEpcPattern } from './epc-pattern.policy.ts';

/** As PostgreSQL reads it: `_` is any character, `%` any text. */
function fits(pattern: string | undefined, epc: string): boolean {
  if (pattern === undefined) return false;
  const expression = [...pattern].map((one) => (one === '_' ? '.' : one === '%' ? '.*' : RegExp.escape(one)));
  return new RegExp(`^${expression.join('')}$`).test(epc);
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
    expect(fits(likeOfEpcPattern(pattern), canonicalIdentifier(epc))).toBe(isFound);
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
    expect(likeOfEpcPattern(text)).toBeUndefined();
  });
});
