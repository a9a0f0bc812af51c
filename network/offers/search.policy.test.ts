import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CountryCode, instant, money } from '../kernel/index.ts';
import { compileLine, NEUTRAL_MARKET_POLICY } from '../lines/index.ts';
import { sampleLine, sampleTable } from '../lines/sample-line.fixture.ts';
import type { OfferRequest } from './model.ts';
import { type SearchFacts, searchLines } from './search.policy.ts';

const NOW = instant('2026-03-02T10:00:00Z');
const [NL, DE] = ['NL' as CountryCode, 'DE' as CountryCode];
const request: OfferRequest = {
  from: { country: NL },
  to: { country: DE, postcode: '10115' },
  parcels: [{ weightGrams: 1200, size: { lengthMm: 200, widthMm: 100, heightMm: 50 } }],
  goods: [{ goodsClass: 'normal', quantity: 2, unitValue: money(1_000, 'EUR') }],
};
const line = (code: string, part: Parameters<typeof sampleLine>[0] = {}) =>
  compileLine(sampleLine({ code, ...part }));
const facts = (part: Partial<SearchFacts> = {}): SearchFacts => ({
  at: NOW,
  lines: [line('one')],
  orderSharePercent: () => 100,
  asker: 'network/org_1',
  marketPolicy: undefined,
  dutyPaths: undefined,
  dutyPathRequired: false,
  papersRequired: true,
  rates: [],
  ...part,
});
const search = (part: Partial<SearchFacts> = {}, asked: Partial<OfferRequest> = {}) =>
  searchLines({ ...request, ...asked }, facts(part));
const reasonsOf = (...given: Parameters<typeof search>) =>
  search(...given).refused.flatMap(({ reasons }) => reasons.map(({ code }) => code));

/** A table that charges the same for everything. */
const flat = (code: string, minor: number) =>
  sampleTable({
    code,
    sheet: {
      kind: 'first_and_step',
      rates: [{ zone: 'near', firstGrams: 20_000, firstMinor: minor, stepGrams: 500, stepMinor: 0 }],
    },
  });

describe('an offer', () => {
  test('costs what its charges come to, and knows what the carrier asks without showing it', () => {
    const { offers, refused } = search({
      lines: [line('one', { buying: [flat('b', 310)] })],
    });
    expect(refused).toEqual([]);
    // The first 1,000 g for 5.00, one step of 500 g for 1.20.
    expect(offers).toMatchObject([{ offer: { total: money(620, 'EUR') }, buying: money(310, 'EUR') }]);
    const charged = offers[0]?.offer.charges.reduce((sum, { amount }) => sum + amount.amountMinor, 0);
    expect(charged).toBe(620);
    expect(JSON.stringify(offers[0]?.offer)).not.toContain('310');
  });

  test('names the version of the line that priced it', () => {
    expect(search({ lines: [{ ...line('one'), version: 7 }] }).offers[0]?.offer.lineVersion).toBe(7);
  });
});

describe('the order of offers', () => {
  const priced = (code: string, minor: number, maxDays: number) =>
    line(code, {
      selling: [flat(`${code}_selling`, minor)],
      promise: { ...sampleLine().promise, days: [{ zone: '*', minDays: 1, maxDays }] },
    });
  const ranked = (...lines: ReturnType<typeof line>[]) =>
    search({ lines }).offers.map(({ offer }) => offer.lineCode);

  test('a day counts for EUR 0.30: a cent less makes the faster one the better', () => {
    expect(ranked(priced('fast', 530, 1), priced('slow', 500, 2))).toEqual(['fast', 'slow']);
    expect(ranked(priced('fast', 531, 1), priced('slow', 500, 2))).toEqual(['slow', 'fast']);
  });

  test('at the same worth the faster one comes first, then the code decides', () => {
    expect(ranked(priced('b', 500, 2), priced('a', 500, 2), priced('z', 530, 1))).toEqual(['z', 'a', 'b']);
  });

  test('is the same however the lines are listed', () => {
    const lines = [
      priced('a', 500, 3),
      priced('b', 500, 2),
      priced('c', 440, 5),
      priced('d', 500, 2),
      priced('e', 900, 1),
    ];
    const order = ranked(...lines);
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: 5 }), (shuffled) => {
        expect(ranked(...shuffled)).toEqual(order);
      }),
    );
  });

  test('prices that no rate compares stand behind those that can be compared', () => {
    const dollars = line('dollars', {
      selling: [{ ...flat('usd', 1), currency: money(0, 'USD').currency }],
    });
    expect(ranked(dollars, priced('euro', 9_000, 1))).toEqual(['euro', 'dollars']);
  });
});

describe('a refusal', () => {
  test('gives every reason at once, of limits, market and customs', () => {
    const reasons = reasonsOf(
      {
        orderSharePercent: () => 0,
        dutyPathRequired: true,
        marketPolicy: {
          versionId: 'v1',
          document: {
            ...NEUTRAL_MARKET_POLICY,
            rules: [{ id: 'none', effect: 'deny', reason: 'closed' }],
          },
        },
      },
      { parcels: [{ weightGrams: 90_000 }], orderAmount: money(2_000, 'EUR') },
    );
    expect(reasons).toEqual([
      'carrier_cannot_take_orders',
      'over_weight',
      'market_policy_refuses',
      'customs_path_missing',
    ]);
  });

  test('says the limit and what was asked', () => {
    const [refusal] = search(
      {},
      { parcels: [{ weightGrams: 90_000, size: request.parcels[0]?.size }] },
    ).refused;
    expect(refusal?.reasons.find(({ code }) => code === 'over_weight')).toMatchObject({
      limit: 20_000,
      actual: 90_000,
      message: 'The parcel is heavier than the line takes. Limit 20000, here 90000.',
    });
  });

  test('a line without a price for a zone promises nothing there and is refused with one reason', () => {
    expect(
      reasonsOf({
        lines: [line('one', { promise: { ...sampleLine().promise, days: [] } })],
      }),
    ).toEqual(['no_promise']);
  });

  test('values in two currencies cannot be judged as one', () => {
    const asked = {
      goods: [
        { goodsClass: 'normal' as const, quantity: 1, unitValue: money(40_000, 'EUR') },
        { goodsClass: 'normal' as const, quantity: 1, unitValue: money(40_000, 'USD') },
      ],
    };
    const inOne = { goods: asked.goods.map((item) => ({ ...item, unitValue: money(40_000, 'EUR') })) };
    expect(reasonsOf({}, inOne)).toEqual(['declared_value_too_high']);
    expect(reasonsOf({}, asked)).toEqual([]);
  });
});

describe('a carrier with a share of the orders', () => {
  const orders = Array.from({ length: 400 }, (_, index) => `order-${index}`);
  const given = (percent: number, asked: Partial<OfferRequest> = {}, asker = 'network/org_1') =>
    orders.filter(
      (orderRef) =>
        search({ orderSharePercent: () => percent, asker }, { ...asked, orderRef }).offers.length > 0,
    );

  test('is refused for the others with the share as limit, and for nobody when it has all', () => {
    const few = given(5);
    expect(few.length).toBeGreaterThan(0);
    expect(few.length).toBeLessThan(60);
    const left = orders.find((orderRef) => !few.includes(orderRef));
    expect(search({ orderSharePercent: () => 5 }, { orderRef: left ?? '' }).refused).toEqual([
      {
        lineCode: 'one',
        reasons: [
          expect.objectContaining({ code: 'outside_carrier_share', limit: 5, actual: 'postroad_express_eu' }),
        ],
      },
    ]);
    expect(given(100)).toEqual(orders);
  });

  test('a carrier without any share is refused for its standing and not for the draw', () => {
    expect(reasonsOf({ orderSharePercent: () => 0 })).toEqual(['carrier_cannot_take_orders']);
  });

  test('the draw hangs on the order: other parcels, times and wishes of it change nothing', () => {
    expect(
      given(50, {
        parcels: [{ weightGrams: 300, size: request.parcels[0]?.size }],
        readyAt: instant('2026-03-05T10:00:00Z'),
        insuredAmount: money(100, 'EUR'),
      }),
    ).toEqual(given(50));
  });

  test('merchants draw apart, and one merchant apart in two marketplaces', () => {
    const ofOne = given(50);
    expect(given(50, {}, 'network/org_2')).not.toEqual(ofOne);
    expect(given(50, {}, 'org_platform/org_1')).not.toEqual(ofOne);
  });

  test('without a reference the parcels and their way are the order, whatever is wished beside', () => {
    const isGiven = (asked: Partial<OfferRequest>) =>
      search({ orderSharePercent: () => 50 }, asked).offers.length > 0;
    const ways = orders.map((_, index) => ({ country: DE, postcode: String(10_115 + index) }));
    const answers = ways.map((to) => isGiven({ to }));
    expect(new Set(answers)).toEqual(new Set([true, false]));
    expect(ways.map((to) => isGiven({ to, insuredAmount: money(100, 'EUR') }))).toEqual(answers);
  });

  test('a quick quote is for no order: the price is told', () => {
    expect(search({ orderSharePercent: () => 5, asker: undefined }).offers).toHaveLength(1);
  });
});
