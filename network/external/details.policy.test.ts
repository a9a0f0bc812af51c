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
