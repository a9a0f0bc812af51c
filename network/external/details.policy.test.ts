import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CountryCode, Instant } from '../kernel/index.ts';
import { contradicted, detailChanges } from './details.policy.ts';

const NOTHING = {
  trackingSite: undefined,
  serviceName: undefined,
  description: undefined,
  shippedAt: undefined,
  shipFromCountry: undefined,
  weightGrams: undefined,
};
const SAID = {
  ...NOTHING,
  serviceName: 'Express',
  shippedAt: '2026-11-02T09:00:00.000Z' as Instant,
  weightGrams: 700,
};

test('a correction tells each detail that is another one, as it was and as it is', () => {
  expect(detailChanges(SAID, SAID)).toEqual([]);
  const after = {
    ...SAID,
    serviceName: 'Saver',
    weightGrams: undefined,
    shipFromCountry: 'DE' as CountryCode,
  };
  expect(detailChanges(SAID, after)).toEqual([
    { detail: 'service_name', before: 'Express', after: 'Saver' },
    { detail: 'ship_from_country', after: 'DE' },
    { detail: 'weight_grams', before: 700 },
  ]);
});

test('what is said again contradicts only by what it states', () => {
  const standing = { ...SAID, sendType: 'all' } as const;
  expect(contradicted(standing, standing)).toEqual([]);
  expect(contradicted(standing, { sendType: 'all' })).toEqual([]);
  expect(contradicted(standing, { sendType: 'all', weightGrams: 700, serviceName: undefined })).toEqual([]);
  expect(contradicted(standing, { sendType: 'part', weightGrams: 701 })).toEqual([
    'send_type',
    'weight_grams',
  ]);
  expect(contradicted(standing, { sendType: 'all', description: 'a kettle' })).toEqual(['description']);
});

const details = fc.record({
  trackingSite: fc.option(fc.constantFrom('https://a.example', 'https://b.example'), { nil: undefined }),
  serviceName: fc.option(fc.constantFrom('', 'Express', '__proto__'), { nil: undefined }),
  description: fc.option(fc.string({ maxLength: 3 }), { nil: undefined }),
  shippedAt: fc.option(
    fc.constantFrom(...(['2026-11-02T09:00:00.000Z', '2026-11-03T09:00:00.000Z'] as Instant[])),
    {
      nil: undefined,
    },
  ),
  shipFromCountry: fc.option(fc.constantFrom(...(['DE', 'CN'] as CountryCode[])), { nil: undefined }),
  weightGrams: fc.option(fc.constantFrom(0, 1, 700), { nil: undefined }),
});

test('what a correction tells leads from what was said to what is said, and back', () => {
  fc.assert(
    fc.property(details, details, (before, after) => {
      const changes = detailChanges(before, after);
      const back = detailChanges(after, before);
      expect(back).toEqual(
        changes.map(({ detail, before: was, after: is }) => ({
          detail,
          ...(is === undefined ? {} : { before: is }),
          ...(was === undefined ? {} : { after: was }),
        })),
      );
      const isSaid = (one: object) => Object.values(one).filter((value) => value !== undefined).length;
      const added = changes.filter((one) => one.before === undefined).length;
      const taken = changes.filter((one) => one.after === undefined).length;
      expect(isSaid(before) + added - taken).toBe(isSaid(after));
    }),
  );
});

test('saying less contradicts nothing, and saying it all contradicts where a correction would tell something', () => {
  const sendType = fc.constantFrom('all', 'part');
  fc.assert(
    fc.property(details, details, sendType, sendType, (said, again, standingType, againType) => {
      const standing = { ...said, sendType: standingType } as const;
      const stated = Object.fromEntries(Object.entries(again).filter(([, value]) => value !== undefined));
      const corrected = detailChanges(said, { ...said, ...stated }).map(({ detail }) => detail);
      expect(contradicted(standing, { ...again, sendType: againType })).toEqual(
        standingType === againType ? corrected : ['send_type', ...corrected],
      );
    }),
  );
});
