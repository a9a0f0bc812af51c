import { expect, test } from 'vitest';
import { followedStatus, stateOfPieces } from './pieces.policy.ts';

test.each([
  [[undefined], undefined],
  [['info_received'], undefined],
  [['picked_up'], 'in_transit'],
  [['delivered'], 'delivered'],
  [['delivered', 'out_for_delivery'], 'in_transit'],
  [['delivered', undefined], 'in_transit'],
  [['delivered', 'returned'], 'returned'],
  [['delivered', 'exception.lost'], 'lost'],
  [['exception.destroyed', 'returned'], 'destroyed'],
  [['available_for_pickup'], 'in_transit'],
  [['exception'], 'in_transit'],
])('pieces %j make the order %s', (statuses, state) => {
  expect(stateOfPieces(statuses)).toBe(state);
});

test('of an exception the reason counts', () => {
  expect(followedStatus('exception', 'exception.lost')).toBe('exception.lost');
  expect(followedStatus('exception', undefined)).toBe('exception');
  expect(followedStatus('delivered', 'delivered.signed')).toBe('delivered');
});
