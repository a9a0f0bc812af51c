import fc from 'fast-check';
import { expect, it } from 'vitest';
import { figuresOf, withFigure } from './figures.ts';

const TABLE = { code: 'a', rates: [{ zone: '1', first_minor: 100 }, { 'odd/key~': 2 }] };

it('finds every number where it stands', () => {
  expect(figuresOf(TABLE)).toEqual([
    { pointer: '/rates/0/first_minor', value: 100 },
    { pointer: '/rates/1/odd~1key~0', value: 2 },
  ]);
});

it('changes one and leaves the rest, and the original, as they are', () => {
  const changed = withFigure(TABLE, '/rates/1/odd~1key~0', 3);
  expect(changed.rates[1]).toEqual({ 'odd/key~': 3 });
  expect(changed.rates[0]).toEqual(TABLE.rates[0]);
  expect(TABLE.rates[1]).toEqual({ 'odd/key~': 2 });
});

it('refuses a place without a number', () => {
  for (const pointer of ['', '/code', '/rates/9/first_minor', '/__proto__/x', '/rates/length'])
    expect(() => withFigure(TABLE, pointer, 1), pointer).toThrow(RangeError);
});

it('what is found can be changed, in any document', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (document) => {
      for (const { pointer } of figuresOf(document).slice(0, 5)) {
        if (pointer === '') continue;
        const after = figuresOf(withFigure(document, pointer, 42));
        expect(after.find((one) => one.pointer === pointer)?.value).toBe(42);
        expect(after).toHaveLength(figuresOf(document).length);
      }
    }),
  );
});
