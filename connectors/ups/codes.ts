import { codeTable } from '../reading/index.ts';

/**
 * UPS sorts its codes into classes: `class:` is the class itself, `class:code` one code in it. Most codes add a place
 * or a reason in words and no other state, so the class speaks for them.
 */
export const UPS_CODES = codeTable(
  {
    source: 'UPS Tracking API reference and XML Tracking developer guide: status types',
    rows: [
      ['M:', 'order_created'],
      ['P:', 'picked_up'],
      ['I:', 'in_transit_local'],
      ['O:', 'out_for_delivery'],
      ['D:', 'delivered'],
      ['X:', 'exception'],
      // "Returned to shipper" is shown from the day that the parcel turns round.
      ['RS:', 'returning'],
      ['MV:', 'cancelled'],
      ['DO:', 'in_transit_local', 'in_transit.arrived_facility'],
      ['DD:', 'in_transit_local', 'in_transit.arrived_facility'],
    ],
  },
  {
    source: 'UPS XML Tracking developer guide: status codes, by their own text',
    rows: [
      ['I:OR', 'in_transit_local', 'in_transit.arrived_facility'],
      ['I:AR', 'in_transit_local', 'in_transit.arrived_facility'],
      ['I:DP', 'in_transit_local', 'in_transit.departed_facility'],
      ['I:DS', 'arrived_delivery_depot'],
      ['I:OF', 'out_for_delivery'],
      ['I:OT', 'out_for_delivery'],
      // "Delivered to UPS Access Point": a shop has signed, not the recipient, whatever class it comes in.
      ['ZP', 'at_point', 'available_for_pickup.outlet'],
    ],
  },
);
