import { expect, test } from 'vitest';
import type { CountryCode } from '../kernel/index.ts';
import { clockZone } from './clock-zone.policy.ts';

const at = (country: string, city?: string) => ({
  place: { country: country as CountryCode, ...(city === undefined ? {} : { city }) },
});

test.each([
  ['the place’s, also when the source writes in UTC', { zone: 'Z', ...at('DE') }, 'Europe/Berlin'],
  ['the place’s, also when the source writes in its own', { zone: '+08:00', ...at('DE') }, 'Europe/Berlin'],
  ['the source’s where the place has several', { zone: '-06:00', ...at('US') }, '-06:00'],
  ['the source’s where there is no place', { zone: '+08:00' }, '+08:00'],
  ['UTC, and called so, where nothing else is known', { zone: 'Z', ...at('US') }, 'UTC'],
])('a stated time is told by the clock of %s', (_what, scan, zone) => {
  expect(clockZone({ zoneConfidence: 'stated', ...scan })).toBe(zone);
});

test('an assumed zone stays, whatever the place says: the instant hangs on it', () => {
  expect(clockZone({ zoneConfidence: 'assumed', zone: 'Asia/Shanghai', ...at('DE') })).toBe('Asia/Shanghai');
});

test('nobody knows the clock of a time without a zone', () => {
  expect(clockZone({ zoneConfidence: 'unknown' })).toBeUndefined();
});
