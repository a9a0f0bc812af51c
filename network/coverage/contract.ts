import { z } from 'zod';
import { countrySchema, positionSchema, textSchema } from '../kernel/index.ts';
import { POINT_SERVICES } from '../points/index.ts';

const place = {
  country: countrySchema,
  division: textSchema(20)
    .optional()
    .meta({ description: 'Code of a level 1 division; the whole country when left out' }),
  service: z.enum(POINT_SERVICES).default('collect'),
};
const counts = {
  places: z.number(),
  villages: z
    .number()
    .meta({ description: 'Places of fewer than 5,000 people, or of which none are counted' }),
  people: z.number().meta({ description: 'Inhabitants, where they are counted' }),
};
const share = z.number().min(0).max(1);
const shareFields = {
  ...counts,
  within: z.array(
    z.object({ meters: z.number(), ...counts, placesShare: share, villagesShare: share, peopleShare: share }),
  ),
};

export const coverageQuery = z.strictObject({
  ...place,
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(90)
    .default(30)
    .meta({ description: 'Unserved demand of so many days' }),
});
export const coverageSchema = z
  .object({
    country: z.string(),
    division: z.string().optional(),
    service: z.string(),
    ...shareFields,
    divisions: z.array(z.object({ divisionCode: z.string(), ...shareFields })).meta({
      description: 'By level 1 division, the least covered first',
    }),
    unserved: z.array(z.object({ position: positionSchema, demands: z.number(), parcels: z.number() })).meta({
      description: 'Cells of a hundredth of a degree in the country, the most demand first, at most 500',
    }),
  })
  .meta({ id: 'PointCoverage' });

export const recommendBodySchema = z.strictObject({
  ...place,
  radiusMeters: z.int().min(500).max(20_000).default(5_000),
  points: z.int().min(1).max(200).default(20),
  unservedWeight: z
    .int()
    .min(0)
    .max(10_000)
    .default(100)
    .meta({ description: 'An unserved demand of the last 30 days counts as so many people' }),
});
export const recommendationsSchema = z
  .object({
    country: z.string(),
    division: z.string().optional(),
    service: z.string(),
    radiusMeters: z.number(),
    total: z.number().meta({ description: 'People, uncounted places at 1,000, and weighed demand' }),
    coveredBefore: z.number(),
    sites: z.array(
      z.object({
        rank: z.number(),
        kind: z.enum(['place', 'demand']).meta({ description: 'A place, or a cell of unserved demand' }),
        name: z.string(),
        divisionCode: z.string().optional(),
        position: positionSchema,
        gain: z.number(),
        places: z.number().meta({ description: 'Places and cells that it newly covers' }),
        covered: z.number().meta({ description: 'With all sites up to this one: the coverage curve' }),
        coveredShare: share,
        bound: z.number().meta({ description: 'No choice of as many sites covers more' }),
        boundShare: share,
      }),
    ),
  })
  .meta({ id: 'CoverageRecommendations' });
