import { expect, it } from 'vitest';
import { isComplete, linkStateOf } from './order-link.policy.ts';

const part = { state: 'declared', sendType: 'part', trackingStatus: undefined, isClosed: false } as const;
const all = { ...part, sendType: 'all' } as const;

it('a part alone does not ship an order; with the rest it does', () => {
  expect(isComplete([part, part])).toBe(false);
  expect(isComplete([part, all])).toBe(true);
  expect(isComplete([part, { ...all, state: 'withdrawn' }])).toBe(false);
  expect([linkStateOf(part, false), linkStateOf(part, true)]).toEqual(['declared_part', 'declared']);
});

it.each([
  ['in_transit', false, 'declared'],
  ['available_for_pickup', false, 'declared'],
  ['exception', false, 'declared'],
  ['delivered', true, 'delivered'],
  ['returned', true, 'returned'],
  ['exception', true, 'lost'],
  ['cancelled', true, 'declared'],
])('a parcel that is %s (closed: %s) leaves its order %s', (trackingStatus, isClosed, state) => {
  expect(linkStateOf({ ...all, trackingStatus, isClosed }, true)).toBe(state);
});

it('what was withdrawn brings nothing', () => {
  expect(linkStateOf({ ...all, state: 'withdrawn', trackingStatus: 'delivered', isClosed: true }, true)).toBe(
    'cancelled',
  );
});
