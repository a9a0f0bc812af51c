import { defineWords } from '../ground/words.ts';

/** What a carrier is to the network, and what was decided about it: shown to it and to those who decide. */
export const CARRIER_STANDING_WORDS = defineWords({
  en: () => import('./carriers.en.ts'),
  zh: () => import('./carriers.zh.ts'),
});
