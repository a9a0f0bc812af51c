import { defineWords } from '../ground/words.ts';

/** For clerks, who read no catalogue of errors either: intakes and hand-outs. Loaded when something is refused. */
export const POINT_REFUSALS = defineWords({
  en: () => import('./refusals.en.ts'),
  zh: () => import('./refusals.zh.ts'),
});
