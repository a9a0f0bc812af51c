import { expect, test } from 'vitest';
import { languageFor } from './language.ts';
import { translator } from './words.ts';

const t = translator(
  { rows: '{count, plural, one {# row} other {# rows}}', name: 'For {who}', plain: 'Nothing' },
  'en-GB',
);

test('messages are filled and counted by ICU', () => {
  expect(t('rows', { count: 1 })).toBe('1 row');
  expect(t('rows', { count: 1200 })).toBe('1,200 rows');
  expect(t('name', { who: '<b>Ann</b>' })).toBe('For <b>Ann</b>');
  expect(t('plain')).toBe('Nothing');
});

test('a message that lacks a value is a fault that shows', () => {
  expect(() => t('name')).toThrow(/who/);
});

test('the first language that we have is taken', () => {
  expect(languageFor(['fr', 'zh-TW', 'en'])).toBe('zh');
  expect(languageFor(['en-US'])).toBe('en');
  expect(languageFor(['pt'])).toBe('en');
  expect(languageFor(['', 'zhx'])).toBe('en');
});
