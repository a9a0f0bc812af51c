import { describe, expect, test } from 'vitest';
import type { Currency } from '../kernel/index.ts';
import type { LineOffer } from '../offers/index.ts';
import { chooseOffer, handoverFor } from './choice.policy.ts';
import { cleanCell, type Draft, minorOf, type Row } from './draft.policy.ts';
import { genericDrafts } from './generic-dialect.policy.ts';
import { shopifyDrafts } from './shopify-dialect.policy.ts';
import { orderStateOf } from './state.policy.ts';

const row = (line: number, cells: Record<string, string>): Row => ({
  line,
  get: (column) => cleanCell(cells[column] ?? ''),
});
const DEFAULTS = { weightGrams: 400, goodsClass: 'normal', now: '2026-11-22T00:00:00.000Z' };

describe('the state of an order', () => {
  test.each([
    ['open', [], 'open'],
    ['open', ['wait_receive'], 'booked'],
    ['booked', ['cancelled'], 'open'],
    ['booked', ['cancelled', 'wait_receive'], 'booked'],
    ['booked', ['wait_send'], 'shipped'],
    ['shipped', ['delivered', 'in_transit'], 'shipped'],
    ['shipped', ['delivered', 'delivered'], 'delivered'],
    ['shipped', ['delivered', 'lost'], 'failed'],
    ['shipped', ['returned', 'delivered'], 'returned'],
    ['shipped', ['closed'], 'open'],
    ['cancelled', ['cancelled'], 'cancelled'],
    ['cancelled', ['wait_receive'], 'booked'],
  ] as const)('%s with shipments %j is %s', (before, shipments, after) => {
    expect(orderStateOf(before, shipments)).toBe(after);
  });
});

describe('the choice of an offer', () => {
  const offer = (
    lineCode: string,
    amountMinor: number,
    latest: string,
    currency = 'EUR',
    handover = 'drop_off',
  ) =>
    ({
      lineCode,
      total: { amountMinor, currency },
      promise: { latest },
      handoverChoices: [handover],
    }) as unknown as LineOffer;
  const offers = [
    offer('balanced', 500, '2026-12-05T00:00:00.000Z'),
    offer('cheap', 300, '2026-12-20T00:00:00.000Z'),
    offer('quick', 900, '2026-12-02T00:00:00.000Z'),
    offer('foreign', 1, '2026-12-30T00:00:00.000Z', 'JPY'),
    offer('door', 100, '2026-12-01T00:00:00.000Z', 'EUR', 'door_pickup'),
  ];
  test('takes the first as best, the least price of its currency, the earliest promise', () => {
    const taken = (choice: 'best' | 'cheapest' | 'fastest') =>
      chooseOffer(offers, choice, 'drop_off')?.lineCode;
    expect([taken('best'), taken('cheapest'), taken('fastest')]).toEqual(['balanced', 'cheap', 'quick']);
  });
  test('takes none that does not take the parcel the wanted way', () => {
    expect(chooseOffer(offers, 'cheapest', 'door_pickup')?.lineCode).toBe('door');
    expect(chooseOffer(offers, 'cheapest', 'self_post')).toBeUndefined();
    expect(handoverFor(offers[4] as LineOffer, undefined)).toBe('door_pickup');
  });
});

describe('cells', () => {
  test.each([
    ['12.50', 'EUR', 1250],
    ['12.5', 'EUR', 1250],
    ['12', 'JPY', 12],
    ['12.500', 'EUR', 1250],
    ['12.505', 'EUR', undefined],
    ['1.5', 'JPY', undefined],
    ['1,50', 'EUR', undefined],
    ['-1', 'EUR', undefined],
    ['1e3', 'EUR', undefined],
  ])('%s %s is %s minor units', (text, currency, minor) => {
    expect(minorOf(text, currency as Currency)).toBe(minor);
  });
  test("a spreadsheet's apostrophe is taken off, another one stays", () => {
    expect(cleanCell("'01234")).toBe('01234');
    expect(cleanCell("'t Hof")).toBe("'t Hof");
    expect(cleanCell(' a\n b ')).toBe('a  b');
    expect(cleanCell('  ')).toBeUndefined();
  });
});

describe('the dialects', () => {
  test('Shopify: rows of one name are one order, its own cells stand in the first', () => {
    const drafts = shopifyDrafts(
      [
        row(2, {
          Name: '#1001',
          'Created at': '2026-11-20 10:00:00 -0500',
          Currency: 'USD',
          Total: '25.00',
          'Lineitem name': 'Mug',
          'Lineitem quantity': '2',
          'Lineitem price': '10.00',
          'Shipping Country': 'US',
          'Shipping Zip': "'02108",
        }),
        row(3, {
          Name: '#1001',
          'Lineitem name': 'x'.repeat(90),
          'Lineitem quantity': '1',
          'Lineitem price': '5',
        }),
        row(4, { Name: '#1002', 'Lineitem name': 'Gift card', 'Lineitem requires shipping': 'false' }),
        row(5, { Name: '#1003', 'Lineitem name': 'Mug', 'Fulfillment Status': 'fulfilled' }),
      ],
      DEFAULTS,
    );
    expect(drafts.map((draft) => [draft.reference, draft.lines, draft.skip])).toEqual([
      ['1001', [2, 3], undefined],
      ['1002', [4], 'nothing_to_ship'],
      ['1003', [5], 'fulfilled'],
    ]);
    const { input, errors } = drafts[0] as Draft;
    expect(errors).toEqual([]);
    expect(input).toMatchObject({
      channel: 'shopify',
      placedAt: '2026-11-20T15:00:00.000Z',
      orderAmount: { amountMinor: 2500, currency: 'USD' },
      recipient: { address: { country: 'US', postcode: '02108' } },
      goods: [
        { descriptionEn: 'Mug', quantity: 2, unitValue: { amountMinor: 1000 }, unitWeightGrams: 400 },
        { descriptionEn: 'x'.repeat(60), quantity: 1, unitValue: { amountMinor: 500 } },
      ],
    });
  });
  test('ours: a cell that cannot be read is told with its line and column', () => {
    const [draft] = genericDrafts(
      [
        row(2, {
          reference: 'A',
          currency: 'EUR',
          item_unit_value: '1,00',
          item_quantity: 'two',
          placed_at: 'today',
        }),
      ],
      DEFAULTS,
    );
    expect(draft?.errors.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 'placed_at', 'not_an_instant'],
      [2, 'item_quantity', 'not_a_whole_number'],
      [2, 'item_unit_value', 'not_an_amount'],
    ]);
  });
});
