import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, instant, instantFromMs, msOf } from '../kernel/index.ts';
import { nextRun, readSchedule, type Schedule } from './schedule.policy.ts';

const NOW = instant('2026-03-01T12:00:00Z');

describe('the next run', () => {
  it.each<[Schedule, string, string]>([
    [{ hour: '1', minute: '5' }, '2026-03-01T12:00:00Z', '2026-03-02T01:05:00.000Z'],
    [{ hour: '1', minute: '5' }, '2026-03-02T01:04:59.999Z', '2026-03-02T01:05:00.000Z'],
    [{ hour: '1', minute: '5' }, '2026-03-02T01:05:00Z', '2026-03-03T01:05:00.000Z'],
    [{ minute: '0,[20-22],40' }, '2026-03-01T12:00:00Z', '2026-03-01T12:20:00.000Z'],
    [{ minute: '0,[20-22],40' }, '2026-03-01T12:22:00Z', '2026-03-01T12:40:00.000Z'],
    [{ second: '30' }, '2026-03-01T12:00:30Z', '2026-03-01T12:01:30.000Z'],
    [{ second: '30', hour: '3' }, '2026-03-01T12:00:30Z', '2026-03-02T03:00:30.000Z'],
    [{ hour: '[8-9]' }, '2026-03-01T08:00:00Z', '2026-03-01T09:00:00.000Z'],
    [{ dayOfWeek: '1' }, '2026-03-01T12:00:00Z', '2026-03-02T00:00:00.000Z'],
    [{ dayOfWeek: '7' }, '2026-03-01T12:00:00Z', '2026-03-08T00:00:00.000Z'],
    [{ dayOfMonth: '31' }, '2026-03-31T00:00:00Z', '2026-05-31T00:00:00.000Z'],
    [{ month: '2' }, '2026-03-01T12:00:00Z', '2027-02-01T00:00:00.000Z'],
    [{ month: '2', dayOfMonth: '29' }, '2026-03-01T12:00:00Z', '2028-02-29T00:00:00.000Z'],
    [{ month: '2', dayOfMonth: '29', dayOfWeek: '1' }, '2026-03-01T12:00:00Z', '2044-02-29T00:00:00.000Z'],
  ])('of %o behind %s is %s', (schedule, after, expected) => {
    expect(nextRun(schedule, instant(after))).toBe(expected);
  });

  const numbers = (least: number, most: number) =>
    fc
      .uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 4 })
      .map((all) => all.join(','));
  const schedules: fc.Arbitrary<Schedule> = fc.record(
    {
      second: fc.integer({ min: 0, max: 59 }).map(String),
      minute: numbers(0, 59),
      hour: numbers(0, 23),
      dayOfMonth: numbers(1, 28),
      dayOfWeek: numbers(1, 7),
    },
    { requiredKeys: ['second', 'minute'] },
  );
  const has = (text: string | undefined, number: number) =>
    text === undefined || text.split(',').includes(String(number));
  const fits = (schedule: Schedule, at: Instant) => {
    const date = new Date(at);
    return (
      has(schedule.second, date.getUTCSeconds()) &&
      has(schedule.minute, date.getUTCMinutes()) &&
      has(schedule.hour, date.getUTCHours()) &&
      has(schedule.dayOfMonth, date.getUTCDate()) &&
      has(schedule.dayOfWeek, date.getUTCDay() === 0 ? 7 : date.getUTCDay())
    );
  };

  it('fits the schedule, and no minute before it does', () => {
    fc.assert(
      fc.property(schedules, fc.integer({ min: 0, max: 40 * 86_400_000 }), (schedule, offset) => {
        const after = instantFromMs(msOf(NOW) + offset);
        const next = nextRun(schedule, after);
        expect(next).toBeDefined();
        if (next === undefined) return;
        expect(next > after && fits(schedule, next)).toBe(true);
        // Within the two days before: by the second of the schedule in each minute.
        const second = Number(schedule.second) * 1_000;
        const from = Math.max(msOf(after), msOf(next) - 2 * 86_400_000);
        for (let at = Math.floor(from / 60_000) * 60_000 + second; at < msOf(next); at += 60_000)
          if (at > msOf(after)) expect(fits(schedule, instantFromMs(at))).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a schedule', () => {
  it.each<unknown>([
    null,
    'daily',
    [],
    {},
    { day: '1' },
    { constructor: '1' },
    { minute: 5 },
    { minute: '' },
    { minute: '60' },
    { minute: '-1' },
    { minute: '1,' },
    { minute: '[5-1]' },
    { minute: '1-5' },
    { minute: '0/30' },
    { minute: '*' },
    { hour: '24' },
    { dayOfMonth: '0' },
    { month: '13' },
    { dayOfWeek: '0' },
    { second: '[0-59]' },
    { second: '0,30' },
    { month: '2', dayOfMonth: '30' },
    { minute: Array.from({ length: 101 }, () => '1').join(',') },
  ])('%o is none', (given) => {
    expect(readSchedule(given, NOW)).toMatchObject({
      ok: false,
      rejection: { code: 'epcis_subscription_invalid' },
    });
  });

  it('of any shape is read or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (given) => {
        expect(typeof readSchedule(given, NOW).ok).toBe('boolean');
      }),
    );
  });
});
