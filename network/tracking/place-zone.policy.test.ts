import { expect, it } from 'vitest';
import { isZone } from '../kernel/index.ts';
import { clockZones, placeZone } from './place-zone.policy.ts';

it('names only zones that exist', () => {
  expect(clockZones().length).toBeGreaterThan(200);
  expect(clockZones().filter((zone) => !isZone(zone))).toEqual([]);
});

it.each([
  ['a country with one clock', { country: 'JM' }, 'America/Jamaica'],
  ['China, whose legal time is that of Beijing', { country: 'CN', region: 'XJ' }, 'Asia/Shanghai'],
  ['a state with one clock', { country: 'US', region: 'GA', postcode: '30340' }, 'America/New_York'],
  ['a state that keeps standard time', { country: 'AU', region: 'QLD' }, 'Australia/Brisbane'],
  ['the panhandle of Florida', { country: 'US', region: 'FL', postcode: '32501' }, 'America/Chicago'],
  ['the rest of Florida', { country: 'US', region: 'FL', postcode: '33101-1234' }, 'America/New_York'],
  ['El Paso', { country: 'US', region: 'TX', postcode: '79901' }, 'America/Denver'],
  ['the Canary Islands', { country: 'ES', postcode: '35001' }, 'Atlantic/Canary'],
  ['mainland Spain', { country: 'ES', region: 'Madrid', postcode: '28001' }, 'Europe/Madrid'],
  ['Madeira', { country: 'PT', postcode: '9000-001' }, 'Atlantic/Madeira'],
])('knows the clock of %s', (_where, place, zone) => {
  expect(placeZone(place)).toBe(zone);
});

it.each([
  ['no place', {}],
  ['a country with many clocks', { country: 'US' }],
  ['a state split by county', { country: 'US', region: 'TN', postcode: '37201' }],
  ['a split state without a postcode', { country: 'US', region: 'FL' }],
  ['a postcode that lies in two zones', { country: 'US', region: 'FL', postcode: '32456' }],
  ['Spain without a postcode', { country: 'ES' }],
  ['France overseas', { country: 'FR', postcode: '97400' }],
  ['Russia', { country: 'RU' }],
  ['a country that does not exist', { country: 'XX' }],
])('says nothing about %s', (_where, place) => {
  expect(placeZone(place)).toBeUndefined();
});
