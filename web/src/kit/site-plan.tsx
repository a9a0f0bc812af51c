import { useFormats } from '../ground/format.ts';
import { type Place, planViewOf } from './site-plan-view.ts';
import type { Tone } from './status.tsx';

export type PlanPoint = Place & {
  readonly id: string;
  readonly tone: Tone;
  /** A letter or number that the text beside the plan explains. */
  readonly mark?: string | undefined;
  /** A place that somebody asked about, not a point. */
  readonly isAsked?: boolean | undefined;
};

const BOX = { width: 440, height: 280 };
const RADIUS = { plain: 6, marked: 10 };
const TONES: Readonly<Record<Tone, string>> = {
  ok: 'fill-ok',
  move: 'fill-move',
  warn: 'fill-warn',
  bad: 'fill-bad',
  idle: 'fill-idle',
};

/**
 * A plan of some kilometres without streets: points, and the line around whom one of them serves. What it shows must
 * also stand on the page as text.
 */
export function SitePlan({
  label,
  points,
  ring = [],
}: {
  readonly label: string;
  readonly points: readonly PlanPoint[];
  readonly ring?: readonly Place[];
}) {
  const { distance } = useFormats();
  const view = planViewOf([...points, ...ring], BOX);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${BOX.width} ${BOX.height}`}
      className="w-full rounded-lg border border-line bg-sunk print:hidden"
    >
      {ring.length > 0 && (
        <polygon
          points={ring.map((place) => view.at(place).join(',')).join(' ')}
          className="fill-accent-soft stroke-accent"
          strokeWidth="2"
        />
      )}
      {points.map((point) => (
        <Mark key={point.id} point={point} at={view.at(point)} />
      ))}
      <g transform={`translate(14 ${BOX.height - 14})`} className="text-soft">
        <path d={`M0-5V0H${view.bar.pixels}V-5`} fill="none" stroke="currentColor" strokeWidth="1.5" />
        <text x="4" y="-8" fontSize="13" fill="currentColor">
          {distance(view.bar.meters)}
        </text>
      </g>
    </svg>
  );
}

function Mark({ point, at }: { readonly point: PlanPoint; readonly at: readonly [number, number] }) {
  const radius = point.mark === undefined ? RADIUS.plain : RADIUS.marked;
  const className = `${TONES[point.tone]} stroke-card`;
  return (
    <g transform={`translate(${at[0]} ${at[1]})`}>
      {point.isAsked ? (
        <rect x="-8" y="-8" width="16" height="16" className={className} strokeWidth="2" />
      ) : (
        <circle r={radius} className={className} strokeWidth="2" />
      )}
      {point.mark !== undefined && (
        <text textAnchor="middle" y="4" fontSize="12" fontWeight="600" className="fill-card">
          {point.mark}
        </text>
      )}
    </g>
  );
}
