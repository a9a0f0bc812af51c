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

/** What the network sells and prints: lines, numbers, routes. */
export const LINE_WORDS = defineWords({
  en: () => import('./line-words.en.ts'),
  zh: () => import('./line-words.zh.ts'),
});

/** Organisations, their people, carriers. */
export const PARTNER_WORDS = defineWords({
  en: () => import('./partner-words.en.ts'),
  zh: () => import('./partner-words.zh.ts'),
});

/** Who saw personal data. */
export const REVEAL_WORDS = defineWords({
  en: () => import('./reveal-words.en.ts'),
  zh: () => import('./reveal-words.zh.ts'),
});

/** What to do after a restore, before numbers are given out again. */
export const FENCE_WORDS = defineWords({
  en: () => import('./fence-words.en.ts'),
  zh: () => import('./fence-words.zh.ts'),
});

/** Points: networks, outlets, coverage. */
export const POINT_DESK_WORDS = defineWords({
  en: () => import('./point-words.en.ts'),
  zh: () => import('./point-words.zh.ts'),
});
