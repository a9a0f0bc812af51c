import { expect, test } from 'vitest';
import { datesBetween, spansOf, textOfSpans } from './hours-text.ts';

test.each([
  ['', []],
  [
    '8-12, 14:30-20',
    [
      { opens: '08:00', closes: '12:00' },
      { opens: '14:30', closes: '20:00' },
    ],
  ],
  [
    '14-24，0：30–9',
    [
      { opens: '00:30', closes: '09:00' },
      { opens: '14:00', closes: '24:00' },
    ],
  ],
  ['9-9', undefined],
  ['9-25', undefined],
  ['24:30-25', undefined],
  ['9-12:75', undefined],
  ['9-12, 11-14', undefined],
  ['in the morning', undefined],
])('%s', (text, spans) => {
  expect(spansOf(text)).toEqual(spans);
});

test('what is written is read again', () => {
  const spans = [
    { opens: '00:00', closes: '06:15' },
    { opens: '22:00', closes: '24:00' },
  ];
  expect(spansOf(textOfSpans(spans))).toEqual(spans);
});

test('dates end with the last one, or with the most that there may be', () => {
  expect(datesBetween('2028-02-28', '2028-03-01', 400)).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
  expect(datesBetween('2026-01-01', '2026-12-31', 3)).toHaveLength(3);
  expect(datesBetween('2026-01-02', '2026-01-01', 3)).toEqual([]);
});
