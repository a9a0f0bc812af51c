import { defineWords } from '../ground/words.ts';

export const EXTERNAL_WORDS = defineWords({
  en: () => import('./words.en.ts'),
  zh: () => import('./words.zh.ts'),
});
