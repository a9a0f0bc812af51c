import { codeTable } from '../reading/index.ts';

export const TNT_CODES = codeTable(
  {
    source: 'TNT ExpressConnect Tracking guide: status codes, by their own text',
    rows: [
      // "Shipment received at transit point"
      ['AS', 'in_transit_local', 'in_transit.arrived_facility'],
      ['CI', 'in_transit_local', 'in_transit.arrived_facility'],
      ['IR', 'in_transit_local', 'in_transit.arrived_facility'],
      ['IS', 'in_transit_local', 'in_transit.arrived_facility'],
      ['TR', 'in_transit_local'],
      ['NR', 'exception', 'exception.delayed'],
      ['MLA', 'exception', 'exception.delayed_carrier'],
      ['OD', 'out_for_delivery'],
      ['OK', 'delivered'],
    ],
  },
  {
    source: 'TNT ExpressConnect Tracking guide: summary codes',
    rows: [
      ['INT', 'in_transit_local'],
      ['EXC', 'exception'],
      ['DEL', 'delivered'],
    ],
  },
);
