import { expect, test } from 'vitest';
import { CN, ES } from './life.fixture.ts';
import { rememberTowns, type Town } from './town-memory.ts';

test('each town is asked about once, also one that nobody knows; what differs is another town', () => {
  const asked: Town[] = [];
  const tell = rememberTowns((town) => {
    asked.push(town);
    return town.city === undefined ? undefined : asked.length;
  });
  const towns: Town[] = [
    { country: ES },
    { country: ES, city: 'Madrid' },
    { country: ES, city: 'Madrid', postcode: '28001' },
    { country: ES, postcode: '28001' },
    { country: CN, city: 'Madrid' },
  ];
  const first = towns.map(tell);
  expect(first).toEqual([undefined, 2, 3, undefined, 5]);
  expect(towns.map(tell)).toEqual(first);
  expect(asked).toHaveLength(towns.length);
});
