import type { components } from '@postroad/sdk';
import type { MapLine, MapPoint } from '../kit/map.tsx';
import type { Tone } from '../kit/status.tsx';

export type Lane = components['schemas']['FlowLane'];
type End = NonNullable<Lane['from']>;

/** Of a lane's parcels: from here on the whole lane is in trouble, not one parcel in it. Our default. */
const TROUBLED_SHARE = 0.1;
/** Pixels, so that a lane of one parcel is seen and one of thousands does not hide its neighbours. */
const WIDTH = { min: 1.5, max: 8 };
const DOT = { min: 7, max: 20 };
/** Parcels from which a lane or a place may be drawn at its largest: a handful looks like a handful. */
const LARGE = 50;

/** Stuck parcels weigh more than late ones: a late parcel may be moving. */
export function toneOfLane({ parcels, late, stuck }: Pick<Lane, 'parcels' | 'late' | 'stuck'>): Tone {
  if (parcels > 0 && stuck / parcels >= TROUBLED_SHARE) return 'bad';
  if (parcels > 0 && (late + stuck) / parcels >= TROUBLED_SHARE) return 'warn';
  return 'move';
}

/** Unique among the lanes of one answer. */
export function laneId({ leg, from, to }: Lane): string {
  const place = (end: End | undefined) => (end === undefined ? '' : `${end.country}:${end.city ?? ''}`);
  return `${leg} ${place(from)} ${place(to)}`;
}

/** The worst first, then the fullest. */
export function byTrouble(a: Lane, b: Lane): number {
  return b.stuck - a.stuck || b.late - a.late || b.parcels - a.parcels;
}

/** Lanes with two different places as lines, and where parcels are as points; what has no coordinates is left out. */
export function drawingOf(lanes: readonly Lane[]): {
  readonly lines: readonly MapLine[];
  readonly points: readonly MapPoint[];
} {
  const most = Math.max(LARGE, ...lanes.map(({ parcels }) => parcels));
  const lines: MapLine[] = [];
  const places = new Map<string, { at: Coordinates; parcels: number; late: number; stuck: number }>();
  for (const lane of lanes) {
    const from = lane.from?.coordinates;
    const to = lane.to?.coordinates;
    if (from === undefined) continue;
    const key = `${from.longitude} ${from.latitude}`;
    const known = places.get(key) ?? { at: from, parcels: 0, late: 0, stuck: 0 };
    places.set(key, {
      at: from,
      parcels: known.parcels + lane.parcels,
      late: known.late + lane.late,
      stuck: known.stuck + lane.stuck,
    });
    if (to === undefined || (to.longitude === from.longitude && to.latitude === from.latitude)) continue;
    lines.push({
      id: laneId(lane),
      from: [from.longitude, from.latitude],
      to: [to.longitude, to.latitude],
      tone: toneOfLane(lane),
      width: between(WIDTH, lane.parcels / most),
    });
  }
  const fullest = Math.max(LARGE, ...[...places.values()].map(({ parcels }) => parcels));
  return {
    lines,
    points: [...places].map(([id, place]) => ({
      id,
      longitude: place.at.longitude,
      latitude: place.at.latitude,
      tone: toneOfLane(place),
      size: between(DOT, place.parcels / fullest),
    })),
  };
}

type Coordinates = NonNullable<End['coordinates']>;

/** By the square root: an area looks as large as its number. */
function between({ min, max }: { readonly min: number; readonly max: number }, share: number): number {
  return min + (max - min) * Math.sqrt(share);
}
