import { expect, it } from 'vitest';
import { findConnector, reportOf } from '../index.ts';

/** Events of USPS in New York without an offset, in the night that the clocks go back and in the one that they go forward. */
const eventAt = (eventTimestamp: string, more: object = {}) => {
  const event = { eventTimestamp, eventCode: '10', eventCity: 'NEW YORK', eventState: 'NY', ...more };
  const payload = JSON.stringify({ trackingNumber: '9400100000000000000017', trackingEvents: [event] });
  const reading = findConnector('usps')?.parse(new TextEncoder().encode(payload));
  const [read] = reading === undefined ? [] : reportOf(reading).events;
  return [read?.occurred_at, read?.zone, read?.zone_confidence];
};

it('knows no instant of an hour that came twice or never', () => {
  expect(eventAt('2026-11-01T01:30:00')).toEqual([null, 'America/New_York', 'assumed']);
  expect(eventAt('2026-03-08T02:30:00')).toEqual([null, 'America/New_York', 'assumed']);
});

it('knows the hours before and after it, and an offset that is stated', () => {
  expect(eventAt('2026-11-01T00:59:59')).toEqual([
    '2026-11-01T04:59:59.000Z',
    'America/New_York',
    'resolved_from_place',
  ]);
  expect(eventAt('2026-11-01T02:00:00')).toEqual([
    '2026-11-01T07:00:00.000Z',
    'America/New_York',
    'resolved_from_place',
  ]);
  expect(eventAt('2026-11-01T01:30:00', { GMTOffset: '-05:00' })).toEqual([
    '2026-11-01T06:30:00.000Z',
    '-05:00',
    'stated',
  ]);
});
