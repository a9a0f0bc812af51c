import { useMemo } from 'react';
import { symbolPath } from './symbol-path.ts';
import type { CodeSymbolProps } from './symbol-shape.ts';

/** A QR code is as wide for a short text as for a long one. */
const QR_PIXELS = 192;
/** Of each unit of bars: a whole number, so that bars keep their widths. */
const BAR_PIXELS = 2;

/** Dark on light in both themes: many scanners do not read the reverse. */
export function DrawnSymbol({ kind, text, label }: CodeSymbolProps) {
  const { width, height, d } = useMemo(() => symbolPath(kind, text), [kind, text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={kind === 'qr' ? QR_PIXELS : width * BAR_PIXELS}
      className="h-auto max-w-full"
    >
      <rect width={width} height={height} fill="#fff" />
      <path d={d} fill="#000" fillRule="evenodd" />
    </svg>
  );
}
