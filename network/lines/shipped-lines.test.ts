import { describe, expect, test } from 'vitest';
import { findCarrier } from '../carriers/index.ts';
import { compileLine } from './compiled-line.ts';
import { operatorServiceLineSchema, serviceLineSchema } from './contract.ts';
import { findLineProblems } from './line-check.policy.ts';
import type { ServiceLine } from './model.ts';
import { sampleLine, sampleTable } from './sample-line.fixture.ts';
import { SHIPPED_LINES } from './shipped-lines.ts';
import { publicView } from './views.ts';

/** The schema and the model say the same: this line does not compile otherwise. */
const parsed = (line: unknown): ServiceLine => operatorServiceLineSchema.parse(line);

describe.each(SHIPPED_LINES.map((line) => [line.code, line] as const))('%s', (_code, line) => {
  test('obeys the contract, has no problem, and a carrier of the registry', () => {
    expect(parsed(JSON.parse(JSON.stringify(line)))).toEqual(JSON.parse(JSON.stringify(line)));
    expect(findLineProblems(line)).toEqual([]);
    for (const leg of line.legs) expect(findCarrier(leg.carrierCode)).toBeDefined();
    expect(findCarrier(line.carrierCode)).toBeDefined();
    expect(line.buying).toHaveLength(line.selling.length);
  });
  test('shows nothing of its buying tables to the public', () => {
    const shown = publicView(line);
    expect(JSON.stringify(shown)).not.toContain('_buying');
    expect(serviceLineSchema.safeParse(JSON.parse(JSON.stringify(shown))).success).toBe(true);
    expect(serviceLineSchema.safeParse(JSON.parse(JSON.stringify(line))).success).toBe(false);
  });
});

test('codes are unique and every class is served across the border', () => {
  expect(new Set(SHIPPED_LINES.map((line) => line.code)).size).toBe(SHIPPED_LINES.length);
  const classes = SHIPPED_LINES.filter((line) => line.code.startsWith('cn_global')).map(
    (line) => line.serviceClass,
  );
  expect(classes).toEqual(['ECONOMY', 'SIMPLE', 'STANDARD', 'FAST']);
});

describe('zones of the shipped tables', () => {
  const zone = (code: string, from: object, to: object) => {
    const compiled = compileLine(SHIPPED_LINES.find((line) => line.code === code)!);
    return compiled.selling[0]!.zoneOf(from as never, to as never);
  };
  const cep = (postcode: string) => ({ country: 'BR', postcode });
  test.each([
    ['01000', '19999-999', 'state'],
    ['01000', '20000', 'region'],
    ['01000', '90000-000', 'near'],
    ['01000', '40000', 'wide'],
    ['01000', '69000', 'far'],
    ['69299', '69400', 'state'],
    ['69299', '69300', 'region'],
    ['72799', '72800', 'region'],
    ['00999', '01000', undefined],
  ])('CEP %s to %s: %s', (from, to, expected) =>
    expect(zone('br_domestic_standard', cep(from), cep(to))).toBe(expected),
  );
  test('a federative unit will do where the CEP is unknown', () => {
    expect(
      zone(
        'br_domestic_standard',
        { country: 'BR', divisionCodes: ['SP'] },
        { country: 'BR', divisionCodes: ['RS'] },
      ),
    ).toBe('near');
  });
  test.each([
    ['330106', '3301', 'province'],
    ['330106', '310000', 'region'],
    ['33', '650000', 'far'],
    ['33', '51', 'wide'],
    ['33', '99', undefined],
  ])('GB/T 2260 %s to %s: %s', (from, to, expected) => {
    expect(
      zone(
        'cn_domestic_express',
        { country: 'CN', divisionCodes: [from] },
        { country: 'CN', divisionCodes: [to] },
      ),
    ).toBe(expected);
  });
  test('next day stays inside one country', () => {
    const madrid = { country: 'ES', postcode: '28013' };
    expect(zone('eu_next_day', madrid, { country: 'ES', postcode: '28001' })).toBe('city');
    expect(zone('eu_next_day', madrid, { country: 'FR', postcode: '75001' })).toBeUndefined();
    expect(zone('eu_next_day', madrid, { country: 'ES', postcode: '08001' })).toBeUndefined();
  });
});

describe('a line that must not be published', () => {
  const table = sampleTable();
  const rows: [string, Partial<ServiceLine>, string][] = [
    ['two tables in force together', { selling: [table, sampleTable({ code: 'b' })] }, 'tables_overlap'],
    [
      'a zone without a rate',
      {
        selling: [
          sampleTable({
            sheet: { kind: 'bands', rates: [{ zone: 'near', bands: [{ upToGrams: 1, amountMinor: 1 }] }] },
          }),
        ],
      },
      'zone_without_rate',
    ],
    [
      'a rate twice',
      {
        selling: [
          sampleTable({
            sheet: {
              kind: 'bands',
              rates: ['near', 'near', 'far'].map((zone) => ({
                zone,
                bands: [{ upToGrams: 1, amountMinor: 1 }],
              })),
            },
          }),
        ],
      },
      'rate_twice',
    ],
    [
      'bands that fall',
      {
        selling: [
          sampleTable({
            sheet: {
              kind: 'bands',
              rates: ['near', 'far'].map((zone) => ({
                zone,
                bands: [
                  { upToGrams: 2, amountMinor: 1 },
                  { upToGrams: 2, amountMinor: 2 },
                ],
              })),
            },
          }),
        ],
      },
      'bands_not_ascending',
    ],
    ['validity turned round', { validTo: sampleLine().validFrom }, 'validity_turned_round'],
    [
      'a time zone that is none',
      { promise: { ...sampleLine().promise, zone: 'Mars/Olympus' } },
      'unknown_time_zone',
    ],
    [
      'days turned round',
      { promise: { ...sampleLine().promise, days: [{ zone: '*', minDays: 3, maxDays: 2 }] } },
      'days_turned_round',
    ],
    [
      'a promise for a zone that is not priced',
      { promise: { ...sampleLine().promise, days: [{ zone: 'moon', minDays: 1, maxDays: 2 }] } },
      'promise_for_unknown_zone',
    ],
  ];
  test.each(rows)('%s', (_name, part, code) => {
    expect(findLineProblems(sampleLine(part)).map((problem) => problem.code)).toContain(code);
  });
  test('the sample itself has no problem', () => expect(findLineProblems(sampleLine())).toEqual([]));
});
