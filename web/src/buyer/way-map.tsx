import { useEffect, useMemo, useState } from 'react';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { WorldMapLater } from '../kit/map.tsx';
import type { BuyerParcel } from './question.ts';
import { wayOf } from './way.ts';
import { BUYER_WORDS } from './words.ts';

type Connection = { readonly saveData?: boolean; readonly effectiveType?: string };

/** A megabyte of map is nothing to load unasked where data is dear or slow. */
function isDear(): boolean {
  const { connection } = navigator as { connection?: Connection };
  return connection?.saveData === true || /2g|3g/.test(connection?.effectiveType ?? '');
}

/** The way on the map, when the page has nothing else to do. Legs and history say the same in words. */
export function Way({ parcel }: { readonly parcel: BuyerParcel }) {
  const t = useWords(BUYER_WORDS);
  const way = useMemo(() => wayOf(parcel), [parcel]);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (isDear()) return;
    const show = () => setShown(true);
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(show, 1_500); // Safari has no such call
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(show);
    return () => cancelIdleCallback(handle);
  }, []);
  if (way.points.length === 0) return null;
  return (
    <section aria-label={t('map.title')} className="print:hidden">
      {shown ? (
        <WorldMapLater className="h-64" points={way.points} lines={way.lines} />
      ) : (
        <div className="grid h-64 place-items-center rounded-lg border border-line bg-sunk">
          <Button onClick={() => setShown(true)}>{t('map.show')}</Button>
        </div>
      )}
      <p className="mt-1 text-sm text-soft">{t('map.here')}</p>
    </section>
  );
}
