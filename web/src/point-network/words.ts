import { defineWords } from '../ground/words.ts';

/** The frame and the home. */
export const NETWORK_WORDS = defineWords({
  en: () => import('./words.en.ts'),
  zh: () => import('./words.zh.ts'),
});

/** One outlet, and what its network does with it. */
export const OUTLET_DESK_WORDS = defineWords({
  en: () => import('./outlet-words.en.ts'),
  zh: () => import('./outlet-words.zh.ts'),
});

/** Feeds, clerks, blocks, contract, money. */
export const NETWORK_OFFICE_WORDS = defineWords({
  en: () => import('./office-words.en.ts'),
  zh: () => import('./office-words.zh.ts'),
});
