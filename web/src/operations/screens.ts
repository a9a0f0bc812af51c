import type { Screen } from '../ground/screen.ts';

const as = 'operator';

export const OPERATIONS_SCREENS: readonly Screen[] = [
  { name: 'operations-home', path: '/operations', as, ready: 'canvas' },
  { name: 'operations-home-finance', path: '/operations', as: 'finance', ready: 'table' },
  { name: 'operations-search', path: '/operations/search?q={shipment}', as, ready: 'table' },
  { name: 'operations-search-none', path: '/operations/search?q=nothing-of-this-name', as, ready: 'h2' },
  { name: 'operations-shipments', path: '/operations/shipments', as, ready: 'table' },
  { name: 'operations-shipment', path: '/operations/shipments/{shipment}', as, ready: 'address' },
  { name: 'operations-orders', path: '/operations/orders', as, ready: 'table' },
  { name: 'operations-order', path: '/operations/orders/{hostile_order}', as, ready: 'dl' },
  { name: 'operations-parcel', path: '/operations/parcels/{unannounced_parcel}', as, ready: 'dl' },
  { name: 'operations-top-ups', path: '/operations/top-ups', as: 'finance', ready: 'table' },
  { name: 'operations-wallet', path: '/operations/wallets/{wallet}', as, ready: 'dl' },
  { name: 'operations-health', path: '/operations/health', as, ready: 'table' },
  { name: 'operations-audit', path: '/operations/audit', as, ready: 'table' },
  { name: 'operations-audit-none', path: '/operations/audit?subject=nothing', as },
  { name: 'operations-error', path: '/operations/shipments/shp_does_not_exist', as, ready: '[role=alert]' },
];
