/** WGS 84 degrees. */
export type Position = { readonly latitude: number; readonly longitude: number };

/** Mean earth radius of IUGG, metres. */
const EARTH_RADIUS_METERS = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Great-circle distance in metres (haversine; error below 0.5 % against the ellipsoid). */
export function distanceMeters(from: Position, to: Position): number {
  const halfLatitude = Math.sin(((to.latitude - from.latitude) * RADIANS) / 2);
  const halfLongitude = Math.sin(((to.longitude - from.longitude) * RADIANS) / 2);
  const chord =
    halfLatitude ** 2 +
    Math.cos(from.latitude * RADIANS) * Math.cos(to.latitude * RADIANS) * halfLongitude ** 2;
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(chord)));
}

export function isPosition(value: Position): boolean {
  return Math.abs(value.latitude) <= 90 && Math.abs(value.longitude) <= 180;
}
