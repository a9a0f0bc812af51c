import type { Position } from '../kernel/index.ts';
import type { ServiceRange } from './model.ts';

export const RING_POSITIONS = { min: 4, max: 5_000 } as const;

/** Longitudes run on over the antimeridian (181 instead of -179), so that the ring lies in one plane. */
type Plane = {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly minX: number;
  readonly maxX: number;
  readonly minY: number;
  readonly maxY: number;
  /** False when the ring goes around a pole: it then does not come back to where it began. */
  readonly isClosed: boolean;
};

/** Each ring is flattened once; points are replaced, never changed. */
const planes = new WeakMap<readonly Position[], Plane>();

function planeOf(ring: readonly Position[]): Plane {
  return planes.getOrInsertComputed(ring, flatten);
}

function flatten(ring: readonly Position[]): Plane {
  const xs = new Float64Array(ring.length);
  const ys = new Float64Array(ring.length);
  let x = ring[0]?.longitude ?? 0;
  let before = x;
  ring.forEach(({ latitude, longitude }, index) => {
    x += shortWay(longitude - before);
    before = longitude;
    xs[index] = x;
    ys[index] = latitude;
  });
  const last = ring.length - 1;
  return {
    xs,
    ys,
    minX: xs.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    maxX: xs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    minY: ys.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    maxY: ys.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    isClosed: Math.abs((xs[0] ?? 0) - (xs[last] ?? 0)) < 1e-9 && ys[0] === ys[last],
  };
}

/** A difference of longitudes as the shorter way around: more than -180, at most 180 degrees. */
function shortWay(difference: number): number {
  if (difference > 180) return difference - 360;
  return difference <= -180 ? difference + 360 : difference;
}

/** Whether a position lies in the ring or on its edge, also across the antimeridian. Edges are straight in degrees. */
export function isInRing(ring: readonly Position[], position: Position): boolean {
  const plane = planeOf(ring);
  const y = position.latitude;
  if (y < plane.minY || y > plane.maxY) return false;
  return [-360, 0, 360].some((turn) => {
    const x = position.longitude + turn;
    return x >= plane.minX && x <= plane.maxX && isInPlane(plane, x, y);
  });
}

function isInPlane({ xs, ys }: Plane, x: number, y: number): boolean {
  let isInside = false;
  for (let index = 1; index < xs.length; index += 1) {
    const ax = xs[index - 1] as number;
    const ay = ys[index - 1] as number;
    const bx = xs[index] as number;
    const by = ys[index] as number;
    if (side(ax, ay, bx, by, x, y) === 0 && isBetween(ax, bx, x) && isBetween(ay, by, y)) return true;
    if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) isInside = !isInside;
  }
  return isInside;
}

/** What is wrong with a ring, in words; undefined when nothing is. */
export function faultOfRing(ring: readonly Position[]): string | undefined {
  if (ring.length < RING_POSITIONS.min || ring.length > RING_POSITIONS.max)
    return `a ring has ${RING_POSITIONS.min} to ${RING_POSITIONS.max} positions`;
  const first = ring[0] as Position;
  const last = ring.at(-1) as Position;
  if (first.latitude !== last.latitude || first.longitude !== last.longitude)
    return 'the last position is the first one again';
  const plane = flatten(ring);
  if (!plane.isClosed) return 'a ring does not go around a pole or the whole earth';
  return crossesItself(plane) ? 'a ring does not touch or cross itself' : undefined;
}

type Edge = { readonly at: number; readonly minX: number; readonly maxX: number };

/** Edges from west to east; each is compared with those that begin before it ends. */
function crossesItself({ xs, ys }: Plane): boolean {
  const count = xs.length - 1;
  const edges: Edge[] = Array.from({ length: count }, (_, at) => {
    const a = xs[at] as number;
    const b = xs[at + 1] as number;
    return { at, minX: Math.min(a, b), maxX: Math.max(a, b) };
  }).sort((a, b) => a.minX - b.minX);
  for (let index = 0; index < count; index += 1) {
    const edge = edges[index] as Edge;
    for (let next = index + 1; next < count; next += 1) {
      const other = edges[next] as Edge;
      if (other.minX > edge.maxX) break;
      if (doMeet(xs, ys, edge.at, other.at, count)) return true;
    }
  }
  return false;
}

/** Neighbours share a position, which is no crossing; one that folds back on the other is. */
function doMeet(xs: Float64Array, ys: Float64Array, one: number, other: number, count: number): boolean {
  const [i, j] = one < other ? [one, other] : [other, one];
  const at = (index: number) => [xs[index] as number, ys[index] as number] as const;
  const [a, b, c, d] = [at(i), at(i + 1), at(j), at(j + 1)];
  if (isSame(a, b) || isSame(c, d)) return true;
  const isNext = j === i + 1;
  if (isNext || (i === 0 && j === count - 1)) {
    const [tip, shared, end] = isNext ? [a, b, d] : [b, a, c];
    const isStraight = side(...tip, ...shared, ...end) === 0;
    const dot = (tip[0] - shared[0]) * (end[0] - shared[0]) + (tip[1] - shared[1]) * (end[1] - shared[1]);
    return isStraight && dot > 0;
  }
  if (Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.max(c[1], d[1]) < Math.min(a[1], b[1]))
    return false;
  const s1 = side(...a, ...b, ...c);
  const s2 = side(...a, ...b, ...d);
  const s3 = side(...c, ...d, ...a);
  const s4 = side(...c, ...d, ...b);
  if (s1 !== s2 && s3 !== s4) return true;
  const isOn = (s: number, from: Spot, to: Spot, spot: Spot) =>
    s === 0 && isBetween(from[0], to[0], spot[0]) && isBetween(from[1], to[1], spot[1]);
  return isOn(s1, a, b, c) || isOn(s2, a, b, d) || isOn(s3, c, d, a) || isOn(s4, c, d, b);
}

type Spot = readonly [number, number];

function isSame(a: Spot, b: Spot): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** On which side of the line from a to b the spot lies: -1, 1, or 0 on it. */
function side(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  return Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
}

function isBetween(a: number, b: number, value: number): boolean {
  return value >= Math.min(a, b) && value <= Math.max(a, b);
}

/** Whether a point serves somebody there. A point without a range serves whoever comes. */
export function servesPlace(
  point: { readonly range?: ServiceRange | undefined },
  position: Position | undefined,
  divisionCodes: readonly string[],
): boolean {
  const { range } = point;
  if (range === undefined) return true;
  if (range.kind === 'divisions') return divisionCodes.some((code) => range.codes.includes(code));
  return position !== undefined && isInRing(range.ring, position);
}
