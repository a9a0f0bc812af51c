import { useState } from 'react';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { KIT_WORDS } from '../words/kit.ts';
import { cx } from './class-names.ts';
import {
  groupsOf,
  type Middle,
  middleOf,
  type NearPlace,
  offsetOf,
  radiusOf,
  ringsOf,
} from './near-map-view.ts';

/** In units of the drawing, which is as wide as its place on the page: a phone's is 340 pixels and more. */
const WIDTH = 340;
const HEIGHT = 260;
/** A finger's width: what is closer is one mark. */
const APART = 38;
/** The longest bar that says how long a distance is. */
const SCALE = 90;
const CLOSER = 2;
const CLOSEST = 64;

/**
 * Numbered places around somebody, without a street: rings say how far they are. Light, and part of the page as it is
 * saved, unlike a canvas. What it shows must also stand on the page as a list with the same numbers.
 */
export function NearMap({
  label,
  places,
  here,
  chosen,
  onChoose,
}: {
  readonly label: string;
  /** In the order of the list beside it: the first is number 1. */
  readonly places: readonly (NearPlace & { readonly name: string })[];
  /** Where the reader is, if he said so. */
  readonly here: Middle | undefined;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}) {
  const t = useWords(KIT_WORDS);
  const { number } = useFormats();
  const [closer, setCloser] = useState(1);
  const [lookedAt, setLookedAt] = useState<Middle>();
  const whole = here ?? middleOf(places);
  if (whole === undefined) return null;
  const middle = lookedAt ?? whole;
  const radius = radiusOf(whole, places) / closer;
  const pixelsPerMeter = HEIGHT / 2 / radius;
  const groups = groupsOf(middle, places, { pixelsPerMeter, apartPixels: APART });
  const numberOf = (id: string) => places.findIndex((place) => place.id === id) + 1;
  const names = new Map(places.map(({ id, name }) => [id, name]));
  const zoom = (factor: number) => {
    const next = Math.min(CLOSEST, Math.max(1, closer * factor));
    setCloser(next);
    if (next === 1) setLookedAt(undefined);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label={label}
      className="relative w-full overflow-hidden rounded-lg border border-line bg-sunk"
      style={{ aspectRatio: `${WIDTH} / ${HEIGHT}`, maxHeight: '24rem' }}
    >
      <Rings {...{ middle, here, radius, pixelsPerMeter }} />
      {groups.filter(isSeen).map(({ x, y, places: members }) => {
        const [first] = members;
        if (first === undefined) return null;
        const isGroup = members.length > 1;
        const isChosen = members.some(({ id }) => id === chosen);
        return (
          <button
            key={first.id}
            type="button"
            aria-pressed={isChosen}
            aria-label={
              isGroup
                ? t('map.group', { count: members.length })
                : `${numberOf(first.id)}. ${names.get(first.id)}`
            }
            onClick={() => {
              if (!isGroup || closer >= CLOSEST) return onChoose(first.id);
              setLookedAt(first);
              zoom(apart(first, members, pixelsPerMeter));
            }}
            style={{ left: `${50 + (x / WIDTH) * 100}%`, top: `${50 + (y / HEIGHT) * 100}%` }}
            className={cx(
              'absolute grid size-9 -translate-1/2 cursor-pointer place-items-center rounded-full border-2 border-card text-sm font-semibold shadow-float',
              isGroup ? 'rounded-md' : '',
              isChosen ? 'z-10 bg-accent text-on-accent' : 'bg-ink text-card',
            )}
          >
            {isGroup ? `${members.length}\u00d7` : number(numberOf(first.id))}
          </button>
        );
      })}
      <div className="screen-only absolute top-2 right-2 grid overflow-hidden rounded-md border border-edge bg-card">
        <Zoom label={t('map.closer')} sign="+" disabled={closer >= CLOSEST} act={() => zoom(CLOSER)} />
        <Zoom label={t('map.further')} sign={'\u2212'} disabled={closer === 1} act={() => zoom(1 / CLOSER)} />
      </div>
    </div>
  );
}

/** How much closer one has to look for these to come apart. */
function apart(middle: Middle, places: readonly NearPlace[], pixelsPerMeter: number): number {
  let factor = CLOSER;
  const groupsAt = (times: number) =>
    groupsOf(middle, places, { pixelsPerMeter: pixelsPerMeter * times, apartPixels: APART });
  while (factor < CLOSEST && groupsAt(factor).length === 1) factor *= CLOSER;
  return factor;
}

const isSeen = ({ x, y }: { readonly x: number; readonly y: number }) =>
  Math.abs(x) < WIDTH / 2 && Math.abs(y) < HEIGHT / 2;

function Zoom({
  label,
  sign,
  disabled,
  act,
}: {
  readonly label: string;
  readonly sign: string;
  readonly disabled: boolean;
  readonly act: () => void;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      disabled={disabled}
      onClick={act}
      className="grid size-9 cursor-pointer place-items-center text-lg not-last:border-b not-last:border-line hover:bg-sunk disabled:cursor-default disabled:opacity-40"
    >
      {sign}
    </button>
  );
}

/** How long a round distance is here. */
function Scale({ of, pixelsPerMeter }: { readonly of: number; readonly pixelsPerMeter: number }) {
  const { distance } = useFormats();
  const end = 12 + of * pixelsPerMeter;
  return (
    <>
      <path d={`M12 ${HEIGHT - 16}v4h${end - 12}v-4`} fill="none" stroke="currentColor" strokeWidth="1.5" />
      <text x={(12 + end) / 2} y={HEIGHT - 18} textAnchor="middle" fontSize="9" fill="currentColor">
        {distance(of)}
      </text>
    </>
  );
}

/** Round distances around the reader, or around the middle of the places. */
function Rings({
  middle,
  here,
  radius,
  pixelsPerMeter,
}: {
  readonly middle: Middle;
  readonly here: Middle | undefined;
  readonly radius: number;
  readonly pixelsPerMeter: number;
}) {
  const { distance } = useFormats();
  const [east, north] = here === undefined ? [0, 0] : offsetOf(middle, here);
  const [x, y] = [WIDTH / 2 + east * pixelsPerMeter, HEIGHT / 2 - north * pixelsPerMeter];
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="absolute inset-0 size-full text-soft"
      aria-hidden="true"
    >
      {ringsOf(radius).map((meters) => (
        <g key={meters}>
          <circle
            cx={x}
            cy={y}
            r={meters * pixelsPerMeter}
            fill="none"
            stroke="var(--line)"
            strokeWidth="1.5"
            strokeDasharray={here === undefined ? '2 4' : undefined}
          />
          <text
            x={x}
            y={y + meters * pixelsPerMeter - 3}
            textAnchor="middle"
            fontSize="9"
            fill="currentColor"
          >
            {distance(meters)}
          </text>
        </g>
      ))}
      {here !== undefined && (
        <path d={`M${x - 6} ${y}h12M${x} ${y - 6}v12`} stroke="var(--accent)" strokeWidth="2.5" />
      )}
      <Scale of={ringsOf(SCALE / pixelsPerMeter).at(-1) ?? 0} pixelsPerMeter={pixelsPerMeter} />
      <path d="M14 22V8m-4 5 4-5 4 5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <text x="14" y="32" textAnchor="middle" fontSize="9" fill="currentColor">
        N
      </text>
    </svg>
  );
}
