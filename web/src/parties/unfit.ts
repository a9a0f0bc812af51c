import { defineWords, type Messages } from '../ground/words.ts';

/** Reasons against a line in the words of a person who sends a parcel; a code without a sentence is told in the server's. */
export const UNFIT_WORDS = defineWords<Messages>({
  en: () => import('./unfit.en.ts'),
  zh: () => import('./unfit.zh.ts'),
});
