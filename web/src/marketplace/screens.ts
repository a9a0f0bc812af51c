import type { Screen } from '../ground/screen.ts';

const as = 'marketplace_staff';

export const MARKETPLACE_SCREENS: readonly Screen[] = [
  { name: 'marketplace-home', path: '/marketplace', as, ready: 'table' },
  { name: 'marketplace-orders', path: '/marketplace/orders', as, ready: 'table' },
  { name: 'marketplace-orders-empty', path: '/marketplace/orders?state=returned', as },
  { name: 'marketplace-order', path: '/marketplace/orders/{hostile_order}', as, ready: 'table' },
  { name: 'marketplace-shipments', path: '/marketplace/shipments', as, ready: 'table' },
  { name: 'marketplace-shipment', path: '/marketplace/shipments/{shipment}', as, ready: 'dl' },
  { name: 'marketplace-search', path: '/marketplace/search?q=L-1001', as, ready: 'table' },
  { name: 'marketplace-merchants', path: '/marketplace/merchants', as, ready: 'table' },
  { name: 'marketplace-merchant', path: '/marketplace/merchants/{hostile_merchant}', as, ready: 'table' },
  { name: 'marketplace-rulebooks', path: '/marketplace/rulebooks', as, ready: 'table' },
  { name: 'marketplace-rulebook', path: '/marketplace/rulebooks/market_policy', as, ready: 'table' },
  { name: 'marketplace-rules-none', path: '/marketplace/rulebooks/masks', as, ready: 'summary' },
  { name: 'marketplace-write', path: '/marketplace/rulebooks/market_policy/new', as, ready: 'textarea' },
  {
    name: 'marketplace-version',
    path: '/marketplace/rulebooks/market_policy/{rulebook_version}',
    as,
    ready: 'pre',
  },
  { name: 'marketplace-sources', path: '/marketplace/sources', as, ready: 'table' },
  { name: 'marketplace-source', path: '/marketplace/sources/zto', as, ready: 'table' },
  { name: 'marketplace-programmes', path: '/marketplace/programmes', as, ready: 'table' },
  { name: 'marketplace-new-programme', path: '/marketplace/programmes/new', as },
  { name: 'marketplace-programme', path: '/marketplace/programmes/{programme}', as, ready: 'table' },
  { name: 'marketplace-reports', path: '/marketplace/reports', as, ready: 'table' },
  { name: 'marketplace-report', path: '/marketplace/reports/{status_report}', as, ready: 'dl' },
  { name: 'marketplace-wallet', path: '/marketplace/wallet', as, ready: 'table' },
  { name: 'marketplace-statements', path: '/marketplace/statements', as, ready: 'dl' },
  { name: 'marketplace-keys', path: '/marketplace/keys', as, ready: 'table' },
  { name: 'marketplace-webhooks', path: '/marketplace/webhooks', as },
  { name: 'marketplace-members', path: '/marketplace/members', as, ready: 'table' },
  {
    name: 'marketplace-error',
    path: '/marketplace/merchants/org_does_not_exist',
    as,
    ready: '[role=alert]',
  },
  { name: 'marketplace-verification', path: '/marketplace/verifications/{verification}', as, ready: 'ol' },
];
