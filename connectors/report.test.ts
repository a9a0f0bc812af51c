import { expect, it } from 'vitest';
import { findConnector, reportOf } from './index.ts';

/** A parcel of GLS: of its event codes few are documented, of its states all. */
const statusOf = (state: string, ...events: readonly (readonly [code: string, at: string])[]) => {
  const payload = {
    parcels: [
      {
        unitno: '12345678',
        status: state,
        events: events.map(([code, at]) => ({ code, eventDateTime: `2026-03-04T${at}:00+0100` })),
      },
    ],
  };
  const reading = findConnector('gls')?.parse(new TextEncoder().encode(JSON.stringify(payload)));
  return reading && reportOf(reading).status;
};

it('believes the summary where the newest scan says nothing to us', () => {
  expect(statusOf('DELIVERED', ['DELIVD.X', '12:00'], ['INTIAL.NORMAL', '08:00'])).toBe('delivered');
  expect(statusOf('DELIVERED', ['INTIAL.NORMAL', '12:00'], ['DELIVD.X', '08:00'])).toBe('picked_up');
  expect(statusOf('DELIVERED', ['INTIAL.NORMAL', '12:00'], ['DELIVD.X', '12:00'])).toBe('picked_up');
});

it('keeps what the scans say where the summary says nothing more', () => {
  expect(statusOf('FINAL', ['DELIVD.X', '12:00'], ['INTIAL.NORMAL', '08:00'])).toBe('picked_up');
  expect(statusOf('FINAL', ['DELIVD.X', '12:00'])).toBe('unknown');
  expect(statusOf('DELIVERED')).toBe('delivered');
});

it('lets nothing that follows undo an end', () => {
  const payload = JSON.stringify({
    trackingNumber: '9400100000000000000017',
    statusCategory: 'In Transit',
    trackingEvents: [
      { eventTimestamp: '2026-03-05T10:00:00', eventCode: 'Z9' },
      { eventTimestamp: '2026-03-04T10:00:00', eventCode: '01' },
    ],
  });
  const reading = findConnector('usps')?.parse(new TextEncoder().encode(payload));
  expect(reading && reportOf(reading).status).toBe('delivered');
});
