import { defineWords } from '../ground/words.ts';

/** Of parcels that people send. */
export const MAIL_WORDS = defineWords({
  en: () => import('./mail-words.en.ts'),
  zh: () => import('./mail-words.zh.ts'),
});
