import { useSyncExternalStore } from 'react';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = 'postroad-language';
const listeners = new Set<() => void>();

/** The first of somebody's languages that we have; English else. */
export function languageFor(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => tag === language || tag.startsWith(`${language}-`));
    if (found !== undefined) return found;
  }
  return 'en';
}

let current: Language | undefined;

export function language(): Language {
  current ??= languageFor([stored() ?? '', ...navigator.languages]);
  return current;
}

/** BCP 47 for Intl: Chinese is written in simplified characters here. */
export function localeOf(of: Language): string {
  return of === 'zh' ? 'zh-CN' : 'en-GB';
}

export function setLanguage(next: Language): void {
  current = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, language);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function stored(): string | undefined {
  try {
    return localStorage.getItem(STORED) ?? undefined;
  } catch {
    return undefined;
  }
}
