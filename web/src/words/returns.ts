import { defineWords } from '../ground/words.ts';

/** Words of goods that go back: for the buyer's portal and for every desk. */
export const RETURN_WORDS = defineWords({
  en: () => import('./returns.en.ts'),
  zh: () => import('./returns.zh.ts'),
});
