import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compactPostcode } from './postcode-format.ts';
import {
  type AreaMatcher,
  compareMatchers,
  compileZones,
  type ZoneMatcher,
  type ZoneSubject,
  type ZoneTable,
  zoneOf,
} from './zones.ts';

const TABLE: ZoneTable = {
  zones: [
    { code: 'rest', matchers: [{ kind: 'anywhere' }] },
    { code: 'brazil', matchers: [{ kind: 'country', country: 'BR' }] },
    { code: 'capital', matchers: [{ kind: 'division', country: 'BR', code: 'SP' }] },
    {
      code: 'city',
      matchers: [
        { kind: 'postcode_range', country: 'BR', from: '01000', to: '05999' },
        { kind: 'postcode_prefix', country: 'BR', prefix: '08' },
      ],
    },
    { code: 'centre', matchers: [{ kind: 'postcode_range', country: 'BR', from: '01000', to: '01599' }] },
    { code: 'far', matchers: [{ kind: 'remote' }] },
    { code: 'hangzhou', matchers: [{ kind: 'division', country: 'CN', code: '330100' }] },
    { code: 'zhejiang', matchers: [{ kind: 'division', country: 'CN', code: '330000' }] },
    { code: 'china', matchers: [{ kind: 'country', country: 'CN' }] },
  ],
  remoteAreas: [
    { kind: 'division', country: 'BR', code: 'AC' },
    { kind: 'postcode_prefix', country: 'BR', prefix: '013' },
  ],
};

describe('zone of an address', () => {
  const compiled = compileZones(TABLE);
  test.each([
    ['nothing but the country', { country: 'BR' }, 'brazil'],
    ['state', { country: 'BR', divisionCodes: ['SP'] }, 'capital'],
    ['postcode beats state', { country: 'BR', divisionCodes: ['SP'], postcode: '04567-000' }, 'city'],
    ['narrower range beats wider', { country: 'BR', divisionCodes: ['SP'], postcode: '01234-000' }, 'centre'],
    ['five-digit CEP', { country: 'BR', postcode: '08123' }, 'city'],
    ['remote beats state and country', { country: 'BR', divisionCodes: ['AC'] }, 'far'],
    ['a postcode beats remote', { country: 'BR', postcode: '01310-100' }, 'centre'],
    [
      'prefecture beats province',
      { country: 'CN', divisionCodes: ['330000', '330100', '330110'] },
      'hangzhou',
    ],
    ['province', { country: 'CN', divisionCodes: ['330000', '330200'] }, 'zhejiang'],
    ['other province', { country: 'CN', divisionCodes: ['110000'] }, 'china'],
    ['elsewhere', { country: 'DE', postcode: '10115' }, 'rest'],
    ['hostile country', { country: '__proto__', postcode: '01' }, 'rest'],
  ])('%s', (_, subject, zone) => {
    expect(zoneOf(compiled, subject)?.zone).toBe(zone);
  });

  test('says which matcher decided and which area makes it remote', () => {
    expect(zoneOf(compiled, { country: 'BR', postcode: '01310-100' })).toEqual({
      zone: 'centre',
      matcher: { kind: 'postcode_range', country: 'BR', from: '01000', to: '01599' },
      remote: { kind: 'postcode_prefix', country: 'BR', prefix: '013' },
    });
  });

  test('no matcher, no zone', () => {
    expect(zoneOf(compileZones({ zones: [] }), { country: 'BR' })).toBeUndefined();
  });

  test.each([
    ['turned round', '200', '100'],
    ['of different length', '10', '100'],
    ['empty', '', ''],
    ['too long', '0'.repeat(11), '9'.repeat(11)],
  ])('a range %s is refused when the table is compiled', (_, from, to) => {
    const matcher = { kind: 'postcode_range', country: 'BR', from, to } as const;
    expect(() => compileZones({ zones: [{ code: 'a', matchers: [matcher] }] })).toThrow(RangeError);
  });

  test('an empty prefix is refused when the table is compiled', () => {
    const matcher = { kind: 'postcode_prefix', country: 'BR', prefix: ' - ' } as const;
    expect(() => compileZones({ zones: [{ code: 'a', matchers: [matcher] }] })).toThrow(RangeError);
  });
});

const country = fc.constantFrom('BR', 'CN', 'GB');
const digits = fc.stringMatching(/^[0-3A]{1,3}$/);
const code = fc.constantFrom('330000', '330100', '330110', '110000', 'SP', 'RJ');
const area: fc.Arbitrary<AreaMatcher> = fc.oneof(
  fc.constant<AreaMatcher>({ kind: 'anywhere' }),
  fc.record({ kind: fc.constant('country' as const), country }),
  fc.record({ kind: fc.constant('division' as const), country, code }),
  fc.record({ kind: fc.constant('postcode_prefix' as const), country, prefix: digits }),
  fc.tuple(country, fc.integer({ min: 1, max: 3 }), fc.nat(999), fc.nat(999)).map(([of, length, a, b]) => {
    const [from = '', to = ''] = [a, b].map((n) => String(n).padStart(3, '0').slice(0, length)).sort();
    return { kind: 'postcode_range' as const, country: of, from, to };
  }),
);
const matcher: fc.Arbitrary<ZoneMatcher> = fc.oneof(
  { weight: 6, arbitrary: area },
  fc.record({ kind: fc.constant('remote' as const), country }),
  fc.constant<ZoneMatcher>({ kind: 'remote' }),
);
const subject: fc.Arbitrary<ZoneSubject> = fc.record(
  {
    country,
    divisionCodes: fc.constantFrom(['330000', '330100', '330110'], ['110000'], ['SP'], ['RJ'], []),
    postcode: fc.stringMatching(/^[0-3A]{1,4}$/),
  },
  { requiredKeys: ['country'] },
);

function holds(one: ZoneMatcher, at: ZoneSubject, isRemote: boolean): boolean {
  const compact = compactPostcode(at.postcode ?? '');
  if (one.kind === 'anywhere') return true;
  if (one.kind === 'remote') return isRemote && (one.country === undefined || one.country === at.country);
  if (one.country !== at.country) return false;
  if (one.kind === 'country') return true;
  if (one.kind === 'postcode_prefix') return compact.startsWith(one.prefix);
  if (one.kind === 'postcode_range') {
    const head = compact.slice(0, one.from.length);
    return head.length === one.from.length && one.from <= head && head <= one.to;
  }
  if (at.country !== 'CN') return (at.divisionCodes ?? []).includes(one.code);
  const prefix = one.code.replace(/(00){1,2}$/, '');
  return (at.divisionCodes ?? []).some((own) => own.replace(/(00){1,2}$/, '').startsWith(prefix));
}

describe('a compiled table', () => {
  test('answers what trying every matcher in turn answers', () => {
    const table = fc.record({
      zones: fc.array(
        fc.record({ code: fc.stringMatching(/^[a-z]{2}$/), matchers: fc.array(matcher, { maxLength: 4 }) }),
        {
          maxLength: 6,
        },
      ),
      remoteAreas: fc.array(area, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(table, fc.array(subject, { minLength: 1, maxLength: 8 }), (data, subjects) => {
        const compiled = compileZones(data);
        for (const at of subjects) {
          const isRemote = data.remoteAreas.some((one) => holds(one, at, false));
          const hits = data.zones
            .flatMap((zone) => zone.matchers.map((one) => ({ zone: zone.code, matcher: one })))
            .filter((entry) => holds(entry.matcher, at, isRemote));
          // Array.prototype.sort is stable: equals stay in table order.
          const expected = hits.sort((a, b) => compareMatchers(a.matcher, b.matcher))[0];
          const found = zoneOf(compiled, at);
          expect(found === undefined ? undefined : { zone: found.zone, matcher: found.matcher }).toEqual(
            expected,
          );
          if (found !== undefined) expect(found.remote !== undefined).toBe(isRemote);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
