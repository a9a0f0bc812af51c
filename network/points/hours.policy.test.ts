import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant, instantFromMs, msOf } from '../kernel/index.ts';
import { isOpenAt, openHoursOf, takesDemand } from './hours.policy.ts';

const daily = (opens: string, closes: string) => [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens, closes }));
const shop = (zone: string, hours = daily('08:00', '20:00')) => ({ zone, hours, exceptions: [] });

describe('a point is open by the wall clock of its zone', () => {
  test.each([
    ['Asia/Shanghai', '2026-11-30T00:00:00Z', true],
    ['Asia/Shanghai', '2026-11-29T23:59:59.999Z', false],
    ['Asia/Shanghai', '2026-11-30T12:00:00Z', false],
    ['America/New_York', '2026-11-30T12:59:00Z', false],
    ['America/New_York', '2026-11-30T13:00:00Z', true],
    ['Asia/Kathmandu', '2026-11-30T02:15:00Z', true],
    ['Asia/Kathmandu', '2026-11-30T02:14:00Z', false],
  ])('%s at %s: %s', (zone, at, expected) => {
    expect(isOpenAt(shop(zone), instant(at))).toBe(expected);
  });

  test('several times a day, and only on its weekdays', () => {
    const point = shop('UTC', [
      { day: 1, opens: '08:00', closes: '12:00' },
      { day: 1, opens: '14:00', closes: '18:00' },
    ]);
    const monday = '2026-11-30T';
    expect(isOpenAt(point, instant(`${monday}11:59:59Z`))).toBe(true);
    expect(isOpenAt(point, instant(`${monday}12:00:00Z`))).toBe(false);
    expect(isOpenAt(point, instant(`${monday}14:00:00Z`))).toBe(true);
    expect(isOpenAt(point, instant('2026-12-01T14:00:00Z'))).toBe(false);
  });

  test('a night is two entries, and midnight lies between them without a gap', () => {
    const point = shop('Europe/Berlin', [
      { day: 6, opens: '22:00', closes: '24:00' },
      { day: 7, opens: '00:00', closes: '02:00' },
    ]);
    expect(isOpenAt(point, instant('2026-11-28T22:59:59.999Z'))).toBe(true);
    expect(isOpenAt(point, instant('2026-11-28T23:00:00Z'))).toBe(true);
    expect(isOpenAt(point, instant('2026-11-29T01:00:00Z'))).toBe(false);
  });

  test('a date has its exception instead of its weekday', () => {
    const point = {
      ...shop('UTC'),
      exceptions: [
        { date: '2026-12-25', hours: [] },
        { date: '2026-12-24', hours: [{ opens: '09:00', closes: '13:00' }] },
      ],
    };
    expect(isOpenAt(point, instant('2026-12-25T10:00:00Z'))).toBe(false);
    expect(isOpenAt(point, instant('2026-12-24T08:30:00Z'))).toBe(false);
    expect(isOpenAt(point, instant('2026-12-24T12:59:00Z'))).toBe(true);
    expect(isOpenAt(point, instant('2026-12-26T10:00:00Z'))).toBe(true);
  });

  test('a point of the test world that is closed never opens', () => {
    const point = { ...shop('UTC'), testBehaviour: 'closed' as const };
    expect(isOpenAt(point, instant('2026-11-30T10:00:00Z'))).toBe(false);
    expect(openHoursOf(point, instant('2026-11-30T00:00:00Z'), instant('2026-12-03T00:00:00Z'))).toEqual([]);
  });
});

describe('where clocks change', () => {
  test('the night in which clocks go forward has an hour less, the other one more', () => {
    const point = shop('Europe/Berlin', daily('00:00', '24:00'));
    const hoursOf = (date: string) =>
      openHoursOf(
        point,
        instant(`${date}T00:00:00+0${date < '2026-10-25' ? 1 : 2}:00`),
        instant(`${date}T23:30:00Z`),
      )
        .slice(0, 1)
        .map(({ startsAt, endsAt }) => (msOf(endsAt) - msOf(startsAt)) / 3_600_000);
    expect(hoursOf('2026-03-29')).toEqual([23]);
    expect(hoursOf('2026-10-25')).toEqual([25]);
  });

  test('a time that does not exist is the later moment', () => {
    const point = shop('Europe/Berlin', [{ day: 7, opens: '02:30', closes: '04:00' }]);
    expect(isOpenAt(point, instant('2026-03-29T01:29:00Z'))).toBe(false);
    expect(isOpenAt(point, instant('2026-03-29T01:30:00Z'))).toBe(true);
    expect(isOpenAt(point, instant('2026-03-29T02:00:00Z'))).toBe(false);
  });
});

test('being open at a moment is lying in an open span, in every zone and season', () => {
  const zones = [
    'Europe/Berlin',
    'America/Sao_Paulo',
    'Australia/Lord_Howe',
    'Asia/Shanghai',
    'America/St_Johns',
  ];
  const point = fc.record({
    zone: fc.constantFrom(...zones),
    opens: fc.integer({ min: 0, max: 1438 }),
    length: fc.integer({ min: 1, max: 1439 }),
  });
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  fc.assert(
    fc.property(
      point,
      fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) }),
      ({ zone, opens, length }, ms) => {
        const table = shop(zone, daily(clock(opens), clock(Math.min(1440, opens + length))));
        const spans = openHoursOf(table, instantFromMs(ms - 90_000_000), instantFromMs(ms + 90_000_000));
        const at = instantFromMs(ms);
        expect(isOpenAt(table, at)).toBe(spans.some(({ startsAt, endsAt }) => startsAt <= at && at < endsAt));
      },
    ),
    { numRuns: 400 },
  );
});

describe('new parcels', () => {
  const at = instant('2026-12-10T00:00:00Z');
  const before = instant('2026-12-01T00:00:00Z');
  const after = instant('2026-12-20T00:00:00Z');
  test.each([
    [{ state: 'active' as const }, true],
    [{ state: 'trial' as const }, true],
    [{ state: 'training' as const }, false],
    [{ state: 'restricted' as const }, false],
    [{ state: 'suspended' as const }, false],
    [{ state: 'exited' as const }, false],
    [{ state: 'paused' as const, pausedFrom: before }, false],
    [{ state: 'paused' as const, pausedFrom: before, pausedUntil: at }, true],
    [{ state: 'active' as const, pausedFrom: at, pausedUntil: after }, false],
    [{ state: 'active' as const, pausedFrom: after }, true],
    [{ state: 'active' as const, exitsAt: at }, false],
    [{ state: 'active' as const, exitsAt: after }, true],
  ])('%o: %s', (point, expected) => {
    expect(takesDemand(point, at)).toBe(expected);
  });
});
