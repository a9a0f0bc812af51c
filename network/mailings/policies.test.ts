import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CountryCode, instant, type Money, money } from '../kernel/index.ts';
import { compileLine, SHIPPED_LINES } from '../lines/index.ts';
import type { Mailing } from './model.ts';
import { priceFound, settle, walletLines } from './price.policy.ts';
import { dueAfter, DEFAULT_MAILING_POLICY as POLICY } from './rulebook.ts';
import { MAILING_POLICY_KIND } from './rulebook-kind.ts';

const NOW = instant('2026-03-02T08:00:00Z');
const cny = (amountMinor: number): Money => money(amountMinor, 'CNY');
const shipped = SHIPPED_LINES.find(({ code }) => code === 'cn_domestic_express');
if (shipped === undefined) throw new Error('the line of the test is not shipped');
const LINE = compileLine(shipped, 1);

const mailing = (weightGrams: number, more: Partial<Mailing> = {}) =>
  ({
    from: { country: 'CN' as CountryCode, postcode: '322000' },
    to: { country: 'CN' as CountryCode, postcode: '311121' },
    goods: { description: 'Ham', goodsClass: 'normal', quantity: 1 },
    declared: { weightGrams },
    quoted: { quotedAt: NOW },
    ...more,
  }) as Mailing;
const found = (weightGrams: number, more: object = {}) =>
  ({ goodsClass: 'normal', measured: { weightGrams }, ...more }) as Parameters<typeof priceFound>[2];
const priceOf = (stated: number, measured: number, more: object = {}) => {
  const priced = priceFound(LINE, mailing(stated), found(measured, more), POLICY.tolerance);
  return priced.ok ? priced.value.total.amountMinor : priced.rejection.code;
};

describe('the price of the scale', () => {
  test('keeps the stated weight within the tolerance, and follows the scale beyond', () => {
    // 1 kg 800, each further 150 fen, 6 % tax.
    expect(priceOf(1_000, 1_000)).toBe(848);
    expect(priceOf(1_000, 1_030)).toBe(848);
    expect(priceOf(1_000, 1_031)).toBe(1_007);
    expect(priceOf(2_000, 1_941)).toBe(1_007);
    expect(priceOf(2_050, 2_000)).toBe(1_166);
    expect(priceOf(2_500, 1_900)).toBe(1_007);
    expect(priceOf(5, 15)).toBe(848);
  });

  test('counts the size that was measured, else the one that was stated', () => {
    const size = { lengthMm: 400, widthMm: 300, heightMm: 200 };
    expect(priceOf(1_000, 1_000, { measured: { weightGrams: 1_000, size } })).toBe(1_325);
    const stated = mailing(1_000, { declared: { weightGrams: 1_000, size } });
    const priced = priceFound(LINE, stated, found(1_000), POLICY.tolerance);
    expect(priced.ok && priced.value.total).toEqual(cny(1_325));
  });

  test('is none for what the line does not take: all reasons are told', () => {
    expect(priceOf(1_000, 50_001)).toBe('mailing_line_unfit');
    const refused = priceFound(
      LINE,
      mailing(1_000),
      found(60_000, { goodsClass: 'liquid' }),
      POLICY.tolerance,
    );
    expect(refused.ok).toBe(false);
    if (!refused.ok) expect(refused.rejection.detail).toMatch(/class of goods.*|heavier/);
  });
});

describe('who pays what', () => {
  const terms = (ceilingMinor: number, payment: 'counter' | 'wallet') => ({
    ceiling: cny(ceilingMinor),
    payment,
  });

  test.each([
    ['counter', 1_000, 1_000, undefined, 0, 1_000],
    ['counter', 1_000, 800, undefined, 0, 800],
    ['counter', 1_000, 1_001, undefined, 'mailing_consent_needed', 0],
    ['counter', 1_000, 1_001, 1_000, 'mailing_consent_needed', 0],
    ['counter', 1_000, 1_001, 1_001, 0, 1_001],
    ['wallet', 1_000, 800, undefined, 800, 0],
    ['wallet', 1_000, 1_300, undefined, 'mailing_consent_needed', 0],
    ['wallet', 1_000, 1_300, 1_300, 1_000, 300],
  ] as const)(
    '%s, ceiling %i, price %i, agreed at the counter %s',
    (payment, ceiling, total, agreed, wallet, cash) => {
      const outcome = settle(
        terms(ceiling, payment),
        cny(total),
        agreed === undefined ? undefined : cny(agreed),
      );
      if (typeof wallet === 'string')
        expect(outcome).toMatchObject({ ok: false, rejection: { code: wallet } });
      else
        expect(outcome).toEqual({
          ok: true,
          value: { total: cny(total), fromWallet: cny(wallet), collected: cny(cash) },
        });
    },
  );

  test('wallet and drawer add up to the price, and nothing above the ceiling without the sender\u2019s word', () => {
    const minor = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(minor, minor, fc.option(minor), fc.boolean(), (ceiling, total, agreed, isWallet) => {
        const payment = isWallet ? 'wallet' : 'counter';
        const said = agreed === null ? undefined : cny(agreed);
        const outcome = settle(terms(ceiling, payment), cny(total), said);
        if (!outcome.ok) {
          expect(total).toBeGreaterThan(ceiling);
          expect(agreed).not.toBe(total);
          return;
        }
        const { fromWallet, collected } = outcome.value;
        expect(fromWallet.amountMinor + collected.amountMinor).toBe(total);
        expect(Math.min(fromWallet.amountMinor, collected.amountMinor)).toBeGreaterThanOrEqual(0);
        if (isWallet) expect(fromWallet.amountMinor).toBeLessThanOrEqual(ceiling);
        else expect(fromWallet.amountMinor).toBe(0);
        if (total > ceiling) expect(agreed).toBe(total);
      }),
    );
  });

  test('agreement in another currency is none', () => {
    const outcome = settle(terms(1_000, 'counter'), cny(1_001), money(1_001, 'EUR'));
    expect(outcome.ok).toBe(false);
  });

  test('the lines of a wallet add up to its part, whatever that is', () => {
    const grams = fc.integer({ min: 1, max: 50_000 });
    fc.assert(
      fc.property(grams, fc.integer({ min: 0, max: 100 }), (weightGrams, percent) => {
        const priced = priceFound(LINE, mailing(weightGrams), found(weightGrams), POLICY.tolerance);
        if (!priced.ok) throw new Error(priced.rejection.detail);
        const part = cny(Math.floor((priced.value.total.amountMinor * percent) / 100));
        const lines = walletLines(priced.value.charges, part);
        expect(lines.reduce((sum, { amount }) => sum + amount.amountMinor, 0)).toBe(part.amountMinor);
        expect(lines.every(({ amount }) => amount.amountMinor >= 0)).toBe(true);
        expect(lines.map(({ type }) => type)).toEqual(['freight', 'tax']);
      }),
    );
  });
});

describe('the rules', () => {
  test('a week to bring it, a day for the courier, two weeks on the way', () => {
    expect(dueAfter(POLICY, 'bring', NOW)).toBe('2026-03-09T08:00:00.000Z');
    expect(dueAfter(POLICY, 'handover', NOW)).toBe('2026-03-03T08:00:00.000Z');
    expect(dueAfter(POLICY, 'transit', NOW)).toBe('2026-03-16T08:00:00.000Z');
  });

  test('as shipped they have no fault, and faults are found', () => {
    expect(MAILING_POLICY_KIND.schema.parse(POLICY)).toEqual(POLICY);
    expect(MAILING_POLICY_KIND.runTests(POLICY)).toEqual([]);
    const doubled = { ...POLICY, checklist: ['a_check', 'a_check'] };
    expect(MAILING_POLICY_KIND.runTests(doubled).map(({ test: name }) => name)).toEqual(['checklist']);
    expect(MAILING_POLICY_KIND.schema.safeParse({ ...POLICY, documentKinds: [] }).success).toBe(false);
  });
});
