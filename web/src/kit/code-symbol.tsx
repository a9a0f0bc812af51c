import { lazy, Suspense } from 'react';
import { useWords } from '../ground/words.ts';
import { KIT_WORDS } from '../words/kit.ts';
import { cx } from './class-names.ts';
import { type CodeSymbolProps, symbolRoom } from './symbol-shape.ts';

const Drawn = lazy(() => import('./drawn-symbol.tsx').then(({ DrawnSymbol }) => ({ default: DrawnSymbol })));

/**
 * A QR code or a Code 128 for somebody else's scanner; the encoder comes when it is first needed. What it says must also
 * stand on the page as text.
 */
export function CodeSymbol(props: CodeSymbolProps) {
  const t = useWords(KIT_WORDS);
  return (
    <Suspense
      fallback={
        <div
          className={cx('animate-pulse rounded-md bg-sunk', symbolRoom(props.kind))}
          role="status"
          aria-label={t('loading')}
        />
      }
    >
      <Drawn {...props} />
    </Suspense>
  );
}
