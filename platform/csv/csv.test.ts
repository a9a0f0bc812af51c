import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsvError, csvText, openCsv, readCsv } from './index.ts';

const cellsOf = (text: string) => readCsv(text, 100).map((row) => row.cells);

test('quotes, both line ends, a byte order mark and empty lines', () => {
  expect(cellsOf('\ufeffa,b\r\n"x, ""y""\nz",2\n\n3,4')).toEqual([
    ['a', 'b'],
    ['x, "y"\nz', '2'],
    ['3', '4'],
  ]);
});

test('a row says on which line of the file it begins', () => {
  expect(readCsv('a\n"b\nc"\nd', 100).map((row) => row.line)).toEqual([1, 2, 4]);
});

test('the delimiter is the one that the first line has most of', () => {
  expect(cellsOf('a;b;c\n1,5;2;3')).toEqual([
    ['a', 'b', 'c'],
    ['1,5', '2', '3'],
  ]);
  expect(cellsOf('a\tb\n1\t2')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
});

test.each([
  ['a\n"b', 2, 'unclosed_quote'],
  ['"a"b', 1, 'text_after_quote'],
  ['1\n2\n3', 3, 'too_many_rows'],
])('%j is no table', (text, line, message) => {
  let thrown: unknown;
  try {
    readCsv(text, 2);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(CsvError);
  expect(thrown).toMatchObject({ line, message });
});

test('what we write we read', () => {
  // Begins with a letter: what a spreadsheet could run gets an apostrophe, which is another test's matter.
  const cell = fc
    .string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', '5', '中') })
    .map((text) => `a${text}`);
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
      expect(
        readCsv(`x,y\r\n${csvText(rows)}`, 1000)
          .slice(1)
          .map((row) => row.cells),
      ).toEqual(rows);
    }),
  );
});

test('a table cut anywhere is the same table', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', '\r\n', ' ', '""', '"a"'),
    maxLength: 30,
  });
  const whole = (some: string) => {
    try {
      return readCsv(some, 5);
    } catch (error) {
      return String(error);
    }
  };
  const inPieces = (some: string, cuts: readonly number[]) => {
    try {
      const reader = openCsv(5);
      const places = [0, ...cuts.map((cut) => cut % (some.length + 1)).sort((a, b) => a - b), some.length];
      return [
        ...places.slice(1).flatMap((to, index) => reader.push(some.slice(places[index], to))),
        ...reader.end(),
      ];
    } catch (error) {
      return String(error);
    }
  };
  fc.assert(
    fc.property(text, fc.array(fc.nat(100), { maxLength: 6 }), (some, cuts) => {
      expect(inPieces(some, cuts)).toEqual(whole(some));
    }),
    { numRuns: 2_000 },
  );
});

test('a row that waits too long for its end is refused where it begins', () => {
  const reader = openCsv(10, 20);
  expect(reader.push('a,b\n1,"x').map(({ cells }) => cells)).toEqual([['a', 'b']]);
  expect(() => reader.push('y'.repeat(20))).toThrow(
    expect.objectContaining({ line: 2, message: 'row_too_long' }),
  );
});
