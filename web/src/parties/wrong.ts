import { PostroadProblem, type ProblemField } from '@postroad/sdk';
import type { Translate } from '../ground/words.ts';
import type { words } from './words.en.ts';

/** What the server refused at a place of the body, such as `/sender/phone`, or deeper; undefined: nothing there. */
export function wrongAt(error: unknown, place: string): ProblemField | undefined {
  if (!(error instanceof PostroadProblem)) return undefined;
  return error.errors.find(({ pointer }) => `${pointer}/`.startsWith(`${place}/`));
}

/** What is said at a field that was refused, in the reader's language, with what was probably meant. */
export function wrongText(
  t: Translate<typeof words>,
  wrong: Pick<ProblemField, 'code' | 'suggestion'> | undefined,
): string | undefined {
  if (wrong === undefined) return undefined;
  const { code, suggestion } = wrong;
  if (/_(missing|empty)$/.test(code)) return t('missing');
  const key = `wrong.${code}`;
  const said = t(key as 'wrong.other');
  const text = said === key ? t('wrong.other') : said;
  return suggestion === undefined ? text : `${text} ${t('meant', { suggestion })}`;
}
