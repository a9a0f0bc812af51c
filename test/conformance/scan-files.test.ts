import { expect, test } from 'vitest';
import { readScanFile } from '../../network/tracking/scan-csv.ts';
import { errorInFile, type FilePart, PostroadProblem, partsOfLines } from '../../sdk/src/index.ts';

/** The sentence of the server about a part of a file, as who sends it is told. */
function told(part: FilePart): string | undefined {
  const read = readScanFile(Buffer.from(part.text), 10_000);
  if (read.ok) return undefined;
  const problem = { code: read.code, status: 422, title: 'T', detail: read.detail, errors: [] };
  const error = errorInFile(
    new PostroadProblem({ ...problem, requestId: undefined, retryAfterSeconds: undefined }),
    part,
  );
  return error instanceof PostroadProblem ? error.detail : undefined;
}

test.each([
  ['text behind a closing quote', 6_000, '"X"x,"one\ntwo"'],
  ['a quote that is never closed', 6_999, 'X,"one'],
])('the server names the line of the whole file that it cannot read for %s', (_name, at, broken) => {
  const rows = Array.from({ length: 7_000 }, (_, row) => `A${row},"one\ntwo"`);
  rows.splice(at, 1, broken);
  const file = `\nnumber,text\n\n${rows.join('\n')}\n`;
  const [first, second] = partsOfLines(file, 'csv');
  if (first === undefined || second === undefined) throw new Error('one part');
  expect(told(first)).toBeUndefined();
  const line = file.slice(0, file.indexOf(broken)).split('\n').length;
  expect(told(second)).toMatch(new RegExp(`^Line ${line}: `));
});

test('a sentence without a line, or of another error, stays as it is', () => {
  const [part] = partsOfLines('nothing\n1\n', 'csv');
  if (part === undefined) throw new Error('no part');
  expect(told(part)).toBe('The header has no column number.');
  const error = new Error('Line 3: x');
  expect(errorInFile(error, part)).toBe(error);
});
