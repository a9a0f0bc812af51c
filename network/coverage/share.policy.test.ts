import { expect, test } from 'vitest';
import { shareOf, sharesByDivision } from './share.policy.ts';

const place = (people: number, nearestMeters: number, divisionCode?: string) => ({
  people,
  nearestMeters,
  divisionCode,
});

test('shares count places, villages and people within each distance, its edge included', () => {
  const share = shareOf([place(8_000, 3_000), place(1_000, 3_001), place(0, 10_000), place(1_000, Infinity)]);
  expect(share).toMatchObject({ places: 4, villages: 3, people: 10_000 });
  expect(share.within).toEqual([
    {
      meters: 3_000,
      places: 1,
      villages: 0,
      people: 8_000,
      placesShare: 0.25,
      villagesShare: 0,
      peopleShare: 0.8,
    },
    {
      meters: 5_000,
      places: 2,
      villages: 1,
      people: 9_000,
      placesShare: 0.5,
      villagesShare: 0.333333,
      peopleShare: 0.9,
    },
    {
      meters: 10_000,
      places: 3,
      villages: 2,
      people: 9_000,
      placesShare: 0.75,
      villagesShare: 0.666667,
      peopleShare: 0.9,
    },
  ]);
});

test('a country without places has no shares, and nothing is divided by nothing', () => {
  expect(shareOf([]).within.map(({ peopleShare }) => peopleShare)).toEqual([0, 0, 0]);
});

test('divisions come with the least covered people first', () => {
  const places = [place(10, 100, 'B'), place(10, Infinity, 'A'), place(10, 100, 'A'), place(10, 100)];
  expect(sharesByDivision(places).map(({ divisionCode, places: count }) => [divisionCode, count])).toEqual([
    ['A', 2],
    ['B', 1],
  ]);
});
