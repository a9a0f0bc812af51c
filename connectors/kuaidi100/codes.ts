import { codeTable } from '../reading/index.ts';

/**
 * States of a parcel and, in the same numbers, finer ones of single scans. `304` (投柜或站签收) is the locker's or the
 * station's signature, which is not the recipient's.
 */
export const KUAIDI100_CODES = codeTable({
  source: 'Kuaidi100 query and push documentation: state and statusCode (物流状态)',
  rows: [
    ['101', 'order_created'],
    ['102', 'order_created'],
    ['1', 'picked_up'],
    ['103', 'picked_up'],
    ['0', 'in_transit_local'],
    ['1001', 'in_transit_local', 'in_transit.arrived_facility'],
    ['1002', 'in_transit_local'],
    ['7', 'redirected'],
    ['1003', 'redirected'],
    ['8', 'customs_processing'],
    ['10', 'customs_processing'],
    ['11', 'customs_processing'],
    ['12', 'customs_processing'],
    ['13', 'exception'],
    ['2', 'exception'],
    ['201', 'exception', 'exception.delayed'],
    ['202', 'exception', 'exception.delayed'],
    ['205', 'exception', 'exception.unclaimed'],
    ['207', 'exception'],
    ['208', 'exception', 'exception.held_at_facility'],
    ['209', 'damaged'],
    ['5', 'out_for_delivery'],
    ['204', 'delivery_attempted'],
    ['206', 'delivery_attempted'],
    ['14', 'refused'],
    ['203', 'refused'],
    ['501', 'at_point'],
    ['304', 'at_point'],
    ['3', 'delivered'],
    ['301', 'delivered', 'delivered.signed'],
    ['302', 'delivered'],
    ['303', 'delivered', 'delivered.proxy_or_neighbour'],
    ['6', 'returning'],
    ['4', 'returned'],
    ['210', 'cancelled'],
    ['401', 'cancelled'],
  ],
});
