import { expect, test } from 'vitest';
import { distanceMeters } from '../kernel/index.ts';
import { discOf } from './disc.ts';

const km = (place: Parameters<typeof discOf>[0]) => Math.round((discOf(place)?.radiusMeters ?? 0) / 1_000);

test('a city is known well, a city with namesakes as far as they lie apart, a country as far as it reaches', () => {
  expect(km({ country: 'DE', city: 'Berlin' })).toBeLessThan(900);
  expect(km({ country: 'ES', city: 'Sevilla' })).toBeLessThan(100);
  expect(km({ country: 'US', city: 'Springfield' })).toBeGreaterThan(1_500);
  expect(km({ country: 'NL' })).toBeLessThan(400);
  expect(km({ country: 'US' })).toBeGreaterThan(3_000);
  expect(km({ country: 'NL', city: 'No such town' })).toBe(km({ country: 'NL' }));
});

test('a postcode and a position are known better than a name', () => {
  expect(km({ country: 'US', city: 'Springfield', postcode: '62701' })).toBeLessThan(100);
  expect(km({ country: 'DE', position: { latitude: 52.5, longitude: 13.4 } })).toBe(2);
});

test('a Chinese city is as wide as its prefecture', () => {
  for (const city of ['深圳', '深圳市']) {
    const disc = discOf({ country: 'CN', city });
    expect(disc?.radiusMeters).toBe(250_000);
    expect(
      distanceMeters(disc?.position ?? { latitude: 0, longitude: 0 }, { latitude: 22.54, longitude: 114.06 }),
    ).toBeLessThan(60_000);
  }
});

test('a country that nobody knows is nowhere', () => {
  expect(discOf({ country: 'QQ', city: 'Nowhere' })).toBeUndefined();
});
