import { type PointerEvent, useRef, useState } from 'react';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { BOX, type Point, pathOf } from './strokes.ts';
import { COURIER_WORDS } from './words.ts';

/** A signature by finger or pen, kept as strokes. */
export function SignaturePad({
  path,
  onPath,
}: {
  readonly path: string | undefined;
  readonly onPath: (path: string | undefined) => void;
}) {
  const t = useWords(COURIER_WORDS);
  const strokes = useRef<Point[][]>([]);
  const [drawn, setDrawn] = useState('');
  const pointOf = (event: PointerEvent<SVGSVGElement>): Point => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    return [((event.clientX - left) / width) * BOX.width, ((event.clientY - top) / height) * BOX.height];
  };
  const show = () => setDrawn(pathOf(strokes.current) ?? '');
  return (
    <div className="grid gap-2">
      <p className="font-medium">{t('proof.signature')}</p>
      <svg
        role="img"
        aria-label={t('proof.signature_pad')}
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        className="aspect-5/2 w-full touch-none rounded-md border-2 border-edge bg-card"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          strokes.current.push([pointOf(event)]);
        }}
        onPointerMove={(event) => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
          strokes.current.at(-1)?.push(pointOf(event));
          show();
        }}
        onPointerUp={() => onPath(pathOf(strokes.current))}
      >
        <path d={drawn} fill="none" stroke="currentColor" strokeWidth="6" strokeLinecap="round" />
      </svg>
      {path !== undefined && (
        <Button
          size="large"
          onClick={() => {
            strokes.current = [];
            setDrawn('');
            onPath(undefined);
          }}
        >
          {t('proof.signature_clear')}
        </Button>
      )}
    </div>
  );
}
