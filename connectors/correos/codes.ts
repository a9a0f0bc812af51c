import { codeTable } from '../reading/index.ts';

export const CORREOS_CODES = codeTable({
  source: 'Correos, location of items by REST (localizadorEnvios): event codes',
  rows: [
    ['A010000V', 'order_created'],
    ['A090000V', 'order_created'],
    ['P040000V', 'in_transit_local'],
    ['G01L010V', 'in_transit_local'],
    ['H020000V', 'out_for_delivery'],
    ['L010000V', 'at_point', 'available_for_pickup.outlet'],
    ['I010000V', 'delivered'],
  ],
});
