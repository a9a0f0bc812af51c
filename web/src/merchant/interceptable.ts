import type { Shipment } from '../parcels/states.tsx';

/** Nobody has scanned it: its recipient changes at once and without a fee. */
export const IS_UNSCANNED: readonly Shipment['state'][] = ['wait_receive', 'pickup_failed'];
/** On its way and not at its end: a carrier can be asked to stop it. */
export const IS_ON_ITS_WAY: readonly Shipment['state'][] = [
  'picked_up',
  'wait_send',
  'inbound_rejected',
  'outbound_failed',
  'outbound_ok',
  'sent',
  'in_transit',
];
