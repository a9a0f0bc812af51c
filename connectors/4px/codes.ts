import { codeTable } from '../reading/index.ts';

export const FOUR_PX_CODES = codeTable({
  source: '4PX open platform and public tracking page: businessLinkCode / tkCode',
  rows: [
    ['FPX_L_RPIF', 'order_created'],
    ['FPX_O_IR', 'order_created'],
    ['FPX_O_IRI', 'order_created'],
    ['FPX_C_SPLS', 'picked_up'],
    ['FPX_C_AAF', 'warehouse_received'],
    ['FPX_C_ADFF', 'warehouse_outbound'],
    ['FPX_O_RR', 'in_transit_local'],
    ['FPX_M_HA', 'linehaul'],
    ['FPX_M_DFOA', 'departed_origin'],
    ['FPX_M_ATA', 'arrived_destination'],
    ['FPX_M_CRSD', 'in_transit_local'],
    ['FPX_M_IT', 'in_transit_local'],
    ['FPX_I_RCUK', 'import_customs_out'],
    ['FPX_D_AOPC', 'in_transit_local'],
    ['FPX_D_APC', 'in_transit_local'],
    ['FPX_D_AAD', 'in_transit_local'],
    ['FPX_D_STPP', 'in_transit_local'],
    ['FPX_D_HQ', 'in_transit_local'],
    ['FPX_D_SD', 'out_for_delivery'],
    ['FPX_D_FD', 'exception'],
    ['FPX_S_OK', 'delivered'],
  ],
});
