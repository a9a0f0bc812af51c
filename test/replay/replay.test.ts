import { describe, expect, it } from 'vitest';
import { expectationOf, storyOf } from './expectation.ts';
import { atMsOf, instantOf, madeUpOrders, type Order, ordersOf } from './orders.ts';
import { seeded } from './random.ts';

describe('local times of Brazil', () => {
  it.each([
    ['2017-06-01 12:00:00', '2017-06-01T15:00:00.000Z'],
    ['2017-01-15 23:30:01', '2017-01-16T01:30:01.000Z'],
    // Summer time began on 15 October 2017 at midnight and ended on 18 February 2018 at midnight.
    ['2017-10-14 23:59:59', '2017-10-15T02:59:59.000Z'],
    ['2017-10-15 01:00:00', '2017-10-15T03:00:00.000Z'],
    ['2018-02-18 00:00:00', '2018-02-18T03:00:00.000Z'],
  ])('%s is %s', (local, instant) => {
    expect(instantOf(atMsOf(local))).toBe(instant);
  });
});

describe('rows', () => {
  const END = atMsOf('2017-03-31 12:00:00');
  const head =
    'order_id,order_status,purchase_ts,approved_ts,carrier_handover_ts,delivered_ts,seller_id,seller_zip5,seller_state,customer_zip5,customer_state,weight_g,volume_cm3,price,category';
  const parse = (line: string) => ordersOf(`${head}\n${line}\n`)[0] as Order;
  const good =
    'a1,delivered,2017-03-01 10:00:00,2017-03-01 11:00:00,2017-03-02 10:00:00,2017-03-09 10:00:00,s1,01310,SP,20040,RJ,800.0,8000.0,49.9,x';

  it('are read with their texts, and a broken line is told', () => {
    expect(parse(good)).toMatchObject({ id: 'a1', sellerZip: '01310', weightGrams: 800, priceMinor: 4990 });
    expect(() => parse('a1,delivered')).toThrow('line 2 has 2 cells');
  });

  it('say themselves what must become of them', () => {
    expect(expectationOf(parse(good), END)).toMatchObject({ kind: 'bought', state: 'delivered', flags: [] });
    const early = parse(good.replace('2017-03-02 10', '2017-03-01 10'));
    expect(expectationOf(early, END)).toMatchObject({ flags: ['handover_before_order'] });
    const late = parse(good.replace('2017-03-09 10', '2017-03-02 09'));
    expect(expectationOf(late, END)).toMatchObject({
      flags: ['delivered_before_handover', 'scan_after_terminal'],
    });
    expect(expectationOf(parse(good.replace('800.0,8000.0', '30001.0,800000.0')), END)).toEqual({
      kind: 'refused',
      codes: ['over_weight', 'sum_of_sides_too_long'],
    });
    const open = parse(good.replace('2017-03-09 10:00:00', '').replace('delivered', 'shipped'));
    expect(expectationOf(open, END)).toMatchObject({ state: 'in_transit', freight: 'charged' });
  });

  it('that nobody hands over keep their freight reserved for 45 days to the millisecond, then it lapses', () => {
    const forgotten = parse(
      good.replace('2017-03-02 10:00:00,2017-03-09 10:00:00', ',').replace('delivered', 'processing'),
    );
    const lapsesAt = atMsOf('2017-04-15 11:00:00');
    expect(expectationOf(forgotten, lapsesAt - 1)).toMatchObject({
      state: 'wait_receive',
      freight: 'reserved',
    });
    expect(expectationOf(forgotten, lapsesAt)).toMatchObject({ state: 'wait_receive', freight: 'lapsed' });
  });

  it('made up for the test run have every story and are the same for the same seed', () => {
    const rows = madeUpOrders(150, seeded(5));
    expect(madeUpOrders(150, seeded(5))).toEqual(rows);
    expect(new Set(rows.map((row) => storyOf(row, END))).size).toBeGreaterThanOrEqual(6);
    const kinds = rows.flatMap((row) => {
      const expected = expectationOf(row, END);
      return expected.kind === 'bought' ? expected.contradictions : [];
    });
    expect(new Set(kinds)).toEqual(
      new Set(['hand-over before approval', 'delivery before hand-over', 'cancelled after hand-over']),
    );
  });
});
