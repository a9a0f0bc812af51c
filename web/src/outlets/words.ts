import { defineWords } from '../ground/words.ts';

/** Outlets and what their networks send and agree. */
export const OUTLET_WORDS = defineWords({
  en: () => import('./words.en.ts'),
  zh: () => import('./words.zh.ts'),
});

/** What point networks earn and owe. */
export const POINT_MONEY_WORDS = defineWords({
  en: () => import('./money-words.en.ts'),
  zh: () => import('./money-words.zh.ts'),
});

/** Why a demand was sent to its point. */
export const POINT_DECISION_WORDS = defineWords({
  en: () => import('./decision-words.en.ts'),
  zh: () => import('./decision-words.zh.ts'),
});
