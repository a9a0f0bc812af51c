import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type CountryCode, type Instant, instant, money } from '../kernel/index.ts';
import type { Order } from '../orders/index.ts';
import {
  admit,
  agreesAtOnce,
  freightPayerOf,
  linePrices,
  paidFor,
  pricePart,
  refundsAtCounter,
} from './application.policy.ts';
import { coveredOf } from './insurance.ts';
import type { ReturnItem } from './model.ts';
import { riskOf } from './risk.policy.ts';
import { dueAfter, DEFAULT_RETURN_POLICY as POLICY } from './rulebook.ts';
import { RETURN_POLICY_KIND } from './rulebook-kind.ts';
import { refundOf, screenItems } from './settlement.policy.ts';

const NOW = instant('2026-03-02T08:00:00Z');
const EUR = money(0, 'EUR').currency;
const eur = (amountMinor: number) => ({ amountMinor, currency: EUR });
const goods = (quantity: number, unitMinor: number, goodsClass = 'normal') => ({
  descriptionEn: 'Cotton shirt',
  quantity,
  unitValue: eur(unitMinor),
  unitWeightGrams: 300,
  goodsClass,
});
const order = (more: Partial<Order> = {}) =>
  ({
    state: 'delivered',
    goods: [goods(2, 1000), goods(1, 500)],
    orderAmount: eur(3000),
    ...more,
  }) as Order;

describe('may the buyer apply', () => {
  const ask = (more: object = {}, facts: object = {}) =>
    admit(
      {
        kind: 'return',
        items: [{ line: 1, quantity: 1, reason: 'changed_mind' }],
        pictures: 0,
        ...more,
      } as never,
      {
        ...{ order: order(), deliveredAt: addDays(NOW, -3), now: NOW, policy: POLICY, settings: undefined },
        ...facts,
      },
    );
  const codeOf = (outcome: ReturnType<typeof ask>) => (outcome.ok ? 'admitted' : outcome.rejection.code);

  test('within the window, for a reason of the kind, of a line of the order', () => {
    expect(codeOf(ask())).toBe('admitted');
    expect(codeOf(ask({}, { now: addDays(NOW, 4) }))).toBe('admitted');
    expect(codeOf(ask({}, { now: addDays(NOW, 5) }))).toBe('return_window_over');
    expect(
      codeOf(ask({}, { now: addDays(NOW, 5), settings: { windowDays: 30, excludedGoodsClasses: [] } })),
    ).toBe('admitted');
    expect(codeOf(ask({ items: [{ line: 3, quantity: 1, reason: 'changed_mind' }] }))).toBe(
      'return_line_unknown',
    );
    const twice = { line: 1, quantity: 1, reason: 'changed_mind' };
    expect(codeOf(ask({ items: [twice, twice] }))).toBe('return_line_unknown');
    expect(codeOf(ask({ items: [{ line: 1, quantity: 1, reason: 'not_received' }] }))).toBe(
      'return_reason_unknown',
    );
  });

  test('a seller cannot shorten the window that the market gives', () => {
    const short = { windowDays: 1, excludedGoodsClasses: [] };
    expect(codeOf(ask({}, { settings: short }))).toBe('admitted');
  });

  test('what was not delivered can be refunded only', () => {
    const open = { deliveredAt: undefined, order: order({ state: 'shipped' }) };
    expect(codeOf(ask({}, open))).toBe('return_order_not_delivered');
    const lost = { kind: 'refund_only', items: [{ line: 1, quantity: 1, reason: 'not_received' }] };
    expect(codeOf(ask(lost, open))).toBe('admitted');
  });

  test('a fault is shown by a picture, and excluded goods go back only when they are faulty', () => {
    const broken = { items: [{ line: 1, quantity: 1, reason: 'defective' }] };
    expect(codeOf(ask(broken))).toBe('return_pictures_missing');
    expect(ask({ ...broken, pictures: 1 })).toMatchObject({ value: { fault: 'seller' } });
    const excluding = { settings: { windowDays: undefined, excludedGoodsClasses: ['normal'] } };
    expect(codeOf(ask({}, excluding))).toBe('return_goods_excluded');
    expect(codeOf(ask({ ...broken, pictures: 1 }, excluding))).toBe('admitted');
  });
});

describe('who pays the way back', () => {
  test.each([
    ['seller', false, false, 'seller'],
    ['seller', true, false, 'seller'],
    ['buyer', false, false, 'buyer'],
    ['buyer', true, false, 'insurer'],
    ['buyer', true, true, 'seller'],
    ['buyer', false, true, 'seller'],
  ] as const)('fault of the %s, insured %s, free %s: the %s', (fault, isInsured, freeReturns, payer) => {
    expect(freightPayerOf(fault, { isInsured, freeReturns })).toBe(payer);
  });
});

describe('amounts', () => {
  test('the parts of an order sum to what was paid, and pieces of a line to the line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9_999 })), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (lines, paid) => {
          const sold = order({
            goods: lines.map(([quantity, unit]) => goods(quantity, unit)),
            orderAmount: eur(paid),
          });
          const prices = linePrices(sold);
          expect(prices.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(paid);
          for (const [index, price] of prices.entries()) {
            const pieces = lines[index]?.[0] ?? 1;
            let sum = 0;
            for (let before = 0; before < pieces; before += 1)
              sum += pricePart(price, pieces, before, 1).amountMinor;
            expect(sum).toBe(price.amountMinor);
          }
        },
      ),
    );
  });

  test('without an amount of the order its goods say what was paid', () => {
    expect(paidFor(order({ orderAmount: undefined }))).toEqual(eur(2500));
  });

  const item = (line: number, amountMinor: number, reason = 'changed_mind'): ReturnItem => ({
    ...{ line, description: 'Shirt', goodsClass: 'normal', sku: undefined, quantity: 1, reason },
    amount: eur(amountMinor),
  });
  const rules = {
    restockingPercent: 10,
    faultOf: (reason: string) => (reason === 'changed_mind' ? ('buyer' as const) : ('seller' as const)),
  };

  test('restocking is taken only from who did not want the goods', () => {
    const items = [item(1, 1000), item(2, 500, 'defective')];
    const screened = screenItems(
      items,
      [
        { line: 1, grade: 'ok', quality: 1 },
        { line: 2, grade: 'ok', quality: 2 },
      ],
      rules,
    );
    expect(screened.ok && refundOf({ items: screened.value, amount: eur(1500) })).toEqual(eur(1400));
  });

  test('a bad grade needs a reason, a good one none, and nothing is worth more than it cost', () => {
    const grade = (more: object) =>
      screenItems([item(1, 1000)], [{ line: 1, grade: 'no_ok', quality: 2, ...more } as never], rules);
    const codeOf = (outcome: ReturnType<typeof grade>) =>
      outcome.ok ? refundOf({ items: outcome.value, amount: eur(1000) }).amountMinor : outcome.rejection.code;
    expect(codeOf(grade({}))).toBe('return_grade_unexplained');
    expect(codeOf(grade({ grade: 'ok', reason: 'customer_fault' }))).toBe('return_grade_unexplained');
    expect(codeOf(grade({ reason: 'customer_fault' }))).toBe(0);
    expect(codeOf(grade({ reason: 'give_up_unsealed', refundMinor: 400 }))).toBe(400);
    expect(codeOf(grade({ reason: 'customer_fault', refundMinor: 1001 }))).toBe('return_refund_too_high');
    expect(codeOf(grade({ grade: 'ok', refundMinor: 100 }))).toBe('return_grade_unexplained');
    expect(codeOf(grade({ line: 2, reason: 'missing' }))).toBe('return_items_incomplete');
  });

  test('what is not screened goes back whole', () => {
    expect(refundOf({ items: [item(1, 700), item(2, 300)], amount: eur(1000) })).toEqual(eur(1000));
  });

  test('insurance pays the freight up to the band of the distance', () => {
    const bands = [
      { upToMeters: 500_000, amount: eur(500) },
      { upToMeters: 2_000_000, amount: eur(900) },
    ];
    expect(coveredOf(bands, eur(700), 100_000)).toEqual(eur(500));
    expect(coveredOf(bands, eur(700), 1_000_000)).toEqual(eur(700));
    expect(coveredOf(bands, eur(2000), 9_000_000)).toEqual(eur(900));
    expect(coveredOf(bands, eur(700), undefined)).toEqual(eur(500));
    expect(coveredOf(bands, { ...eur(700), currency: money(0, 'CNY').currency }, 1)).toMatchObject({
      amountMinor: 0,
    });
  });
});

describe('who is compensated before the goods are seen', () => {
  const past = (more: object = {}) => ({
    ...{ id: 'ret_1', orderId: 'ord_1', kind: 'return', isWithdrawn: false, counterFoundOtherwise: false },
    ...more,
  });
  const risk = (cases: readonly object[], more: object = {}) =>
    riskOf(
      {
        ...{
          past: cases as never,
          orderId: 'ord_9',
          amount: eur(500),
          now: NOW,
          windowEndsAt: addDays(NOW, 5),
        },
        ...more,
      },
      POLICY.risk,
    );
  const rulesOf = (found: ReturnType<typeof risk>) => found.findings.map(({ rule }) => rule);

  test.each([
    ['nothing speaks against a first return', [], {}, []],
    ['many returns', [past(), past(), past(), past()], {}, ['many_returns']],
    ['withdrawn ones count for nobody', Array(9).fill(past({ isWithdrawn: true })), {}, []],
    [
      'several refunds without goods',
      [past({ kind: 'refund_only' }), past({ kind: 'refund_only' })],
      {},
      ['many_refunds_only'],
    ],
    ['a counter found other goods', [past({ counterFoundOtherwise: true })], {}, ['counter_found_otherwise']],
    ['the same order again', [past({ orderId: 'ord_9' })], {}, ['same_order_again']],
    ['much money', [], { amount: eur(20_000) }, ['high_amount']],
    ['the last hours of the window', [], { windowEndsAt: addDays(NOW, 0.5) }, ['last_day']],
  ] as const)('%s', (_, cases, more, rules) => {
    const found = risk(cases, more);
    expect(rulesOf(found)).toEqual(rules);
    expect(found.score).toBe(found.findings.reduce((sum, { points }) => sum + points, 0));
  });

  test('small amounts with little risk, and only where the market says so', () => {
    const about = { kind: 'refund_only', amount: eur(900), risk: 10 } as const;
    expect(agreesAtOnce(about, POLICY, undefined)).toBe(true);
    expect(agreesAtOnce({ ...about, risk: 21 }, POLICY, undefined)).toBe(false);
    expect(agreesAtOnce({ ...about, amount: eur(1001) }, POLICY, undefined)).toBe(false);
    expect(agreesAtOnce({ ...about, kind: 'return' }, POLICY, undefined)).toBe(false);
    expect(agreesAtOnce({ ...about, kind: 'return' }, POLICY, { autoAgreeUpTo: eur(900) })).toBe(true);
    const atCounter = { kind: 'return', amount: eur(900), risk: 0, isAsDescribed: true } as const;
    expect(refundsAtCounter(atCounter, POLICY)).toBe(false);
    const generous = { ...POLICY, refundAtCounter: { upTo: { EUR: 1000 }, maxRisk: 20 } };
    expect(refundsAtCounter(atCounter, generous)).toBe(true);
    expect(refundsAtCounter({ ...atCounter, isAsDescribed: false }, generous)).toBe(false);
    expect(refundsAtCounter({ ...atCounter, risk: 21 }, generous)).toBe(false);
    expect(refundsAtCounter({ ...atCounter, kind: 'exchange' }, generous)).toBe(false);
  });
});

describe('time-outs', () => {
  const dueAt = (clock: Parameters<typeof dueAfter>[2], country = 'DE', from: Instant = NOW) =>
    dueAfter(POLICY, country as CountryCode, clock, from);

  test('are those of the domain reference, by the buyer\u2019s calendar', () => {
    expect(dueAt('agree')).toBe('2026-03-07T08:00:00.000Z');
    expect(dueAt('return')).toBe('2026-03-09T08:00:00.000Z');
    expect(dueAt('handover')).toBe('2026-03-03T08:00:00.000Z');
    expect(dueAt('confirm_shipped')).toBe('2026-03-12T08:00:00.000Z');
    expect(dueAt('confirm_delivered')).toBe('2026-03-05T08:00:00.000Z');
    expect(dueAt('negotiate')).toBe('2026-03-09T08:00:00.000Z');
    // Working days: over the spring festival of China nothing runs out.
    expect(dueAt('replace', 'CN', instant('2026-02-13T08:00:00Z'))).toBe('2026-03-02T08:00:00.000Z');
    expect(dueAt('replace', 'DE', instant('2026-02-13T08:00:00Z'))).toBe('2026-02-20T08:00:00.000Z');
  });

  test('the shipped rules have no fault, and faults are found', () => {
    expect(RETURN_POLICY_KIND.schema.parse(POLICY)).toEqual(POLICY);
    expect(RETURN_POLICY_KIND.runTests(POLICY)).toEqual([]);
    const [first] = POLICY.reasons;
    const doubled = { ...POLICY, reasons: [first, first] as typeof POLICY.reasons };
    expect(RETURN_POLICY_KIND.runTests(doubled).map(({ test: name }) => name)).toEqual([
      'reasons',
      'reasons',
    ]);
  });
});
