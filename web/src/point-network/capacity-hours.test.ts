import { expect, test } from 'vitest';
import { openHours, type PublishedHour, publishedHours } from './capacity-hours.ts';

const OUTLET = {
  hours: [
    { day: 1, opens: '08:30', closes: '12:00' },
    { day: 7, opens: '10:00', closes: '11:00' },
  ],
  exceptions: [
    { date: '2026-11-30', hours: [{ opens: '14:00', closes: '15:30' }] },
    { date: '2026-12-07', hours: [] },
  ],
};

test('an hour counts as open when the door is open for a part of it', () => {
  expect(openHours(OUTLET, '')).toEqual([8, 9, 10, 11]);
});

test('a date has its weekday, or what it has instead', () => {
  expect(openHours(OUTLET, '2026-11-29')).toEqual([10]);
  expect(openHours(OUTLET, '2026-11-30')).toEqual([14, 15]);
  expect(openHours(OUTLET, '2026-12-14')).toEqual([8, 9, 10, 11]);
});

test('a closed date shows all hours: a number may still be set', () => {
  expect(openHours(OUTLET, '2026-12-07')).toHaveLength(24);
});

test('what was typed goes over what is published, and an emptied field ends the number', () => {
  const given: PublishedHour[] = [
    { service: 'collect', day: 'daily', hour: 8, capacity: 5 },
    { service: 'collect', day: 'daily', hour: 9, capacity: 6 },
    { service: 'mail', day: '2026-12-24', hour: 9, capacity: 0 },
  ];
  const typed = { 'daily collect 8': '7', 'daily collect 9': '', '2026-12-24 collect 10': '3' };
  expect(publishedHours(given, typed)).toEqual([
    { service: 'mail', day: '2026-12-24', hour: 9, capacity: 0 },
    { service: 'collect', day: 'daily', hour: 8, capacity: 7 },
    { service: 'collect', day: '2026-12-24', hour: 10, capacity: 3 },
  ]);
});
