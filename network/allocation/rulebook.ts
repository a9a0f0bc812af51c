import { z } from 'zod';

const weight = z.int().min(0).max(1_000);

/** Clerks' offline facts and the dry run of these rules look back over weeks. */
const keptDays = z.int().min(30).max(3_650);

/** How points are weighed against each other, how far anybody is sent, and how long is kept what came of it. */
export const pointAllocationSchema = z.strictObject({
  weights: z.strictObject({
    distance: weight,
    capacity: weight,
    quality: weight,
    cost: weight,
    fairness: weight,
  }),
  /** At this distance the part `distance` is half. */
  halfDistanceMeters: z.int().min(50).max(100_000),
  maxDistanceMeters: z.int().min(100).max(500_000),
  /** The nearest so many points are looked at. */
  candidates: z.int().min(5).max(200),
  keptDays: z
    .strictObject({ decisions: keptDays, reservations: keptDays, slots: keptDays.optional() })
    .optional()
    .meta({
      description:
        'After so many days decisions, reservations that have ended, and hours (slots) in which nothing is held are deleted; 180 and 400 when left out, hours as long as reservations. Only the document of the network counts, for all',
    }),
});
export type PointAllocationDocument = z.output<typeof pointAllocationSchema>;

/** Half a year of replays; reservations as long as a year's statements may be doubted. Our defaults. */
export const DEFAULT_KEPT_DAYS = { decisions: 180, reservations: 400 } as const;

/**
 * Shipped with the product. Distances: 3 km in towns and 10 km in the country are what people accept (domain reference
 * 5.6), three times that is the end; weights are our default.
 */
export const DEFAULT_POINT_ALLOCATION: PointAllocationDocument = {
  weights: { distance: 45, capacity: 20, quality: 15, cost: 10, fairness: 10 },
  halfDistanceMeters: 1_500,
  maxDistanceMeters: 30_000,
  candidates: 40,
  keptDays: DEFAULT_KEPT_DAYS,
};
