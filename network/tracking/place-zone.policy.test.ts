import { setFlagsFromString } from 'node:v8';
import { expect, it } from 'vitest';
import { isZone } from '../kernel/index.ts';
import { clockZones, placeZone } from './place-zone.policy.ts';

// The first of all: who looks a zone up in a set makes it one piece, too.
it('tells a zone in one piece, as it stands in every answer about a parcel', () => {
  setFlagsFromString('--allow-natives-syntax');
  const isFlat = new Function('text', 'return %StringIsFlat(text)');
  const zones = ['DE', 'IT', 'JM', 'AR', 'ZA', 'HK'].map((country) => placeZone({ country }));
  expect(zones.filter((zone) => zone === undefined || !isFlat(zone))).toEqual([]);
});

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
  ['the west of Tennessee', { country: 'US', region: 'TN', postcode: '38118' }, 'America/Chicago'],
  ['the north-west of Indiana', { country: 'US', region: 'IN', postcode: '46402' }, 'America/Chicago'],
  ['Toronto by its postal code', { country: 'CA', region: 'ON', postcode: 'm5v 2t6' }, 'America/Toronto'],
  [
    'a hub without a postcode',
    { country: 'US', region: 'KY', city: 'Louisville' },
    'America/Kentucky/Louisville',
  ],
  ['a hub of Tennessee', { country: 'US', region: 'tn', city: 'MEMPHIS ' }, 'America/Chicago'],
  ['a town with an accent', { country: 'CA', region: 'QC', city: 'Montr\u00e9al' }, 'America/Toronto'],
  [
    'a town of a country with many clocks',
    { country: 'BR', region: 'SP', city: 'S\u00e3o Paulo' },
    'America/Sao_Paulo',
  ],
  ['a capital without a postcode', { country: 'FR', city: 'PARIS' }, 'Europe/Paris'],
  ['a postcode before a town', { country: 'ES', postcode: '35001', city: 'Madrid' }, 'Atlantic/Canary'],
])('knows the clock of %s', (_where, place, zone) => {
  expect(placeZone(place)).toBe(zone);
});

it.each([
  ['no place', {}],
  ['a country with many clocks', { country: 'US' }],
  ['a state split by county', { country: 'US', region: 'KY', postcode: '42501' }],
  ['a town of another state', { country: 'US', city: 'Memphis' }],
  ['a town that nobody knows', { country: 'US', region: 'TN', city: 'Somewhere' }],
  ['a postcode of Quebec in two zones', { country: 'CA', region: 'QC', postcode: 'G4T 1A1' }],
  ['a split state without a postcode', { country: 'US', region: 'FL' }],
  ['a postcode that lies in two zones', { country: 'US', region: 'FL', postcode: '32456' }],
  ['Spain without a postcode', { country: 'ES' }],
  ['France without a postcode', { country: 'FR' }],
  ['France overseas', { country: 'FR', postcode: '97400' }],
  ['Russia', { country: 'RU' }],
  ['a country that does not exist', { country: 'XX' }],
])('says nothing about %s', (_where, place) => {
  expect(placeZone(place)).toBeUndefined();
});
