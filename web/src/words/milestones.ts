import { defineWords } from '../ground/words.ts';

/** What a milestone is called to people; every face shows timelines. */
export const MILESTONE_WORDS = defineWords({
  en: () => import('./milestones.en.ts'),
  zh: () => import('./milestones.zh.ts'),
});
