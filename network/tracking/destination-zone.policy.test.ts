import { expect, test } from 'vitest';
import { destinationZone } from './destination-zone.policy.ts';

test.each([
  [{ country: 'DE', postcode: '10115', city: 'Berlin' }, 'Europe/Berlin'],
  [{ country: 'US', division: 'US-GA' }, 'America/New_York'],
  [{ country: 'AU', division: 'NSW', postcode: '2880' }, 'Australia/Adelaide'],
  [{ country: 'CN', division: '330000' }, 'Asia/Shanghai'],
  [{ country: 'US' }, undefined],
])('days of a promise to %j are those of %s', (place, zone) => {
  expect(destinationZone(place)).toBe(zone);
});
