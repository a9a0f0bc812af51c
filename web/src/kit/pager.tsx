import type { Paged } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { KIT_WORDS } from '../words/kit.ts';
import { Button } from './button.tsx';

/** Back and forth in a cursor list; nothing when it has one page. */
export function Pager({ of }: { readonly of: Pick<Paged<unknown>, 'page' | 'next' | 'previous'> }) {
  const t = useWords(KIT_WORDS);
  if (of.next === undefined && of.previous === undefined) return null;
  return (
    <nav aria-label={t('pager.label')} className="screen-only flex items-center justify-end gap-3 py-3">
      <Button size="small" disabled={of.previous === undefined} onClick={of.previous}>
        {t('pager.previous')}
      </Button>
      <span className="text-sm text-soft">{t('pager.page', { page: of.page })}</span>
      <Button size="small" disabled={of.next === undefined} onClick={of.next}>
        {t('pager.next')}
      </Button>
    </nav>
  );
}
