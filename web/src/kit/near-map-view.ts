/*
 * A map of a neighbourhood: places around a middle with distance rings, on a plane that touches the earth there. Good for
 * some hundred kilometres; nobody carries a parcel further.
 */

export type NearPlace = { readonly id: string; readonly longitude: number; readonly latitude: number };
export type Middle = Omit<NearPlace, 'id'>;
/** Places that lie too close together to be told apart at this zoom. Offsets from the middle, in pixels. */
export type NearGroup = {
  readonly x: number;
  readonly y: number;
  readonly places: readonly NearPlace[];
};

/** Metres of one degree of latitude: a quarter of the meridian is 10,002 km. */
const DEGREE_METERS = 111_133;
/** A single place is shown with its neighbourhood around it. */
const SMALLEST_RADIUS_METERS = 400;
const ROOM_AROUND = 1.15;

/** East and north of the middle, in metres; the shorter way around the earth. */
export function offsetOf(middle: Middle, place: Middle): readonly [east: number, north: number] {
  const turn = ((place.longitude - middle.longitude + 540) % 360) - 180;
  const shrink = Math.cos((middle.latitude * Math.PI) / 180);
  return [turn * shrink * DEGREE_METERS, (place.latitude - middle.latitude) * DEGREE_METERS];
}

/** Where the map looks when nobody says where he is: amid the places. */
export function middleOf(places: readonly Middle[]): Middle | undefined {
  const [first] = places;
  if (first === undefined) return undefined;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const east = mean(places.map(({ longitude }) => ((longitude - first.longitude + 540) % 360) - 180));
  return { longitude: first.longitude + east, latitude: mean(places.map(({ latitude }) => latitude)) };
}

/** How far the map has to reach to show all of them. */
export function radiusOf(middle: Middle, places: readonly Middle[]): number {
  const far = places.map((place) => Math.hypot(...offsetOf(middle, place)));
  return Math.max(SMALLEST_RADIUS_METERS, ...far.map((meters) => meters * ROOM_AROUND));
}

/** Round distances for rings within this radius, the larger last: at most three. */
export function ringsOf(radiusMeters: number): readonly number[] {
  const steps = [1, 2, 5].flatMap((digit) => [10, 100, 1_000, 10_000, 100_000].map((ten) => digit * ten));
  return steps
    .toSorted((a, b) => a - b)
    .filter((meters) => meters <= radiusMeters)
    .slice(-3);
}

/** Places by what can be told apart: those closer than `apartPixels` to a group's first one belong to it. */
export function groupsOf(
  middle: Middle,
  places: readonly NearPlace[],
  { pixelsPerMeter, apartPixels }: { readonly pixelsPerMeter: number; readonly apartPixels: number },
): readonly NearGroup[] {
  const groups: { x: number; y: number; places: NearPlace[] }[] = [];
  for (const place of places) {
    const [east, north] = offsetOf(middle, place);
    const [x, y] = [east * pixelsPerMeter, -north * pixelsPerMeter];
    const near = groups.find((group) => Math.hypot(group.x - x, group.y - y) < apartPixels);
    if (near === undefined) groups.push({ x, y, places: [place] });
    else near.places.push(place);
  }
  return groups;
}
