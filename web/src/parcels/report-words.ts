import { defineWords } from '../ground/words.ts';

/** What buyers report as not right: the words of its list and its page. */
export const REPORT_WORDS = defineWords({
  en: () => import('./report-words.en.ts'),
  zh: () => import('./report-words.zh.ts'),
});
