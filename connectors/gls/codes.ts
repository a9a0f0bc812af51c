import { codeTable } from '../reading/index.ts';

/** Event codes of GLS have no public list: they are kept and stay unmapped. Its states of a parcel have one. */
export const GLS_CODES = codeTable({
  source: 'GLS Group track and trace: status of a parcel',
  rows: [
    ['PREADVICE', 'order_created'],
    ['PLANNEDPICKUP', 'order_created'],
    ['NOTPICKEDUP', 'pickup_failed'],
    ['INTRANSIT', 'in_transit_local'],
    ['INWAREHOUSE', 'in_transit_local', 'in_transit.arrived_facility'],
    ['INDELIVERY', 'out_for_delivery'],
    ['NOTDELIVERED', 'delivery_attempted'],
    // "Delivered to the parcel shop": the shop has signed, not the recipient.
    ['DELIVEREDPS', 'at_point', 'available_for_pickup.outlet'],
    ['DELIVERED', 'delivered'],
    ['CANCELED', 'cancelled'],
  ],
});
