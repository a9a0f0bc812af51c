import { defineWords } from '../ground/words.ts';

/** What sources of tracking say, how well, and what of it nobody understands or believes. */
export const SOURCE_WORDS = defineWords({
  en: () => import('./words.en.ts'),
  zh: () => import('./words.zh.ts'),
});
