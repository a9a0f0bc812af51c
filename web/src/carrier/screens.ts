import type { Screen } from '../ground/screen.ts';

const as = 'carrier';

export const CARRIER_SCREENS: readonly Screen[] = [
  { name: 'carrier-orders', path: '/carrier?answer=all', as, ready: 'table' },
  { name: 'carrier-orders-empty', path: '/carrier?answer=refused', as },
  { name: 'carrier-shipment', path: '/carrier/shipments/{shipment}', as, ready: 'dl' },
  { name: 'carrier-scans', path: '/carrier/scans', as },
  { name: 'carrier-quarantine', path: '/carrier/quarantine', as },
  { name: 'carrier-unmapped', path: '/carrier/unmapped', as },
  { name: 'carrier-numbers', path: '/carrier/numbers', as, ready: 'table' },
  { name: 'carrier-interceptions', path: '/carrier/interceptions', as, ready: 'table' },
  { name: 'carrier-visits', path: '/carrier/visits?state=on_the_way', as, ready: 'table' },
  { name: 'carrier-visit', path: '/carrier/visits/{field_pickup}', as, ready: 'dl' },
  { name: 'carrier-blocks', path: '/carrier/blocks', as, ready: 'form' },
  { name: 'carrier-areas', path: '/carrier/areas', as, ready: 'table' },
  { name: 'carrier-area', path: '/carrier/areas/{pickup_area}', as, ready: 'form' },
  { name: 'carrier-couriers', path: '/carrier/couriers', as, ready: 'form' },
  { name: 'carrier-papers', path: '/carrier/papers', as, ready: 'dl' },
  { name: 'carrier-reports', path: '/carrier/reports', as, ready: 'table' },
  { name: 'carrier-report', path: '/carrier/reports/{status_report}', as, ready: 'dl' },
  { name: 'carrier-wallet', path: '/carrier/wallet', as },
  { name: 'carrier-keys', path: '/carrier/keys', as, ready: 'table' },
  { name: 'carrier-members', path: '/carrier/members', as, ready: 'table' },
  { name: 'carrier-error', path: '/carrier/shipments/shp_does_not_exist', as, ready: '[role=alert]' },
];
