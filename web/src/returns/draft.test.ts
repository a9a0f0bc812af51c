import { describe, expect, it } from 'vitest';
import { applicationOf, kindsOf, lacksOf, limitOf, newDraft, reasonsFor, withKind } from './draft.ts';
import type { Order } from './visit.ts';

const order: Order = {
  order_reference: 'A-1',
  order_state: 'delivered',
  lines: [
    { line: 1, description: 'Jacket', quantity: 2, returnable: 2, only_if_faulty: false },
    { line: 2, description: 'Cream', quantity: 1, returnable: 1, only_if_faulty: true },
  ],
  reasons: [
    { code: 'does_not_fit', fault: 'buyer', kinds: ['return', 'exchange'], needs_picture: false },
    { code: 'damaged', fault: 'seller', kinds: ['return', 'refund_only'], needs_picture: true },
  ],
  window_ends_at: '2026-03-09T00:00:00.000Z',
  now: '2026-03-03T00:00:00.000Z',
  returns: [],
};
const draft = newDraft('a', 'return');

describe('what may be asked for', () => {
  it('is everything in time, money alone before the delivery, nothing later', () => {
    expect(kindsOf(order)).toEqual(['return', 'exchange', 'refund_only']);
    const { window_ends_at: _, ...undelivered } = order;
    expect([limitOf(undelivered), kindsOf(undelivered)]).toEqual(['not_delivered', ['refund_only']]);
    const late = { ...order, now: '2026-03-10T00:00:00.000Z' };
    expect([limitOf(late), kindsOf(late)]).toEqual(['window_over', []]);
    const gone = { ...order, lines: order.lines.map((line) => ({ ...line, returnable: 0 })) };
    expect(limitOf(gone)).toBe('nothing_left');
  });

  it('has the reasons of the wish; goods that go back only faulty have none of the buyer\u2019s own', () => {
    const codes = (kind: 'return' | 'exchange', faulty: boolean) =>
      reasonsFor(order, kind, { only_if_faulty: faulty }).map(({ code }) => code);
    expect(codes('return', false)).toEqual(['does_not_fit', 'damaged']);
    expect(codes('return', true)).toEqual(['damaged']);
    expect(codes('exchange', true)).toEqual([]);
  });
});

describe('an application', () => {
  it('says what it lacks: an item, a reason, a picture where the reason needs one', () => {
    expect(lacksOf(draft, order)).toEqual(['items']);
    expect(lacksOf({ ...draft, items: { 1: { quantity: 1, reason: '' } } }, order)).toEqual(['reason']);
    const damaged = { ...draft, items: { 1: { quantity: 1, reason: 'damaged' } } };
    expect(lacksOf(damaged, order)).toEqual(['picture']);
    const shown = { ...damaged, pictures: [{ blob: new Blob(), url: '' }] };
    expect(lacksOf(shown, order)).toEqual([]);
  });

  it('keeps what was picked when the wish changes, but for reasons that do not fit it', () => {
    const items = { 1: { quantity: 2, reason: 'damaged' }, 2: { quantity: 1, reason: 'damaged' } };
    expect(withKind({ ...draft, items }, 'refund_only', order).items).toEqual(items);
    expect(withKind({ ...draft, items }, 'exchange', order).items).toEqual({
      1: { quantity: 2, reason: '' },
      2: { quantity: 1, reason: '' },
    });
  });

  it('is sent without what was left empty or does not belong to it', () => {
    const said = {
      ...draft,
      items: { 1: { quantity: 1, reason: 'does_not_fit' } },
      wanted: 'blue',
      statement: ' ',
    };
    expect(applicationOf(said, [])).toEqual({
      object_id: 'a',
      kind: 'return',
      items: [{ line: 1, quantity: 1, reason: 'does_not_fit' }],
      picture_ids: [],
    });
    expect(applicationOf({ ...said, kind: 'exchange' }, ['rpi_1'])).toMatchObject({
      wanted: 'blue',
      picture_ids: ['rpi_1'],
    });
  });
});
