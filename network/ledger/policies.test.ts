import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvText } from '../../platform/csv/index.ts';
import { type Currency, type Money, money, type OrganisationId } from '../kernel/index.ts';
import { derivedId } from './account.ts';
import { afterFailedAttempt, fundLines, payable } from './charge.policy.ts';
import { decimalText } from './decimal-text.ts';
import { converted } from './exchange.policy.ts';
import { needsFourEyes } from './four-eyes.policy.ts';
import type { ChargeLine, Payer, PayerRole } from './model.ts';
import { checkPayers, splitLines, splitOverPayers } from './payer-split.policy.ts';
import { bankTransfer, creditorReference, isCreditorReference } from './payment-provider.ts';

const eur = (amountMinor: number): Money => money(amountMinor, 'EUR');
const org = (name: string) => `org_${name}` as OrganisationId;
const share = (name: string, shareBasisPoints: number, role: PayerRole = 'merchant'): Payer => ({
  organisationId: org(name),
  role,
  shareBasisPoints,
});
const fixed = (name: string, fixedMinor: number, role: PayerRole = 'marketplace'): Payer => ({
  organisationId: org(name),
  role,
  fixedMinor,
});

describe('a list of payers', () => {
  test.each<[string, readonly Payer[], boolean]>([
    ['one who pays all', [share('a', 10_000)], true],
    ['two shares that are a whole', [share('a', 2_500), share('b', 7_500)], true],
    ['a fixed part and the rest', [fixed('a', 300), share('b', 10_000)], true],
    ['fixed parts that are the whole', [fixed('a', 300), fixed('b', 700)], true],
    ['nobody', [], false],
    ['shares below the whole', [share('a', 2_500), share('b', 7_000)], false],
    ['shares above the whole', [share('a', 9_000), share('b', 7_000)], false],
    ['one named twice', [share('a', 5_000), share('a', 5_000)], false],
    ['fixed parts below the whole', [fixed('a', 300)], false],
    ['fixed parts above the whole', [fixed('a', 1_001), share('b', 10_000)], false],
    ['a negative part', [share('a', 11_000), share('b', -1_000)], false],
    ['half a basis point', [share('a', 9_999.5), share('b', 0.5)], false],
  ])('%s', (_name, payers, ok) => {
    expect(checkPayers(payers, eur(1_000)).ok).toBe(ok);
  });

  test.each<[string, readonly Payer[], number, number[]]>([
    ['a third stays exact', [share('a', 3_333), share('b', 6_667)], 100, [33, 67]],
    ['the fixed part comes first', [fixed('a', 300), share('b', 10_000)], 1_000, [300, 700]],
    ['a fixed part takes no more than there is', [fixed('a', 300), share('b', 10_000)], 200, [200, 0]],
    [
      'what outgrows fixed parts is the merchant’s',
      [fixed('a', 300), fixed('b', 700, 'merchant')],
      1_200,
      [300, 900],
    ],
    ['without a merchant it is the first payer’s', [fixed('a', 300), fixed('b', 700)], 1_200, [500, 700]],
    ['nothing is nothing', [share('a', 10_000)], 0, [0]],
  ])('%s', (_name, payers, amount, parts) => {
    expect(splitOverPayers(eur(amount), payers)).toEqual(parts);
  });
});

test('lines cut over payers keep every line and every payer whole, and nothing is negative', () => {
  const lines = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 8 });
  const weights = fc
    .array(fc.nat(10_000), { minLength: 1, maxLength: 5 })
    .filter((list) => list.some((w) => w > 0));
  fc.assert(
    fc.property(lines, weights, (amounts, parts) => {
      const total = amounts.reduce((sum, amount) => sum + amount, 0);
      const weightSum = parts.reduce((sum, part) => sum + part, 0);
      const dues = parts.map((part) => Math.floor((total * part) / weightSum));
      dues[0] = (dues[0] ?? 0) + total - dues.reduce((sum, due) => sum + due, 0);
      const charge = amounts.map((amount): ChargeLine => ({ type: 'freight', amount: eur(amount) }));
      const shares = splitLines(charge, dues);
      shares.forEach((list, payer) => {
        expect(list.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(dues[payer]);
        expect(list.every((line) => line.amountMinor > 0)).toBe(true);
      });
      amounts.forEach((amount, number) => {
        const parts = shares.flat().filter((line) => line.line === number);
        expect(parts.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(amount);
      });
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['the hold covers it', 800, 1_000, 0, { paid: 800, outstanding: 0 }],
  ['exactly the hold', 1_000, 1_000, 0, { paid: 1_000, outstanding: 0 }],
  ['more than the hold, the funds are there', 1_500, 1_000, 500, { paid: 1_500, outstanding: 0 }],
  ['more than the hold and a part is missing', 1_500, 1_000, 200, { paid: 1_200, outstanding: 300 }],
  ['nothing is there', 1_500, 0, 0, { paid: 0, outstanding: 1_500 }],
])('a wallet pays: %s', (_name, due, held, available, expected) => {
  expect(payable(due, held, available)).toEqual(expected);
});

test('three tries follow after 1, 6 and 24 hours, then come arrears', () => {
  const hours = [0, 1, 2].map((attempts) => {
    const next = afterFailedAttempt(attempts);
    return next.kind === 'wait' ? next.waitMs / 3_600_000 : undefined;
  });
  expect(hours).toEqual([1, 6, 24]);
  expect(afterFailedAttempt(3)).toEqual({ kind: 'arrears' });
});

test('a partial payment pays the lines in order and cuts the one at the edge', () => {
  const line = (number: number, amountMinor: number) =>
    ({ line: number, type: 'freight', amountMinor, refundedMinor: 0 }) as const;
  const funded = fundLines([line(0, 100), line(1, 100), line(2, 100)], 150);
  expect(funded.map((part) => [part.line, part.amountMinor, part.from])).toEqual([
    [0, 100, 'wallet'],
    [1, 50, 'wallet'],
    [1, 50, 'arrears'],
    [2, 100, 'arrears'],
  ]);
});

test.each<[number, string, string, number, number]>([
  [10_000, 'EUR', 'CNY', 780_000_000, 78_000],
  [10_000, 'EUR', 'JPY', 16_050_000_000, 16_050],
  [16_050, 'JPY', 'EUR', 623_053, 10_000],
  [1_000, 'KWD', 'EUR', 300_000_000, 300],
  [1, 'EUR', 'USD', 50_000_000, 1],
  [1, 'EUR', 'USD', 49_999_999, 0],
  [900_000_000_000_000, 'VND', 'EUR', 3_600, 3_240_000_000_000],
])('%i %s in %s at %i e-8 is %i', (amount, from, to, rate, expected) => {
  expect(converted(money(amount, from), to as Currency, rate)).toBe(expected);
});

test('four eyes begin at the threshold of the currency', () => {
  expect(needsFourEyes(eur(999_999))).toBe(false);
  expect(needsFourEyes(eur(1_000_000))).toBe(true);
  expect(needsFourEyes(money(1_499_999, 'JPY'))).toBe(false);
  expect(needsFourEyes(money(1_500_000, 'JPY'))).toBe(true);
});

test('a derived id depends on every part and on where the parts end', () => {
  expect(derivedId('tfr', ['ab', 'c'])).toBe(derivedId('tfr', ['ab', 'c']));
  expect(derivedId('tfr', ['ab', 'c'])).not.toBe(derivedId('tfr', ['a', 'bc']));
  expect(derivedId('tfr', ['ab', 'c'])).toMatch(/^tfr_[0-9a-hjkmnp-tv-z]{26}$/);
});

describe('a payment reference', () => {
  test('has the check digits of ISO 11649', () => {
    // The standard's own example.
    expect(creditorReference('539007547034')).toBe('RF18539007547034');
    expect(isCreditorReference('RF18539007547034')).toBe(true);
    expect(isCreditorReference('RF19539007547034')).toBe(false);
  });
  test('of two top-ups differs, and two swapped digits are noticed', () => {
    const topUpId = derivedId('tup', ['x']);
    const { paymentReference } = bankTransfer.start({ topUpId, amount: eur(1) });
    expect(isCreditorReference(paymentReference)).toBe(true);
    expect(isCreditorReference(paymentReference.replace(/(.)(.)$/, '$2$1'))).toBe(
      paymentReference.at(-1) === paymentReference.at(-2),
    );
  });
});

describe('CSV', () => {
  test.each([
    '=1+1',
    '+1',
    '-1+2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '|calc',
    '=cmd|"/c calc"!A0',
    '\u200b=1',
  ])('a cell %j can never run as a formula', (text) => {
    const cell = csvText([[text]]);
    expect(cell.replace(/^"/, '').startsWith("'")).toBe(true);
  });
  test('numbers stay numbers, also negative ones', () => {
    expect(csvText([['-12.34', 7, '0.01']])).toBe('-12.34,7,0.01\r\n');
  });
  test('quotes, commas and line breaks stay in their cell', () => {
    expect(csvText([['a"b', 'c,d', 'e\nf']])).toBe('"a""b","c,d","e\nf"\r\n');
  });
  test('amounts are exact in every number of digits', () => {
    expect([decimalText(5, 2), decimalText(-1234, 2), decimalText(7, 0), decimalText(-1, 3)]).toEqual([
      '0.05',
      '-12.34',
      '7',
      '-0.001',
    ]);
  });
});
