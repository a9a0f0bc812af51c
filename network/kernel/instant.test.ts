import { expect, test } from 'vitest';
import { instant, instantFromMs, msOf } from './instant.ts';

test('milliseconds of an instant are those of the calendar, leap days and ends of centuries included', () => {
  const moments = [
    '0001-01-01',
    '0400-02-29',
    '1582-10-15',
    '1900-02-28',
    '1900-03-01',
    '1970-01-01',
    '2000-02-29',
  ]
    .concat(['2024-02-29', '2026-12-31', '2100-03-01', '9999-12-31'])
    .flatMap((day) => [`${day}T00:00:00.000Z`, `${day}T23:59:59.999Z`, `${day}T09:08:07.065Z`]);
  for (const text of moments) expect(msOf(instant(text)), text).toBe(Date.parse(text));
});

test('milliseconds of every day in two thousand years lead back to it', () => {
  const first = Date.parse('1000-01-01T12:34:56.789Z');
  for (let day = 0; day < 730_500; day += 1) {
    const ms = first + day * 86_400_000;
    if (msOf(instantFromMs(ms)) !== ms) expect.fail(instantFromMs(ms));
  }
});
