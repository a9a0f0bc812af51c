import { expect, test } from 'vitest';
import { destinationZone, zoneOfParcel } from './destination-zone.policy.ts';

test.each([
  [{ country: 'DE', postcode: '10115', city: 'Berlin' }, 'Europe/Berlin'],
  [{ country: 'US', division: 'US-GA' }, 'America/New_York'],
  [{ country: 'AU', division: 'NSW', postcode: '2880' }, 'Australia/Adelaide'],
  [{ country: 'CN', division: '330000' }, 'Asia/Shanghai'],
  [{ country: 'US' }, undefined],
])('days of a promise to %j are those of %s', (place, zone) => {
  expect(destinationZone(place)).toBe(zone);
});

test('the clock of a promise is that of who made it, else that of the place as far as it is kept', () => {
  const destination = { country: 'US', city: 'Springfield' };
  expect(zoneOfParcel({ promise: { zone: 'America/Chicago' }, destination })).toBe('America/Chicago');
  expect(zoneOfParcel({ promise: {}, destination: { country: 'DE' } })).toBe('Europe/Berlin');
  expect(zoneOfParcel({ promise: undefined, destination })).toBeUndefined();
  expect(zoneOfParcel({ promise: undefined, destination: undefined })).toBeUndefined();
});
