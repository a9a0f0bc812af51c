import type { Screen } from '../ground/screen.ts';

const as = 'merchant_admin';

export const MERCHANT_SCREENS: readonly Screen[] = [
  { name: 'merchant-home', path: '/merchant', as, ready: 'table' },
  { name: 'merchant-orders', path: '/merchant/orders', as, ready: 'table' },
  { name: 'merchant-orders-empty', path: '/merchant/orders?state=returned', as },
  { name: 'merchant-import', path: '/merchant/orders/import', as },
  { name: 'merchant-new-order', path: '/merchant/orders/new', as },
  { name: 'merchant-bulk', path: '/merchant/orders/ship', as, ready: 'table' },
  { name: 'merchant-order', path: '/merchant/orders/{order}', as, ready: 'summary' },
  { name: 'merchant-edit-order', path: '/merchant/orders/{order}/edit', as, ready: 'textarea' },
  { name: 'merchant-order-hostile', path: '/merchant/orders/{hostile_order}', as, ready: 'summary' },
  { name: 'merchant-shipments', path: '/merchant/shipments', as, ready: 'table' },
  { name: 'merchant-shipment', path: '/merchant/shipments/{shipment}', as, ready: 'table' },
  { name: 'merchant-intercept', path: '/merchant/shipments/{shipment}/interception', as, ready: 'form' },
  { name: 'merchant-print', path: '/merchant/print', as, ready: 'table' },
  { name: 'merchant-pickups', path: '/merchant/pickups', as },
  { name: 'merchant-pickup', path: '/merchant/pickups/{field_pickup}', as, ready: 'dl' },
  { name: 'merchant-book-pickup', path: '/merchant/pickups/new', as, ready: 'table' },
  { name: 'merchant-handovers', path: '/merchant/handovers', as, ready: 'table' },
  { name: 'merchant-handover', path: '/merchant/handovers/{handover}', as, ready: 'dl' },
  { name: 'merchant-new-handover', path: '/merchant/handovers/new', as, ready: 'table' },
  { name: 'merchant-wallet', path: '/merchant/wallet', as, ready: 'table' },
  { name: 'merchant-statements', path: '/merchant/statements', as, ready: 'dl' },
  { name: 'merchant-senders', path: '/merchant/senders', as, ready: 'h2' },
  { name: 'merchant-keys', path: '/merchant/keys', as, ready: 'table' },
  { name: 'merchant-webhooks', path: '/merchant/webhooks', as, ready: 'table' },
  { name: 'merchant-webhook', path: '/merchant/webhooks/{webhook}', as, ready: 'dl' },
  { name: 'merchant-members', path: '/merchant/members', as, ready: 'table' },
  { name: 'merchant-error', path: '/merchant/shipments/shp_does_not_exist', as, ready: '[role=alert]' },
];
