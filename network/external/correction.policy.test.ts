import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import type { Instant } from '../kernel/index.ts';
import { correctedSince, isSlipPutRight, type Pair } from './correction.policy.ts';

const pair = (number: string, carrierCode = 'china_post'): Pair => ({ carrierCode, number });
const first = pair('RB123456785CN');
const open = { pairs: [first], isScanned: false, verificationState: undefined };

it.each([
  ['a wrong digit', pair('RB123456795CN'), true],
  ['a missing digit', pair('RB12345685CN'), true],
  ['a digit too many', pair('RB1234567785CN'), true],
  ['two neighbours that changed places', pair('RB123546785CN'), true],
  ['the wrong carrier of the list', pair(first.number, 'ems'), true],
  ['the wrong carrier and a wrong digit', pair('RB123456795CN', 'ems'), false],
  ['two wrong digits', pair('RB123456891CN'), false],
  ['digits far apart that changed places', pair('RB523456781CN'), false],
  ['another number', pair('EA987654321CN'), false],
])('%s put right while nothing may be declared', (_, wanted, isAllowed) => {
  expect(isSlipPutRight(wanted, open)).toBe(isAllowed);
});

it('is counted from what was declared first: slips in a row lead nowhere else', () => {
  const twice = { ...open, pairs: [first, pair('RB123456795CN')] };
  expect(isSlipPutRight(pair('RB123456995CN'), twice)).toBe(false);
  expect(isSlipPutRight(pair('RB123456799CN'), twice)).toBe(false);
  expect(isSlipPutRight(pair('RB123456185CN'), twice)).toBe(true);
});

it('may go back to what was declared before the suspension', () => {
  const other = pair('SF1234567890123', 'sf_express');
  const corrected = { ...open, pairs: [first, other, pair('EA111111119CN', 'ems')] };
  expect(isSlipPutRight(first, corrected)).toBe(true);
  expect(isSlipPutRight(other, corrected)).toBe(true);
  expect(isSlipPutRight(pair('SF1234567890124', 'sf_express'), corrected)).toBe(false);
});

test.each([
  ['pending', true],
  ['suspected', true],
  ['under_review', true],
  ['genuine', false],
  ['cleared', false],
  ['penalised', false],
  ['appealed', false],
  ['upheld', false],
  ['revoked', false],
])('a case that is %s', (verificationState, isAllowed) => {
  expect(isSlipPutRight(pair('RB123456795CN'), { ...open, verificationState })).toBe(isAllowed);
});

it('is no slip when a carrier has seen the number', () => {
  expect(isSlipPutRight(pair('RB123456795CN'), { ...open, isScanned: true })).toBe(false);
});

it('the declaration that was corrected away from a pair last stands for it, and the present pair is no earlier one', () => {
  const at = (day: number) => `2026-03-0${day}T00:00:00.000Z` as Instant;
  const was = (one: Pair, day: number) => ({ ...one, replacedAt: at(day) });
  const other = pair('RB123456791CN');
  const replaced = new Map([
    ['ext_a', [was(first, 4), was(other, 5)]],
    ['ext_b', [was(first, 2), was(first, 3)]],
    ['ext_gone', [was(first, 9)]],
  ]);
  const standing = [{ id: 'ext_a' }, { id: 'ext_b' }, { id: 'ext_c' }];
  expect(correctedSince(first, standing, replaced)).toEqual({ shipment: standing[0], replacedAt: at(4) });
  expect(correctedSince(first, standing.slice(1), replaced)).toEqual({
    shipment: standing[1],
    replacedAt: at(3),
  });
  expect(correctedSince(pair(first.number, 'ems'), standing, replaced)).toBeUndefined();
  expect(correctedSince(other, standing.slice(1), replaced)).toBeUndefined();
});

/** Edits of one character, or of two neighbours, that lead from one text to the other, by the whole table of them. */
function editsBetween(one: string, other: string): number {
  const table = [...one, ''].map(() => Array<number>(other.length + 1).fill(0));
  table.push([]);
  const at = (row: number, column: number) => table[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 0; row <= one.length; row += 1)
    for (let column = 0; column <= other.length; column += 1) {
      const isSwap =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const edits = Math.min(
        row === 0 ? column : at(row - 1, column) + 1,
        column === 0 ? row : at(row, column - 1) + 1,
        row === 0 || column === 0
          ? Number.POSITIVE_INFINITY
          : at(row - 1, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1),
        isSwap ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
      (table[row] as number[])[column] = edits;
    }
  return at(one.length, other.length);
}

it('a slip is one edit and no more, for any two numbers', () => {
  const number = fc.string({ unit: fc.constantFrom('A', 'B', '1', '2'), minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(number, number, (declared, wanted) => {
      const isSlip = isSlipPutRight(pair(wanted), { ...open, pairs: [pair(declared)] });
      expect(isSlip).toBe(editsBetween(declared, wanted) <= 1);
    }),
    { numRuns: 3_000 },
  );
});

it('nothing leads further than one slip from the first pair, or back to a pair that was declared', () => {
  const number = fc.string({ unit: fc.constantFrom('A', 'B', '1'), minLength: 1, maxLength: 5 });
  const carrier = fc.constantFrom('china_post', 'ems');
  const any = fc.record({ number, carrierCode: carrier });
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 5 }), any, (pairs, wanted) => {
      const [declaredFirst] = pairs as [Pair, ...Pair[]];
      const isNear =
        declaredFirst.carrierCode === wanted.carrierCode
          ? editsBetween(declaredFirst.number, wanted.number) <= 1
          : declaredFirst.number === wanted.number;
      const isBack = pairs.some(
        (one) => one.carrierCode === wanted.carrierCode && one.number === wanted.number,
      );
      expect(isSlipPutRight(wanted, { ...open, pairs })).toBe(isNear || isBack);
      expect(isSlipPutRight(wanted, { ...open, pairs, isScanned: true })).toBe(false);
      for (const verificationState of ['genuine', 'penalised', 'upheld', 'no state of ours'])
        expect(isSlipPutRight(wanted, { ...open, pairs, verificationState })).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});
