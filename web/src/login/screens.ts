import type { Screen } from '../ground/screen.ts';

export const LOGIN_SCREENS: readonly Screen[] = [
  { name: 'login', path: '/login' },
  { name: 'login-inside', path: '/login', as: 'point_staff' },
  { name: 'login-invitation', path: '/invitation#pri_live_made-up' },
];
