import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { MovableMap } from '../kit/movable-map.tsx';
import type { BuyerParcel } from './question.ts';
import { wayOf } from './way.ts';
import { BUYER_WORDS } from './words.ts';

type Connection = { readonly saveData?: boolean; readonly effectiveType?: string };

/** Borders are some hundred kilobytes: nothing to load unasked where data is dear or slow. */
function isDear(): boolean {
  const { connection } = navigator as { connection?: Connection };
  return connection?.saveData === true || /2g|3g/.test(connection?.effectiveType ?? '');
}

/**
 * The way on the map: it comes by itself when it is about to be seen and the page has nothing else to do. Legs and history
 * say the same in words.
 */
export function Way({ parcel }: { readonly parcel: BuyerParcel }) {
  const t = useWords(BUYER_WORDS);
  const way = useMemo(() => wayOf(parcel), [parcel]);
  const place = useRef<HTMLElement>(null);
  const [shown, setShown] = useState(false);
  useWhenSeenAndIdle(place, () => {
    if (!isDear()) setShown(true);
  });
  if (way.points.length === 0) return null;
  return (
    <section ref={place} aria-label={t('map.title')} className="print:hidden">
      {shown ? (
        <MovableMap className="h-64" points={way.points} lines={way.lines} />
      ) : (
        <div className="grid h-64 place-items-center rounded-lg border border-line bg-sunk">
          <Button onClick={() => setShown(true)}>{t('map.show')}</Button>
        </div>
      )}
      <p className="mt-1 text-sm text-soft">{t('map.here')}</p>
    </section>
  );
}

/** Half a screen before somebody scrolls to it. */
const MARGIN = '50%';

function useWhenSeenAndIdle(place: RefObject<HTMLElement | null>, act: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for the life of the place
  useEffect(() => {
    if (place.current === null) return;
    let stopWaiting = () => {};
    const seen = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        seen.disconnect();
        stopWaiting = whenIdle(act);
      },
      { rootMargin: MARGIN },
    );
    seen.observe(place.current);
    return () => {
      seen.disconnect();
      stopWaiting();
    };
  }, []);
}

/** Answers how to call it off. */
function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(act, 1_500); // Safari has no such call
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(act);
  return () => cancelIdleCallback(handle);
}
