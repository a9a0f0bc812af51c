import { defineWords } from '../ground/words.ts';

/** The frame, what moves, and finding things. */
export const OPERATIONS_WORDS = defineWords({
  en: () => import('./words.en.ts'),
  zh: () => import('./words.zh.ts'),
});

/** The desks: money, health, people, rules, audit. */
export const DESK_WORDS = defineWords({
  en: () => import('./desk-words.en.ts'),
  zh: () => import('./desk-words.zh.ts'),
});
