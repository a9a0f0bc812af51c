import { expect, test } from 'vitest';
import { choicesFor } from './combobox.tsx';

const CHOICES = [
  { value: 'BR', label: 'Brazil' },
  { value: 'GB', label: 'United Kingdom' },
  { value: 'CI', label: 'Côte d’Ivoire' },
  { value: 'CN', label: '中国' },
];
const found = (text: string) => choicesFor(CHOICES, text).map((choice) => choice.value);

test('what begins with the text comes first, then what contains it', () => {
  expect(found('')).toEqual(['BR', 'GB', 'CI', 'CN']);
  expect(found('i')).toEqual(['BR', 'GB', 'CI']);
  expect(found('k')).toEqual(['GB']);
  expect(found('xyz')).toEqual([]);
});

test('case and accents do not count, a code does', () => {
  expect(found('COTE')).toEqual(['CI']);
  expect(found('gb')).toEqual(['GB']);
  expect(found('中')).toEqual(['CN']);
});
