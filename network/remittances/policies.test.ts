import { describe, expect, test } from 'vitest';
import type { Currency, Money } from '../kernel/index.ts';
import { feeFor } from './fee.policy.ts';
import { factsOf } from './reactions.ts';
import { DEFAULT_COD_REMITTANCE } from './rulebook.ts';

const money = (amountMinor: number, currency = 'EUR'): Money => ({
  amountMinor,
  currency: currency as Currency,
});

describe('what collecting costs', () => {
  const document = { fees: { EUR: { shareBasisPoints: 150, minimumMinor: 40 } }, closeAfterHours: 24 };

  test.each([
    ['a share, half away from zero', money(10_033), 150],
    ['half a cent upwards', money(4_700), 71],
    ['at least the minimum', money(1_000), 40],
    ['at most all of it', money(15), 15],
    ['nothing in a currency without an entry', money(9_999, 'CNY'), 0],
  ])('%s', (_, amount, fee) => {
    expect(feeFor(document, amount)).toBe(fee);
  });

  test('nothing where nobody wrote a fee', () => {
    expect(feeFor(DEFAULT_COD_REMITTANCE, money(4_990))).toBe(0);
  });
});

describe('what a counter tells of the money for goods', () => {
  const told = {
    ...{ shelfParcelId: 'spc_1', organisationId: 'org_post', pointId: 'pnt_1', announcedBy: 'org_shop' },
    ...{ number: 'A1', occurredAt: '2027-03-01T04:00:00.000Z' },
  };
  const hear = (more: object) => factsOf({ eventId: 'evt_1', payload: { ...told, ...more } });

  test('a hand-out with money is a fact of who announced the parcel', () => {
    const paid = { cashCollected: money(4_990), cashPaidBy: 'card' };
    expect(hear({ way: 'code', ...paid })).toEqual([
      {
        ...{ eventId: 'evt_1', announcedBy: 'org_shop', shelfParcelId: 'spc_1', number: 'A1' },
        ...{ networkId: 'org_post', pointId: 'pnt_1', occurredAt: told.occurredAt },
        ...{ kind: 'collected', amount: money(4_990), paidBy: 'card' },
      },
    ]);
  });

  test('money that was recorded afterwards is one, and so is what was charged', () => {
    expect(hear({ cashCollected: money(4_990), cashPaidBy: 'cash' })).toMatchObject([{ paidBy: 'cash' }]);
    expect(hear({ cashOpen: money(4_990) })).toMatchObject([
      { kind: 'collected', amount: money(4_990), paidBy: 'charged' },
    ]);
  });

  test('one without money, or an undone storing, is none', () => {
    expect(hear({ way: 'code' })).toEqual([]);
    expect(hear({ undone: 'stored' })).toEqual([]);
  });

  test('an undone hand-out is one, whatever it had been paid', () => {
    expect(hear({ undone: 'handed_out' })).toMatchObject([{ kind: 'undone', shelfParcelId: 'spc_1' }]);
  });
});
