import { codeTable } from '../reading/index.ts';

/** Left out because their text leaves it open: 99 and 648 (returned or forwarded), 8000 (a note beside the signature). */
export const SF_EXPRESS_CODES = codeTable({
  source: 'SF Express open platform, route query and route push: opCode (顺丰路由操作码)',
  rows: [
    ['50', 'picked_up'],
    ['54', 'picked_up'],
    ['30', 'in_transit_local', 'in_transit.departed_facility'],
    ['36', 'in_transit_local', 'in_transit.departed_facility'],
    ['31', 'in_transit_local', 'in_transit.arrived_facility'],
    ['310', 'in_transit_local', 'in_transit.arrived_facility'],
    ['44', 'out_for_delivery'],
    ['204', 'out_for_delivery'],
    ['33', 'exception'],
    ['70', 'exception'],
    // 快递柜, 代理点: a locker or an agent holds it.
    ['125', 'at_point'],
    ['657', 'at_point'],
    ['80', 'delivered', 'delivered.signed'],
  ],
});
