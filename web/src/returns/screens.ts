import type { Screen } from '../ground/screen.ts';

/** What lies behind the form is looked at where a buyer walks through it: web/test/returns.browser.test.ts. */
export const RETURNS_SCREENS: readonly Screen[] = [
  { name: 'returns-form', path: '/returns?world=test&order=A-1001' },
];
