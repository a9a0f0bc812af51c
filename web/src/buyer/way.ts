import type { MapLine, MapPoint } from '../kit/map.tsx';
import type { BuyerParcel } from './question.ts';

type Spot = NonNullable<BuyerParcel['destination_coordinates']>;

/** The way as the legs tell it, oldest first, and a dashed line to where it shall go. Same places in a row count once. */
export function wayOf(parcel: Pick<BuyerParcel, 'legs' | 'destination_coordinates' | 'status' | 'steps'>): {
  readonly points: readonly MapPoint[];
  readonly lines: readonly MapLine[];
} {
  const scanned = parcel.steps.filter(({ verified }) => verified).toReversed();
  const spots: Spot[] = [];
  for (const { coordinates } of scanned)
    if (coordinates !== undefined && !isSame(spots.at(-1), coordinates)) spots.push(coordinates);
  const last = spots.length - 1;
  const points = spots.map((spot, index) => ({
    id: `stop-${index}`,
    longitude: spot.longitude,
    latitude: spot.latitude,
    tone: index === last ? 'accent' : 'idle',
    size: index === last ? 14 : 9,
  }));
  const lines: MapLine[] = spots.slice(1).map((to, index) => lineOf(`leg-${index}`, spots[index] ?? to, to));
  const goal = parcel.destination_coordinates;
  const here = spots.at(-1);
  if (goal !== undefined && !isSame(here, goal) && parcel.status !== 'delivered') {
    points.push({ id: 'goal', longitude: goal.longitude, latitude: goal.latitude, tone: 'ok', size: 11 });
    if (here !== undefined) lines.push({ ...lineOf('ahead', here, goal), dashed: true });
  }
  return { points, lines };
}

function lineOf(id: string, from: Spot, to: Spot): MapLine {
  return {
    id,
    from: [from.longitude, from.latitude],
    to: [to.longitude, to.latitude],
    tone: 'accent',
  };
}

function isSame(a: Spot | undefined, b: Spot): boolean {
  return a !== undefined && a.longitude === b.longitude && a.latitude === b.latitude;
}
