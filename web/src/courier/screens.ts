import type { Screen } from '../ground/screen.ts';

const as = 'courier';

export const COURIER_SCREENS: readonly Screen[] = [
  { name: 'courier-run', path: '/courier', as, ready: 'li a' },
  { name: 'courier-run-empty', path: '/courier?day=2020-01-01', as },
  { name: 'courier-stop', path: '/courier/stops/{field_delivery}', as, ready: 'fieldset' },
  { name: 'courier-stop-error', path: '/courier/stops/dlv_none', as },
  { name: 'courier-pickups', path: '/courier/pickups', as, ready: 'li a' },
  { name: 'courier-pickup', path: '/courier/pickups/{field_pickup}', as, ready: 'fieldset' },
  { name: 'courier-records', path: '/courier/records', as },
  { name: 'courier-me', path: '/courier/me', as, ready: 'h2' },
];
