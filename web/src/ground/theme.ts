import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';

const STORED = 'postroad-theme';
const listeners = new Set<() => void>();

/** What was chosen; public/boot.js has put it on the page before the first paint. */
export function theme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

export function setTheme(next: Theme): void {
  try {
    if (next === 'system') localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, next);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  if (next === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, theme);
}

const DARK = '(prefers-color-scheme: dark)';

/** What is on the page now, by choice or by the system, which may change its mind at dusk. */
export function useScheme(): 'light' | 'dark' {
  const chosen = useTheme();
  const isDark = useSyncExternalStore(
    (listener) => {
      const query = matchMedia(DARK);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => matchMedia(DARK).matches,
  );
  if (chosen !== 'system') return chosen;
  return isDark ? 'dark' : 'light';
}
