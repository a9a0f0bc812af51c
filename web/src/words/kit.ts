import { defineWords } from '../ground/words.ts';

export const KIT_WORDS = defineWords({
  en: () => import('./kit.en.ts'),
  zh: () => import('./kit.zh.ts'),
});
