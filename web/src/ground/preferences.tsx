import { cx } from '../kit/class-names.ts';
import { KIT_WORDS } from '../words/kit.ts';
import { LANGUAGES, setLanguage, useLanguage } from './language.ts';
import { setTheme, type Theme, useTheme } from './theme.ts';
import { useWords } from './words.ts';

const NAMES = { en: 'English', zh: '中文' } as const;
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const PILL =
  'min-h-7 cursor-pointer rounded-sm px-2 text-sm text-soft hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-ink pointer-coarse:min-h-11';

/** Language and theme. Each language is written in itself. */
export function Preferences() {
  const t = useWords(KIT_WORDS);
  const language = useLanguage();
  const theme = useTheme();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div role="group" aria-label={t('language.label')} className="flex">
        {LANGUAGES.map((one) => (
          <button
            key={one}
            type="button"
            lang={one}
            aria-pressed={one === language}
            className={PILL}
            onClick={() => setLanguage(one)}
          >
            {NAMES[one]}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div role="group" aria-label={t('theme.label')} className="flex">
        {THEMES.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === theme}
            aria-label={t(`theme.${one}`)}
            title={t(`theme.${one}`)}
            className={cx(PILL, 'px-1.5')}
            onClick={() => setTheme(one)}
          >
            <ThemeMark theme={one} />
          </button>
        ))}
      </div>
    </div>
  );
}

function ThemeMark({ theme }: { readonly theme: Theme }) {
  return (
    <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" strokeWidth="1.4" />
      {theme === 'dark' && <circle cx="7" cy="7" r="6" fill="currentColor" />}
      {theme === 'system' && <path d="M7 1a6 6 0 0 1 0 12z" fill="currentColor" />}
    </svg>
  );
}
