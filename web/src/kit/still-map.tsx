import { useEffect, useRef } from 'react';
import { useScheme } from '../ground/theme.ts';
import { useWords } from '../ground/words.ts';
import { KIT_WORDS } from '../words/kit.ts';
import { extentOf, type Traffic, viewOf } from './map-view.ts';
import type { StillMapAnswer, StillMapMessage } from './still-map.worker.ts';

/** Can this browser draw outside of the page's own thread? */
export const canDrawAside = (): boolean =>
  typeof OffscreenCanvas === 'function' && 'transferControlToOffscreen' in HTMLCanvasElement.prototype;

const TOKENS = ['sunk', 'card', 'line', 'ok', 'move', 'warn', 'bad', 'idle', 'accent'] as const;

function coloursNow(): Record<string, string> {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(TOKENS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** A picture of a map, drawn by a worker: the page does nothing for it. Fills its parent. */
export function StillMap({ points, lines }: Traffic) {
  const t = useWords(KIT_WORDS);
  const scheme = useScheme();
  const box = useRef<HTMLDivElement>(null);
  const redraw = useRef<() => void>(undefined);
  const now = useRef<Traffic>({ points, lines });
  now.current = { points, lines };
  useEffect(() => {
    const parent = box.current;
    if (parent === null) return;
    // A canvas can be handed over once only: each life of this component has its own.
    const canvas = document.createElement('canvas');
    canvas.className = 'size-full';
    parent.append(canvas);
    const worker = new Worker(new URL('./still-map.worker.ts', import.meta.url), { type: 'module' });
    const tell = (message: StillMapMessage, handedOver: Transferable[] = []) =>
      worker.postMessage(message, handedOver);
    worker.onmessage = ({ data }: MessageEvent<StillMapAnswer>) => {
      canvas.dataset.drawn = data.drawn;
    };
    const aside = canvas.transferControlToOffscreen();
    tell({ canvas: aside }, [aside]);
    redraw.current = () => {
      const { clientWidth: width, clientHeight: height } = parent;
      if (width === 0 || height === 0) return;
      const view = viewOf(extentOf(now.current), { width, height });
      tell({
        picture: { ...now.current, view, width, height, ratio: devicePixelRatio, colours: coloursNow() },
      });
    };
    // Its first call comes when it begins to look: that draws the first picture.
    const size = new ResizeObserver(() => redraw.current?.());
    size.observe(parent);
    return () => {
      size.disconnect();
      worker.terminate();
      canvas.remove();
    };
  }, []);
  const shown = JSON.stringify([points, lines, scheme]);
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    redraw.current?.();
  }, [shown]);
  return <div ref={box} role="img" aria-label={t('map.label')} className="size-full" />;
}
