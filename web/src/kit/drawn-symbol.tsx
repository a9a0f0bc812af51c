import { useMemo } from 'react';
import { symbolPath } from './symbol-path.ts';
import { type CodeSymbolProps, symbolSize } from './symbol-shape.ts';

/** Dark on light in both themes: many scanners do not read the reverse. */
export function DrawnSymbol({ kind, text, label }: CodeSymbolProps) {
  const { width, height, d } = useMemo(() => symbolPath(kind, text), [kind, text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      shapeRendering="crispEdges"
      preserveAspectRatio="xMinYMid"
      className={symbolSize(kind)}
    >
      <rect width={width} height={height} fill="#fff" />
      <path d={d} fill="#000" fillRule="evenodd" />
    </svg>
  );
}
