import { expect, test } from 'vitest';
import { instant, instantFromMs, msOf, parseInstant } from './instant.ts';

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

test('an instant in our own form is taken as it stands, and no day or time that does not exist', () => {
  for (const text of ['2024-02-29T00:00:00.000Z', '2000-02-29T23:59:59.999Z', '2026-11-30T12:00:00.000Z'])
    expect(parseInstant(text)).toBe(text);
  const wrong = [
    '0000-01-01',
    '2026-00-10',
    '2026-13-10',
    '2026-01-00',
    '2026-11-31',
    '2025-02-29',
    '1900-02-29',
  ].map((day) => `${day}T00:00:00.000Z`);
  for (const time of ['24:00:00', '23:60:00', '23:59:60', '2a:00:00']) wrong.push(`2026-01-10T${time}.000Z`);
  for (const text of [...wrong, '2026-01-10T00:00:00.0000', '2026/01/10T00:00:00.000Z'])
    expect(parseInstant(text), text).toBeUndefined();
});

test('other forms of RFC 3339 are brought into ours', () => {
  expect(parseInstant('2026-01-31t23:30:00-01:30')).toBe('2026-02-01T01:00:00.000Z');
  expect(parseInstant('2026-01-31 23:30:00.5Z')).toBe('2026-01-31T23:30:00.500Z');
});
