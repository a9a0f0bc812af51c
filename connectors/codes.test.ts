import { expect, it } from 'vitest';
import { findConnector } from './index.ts';

/** Codes that were read otherwise once, each with the carrier's own text. */
it.each([
  ['canada_post', '118', 'Item held. Recipient outside partner service area', 'exception.held_at_facility'],
  ['canada_post', '1410', 'Item on hold at recipient’s request', 'exception.held_at_facility'],
  ['canada_post', '1405', 'Delivered to automated parcel locker', 'available_for_pickup.locker'],
  ['canada_post', '100', 'Item processed', 'in_transit_local'],
  ['canada_post', '20', 'Signature available', 'unmapped'],
  ['usps', '55', 'No Secure Location Available', 'delivery_attempted'],
  ['usps', '56', 'No Authorized Recipient Available', 'delivery_attempted.recipient_absent'],
  ['dhl_express', 'DS', 'Destroyed / disposal', 'disposed'],
  ['dhl_express', 'ND', 'Not delivered', 'delivery_attempted'],
  ['dhl_express', 'PD', 'Partial delivery', 'unmapped'],
  ['sf_express', '70', '派件不成功', 'delivery_attempted'],
  ['sf_express', '130', '快件到达顺丰店/站', 'available_for_pickup.outlet'],
  ['ups', '040', 'Delivered to UPS Access Point', 'available_for_pickup.outlet'],
  ['ups', '028', 'Delivery Address Changed', 'unmapped'],
])('%s %s, "%s"', (connector, code, _text, meaning) => {
  const read = findConnector(connector)?.codes.meaningOf(code);
  expect(read?.substatus ?? read?.milestone).toBe(meaning);
});
