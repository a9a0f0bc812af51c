import { codeTable } from '../reading/index.ts';

export const ROYAL_MAIL_CODES = codeTable(
  {
    source: 'Royal Mail Tracking API v2: event codes, as its own event names read',
    rows: [
      ['EVAIE', 'order_created'],
      ['EVAIP', 'order_created'],
      ['EVPPA', 'picked_up'],
      ['EVOAC', 'in_transit_local', 'in_transit.arrived_facility'],
      ['EVDAV', 'in_transit_local', 'in_transit.arrived_facility'],
      ['EVORI', 'in_transit_local', 'in_transit.arrived_facility'],
      ['EVIMC', 'in_transit_local', 'in_transit.arrived_facility'],
      ['EVDAC', 'in_transit_local', 'in_transit.arrived_facility'],
      ['EVODO', 'in_transit_local', 'in_transit.departed_facility'],
      ['EVOCO', 'in_transit_local'],
      // "Forwarded - Mis-sort"
      ['EVNMI', 'exception', 'exception.missorted'],
      // "Item Retention"
      ['EVNRT', 'exception', 'exception.held_at_facility'],
      ['EVGPD', 'out_for_delivery'],
      ['EVKNA', 'delivery_attempted', 'delivery_attempted.recipient_absent'],
      ['EVKNR', 'delivery_attempted'],
      // "Available for Redelivery or Collection"
      ['EVNDA', 'at_point', 'available_for_pickup.outlet'],
      ['EVKOP', 'delivered'],
      ['EVKSP', 'delivered', 'delivered.signed'],
      ['EVKSF', 'delivered', 'delivered.safe_place'],
    ],
  },
  {
    source: 'Royal Mail Tracking API v2: statusCategory of the summary',
    rows: [
      ['IN TRANSIT', 'in_transit_local'],
      ['DELIVERED', 'delivered'],
    ],
  },
);
