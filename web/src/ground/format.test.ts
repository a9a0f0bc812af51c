import { expect, test } from 'vitest';
import { formatsOf } from './format.ts';

const en = formatsOf('en');
const zh = formatsOf('zh');

test('money has the small change of its currency', () => {
  expect(en.money({ amount_minor: 1234, currency: 'EUR' })).toBe('€12.34');
  expect(en.money({ amount_minor: 1234, currency: 'JPY' })).toBe('¥1,234');
  expect(en.money({ amount_minor: 1234, currency: 'KWD' })).toMatch(/1\.234/);
  expect(en.money({ amount_minor: -5, currency: 'CNY' })).toBe('-¥0.05');
  expect(zh.money({ amount_minor: 100_000, currency: 'CNY' })).toBe('¥1,000.00');
});

test('weights are grams below a kilogram', () => {
  expect(en.weight(999)).toBe('999 g');
  expect(en.weight(1_250)).toBe('1.25 kg');
});

test('a moment names its zone, a day has none', () => {
  expect(en.instant('2026-03-01T08:30:00Z', 'Asia/Shanghai')).toMatch(/1 Mar 2026, 16:30 (GMT\+8|CST)/);
  expect(zh.instant('2026-03-01T08:30:00Z', 'Asia/Shanghai')).toContain('2026年3月1日');
  expect(en.day('2026-03-01')).toBe('1 Mar 2026');
  expect(zh.month('2026-03')).toBe('2026年3月');
});

test('the days of a promise are those of the destination, one of them said once', () => {
  // From the first moment of 25 November to the last of 26 November in Berlin.
  const promise = { earliest: '2026-11-24T23:00:00.000Z', latest: '2026-11-26T22:59:59.999Z' };
  expect(en.promised(promise, 'Europe/Berlin')).toBe('25 Nov 2026 – 26 Nov 2026');
  expect(zh.promised(promise, 'Europe/Berlin')).toBe('2026年11月25日 – 2026年11月26日');
  expect(en.promised({ latest: '2026-11-25T23:00:00.000Z' }, 'Europe/Berlin')).toBe('26 Nov 2026');
  expect(en.promised({ latest: '2026-11-26T07:59:59.999Z' }, 'America/Los_Angeles')).toBe('25 Nov 2026');
});

test('a code that nobody knows is shown as it is', () => {
  expect(en.country('DE')).toBe('Germany');
  expect(zh.country('DE')).toBe('德国');
  expect(en.country('nonsense')).toBe('nonsense');
});

test('a zone is called as the reader knows it, at that moment, and one that nobody knows as it is written', () => {
  expect(en.zoneName('2026-01-15T12:00:00Z', 'Europe/Madrid')).toBe('CET');
  expect(en.zoneName('2026-07-15T12:00:00Z', 'Europe/Madrid')).toBe('CEST');
  expect(en.zoneName('2026-01-15T12:00:00Z', 'Asia/Shanghai')).toBe('GMT+8');
  expect(en.zoneName('2026-01-15T12:00:00Z', '+08:00')).toBe('GMT+8');
  expect(en.zoneName('2026-01-15T12:00:00Z', 'UTC')).toBe('UTC');
  expect(zh.zoneName('2026-01-15T12:00:00Z', 'Europe/Madrid')).toBe('GMT+1');
  expect(en.zoneName('2026-01-15T12:00:00Z', '<script>')).toBe('<script>');
});
