import { defineWords } from '../ground/words.ts';

/** The frame, orders, numbers, the own company. */
export const CARRIER_WORDS = defineWords({
  en: () => import('./words.en.ts'),
  zh: () => import('./words.zh.ts'),
});

/** What couriers do and do not: visits, hours, blocks, and parcels that are to be stopped. */
export const VISIT_WORDS = defineWords({
  en: () => import('./visit-words.en.ts'),
  zh: () => import('./visit-words.zh.ts'),
});
