import { describe, expect, test } from 'vitest';
import { MailingAccepted, MailingClosed, MailingUndone } from '../mailings/events.ts';
import { ReturnAccepted, ReturnHandedOver, ReturnTurnedAway } from '../returns/events.ts';
import { OverdueReturned, ParcelStored, PickedUpFromPoint, ShelfParcelUndone } from '../shelves/events.ts';
import { factsOf } from './reactions.ts';

const happened = { pointId: 'pnt_1', occurredAt: '2027-03-01T04:00:00.000Z' };
const hear = ({ name }: { readonly name: string }, more: object) =>
  factsOf({ eventId: 'evt_1', type: name, payload: { ...happened, ...more } } as never).map(
    ({ eventId, eventType, pointId, occurredAt, ...fact }) => {
      expect({ pointId, occurredAt }).toEqual(happened);
      expect([eventId, eventType]).toEqual(['evt_1', name]);
      return fact;
    },
  );

describe('of what waits on a shelf', () => {
  const shelved = { shelfParcelId: 'spc_1' };
  const subject = { kind: 'shelf_parcel', id: 'spc_1' };
  const fee = { amountMinor: 50, currency: 'CNY' };

  test('storing, handing out and sending home are work', () => {
    expect(hear(ParcelStored, shelved)).toEqual([{ kind: 'work', work: 'parcel_stored', subject }]);
    expect(hear(OverdueReturned, shelved)).toEqual([{ kind: 'work', work: 'parcel_sent_home', subject }]);
  });

  test.each(['none', 'waived', 'open'])('a fee that is %s is not in the drawer', (word) => {
    const facts = hear(PickedUpFromPoint, { ...shelved, fee: word, amount: fee });
    expect(facts).toEqual([{ kind: 'work', work: 'parcel_handed_out', subject }]);
  });

  test('a collected fee is', () => {
    expect(hear(PickedUpFromPoint, { ...shelved, fee: 'collected', amount: fee })).toEqual([
      { kind: 'work', work: 'parcel_handed_out', subject },
      { kind: 'storage_fee', fee, subject },
    ]);
  });

  test('what the goods cost is, too', () => {
    const cashCollected = { amountMinor: 4_990, currency: 'EUR' };
    expect(hear(PickedUpFromPoint, { ...shelved, fee: 'none', cashCollected, cashPaidBy: 'card' })).toEqual([
      { kind: 'work', work: 'parcel_handed_out', subject },
      { kind: 'cash_on_delivery', cash: cashCollected, subject },
    ]);
  });

  test('undoing one deed leaves what the other earned', () => {
    expect(hear(ShelfParcelUndone, { ...shelved, undone: 'stored' })).toEqual([
      { kind: 'undone', rules: ['parcel_stored'], subject },
    ]);
    expect(hear(ShelfParcelUndone, { ...shelved, undone: 'handed_out' })).toEqual([
      {
        kind: 'undone',
        rules: ['parcel_handed_out', 'storage_collected', 'storage_share', 'cod_collected'],
        subject,
      },
    ]);
  });
});

describe('of what goes back', () => {
  const subject = { kind: 'return', id: 'ret_1' };
  const freight = { amountMinor: 1_200, currency: 'CNY' };

  test.each([
    ['collected', freight],
    ['insured', undefined],
    ['seller_account', undefined],
  ])('goods taken in with freight that is %s', (payment, collected) => {
    expect(hear(ReturnAccepted, { returnId: 'ret_1', payment, freight })).toEqual([
      { kind: 'work', work: 'return_accepted', subject, freight, collected },
    ]);
  });

  test('handing over is work of a point, and of nobody where no point had the goods', () => {
    expect(hear(ReturnHandedOver, { returnId: 'ret_1' })).toEqual([
      { kind: 'work', work: 'return_handed_over', subject },
    ]);
    expect(hear(ReturnHandedOver, { returnId: 'ret_1', pointId: undefined })).toEqual([]);
    expect(hear(ReturnAccepted, { returnId: 'ret_1', pointId: undefined, freight })).toEqual([]);
  });

  test('nothing else is paid for', () => {
    expect(hear(ReturnTurnedAway, { returnId: 'ret_1' })).toEqual([]);
  });
});

describe('of what persons send', () => {
  const subject = { kind: 'mailing', id: 'mlg_1' };
  const freight = { amountMinor: 1_450, currency: 'CNY' };
  const collected = { amountMinor: 250, currency: 'CNY' };

  test('taking a parcel in is work for its freight, of which the counter owes what it took', () => {
    expect(hear(MailingAccepted, { mailingId: 'mlg_1', freight, collected })).toEqual([
      { kind: 'work', work: 'mailing_accepted', subject, freight, collected },
    ]);
  });

  test('giving it back takes both back', () => {
    expect(hear(MailingUndone, { mailingId: 'mlg_1', freight, collected })).toEqual([
      { kind: 'undone', rules: ['mailing_accepted', 'freight_collected'], subject },
    ]);
  });

  test('a courier at a door works for his carrier, and an end by itself is no work', () => {
    expect(hear(MailingAccepted, { mailingId: 'mlg_1', pointId: undefined, freight, collected })).toEqual([]);
    expect(hear(MailingClosed, { mailingId: 'mlg_1' })).toEqual([]);
  });
});
