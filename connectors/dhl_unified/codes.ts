import { codeTable } from '../reading/index.ts';

/**
 * The unified tracking of all DHL divisions gives one of five classes and, beside it, a code of the division. The
 * latter have no common list, so the class speaks.
 */
export const DHL_UNIFIED_CODES = codeTable({
  source: 'DHL Shipment Tracking - Unified API reference: statusCode',
  rows: [
    ['pre-transit:', 'order_created'],
    ['transit:', 'in_transit_local'],
    ['failure:', 'exception'],
    ['delivered:', 'delivered'],
  ],
});
