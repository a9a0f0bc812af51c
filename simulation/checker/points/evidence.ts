import type { PointTruth } from '../../points/truth.ts';
import type { PointWorld } from '../../points/world.ts';
import type { PointReadings } from './read.ts';

/** What happened, and what the network says of it. */
export type PointEvidence = {
  readonly world: Pick<PointWorld, 'points' | 'plan'>;
  readonly truth: PointTruth;
  readonly readings: PointReadings;
};
