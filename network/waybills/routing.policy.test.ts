import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CountryCode } from '../kernel/index.ts';
import type { Area } from './model.ts';
import { compileRules, parseRouteCode, type RoutingRule, resolveRoute } from './routing.policy.ts';
import { shippedRules } from './routing-demo.policy.ts';
import { parseCsv, readRoutingRows } from './routing-rows.policy.ts';

const area = (country: string, rest: Omit<Area, 'country'> = {}): Area => ({
  country: country as CountryCode,
  ...rest,
});
const rule = (ruleId: string, matcher: Partial<RoutingRule>, sortMark = ruleId): RoutingRule => ({
  ruleId,
  country: 'DE',
  ...matcher,
  routing: { sortMark },
});
const rules = compileRules(7, [
  rule('whole', {}),
  rule('hessen', { division: 'Hessen' }),
  rule('frankfurt', { city: 'Frankfurt' }),
  rule('frankfurt-hessen', { city: 'Frankfurt', division: 'Hessen' }),
  rule('6', { postcodePrefix: '6' }),
  rule('60327', { postcodePrefix: '60327' }),
  rule('halle-a', { city: 'Halle' }, 'A'),
  rule('halle-b', { city: 'Halle' }, 'B'),
]);

test.each([
  ['the longest postcode', { postcode: '60327', city: 'Halle' }, '60327', 'postcode'],
  ['a shorter postcode', { postcode: '60-100' }, '6', 'postcode'],
  [
    'a city with its division before the city alone',
    { city: 'FRANKFURT ', division: 'hessen' },
    'frankfurt-hessen',
    'city',
  ],
  ['a city', { city: 'Frankfurt', division: 'Brandenburg' }, 'frankfurt', 'city'],
  ['a division', { division: 'Hessen', city: 'Kassel' }, 'hessen', 'division'],
  ['the country in the end', { city: 'Kiel' }, 'whole', 'country'],
])('%s decides', (_name, rest, ruleId, layer) => {
  expect(resolveRoute(rules, area('DE', rest), undefined)).toMatchObject({
    ok: true,
    ruleId,
    layer,
    ruleVersion: 7,
  });
});

test.each([
  ['the code of a checked address', 'CN', '310000', '上海市'],
  ['a name', 'CN', '上海市', '上海市'],
  ['a name for the code in a table', 'BR', 'São Paulo', 'SP'],
  ['a text that the data does not know', 'DE', 'Nowhere-Land', 'nowhere-land'],
])('a division is met by %s', (_, country, given, inTable) => {
  const set = compileRules(1, [{ ...rule('there', { division: inTable }), country }]);
  expect(resolveRoute(set, area(country, { division: given }), undefined)).toMatchObject({ ruleId: 'there' });
  const other = resolveRoute(set, area(country, { division: 'Elsewhere' }), undefined);
  expect(other).toMatchObject({ ok: false, reason: 'no_match' });
});

test('a Chinese parcel that was bought is routed by the shipped table', () => {
  const shanghai = area('CN', { division: '310000', city: '上海市', postcode: '200030' });
  const set = compileRules(0, shippedRules('postroad_express_cn'));
  expect(resolveRoute(set, shanghai, undefined)).toMatchObject({
    ok: true,
    ruleId: 'cn-sh',
    layer: 'division',
  });
});

test('two equal rules that disagree are ambiguous and both are named', () => {
  expect(resolveRoute(rules, area('DE', { city: 'Halle' }), undefined)).toEqual({
    ok: false,
    reason: 'ambiguous',
    candidates: ['halle-a', 'halle-b'],
  });
});

test('no area is empty, another country matches nothing, and a decision for this area comes first', () => {
  expect(resolveRoute(rules, undefined, undefined)).toMatchObject({ reason: 'empty' });
  expect(resolveRoute(undefined, area('DE', { city: 'Kiel' }), undefined)).toMatchObject({
    reason: 'no_match',
  });
  expect(resolveRoute(rules, area('FR', { city: 'Lyon' }), undefined)).toMatchObject({ reason: 'no_match' });
  expect(resolveRoute(rules, area('DE', { city: 'Halle' }), { sortMark: 'X' })).toMatchObject({
    ok: true,
    layer: 'history',
    routing: { sortMark: 'X' },
  });
});

test.each([
  ['380D-56-04', { hub: '380D', outlet: '56', courier: '04' }],
  ['721-A010-J9 47', { hub: '721', outlet: 'A010', courier: 'J9 47' }],
  ['002 207', { hub: '002', outlet: '207' }],
  ['08洪山', { hub: '08洪山' }],
  ['A-B-C-D', { hub: 'A', outlet: 'B', courier: 'C', extra: 'D' }],
])('the code %s is taken apart and kept', (raw, parts) => {
  expect(parseRouteCode(raw)).toEqual({ raw, ...parts });
});

test('the shipped tables have distinct ids and route their own areas', () => {
  for (const carrier of [
    'postroad_express_cn',
    'postroad_express_eu',
    'postroad_express_br',
    'postroad_line',
  ]) {
    const shipped = shippedRules(carrier);
    expect(new Set(shipped.map((one) => one.ruleId)).size).toBe(shipped.length);
    const set = compileRules(0, shipped);
    for (const { country, division, city, town, postcodePrefix, ruleId } of shipped) {
      const found = resolveRoute(
        set,
        area(country, { division, city, town, postcode: postcodePrefix }),
        undefined,
      );
      expect(found).toMatchObject({ ok: true, ruleId });
    }
  }
});

test('CSV survives quoting and refuses what is not a table', () => {
  expect(parseCsv('a,b\r\n"x, ""y""",2\n3,\n')).toEqual([
    { a: 'x, "y"', b: '2' },
    { a: '3', b: '' },
  ]);
  expect(parseCsv('a;b\n1;2')).toEqual([{ a: '1', b: '2' }]);
  for (const broken of ['a,b\n"x,2', 'a,a\n1,2', 'a,b\n1', 'a,b\n"x"y,2'])
    expect(parseCsv(broken)).toBeUndefined();
});

test('any rows can be written as CSV and read back', () => {
  const cell = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
      const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const text = ['a,b', ...rows.map((row) => row.map(quote).join(','))].join('\n');
      expect(parseCsv(text)).toEqual(rows.map(([a, b]) => ({ a, b })));
    }),
  );
});

test('each wrong row is named by its place and field, and none is loaded', () => {
  const outcome = readRoutingRows([
    { country: 'DE', sort_mark: 'OK' },
    { country: 'Germany', sort_mark: '' },
    { country: 'DE', sort_mark: 'X', consolidation_name: 'half' },
    { country: 'DE', sort_mark: 'a\u0000b', surprise: 'x' },
    { country: 'DE', sort_mark: 'X', rule_id: 'row-1' },
  ]);
  expect(outcome.ok).toBe(false);
  if (outcome.ok) return;
  expect(outcome.rejection.errors?.map((error) => error.pointer)).toEqual(
    expect.arrayContaining([
      '/rules/1/country',
      '/rules/1/sort_mark',
      '/rules/2/consolidation_code',
      '/rules/3/sort_mark',
      '/rules/3/surprise',
      '/rules/4/rule_id',
    ]),
  );
});
