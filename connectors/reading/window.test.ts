import { expect, it } from 'vitest';
import { findConnector } from '../index.ts';

/** Where carriers state a window of delivery; it counts where both of its ends are instants. */
const windowOf = (connector: string, payload: object) => {
  const reading = findConnector(connector)?.parse(new TextEncoder().encode(JSON.stringify(payload)));
  return reading?.parcels[0]?.estimatedWindow ?? null;
};
const royalMail = (from: string, to: string) => ({
  mailPieces: {
    mailPieceId: 'FQ087430676GB',
    estimatedDelivery: { date: '2026-07-20', startOfEstimatedWindow: from, endOfEstimatedWindow: to },
  },
});
const dhl = (estimatedFrom: string, estimatedThrough: string) => ({
  shipments: [{ id: '1', estimatedDeliveryTimeFrame: { estimatedFrom, estimatedThrough } }],
});
const fedex = (begins: string, ends: string) => ({
  output: {
    completeTrackResults: [
      { trackingNumber: '1', trackResults: [{ estimatedDeliveryTimeWindow: { window: { begins, ends } } }] },
    ],
  },
});

it.each([
  ['royal_mail', royalMail('08:00:00+01:00', '11:00:00+01:00'), ['07:00', '10:00']],
  ['royal_mail', royalMail('08:00:00', '11:00:00+01:00'), null],
  ['dhl_unified', dhl('2026-07-20T08:00:00Z', '2026-07-20T10:00:00+01:00'), ['08:00', '09:00']],
  ['dhl_unified', dhl('2026-07-20T08:00:00', '2026-07-20T10:00:00'), null],
  ['fedex', fedex('2026-07-20T08:00:00-04:00', '2026-07-20T12:00:00-04:00'), ['12:00', '16:00']],
  ['fedex', fedex('', '2026-07-20T12:00:00-04:00'), null],
] as const)('%s', (connector, payload, clocks) => {
  const [from, to] = clocks ?? [];
  expect(windowOf(connector, payload)).toEqual(
    clocks && { from: `2026-07-20T${from}:00.000Z`, to: `2026-07-20T${to}:00.000Z` },
  );
});
