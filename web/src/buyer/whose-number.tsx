import type { components } from '@postroad/sdk';
import { useEffect, useState } from 'react';
import { api } from '../ground/api.ts';
import { type Language, localeOf, useLanguage } from '../ground/language.ts';
import { useWords } from '../ground/words.ts';
import { BUYER_WORDS } from './words.ts';

type Candidate = components['schemas']['NumberCandidate'];

/** A number that leads to nothing here may be another carrier's: who it looks like, and where that carrier tells of it. */
export function WhoseNumber({ number }: { readonly number: string }) {
  const t = useWords(BUYER_WORDS);
  const language = useLanguage();
  const [likeliest, setLikeliest] = useState<Candidate>();
  useEffect(() => {
    let isShown = true;
    setLikeliest(undefined);
    api
      .get('/v1/numbers/{number}', { params: { path: { number } } })
      .then(({ candidates }) => {
        if (isShown) setLikeliest(candidates[0]);
      })
      .catch(() => undefined); // a hint: without it the answer before it still holds
    return () => {
      isShown = false;
    };
  }, [number]);
  if (likeliest === undefined) return null;
  const { carrier, names, country = '', tracking_url: page } = likeliest;
  const name =
    carrier === 's10' ? t('looks_like.post', { land: landOf(country, language) }) : names[language];
  return (
    <p className="text-sm">
      {t('looks_like', { carrier: name })}
      {page !== undefined && (
        <>
          {' '}
          <a className="text-accent underline" href={page} rel="noreferrer">
            {t('looks_like.page')}
          </a>
        </>
      )}
    </p>
  );
}

function landOf(country: string, of: Language): string {
  return new Intl.DisplayNames(localeOf(of), { type: 'region' }).of(country) ?? country;
}
