import type { Screen } from '../ground/screen.ts';

/** What lies behind the form is looked at where a person walks through it: web/test/mailing.browser.test.ts. */
export const MAILING_SCREENS: readonly Screen[] = [{ name: 'mailing-form', path: '/mail?world=test' }];
