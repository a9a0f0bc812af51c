import { api } from '../ground/api.ts';
import { localeOf, useLanguage } from '../ground/language.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { PARCEL_WORDS } from './words.ts';

/** No number that anybody prints is longer, with a scanner's additions. */
const LONGEST = 128;

/** Whose number a text may be that led to nothing: the next thing to know about it. */
export function WhoseNumber({ text }: { readonly text: string }) {
  const t = useWords(PARCEL_WORDS);
  const language = useLanguage();
  const number = text.trim().slice(0, LONGEST);
  const { data } = useRead(['number', number], (signal) =>
    api.get('/v1/numbers/{number}', { params: { path: { number } }, signal }),
  );
  const names = data?.candidates.map((candidate) => candidate.names[language]) ?? [];
  if (names.length === 0) return null;
  const carriers = new Intl.ListFormat(localeOf(language), { type: 'disjunction' }).format(names);
  return <p>{t('search.looks_like', { carriers })}</p>;
}
