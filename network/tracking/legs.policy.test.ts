import { expect, test } from 'vitest';
import { addDays, type CountryCode, instant } from '../kernel/index.ts';
import { travelledLegs, type Visit } from './legs.policy.ts';

const START = instant('2026-06-01T00:00:00Z');
const place = (country: string, city: string) => ({ country: country as CountryCode, city });
const [SHENZHEN, HONG_KONG, BERLIN] = [
  place('CN', 'Shenzhen'),
  place('HK', 'Hong Kong'),
  place('DE', 'Berlin'),
];
const visit = (
  milestone: Visit['milestone'],
  day: number,
  at?: ReturnType<typeof place>,
  clockZone?: string,
): Visit => ({ milestone, occurredAt: addDays(START, day), place: at, clockZone });

test('a leg runs from the first to the last place that was told on it, and ends where the next one begins', () => {
  const legs = travelledLegs(
    [
      visit('picked_up', 0, SHENZHEN),
      visit('linehaul', 1, HONG_KONG),
      visit('linehaul', 2),
      visit('out_for_delivery', 4, BERLIN),
    ],
    false,
  );
  expect(legs).toEqual([
    { leg: 'origin', from: SHENZHEN, to: SHENZHEN, startedAt: START, endedAt: addDays(START, 1) },
    {
      leg: 'linehaul',
      from: SHENZHEN,
      to: HONG_KONG,
      startedAt: addDays(START, 1),
      endedAt: addDays(START, 4),
    },
    { leg: 'last_mile', from: HONG_KONG, to: BERLIN, startedAt: addDays(START, 4), endedAt: undefined },
  ]);
});

test('each end of a leg has the clock of what was reported there; what ends a leg is what begins the next', () => {
  const legs = travelledLegs(
    [
      visit('picked_up', 0, SHENZHEN, 'Asia/Shanghai'),
      visit('linehaul', 1),
      visit('out_for_delivery', 4, BERLIN, 'Europe/Berlin'),
      visit('delivered', 5, BERLIN, 'Europe/Berlin'),
    ],
    true,
  );
  expect(legs.map(({ startedZone, endedZone }) => [startedZone, endedZone])).toEqual([
    ['Asia/Shanghai', undefined],
    [undefined, 'Europe/Berlin'],
    ['Europe/Berlin', 'Europe/Berlin'],
  ]);
});

test('the last leg of a journey that is over ends with its last observation', () => {
  const visits = [visit('picked_up', 0), visit('out_for_delivery', 1), visit('delivered', 2, BERLIN)];
  const over = travelledLegs(visits, true).at(-1);
  expect(over).toMatchObject({ leg: 'last_mile', from: BERLIN, to: BERLIN, endedAt: addDays(START, 2) });
  expect(travelledLegs(visits, false).at(-1)?.endedAt).toBeUndefined();
  expect(travelledLegs([], true)).toEqual([]);
});
