import { codeTable } from '../reading/index.ts';

export const LANDMARK_CODES = codeTable({
  source: 'Landmark Global API guide: tracking event codes',
  rows: [
    ['50', 'order_created'],
    ['60', 'warehouse_accepted'],
    ['75', 'warehouse_processing'],
    ['80', 'warehouse_processing'],
    ['100', 'dispatch_declared'],
    ['90', 'exception', 'exception.payment_due'],
    ['125', 'customs_processing'],
    ['135', 'exception'],
    ['150', 'linehaul'],
    ['155', 'in_transit_local', 'in_transit.arrived_facility'],
    ['200', 'in_transit_local', 'in_transit.arrived_facility'],
    ['225', 'in_transit_local', 'in_transit.arrived_facility'],
    ['250', 'in_transit_local'],
    ['275', 'in_transit_local'],
    ['300', 'out_for_delivery'],
    ['400', 'delivery_attempted'],
    ['410', 'at_point'],
    ['450', 'redirected'],
    ['500', 'delivered'],
    ['510', 'delivered'],
    ['900', 'exception'],
  ],
});
