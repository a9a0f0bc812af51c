import { defineWords } from '../ground/words.ts';

/** For pages of people who read no catalogue of errors: the buyer's, his returns, and mailings. Loaded when something is refused. */
export const REFUSAL_WORDS = defineWords({
  en: () => import('./refusals.en.ts'),
  zh: () => import('./refusals.zh.ts'),
});
