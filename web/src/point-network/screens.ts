import type { Screen } from '../ground/screen.ts';

const as = 'point_staff';

export const POINT_NETWORK_SCREENS: readonly Screen[] = [
  { name: 'network-home', path: '/network', as, ready: 'main ul' },
  { name: 'network-outlets', path: '/network/outlets', as, ready: 'table' },
  { name: 'network-outlet', path: '/network/outlets/{outlet}', as, ready: 'table' },
  { name: 'network-outlet-hours', path: '/network/outlets/{outlet}?view=hours', as, ready: 'form' },
  { name: 'network-outlet-range', path: '/network/outlets/{outlet}?view=range', as, ready: 'svg polygon' },
  { name: 'network-outlet-capacity', path: '/network/outlets/{outlet}?view=capacity', as, ready: 'table' },
  {
    name: 'network-outlet-papers',
    path: '/network/outlets/{applying_outlet}?view=papers',
    as,
    ready: 'select',
  },
  { name: 'network-outlet-life', path: '/network/outlets/{outlet}?view=life', as, ready: 'form' },
  { name: 'network-apply', path: '/network/outlets/new', as, ready: 'form' },
  { name: 'network-feeds', path: '/network/feeds', as, ready: 'table' },
  { name: 'network-feed', path: '/network/feeds/{outlet_feed}', as, ready: 'table' },
  { name: 'network-clerks', path: '/network/clerks', as },
  { name: 'network-blocks', path: '/network/blocks', as, ready: 'form' },
  { name: 'network-conflicts', path: '/network/conflicts', as, ready: 'table' },
  { name: 'network-contract', path: '/network/contract', as, ready: 'dl' },
  { name: 'network-statements', path: '/network/point-statements', as },
  { name: 'network-deductions', path: '/network/deductions', as, ready: 'table' },
  { name: 'network-deduction', path: '/network/deductions/{appealed_deduction}', as, ready: 'dl' },
];
