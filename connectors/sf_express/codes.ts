import { codeTable } from '../reading/index.ts';

/** Left out because their text leaves it open: 99 and 648 (returned or forwarded), 8000 (a note beside the signature). */
export const SF_EXPRESS_CODES = codeTable({
  source: 'SF Express open platform, route query and route push: opCode (顺丰路由操作码)',
  rows: [
    ['50', 'picked_up'],
    ['54', 'picked_up'],
    // 代理收件: an agent has collected it.
    ['607', 'picked_up'],
    ['30', 'in_transit_local', 'in_transit.departed_facility'],
    ['36', 'in_transit_local', 'in_transit.departed_facility'],
    ['31', 'in_transit_local', 'in_transit.arrived_facility'],
    ['310', 'in_transit_local', 'in_transit.arrived_facility'],
    ['3036', 'in_transit_local'],
    // 快件正送往顺丰店/站: on the way to a shop.
    ['123', 'in_transit_local'],
    ['44', 'out_for_delivery'],
    ['204', 'out_for_delivery'],
    ['33', 'exception'],
    // 派件不成功: a delivery that failed.
    ['70', 'delivery_attempted'],
    // 快递柜, 代理点: a locker or an agent holds it.
    ['125', 'at_point'],
    // 快件到达顺丰店/站: it has arrived at a shop.
    ['130', 'at_point', 'available_for_pickup.outlet'],
    ['657', 'at_point'],
    ['80', 'delivered', 'delivered.signed'],
  ],
});
