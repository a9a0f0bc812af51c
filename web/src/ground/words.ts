import { IntlMessageFormat } from 'intl-messageformat';
import { use } from 'react';
import { type Language, language, localeOf, useLanguage } from './language.ts';

/** ICU messages by key. */
export type Messages = Readonly<Record<string, string>>;
export type Values = Readonly<Record<string, string | number | Date | undefined>>;
/** Says a message in the reader's language: `t('parcels', { count: 3 })`. */
export type Translate<M extends Messages> = (key: keyof M & string, values?: Values) => string;

/** A catalogue of one face: both languages, each in a chunk of its own. English gives the keys. */
export type Words<M extends Messages> = {
  readonly load: (language: Language) => Promise<Translate<M>>;
};

/** Any catalogue, whatever its keys are. */
export type Loadable = { readonly load: (language: Language) => Promise<unknown> };

/**
 * `defineWords({ en: () => import('./words.en.ts'), zh: () => import('./words.zh.ts') })`, each file with an export
 * `words`; the Chinese one `satisfies Record<keyof typeof en, string>`.
 */
export function defineWords<M extends Messages>(
  files: Readonly<{
    en: () => Promise<{ readonly words: M }>;
    zh: () => Promise<{ readonly words: Readonly<Record<keyof M, string>> }>;
  }>,
): Words<M> {
  const loaded = new Map<Language, Promise<Translate<M>>>();
  return {
    load: (language) => {
      const known = loaded.get(language);
      if (known !== undefined) return known;
      const coming = files[language]().then(({ words }) => translator<M>(words, localeOf(language)));
      loaded.set(language, coming);
      return coming;
    },
  };
}

/** Catalogues in the reader's language, asked for together: one that suspends after the other costs a round trip each. */
export function loadWords(...catalogues: readonly Loadable[]): Promise<unknown> {
  return Promise.all(catalogues.map((words) => words.load(language())));
}

/** The words of a catalogue; suspends until they are here. */
export function useWords<M extends Messages>(words: Words<M>): Translate<M> {
  return use(words.load(useLanguage()));
}

/** Throws when a message lacks a value: that is a fault of the screen, which its test shall show. */
export function translator<M extends Messages>(
  messages: Readonly<Record<keyof M, string>>,
  locale: string,
): Translate<M> {
  const compiled = new Map<string, IntlMessageFormat>();
  return (key, values) => {
    const text = messages[key];
    if (text === undefined) return key;
    // Most messages have nothing in them to fill: they are not parsed at all.
    if (!text.includes('{') && !text.includes("'")) return text;
    let format = compiled.get(key);
    if (format === undefined) {
      format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
      compiled.set(key, format);
    }
    return String(format.format({ ...values }));
  };
}
