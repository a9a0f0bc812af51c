/*
 * Where a map looks and what lies on it, in Web Mercator (EPSG:3857) scaled to a world of 1 by 1, north west at 0, 0: for
 * the still map and for MapLibre alike, so that one can take the other's place without a jump.
 */

export type MapPoint = {
  readonly id: string;
  readonly longitude: number;
  readonly latitude: number;
  /** Name of a colour token: `ok`, `move`, `warn`, `bad`, `idle`, `accent`. */
  readonly tone: string;
  /** Pixels across; default 10. */
  readonly size?: number;
};
type Place = readonly [longitude: number, latitude: number];
export type MapLine = {
  readonly id: string;
  readonly from: Place;
  readonly to: Place;
  readonly tone: string;
  /** Pixels; default 2. */
  readonly width?: number;
  readonly dashed?: boolean;
};
export type Traffic = { readonly points: readonly MapPoint[]; readonly lines: readonly MapLine[] };
/** West, north, east and south ends in the world of 1 by 1. */
export type Extent = readonly [west: number, north: number, east: number, south: number];
/** `zoom` as MapLibre counts it: at 0 the world is 512 pixels wide. */
export type View = { readonly centre: Place; readonly zoom: number };
type Size = { readonly width: number; readonly height: number };

export const POINT_SIZE = 10;
export const LINE_WIDTH = 2;
const WORLD_PIXELS = 512;
const PADDING_PIXELS = 48;
/** No closer than a region: places are cities, not doors. */
const CLOSEST = 6;
/** Where the square of the projection ends. */
const NORTHERNMOST = 85.051_129;
const WHOLE_WORLD: Extent = [0, 0.12, 1, 0.72];

export function projected([longitude, latitude]: Place): [x: number, y: number] {
  const radians = (Math.max(-NORTHERNMOST, Math.min(NORTHERNMOST, latitude)) * Math.PI) / 180;
  return [(longitude + 180) / 360, (1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2];
}

function placeOf(x: number, y: number): Place {
  return [x * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI];
}

/** What the traffic reaches, bows and all; undefined when there is none. */
export function extentOf({ points, lines }: Traffic): Extent | undefined {
  const places = [
    ...points.map(({ longitude, latitude }): Place => [longitude, latitude]),
    ...lines.flatMap(({ from, to }) => arc(from, to)),
  ].map(projected);
  if (places.length === 0) return undefined;
  const xs = places.map(([x]) => x);
  const ys = places.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** The closest view of `extent` in a box of these pixels, with some room around; the world where people live without one. */
export function viewOf(extent: Extent | undefined, { width, height }: Size): View {
  const [west, north, east, south] = extent ?? WHOLE_WORLD;
  const padding = extent === undefined ? 0 : PADDING_PIXELS;
  const zoomFor = (pixels: number, span: number) =>
    span === 0 ? CLOSEST : Math.log2(Math.max(1, pixels - 2 * padding) / (span * WORLD_PIXELS));
  const fitting = Math.min(zoomFor(width, east - west), zoomFor(height, south - north), CLOSEST);
  // Nothing lies beyond the poles: the world fills the height.
  const zoom = Math.max(fitting, Math.log2(height / WORLD_PIXELS));
  const half = height / 2 / (WORLD_PIXELS * 2 ** zoom);
  const y = Math.max(half, Math.min(1 - half, (north + south) / 2));
  return { centre: placeOf((west + east) / 2, y), zoom };
}

/** How a box of these pixels shows the world: `pixel = offset + scale * (x or y)`. */
export function pixelsOf({ centre, zoom }: View, { width, height }: Size) {
  const scale = WORLD_PIXELS * 2 ** zoom;
  const [x, y] = projected(centre);
  return { scale, left: width / 2 - x * scale, top: height / 2 - y * scale };
}

/**
 * Does the map look anew? At first, and when the traffic reaches elsewhere than what it was fitted to; never again once
 * somebody has moved it: it is his view then.
 */
export function looksAnew(
  fitted: Extent | undefined,
  extent: Extent | undefined,
  isMovedByHand: boolean,
): boolean {
  if (extent === undefined || isMovedByHand) return false;
  return fitted === undefined || extent.some((end, at) => end !== fitted[at]);
}

const ARC_STEPS = 24;
/** Of the distance, sideways. */
const BOW = 0.12;

/** A gentle bow between two places, so that there and back are two lines. */
export function arc(from: Place, to: Place): [longitude: number, latitude: number][] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return Array.from({ length: ARC_STEPS + 1 }, (_, step) => {
    const share = step / ARC_STEPS;
    const bow = Math.sin(Math.PI * share) * BOW;
    return [from[0] + dx * share - dy * bow, from[1] + dy * share + dx * bow];
  });
}
