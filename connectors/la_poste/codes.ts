import { codeTable } from '../reading/index.ts';

export const LA_POSTE_CODES = codeTable({
  source: 'La Poste, API Suivi v2: codes of events',
  rows: [
    ['DR1', 'order_created'],
    ['PC1', 'picked_up'],
    ['PC2', 'picked_up'],
    ['ET1', 'in_transit_local'],
    ['ET2', 'in_transit_local'],
    ['ET3', 'in_transit_local'],
    ['ET4', 'in_transit_local'],
    ['EP1', 'in_transit_local'],
    // Into, out of and kept by customs: of which country, the code does not say.
    ['DO1', 'customs_processing'],
    ['DO2', 'customs_processing'],
    ['DO3', 'exception', 'exception.held_at_facility'],
    ['PB1', 'exception'],
    ['PB2', 'resumed'],
    ['MD2', 'out_for_delivery'],
    ['ND1', 'delivery_attempted'],
    ['AG1', 'at_point', 'available_for_pickup.outlet'],
    ['DI1', 'delivered'],
    ['RE1', 'returning'],
    // Handed over to the sender.
    ['DI2', 'returned'],
  ],
});
