import { setFlagsFromString } from 'node:v8';
import { expect, test } from 'vitest';
import { inOnePiece } from './text.ts';

setFlagsFromString('--allow-natives-syntax');
const isFlat = new Function('text', 'return %StringIsFlat(text)') as (text: string) => boolean;

test('a text that was put together is the same text in one piece', () => {
  for (const end of ['Berlin', 'São Paulo', '\u2028"\\', '\ud800']) {
    const parts = ['Europe and ', end].join('').concat('/', String(Math.random()));
    expect(isFlat(parts)).toBe(false);
    const whole = inOnePiece(parts);
    expect(isFlat(whole)).toBe(true);
    expect(whole).toBe(parts);
  }
});
