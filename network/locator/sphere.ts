import type { Position } from '../kernel/index.ts';
import { EARTH_RADIUS_METERS } from './model.ts';

/**
 * Positions as points on a ball of radius 1. The square of the straight line between two grows with the great circle,
 * and neither the antimeridian nor a pole is a special place.
 */
const RADIANS = Math.PI / 180;

export function writeUnit(xyz: Float64Array, slot: number, { latitude, longitude }: Position): void {
  const flat = Math.cos(latitude * RADIANS);
  xyz[slot * 3] = flat * Math.cos(longitude * RADIANS);
  xyz[slot * 3 + 1] = flat * Math.sin(longitude * RADIANS);
  xyz[slot * 3 + 2] = Math.sin(latitude * RADIANS);
}

export function unitOf(position: Position): Float64Array {
  const unit = new Float64Array(3);
  writeUnit(unit, 0, position);
  return unit;
}

/** Of any length but 0. */
export function positionOfVector(x: number, y: number, z: number): Position {
  return {
    latitude: Math.atan2(z, Math.hypot(x, y)) / RADIANS,
    longitude: Math.atan2(y, x) / RADIANS,
  };
}

/** Metres on the ground for the square of a chord of the unit ball. */
export function metersOfChord(square: number): number {
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(square) / 2));
}

/** The square of the chord that spans `meters`; half around the earth and more is everything. */
export function chordOfMeters(meters: number): number {
  const half = meters / EARTH_RADIUS_METERS / 2;
  return half >= Math.PI / 2 ? Number.POSITIVE_INFINITY : 4 * Math.sin(half) ** 2;
}
