import { lazy, Suspense } from 'react';
import { useWords } from '../ground/words.ts';
import { KIT_WORDS } from '../words/kit.ts';
import type { WorldMapProps } from './world-map.tsx';

export type { MapLine, MapPoint } from './map-view.ts';

/** MapLibre's half megabyte, before it is needed. */
export const loadWorldMap = () => import('./world-map.tsx');

const WorldMap = lazy(() => loadWorldMap().then(({ WorldMap: component }) => ({ default: component })));

/**
 * A map without any server but ours: Natural Earth's borders from the build. MapLibre comes when it is first needed.
 * What it shows must also stand on the page as text: a canvas says nothing to a screen reader.
 */
export function WorldMapLater(props: WorldMapProps) {
  const t = useWords(KIT_WORDS);
  return (
    <Suspense
      fallback={
        <div
          className={`${props.className ?? 'h-80'} animate-pulse rounded-lg bg-sunk`}
          role="status"
          aria-label={t('loading')}
        />
      }
    >
      <WorldMap {...props} />
    </Suspense>
  );
}
