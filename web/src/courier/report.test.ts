import { expect, test } from 'vitest';
import { type Answers, EMPTY, missingIn, reportOf } from './report.ts';
import { pathOf } from './strokes.ts';

const FREE = { pin_required: false };
const CASH = { ...FREE, cash_due: { amount_minor: 9_800, currency: 'CNY' } };
const PHOTO = new Blob(['x']);
const given = (more: Partial<Answers>): Answers => ({ ...EMPTY, outcome: 'delivered', ...more });

test.each([
  ['nothing said', EMPTY, FREE, 'outcome'],
  ['tried without a reason', given({ outcome: 'attempted' }), FREE, 'reason'],
  ['tried with a reason', given({ outcome: 'attempted', reason: 'no_access' }), CASH, undefined],
  ['refused', given({ outcome: 'refused' }), CASH, undefined],
  ['delivered to nobody', given({}), FREE, 'sign_kind'],
  ['without proof', given({ signKind: 'self' }), FREE, 'proof'],
  ['with a signature', given({ signKind: 'self', signature: 'M1 1 L9 9' }), FREE, undefined],
  ['cash not taken', given({ signKind: 'self', photo: PHOTO }), CASH, 'cash'],
  ['cash taken', given({ signKind: 'self', photo: PHOTO, hasCash: true }), CASH, undefined],
  ['half a PIN', given({ signKind: 'self', photo: PHOTO, pin: '12' }), FREE, 'pin'],
  ['no PIN where one is due', given({ signKind: 'self', photo: PHOTO }), { pin_required: true }, 'pin'],
  ['at the door without a photo', given({ signKind: 'door', signature: 'M1 1 L9 9' }), FREE, 'photo'],
  ['at the door with a photo', given({ signKind: 'door', photo: PHOTO }), FREE, undefined],
] as const)('%s', (_name, answers, stop, missing) => {
  expect(missingIn(answers, stop)).toBe(missing);
});

test('only what belongs to the outcome goes out, whatever was tapped before', () => {
  const all = given({
    reason: 'no_access',
    signKind: 'self',
    signature: 'M1 1 L9 9',
    pin: '1234',
    hasCash: true,
  });
  expect(reportOf({ ...all, outcome: 'refused' }, CASH)).toEqual({ outcome: 'refused' });
  expect(reportOf({ ...all, outcome: 'attempted' }, CASH)).toEqual({
    outcome: 'attempted',
    reason: 'no_access',
  });
  expect(reportOf(all, CASH)).toEqual({
    ...{ outcome: 'delivered', sign_kind: 'self', signature: 'M1 1 L9 9', pin: '1234' },
    cash_collected: CASH.cash_due,
  });
  expect(reportOf({ ...all, signKind: 'door' }, FREE)).toEqual({ outcome: 'delivered', sign_kind: 'door' });
});

test('strokes become a path within its box; a dot is no signature', () => {
  expect(pathOf([[[5, 5]]])).toBeUndefined();
  expect(pathOf([])).toBeUndefined();
  const path = pathOf([
    [
      [-10, 10],
      [11, 10],
      [100.4, 900],
    ],
    [
      [0, 0],
      [1, 1],
      [50, 50],
    ],
  ]);
  expect(path).toBe('M0 10 L11 10 L100 400 M0 0 L50 50');
  expect(path).toMatch(/^M[MmLl0-9 .,-]{7,19999}$/);
});
