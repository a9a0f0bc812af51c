import { codeTable } from '../reading/index.ts';

/**
 * The unified tracking of all DHL divisions gives one of five codes and, beside it, the division's own word. The latter
 * have no common list. `unknown` says nothing.
 */
export const DHL_UNIFIED_CODES = codeTable({
  source: 'DHL Shipment Tracking - Unified API reference: statusCode',
  rows: [
    ['pre-transit', 'order_created'],
    ['transit', 'in_transit_local'],
    ['failure', 'exception'],
    ['delivered', 'delivered'],
  ],
});
