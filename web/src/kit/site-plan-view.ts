/*
 * A plan of some kilometres, north up: places around their middle, as pixels of a box. At this size the earth is flat
 * enough; what lies beyond the 180th meridian stands beside what lies before it.
 */

export type Place = { readonly latitude: number; readonly longitude: number };
export type PlanView = {
  readonly at: (place: Place) => readonly [x: number, y: number];
  readonly pixelsPerMeter: number;
  /** A round length for the scale, at most a third of the box. */
  readonly bar: { readonly meters: number; readonly pixels: number };
};
type Box = { readonly width: number; readonly height: number };

const METERS_PER_DEGREE = 111_195;
const PADDING = 34;
/** No closer than a street. */
const CLOSEST_METERS = 400;

/** The closest plan of all places in a box of these pixels. */
export function planViewOf(places: readonly Place[], { width, height }: Box): PlanView {
  const [first = { latitude: 0, longitude: 0 }] = places;
  const scale = Math.max(0.01, Math.cos((first.latitude * Math.PI) / 180));
  const flat = ({ latitude, longitude }: Place): readonly [number, number] => [
    turned(longitude - first.longitude) * METERS_PER_DEGREE * scale,
    (first.latitude - latitude) * METERS_PER_DEGREE,
  ];
  const all = places.map(flat);
  const [west, east] = endsOf(all.map(([x]) => x));
  const [north, south] = endsOf(all.map(([, y]) => y));
  const pixelsPerMeter = Math.min(
    (width - 2 * PADDING) / Math.max(CLOSEST_METERS, east - west),
    (height - 2 * PADDING) / Math.max(CLOSEST_METERS, south - north),
  );
  const meters = roundLength(width / 3 / pixelsPerMeter);
  return {
    at: (place) => {
      const [x, y] = flat(place);
      return [
        width / 2 + (x - (west + east) / 2) * pixelsPerMeter,
        height / 2 + (y - (north + south) / 2) * pixelsPerMeter,
      ];
    },
    pixelsPerMeter,
    bar: { meters, pixels: meters * pixelsPerMeter },
  };
}

/** Degrees of longitude, the shorter way around. */
function turned(degrees: number): number {
  return ((degrees + 540) % 360) - 180;
}

/** Spread would pass 5,000 corners as arguments. */
function endsOf(values: readonly number[]): readonly [least: number, most: number] {
  return values.length === 0
    ? [0, 0]
    : values.reduce(([least, most], one) => [Math.min(least, one), Math.max(most, one)], [
        Number.POSITIVE_INFINITY,
        Number.NEGATIVE_INFINITY,
      ] as readonly [number, number]);
}

/** The largest of 1, 2 and 5 times a power of ten that is not above `most`. */
function roundLength(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return ([5, 2].find((one) => one * power <= most) ?? 1) * power;
}
