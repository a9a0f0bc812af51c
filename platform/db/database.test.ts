import { expect, test } from 'vitest';
import { instantText, uuidDigits } from './database.ts';

test.each([
  ['2026-11-22 03:28:57+00', '2026-11-22T03:28:57.000Z'],
  ['2026-11-22 03:28:57.1+00', '2026-11-22T03:28:57.100Z'],
  ['2026-11-22 03:28:57.12+00', '2026-11-22T03:28:57.120Z'],
  ['2026-11-22 03:28:57.123+00', '2026-11-22T03:28:57.123Z'],
  ['2026-11-22 03:28:57.123999+00', '2026-11-22T03:28:57.123Z'],
  ['2026-11-22 03:28:57.05+00', '2026-11-22T03:28:57.050Z'],
  ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00.000Z'],
])('PostgreSQL writes %s, which is the instant %s', (text, instant) => {
  expect(instantText(text)).toBe(instant);
});

test.each(['10000-01-01 00:00:00+00', '0044-03-15 12:00:00+00 BC', 'infinity', '-infinity'])(
  '%s is no instant of ours',
  (text) => {
    expect(() => instantText(text)).toThrow(RangeError);
  },
);

test('a uuid is its digits', () => {
  expect(uuidDigits('0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b')).toBe('0193a1b2c3d47e5f8a9b0c1d2e3f4a5b');
});
