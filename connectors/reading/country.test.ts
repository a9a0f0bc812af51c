import { expect, it } from 'vitest';
import { countryOfCode, countryOfName } from './country.ts';
import { readPlace } from './place.ts';

it('knows a country by its code of two or three letters, and no other text', () => {
  expect(['DE', 'de', 'DEU', 'uk', 'GBR'].map(countryOfCode)).toEqual(['DE', 'DE', 'DE', 'GB', 'GB']);
  expect(['ZZ', 'XXX', 'D', '', 'Germany', undefined].map(countryOfCode)).toEqual(Array(6).fill(undefined));
});

it('knows a country by its English name, as posts write it', () => {
  expect(
    ['JAPAN', 'germany ', 'GREAT BRITAIN', "China, People's Republic", 'CZE'].map(countryOfName),
  ).toEqual(['JP', 'DE', 'GB', 'CN', 'CZ']);
  expect(['Somewhere', '', undefined].map(countryOfName)).toEqual([undefined, undefined, undefined]);
});

it('keeps in a place what the carrier wrote', () => {
  expect(readPlace({ country: 'POL' })).toEqual({ text: 'POL', country: 'PL' });
  expect(readPlace({ city: 'Bonn', country: 'Germania' })).toEqual({ text: 'Bonn', city: 'Bonn' });
});
