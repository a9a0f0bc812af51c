import { useState } from 'react';
import type { Paged } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { KIT_WORDS } from '../words/kit.ts';
import { Button } from './button.tsx';

/** A long list that is here already, in pages of `size`. Another list is a component of another key. */
export function useParts<Row>(
  rows: readonly Row[],
  size: number,
): Pick<Paged<unknown>, 'page' | 'next' | 'previous'> & { readonly shown: readonly Row[] } {
  const [page, setPage] = useState(1);
  return {
    page,
    shown: rows.slice((page - 1) * size, page * size),
    next: page * size < rows.length ? () => setPage(page + 1) : undefined,
    previous: page > 1 ? () => setPage(page - 1) : undefined,
  };
}

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
