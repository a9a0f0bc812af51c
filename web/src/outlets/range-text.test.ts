import { expect, test } from 'vitest';
import { ringOf, textOfRing } from './range-text.ts';

test('a ring is closed where it is not, and read again as it was written', () => {
  const ring = ringOf('30.1, 120.1\n30.2 120.1\n\n30.2，120.2');
  expect(ring).toHaveLength(4);
  expect(ring?.at(-1)).toEqual({ latitude: 30.1, longitude: 120.1 });
  expect(ringOf(textOfRing(ring ?? []))).toEqual(ring);
});

test.each([
  '',
  '30,120\n31,121',
  '30,120\n91,120\n30,121',
  '30\n31\n32',
  '30,120,5\n30,121,5\n31,121,5',
  'x,y\nx,y\nx,y',
])('no corners: %j', (text) => {
  expect(ringOf(text)).toBeUndefined();
});
