import { defineWords } from '../ground/words.ts';

export const MERCHANT_WORDS = defineWords({
  en: () => import('./words.en.ts'),
  zh: () => import('./words.zh.ts'),
});

/** Money, keys, webhooks, members. */
export const OFFICE_WORDS = defineWords({
  en: () => import('./office-words.en.ts'),
  zh: () => import('./office-words.zh.ts'),
});
