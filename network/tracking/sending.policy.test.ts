import { expect, test } from 'vitest';
import type { ParcelId } from '../kernel/index.ts';
import { numberPieces, type SentPiece } from './sending.policy.ts';

const piece = (name: string, index?: number, count = 3): SentPiece => ({
  parcelId: name as ParcelId,
  ...(index === undefined ? {} : { label: { index, count } }),
});
const told = (...sent: SentPiece[]) => {
  const { total, pieces } = numberPieces(sent);
  return [total, ...pieces.map(({ parcelId, position }) => `${position}${parcelId}`)];
};

test('pieces count in the order that they are given', () => {
  expect(told(piece('a'), piece('b'))).toEqual([2, '1a', '2b']);
});

test('labels count, also a piece that has no number yet', () => {
  expect(told(piece('a', 3), piece('b', 1))).toEqual([3, '1b', '3a']);
});

test.each([
  ['two labels show the same', [piece('a', 1), piece('b', 1)]],
  ['one has none', [piece('a', 2), piece('b')]],
  ['one counts beyond the others', [piece('a', 1, 1), piece('b', 2, 1)]],
  ['one counts from nothing', [piece('a', 0), piece('b', 1)]],
])('labels that contradict each other do not: %s', (_why, sent) => {
  expect(told(...sent)).toEqual([2, '1a', '2b']);
});
