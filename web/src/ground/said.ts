import type { Messages, Translate } from './words.ts';

/**
 * The word for a code that rulebooks or people may add to: `said(t, 'why', 'does_not_fit')` says the message
 * `why.does_not_fit`. A code that no catalogue knows is shown as it is, a sentence that somebody wrote too.
 */
export function said<M extends Messages>(t: Translate<M>, group: string, code: string): string {
  const key = `${group}.${code}`;
  const word = t(key as keyof M & string);
  if (word !== key) return word;
  return /^[a-z][a-z0-9_]*$/.test(code) ? code.replaceAll('_', ' ') : code;
}
