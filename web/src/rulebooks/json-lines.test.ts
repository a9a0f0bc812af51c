import { expect, it } from 'vitest';
import { lineOf, linesByPointer, readJson } from './json-lines.ts';

const TEXT = `{
  "title": "a \\"quoted\\" {brace}, and: a colon",
  "rules": [
    { "id": "one", "destinations": ["DE", "FR"] },
    {
      "id": "two",
      "a/b~c": null
    }
  ],
  "empty": {}, "none": [],
  "after": -1.5e3
}`;

it.each([
  ['', 1],
  ['/title', 2],
  ['/rules', 3],
  ['/rules/0', 4],
  ['/rules/0/destinations/1', 4],
  ['/rules/1', 5],
  ['/rules/1/id', 6],
  ['/rules/1/a~1b~0c', 7],
  ['/empty', 10],
  ['/none', 10],
  ['/after', 11],
])('%s stands in line %i', (pointer, line) => {
  expect(linesByPointer(TEXT).get(pointer)).toBe(line);
});

it('what is missing is shown where it is missing', () => {
  const lines = linesByPointer(TEXT);
  expect(lineOf(lines, '/rules/1/effect')).toBe(5);
  expect(lineOf(lines, '/otherwise/reason')).toBe(1);
});

it('knows as many values as JSON itself', () => {
  const count = (value: unknown): number =>
    1 +
    (typeof value === 'object' && value !== null
      ? Object.values(value).reduce((sum: number, one) => sum + count(one), 0)
      : 0);
  expect(linesByPointer(TEXT).size).toBe(count(JSON.parse(TEXT)));
});

it('says in which line a text stops being JSON', () => {
  expect(readJson('{\n  "a": 1,\n  b: 2\n}')).toEqual({ ok: false, line: 3 });
  expect(readJson('{ "a": [1, 2] }')).toEqual({ ok: true, value: { a: [1, 2] } });
});
