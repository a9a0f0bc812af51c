import { z } from 'zod';
import { countrySchema, instantSchema, type PointId, positionSchema, textSchema } from '../kernel/index.ts';
import { GOODS_CLASSES } from '../lines/index.ts';
import { POINT_KINDS, POINT_SERVICES, publicPointSchema } from '../points/index.ts';

const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional();
const POINT_ID = 'pnt_[0-9a-hjkmnp-tv-z]{26}';
/** What fits an address of the usual 2,000 characters. Our default. */
const MAX_EXCLUDED = 50;
const degrees = (most: number) => z.coerce.number().min(-most).max(most);

const filterFields = {
  country: countrySchema
    .optional()
    .meta({ description: 'Points of this country; where postcode and city lie' }),
  service: z.enum(POINT_SERVICES).optional(),
  goodsClass: z.enum(GOODS_CLASSES).optional(),
  kind: z.enum(POINT_KINDS).optional(),
  minQuality: z.coerce.number().int().min(0).max(100).optional(),
  openNow: flag,
  openAt: instantSchema.optional().meta({ description: 'Open at that moment by the point’s own clock' }),
  exclude: z
    .string()
    .regex(new RegExp(`^${POINT_ID}(,${POINT_ID}){0,${MAX_EXCLUDED - 1}}$`))
    .transform((ids) => ids.split(',') as PointId[])
    .optional()
    .meta({ description: `Up to ${MAX_EXCLUDED} points that are not wanted, separated by commas` }),
};

const where = {
  latitude: degrees(90).optional(),
  longitude: degrees(180).optional(),
  divisionCode: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,20}$/)
    .optional()
    .meta({ description: 'Smallest division of the asker: points that serve others only are left out' }),
};
const ALONE = { path: ['longitude'], message: 'latitude and longitude come together' };

function areTogether({
  latitude,
  longitude,
}: {
  latitude?: number | undefined;
  longitude?: number | undefined;
}): boolean {
  return (latitude === undefined) === (longitude === undefined);
}

/** Longest distance of a search by score when none is named: what people in the country travel. Domain reference 5.6. */
export const BEST_DISTANCE_METERS = 10_000;
/** Half around the earth, and some. */
const MAX_DISTANCE_METERS = 20_100_000;

export const searchQuery = z
  .strictObject({
    ...filterFields,
    ...where,
    postcode: textSchema(20).optional(),
    city: textSchema(100).optional(),
    text: textSchema(200)
      .optional()
      .meta({ description: 'Words of name, address, city, postcode or outlet code; else a place' }),
    capacityAt: instantSchema
      .optional()
      .meta({ description: 'Room for one more parcel of `service` in the hour of that moment' }),
    maxDistanceMeters: z.coerce.number().int().min(0).max(MAX_DISTANCE_METERS).optional(),
    order: z
      .enum(['distance', 'best'])
      .default('distance')
      .meta({
        description: `best: by distance and quality, within max_distance_meters (${BEST_DISTANCE_METERS} when absent)`,
      }),
    limit: z.coerce.number().int().min(1).max(50).default(10),
  })
  .refine(areTogether, ALONE)
  .refine(
    ({ latitude, postcode, city, text }) => [latitude, postcode, city, text].some((one) => one !== undefined),
    { path: ['latitude'], message: 'say where: latitude and longitude, postcode, city or text' },
  )
  .refine(
    ({ latitude, postcode, city, country }) =>
      latitude !== undefined || country !== undefined || (postcode === undefined && city === undefined),
    { path: ['country'], message: 'a postcode or a city needs its country' },
  )
  .refine(({ capacityAt, service }) => capacityAt === undefined || service !== undefined, {
    path: ['service'],
    message: 'capacity is that of a service',
  });
export type SearchQuery = z.output<typeof searchQuery>;

export const foundPointSchema = publicPointSchema
  .extend({
    distanceMeters: z.int().optional().meta({ description: 'Great circle from where it was asked' }),
    opensAt: instantSchema
      .optional()
      .meta({ description: 'Next opening within two weeks, where it is shut' }),
    hasCapacityLeft: z.boolean().meta({
      description: 'Room for one more parcel, of `service` or of any, in the hour asked for or now',
    }),
  })
  .meta({ id: 'FoundPoint' });

export const searchAnswer = z
  .object({
    data: z.array(foundPointSchema),
    located: z
      .object({
        position: positionSchema,
        precision: z.enum(['address', 'postcode', 'city', 'division', 'country']),
        attribution: z.string(),
      })
      .optional()
      .meta({ description: 'Where the words of the question were found, when they named a place' }),
  })
  .meta({ id: 'FoundPoints' });

export const clusterQuery = z
  .strictObject({
    ...filterFields,
    ...where,
    west: degrees(180).meta({ description: 'Greater than east: across the antimeridian' }),
    south: degrees(90),
    east: degrees(180),
    north: degrees(90),
    zoom: z.coerce.number().min(0).max(24).meta({ description: 'Of a map with tiles of 256 pixels' }),
  })
  .refine(areTogether, ALONE)
  .refine(({ south, north }) => south <= north, { path: ['north'], message: 'north lies above south' });

export const clusterAnswer = z
  .object({
    data: z.array(
      z.object({
        position: positionSchema,
        count: z.int().min(1),
        point: publicPointSchema.optional().meta({ description: 'Where it stands for one' }),
      }),
    ),
  })
  .meta({ id: 'PointClusters' });
