import { codeTable } from '../reading/index.ts';

/** Australia Post has no codes: its documented words of status are read as they stand, and no other words. */
export const AUSTRALIA_POST_CODES = codeTable({
  source: 'Australia Post Shipping and Tracking API: status of articles and consignments',
  rows: [
    ['Created', 'order_created'],
    ['Initiated', 'order_created'],
    ['In transit', 'in_transit_local'],
    ['Possible delay', 'exception', 'exception.delayed'],
    ['Held by courier', 'exception', 'exception.held_at_facility'],
    ['Article damaged', 'damaged'],
    ['On Board for Delivery', 'out_for_delivery'],
    ['Unsuccessful Delivery', 'delivery_attempted'],
    ['Cannot be delivered', 'exception'],
    ['Awaiting collection', 'at_point', 'available_for_pickup.outlet'],
    ['Ready for Pickup', 'at_point', 'available_for_pickup.outlet'],
    ['Delivered', 'delivered'],
    ['Delivered in Full', 'delivered'],
    ['Cancelled', 'cancelled'],
  ],
});
