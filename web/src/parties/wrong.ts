import { PostroadProblem } from '@postroad/sdk';
import type { Translate } from '../ground/words.ts';
import type { words } from './words.en.ts';

/**
 * The code of what the server refused at a place of the body, such as `/sender/phone`; undefined: nothing there. The
 * order in which a party stands may be named before it or not, and what lies deeper counts for the field too.
 */
export function codeAt(error: unknown, place: string): string | undefined {
  if (!(error instanceof PostroadProblem)) return undefined;
  return error.errors.find(({ pointer }) => `${pointer}/`.includes(`${place}/`))?.code;
}

/** What is said at a field that was refused with this code, in the reader's language. */
export function wrongText(t: Translate<typeof words>, code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  if (/_(missing|empty)$/.test(code)) return t('missing');
  const key = `wrong.${code}`;
  const text = t(key as 'wrong.other');
  return text === key ? t('wrong.other') : text;
}
