import { defineWords } from '../ground/words.ts';

export const PARTY_WORDS = defineWords({
  en: () => import('./words.en.ts'),
  zh: () => import('./words.zh.ts'),
});
