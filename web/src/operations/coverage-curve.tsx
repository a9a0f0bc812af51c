/** What a chart shows of one site: the shares that it reaches with all before it, and that no choice could pass. */
export type CurvePoint = { readonly covered: number; readonly bound: number };

const BOX = { width: 640, height: 260, left: 46, right: 12, top: 12, bottom: 28 };
const STEPS = 4;

/** Shares after 0, 1, 2 … sites. What it shows also stands in the table of the sites. */
export function CoverageCurve({
  label,
  before,
  points,
  percent,
}: {
  readonly label: string;
  readonly before: number;
  readonly points: readonly CurvePoint[];
  readonly percent: (share: number) => string;
}) {
  const top = Math.min(1, Math.max(...points.map(({ bound }) => bound), before));
  const bottom = Math.min(before, top - 0.01);
  const x = (index: number) =>
    BOX.left + (index / Math.max(1, points.length)) * (BOX.width - BOX.left - BOX.right);
  const y = (share: number) =>
    BOX.top + ((top - share) / (top - bottom)) * (BOX.height - BOX.top - BOX.bottom);
  const line = (shares: readonly number[]) =>
    shares.map((share, index) => `${x(index)},${y(share)}`).join(' ');
  const ticks = Array.from({ length: STEPS + 1 }, (_, step) => bottom + ((top - bottom) * step) / STEPS);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${BOX.width} ${BOX.height}`}
      className="w-full max-w-3xl"
    >
      {ticks.map((share) => (
        <g key={share} className="text-soft">
          <path d={`M${BOX.left} ${y(share)}H${BOX.width - BOX.right}`} className="stroke-line" />
          <text x={BOX.left - 6} y={y(share) + 4} fontSize="12" textAnchor="end" fill="currentColor">
            {percent(share)}
          </text>
        </g>
      ))}
      {[0, points.length].map((index) => (
        <text
          key={index}
          x={x(index)}
          y={BOX.height - 8}
          fontSize="12"
          textAnchor={index === 0 ? 'start' : 'end'}
          className="fill-soft"
        >
          {index}
        </text>
      ))}
      <polyline
        points={line([before, ...points.map(({ bound }) => bound)])}
        fill="none"
        className="stroke-idle"
        strokeWidth="1.5"
        strokeDasharray="5 4"
      />
      <polyline
        points={line([before, ...points.map(({ covered }) => covered)])}
        fill="none"
        className="stroke-accent"
        strokeWidth="2.5"
      />
    </svg>
  );
}
