import { useState } from 'react';
import { useWords } from '../ground/words.ts';
import { KIT_WORDS } from '../words/kit.ts';
import { loadWorldMap, WorldMapLater } from './map.tsx';
import type { Traffic } from './map-view.ts';
import { canDrawAside, StillMap } from './still-map.tsx';

/**
 * A map that is light until somebody wants to move it: a picture that a worker draws, then MapLibre in the same view, which
 * is half a megabyte and blocks a slow phone for half a second. Browsers that cannot draw in a worker get that at once.
 */
export function MovableMap({ points, lines, className = 'h-80' }: Traffic & { readonly className?: string }) {
  const t = useWords(KIT_WORDS);
  const [state, setState] = useState<'still' | 'coming' | 'movable'>(canDrawAside() ? 'still' : 'movable');
  const traffic = { points, lines };
  if (state === 'movable' && !canDrawAside()) return <WorldMapLater className={className} {...traffic} />;
  return (
    <div className={`${className} relative print:hidden`}>
      {state !== 'still' && (
        <div className="absolute inset-0">
          <WorldMapLater
            className="size-full"
            {...traffic}
            onDrawn={(canvas) => {
              setState('movable');
              // Whoever pressed the button goes on with the arrows and with plus and minus.
              canvas.focus({ preventScroll: true });
            }}
          />
        </div>
      )}
      {state !== 'movable' && (
        <div className="absolute inset-0 overflow-hidden rounded-lg border border-line bg-sunk">
          <StillMap {...traffic} />
          <button
            type="button"
            aria-busy={state === 'coming'}
            onPointerEnter={({ pointerType }) => {
              if (pointerType === 'mouse') void loadWorldMap();
            }}
            onClick={() => setState('coming')}
            className="absolute inset-0 flex cursor-grab items-end justify-end p-2 aria-busy:cursor-progress"
          >
            <span className="rounded-md border border-line bg-card px-2 py-1 text-sm">
              {t(state === 'coming' ? 'loading' : 'map.move')}
            </span>
          </button>
        </div>
      )}
    </div>
  );
}
