import type { Screen } from '../ground/screen.ts';

const as = 'warehouse_staff';

export const WAREHOUSE_SCREENS: readonly Screen[] = [
  { name: 'warehouse-arrivals', path: '/warehouse', as, ready: 'li a' },
  { name: 'warehouse-count', path: '/warehouse/handovers/{field_handover}', as, ready: 'h2' },
  { name: 'warehouse-count-error', path: '/warehouse/handovers/hnd_none', as, ready: '[role=alert]' },
  { name: 'warehouse-parcels', path: '/warehouse/parcels', as, ready: 'li a' },
  { name: 'warehouse-parcels-empty', path: '/warehouse/parcels?step=trouble', as },
  { name: 'warehouse-desk', path: '/warehouse/parcels/{field_shipment}', as, ready: 'fieldset' },
  {
    name: 'warehouse-desk-stopped',
    path: '/warehouse/parcels/{stopped_shipment}',
    as,
    ready: '[role=alert]',
  },
  { name: 'warehouse-records', path: '/warehouse/records', as },
  { name: 'warehouse-me', path: '/warehouse/me', as, ready: 'h2' },
];
