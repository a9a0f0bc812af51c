import { codeTable } from '../reading/index.ts';

/** Yanwen numbers its nodes by stage; only those whose text is known for certain stand here. */
export const YANWEN_CODES = codeTable({
  source: 'Yanwen tracking API: tracking_status, as its own messages read',
  rows: [
    ['OR10', 'order_created'],
    ['PU10', 'picked_up'],
    // "Port of departure - Departure"
    ['LH20', 'departed_origin'],
    ['LM40', 'delivered'],
    // "Return shipment inbound confirmation": in a warehouse on the way back.
    ['LM54', 'returning'],
  ],
});
