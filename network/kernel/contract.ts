import { z } from 'zod';
import type { Id } from './id.ts';
import { type Instant, parseInstant } from './instant.ts';
import { type Currency, isCurrency } from './money.ts';

/** RFC 3339 with an offset; becomes a UTC instant. */
export const instantSchema = z
  .string()
  .max(40)
  .refine((text) => parseInstant(text) !== undefined, {
    message: 'an instant is RFC 3339 with an offset, such as 2026-11-22T09:30:00+08:00',
  })
  .overwrite((text) => parseInstant(text) ?? text)
  .meta({ format: 'date-time', examples: ['2026-11-22T08:30:00.000Z'] }) as unknown as z.ZodType<
  Instant,
  string
>;

/** An id with a prefix, e.g. `idSchema('shp')`. */
export function idSchema<Prefix extends string>(prefix: Prefix) {
  return z.string().regex(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`), {
    message: `an id of this kind begins with ${prefix}_`,
  }) as unknown as z.ZodType<Id<Prefix>, string>;
}

export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .refine((text) => isCurrency(text), { message: 'not an ISO 4217 currency' }) as unknown as z.ZodType<
  Currency,
  string
>;

/** `{ "amount_minor": 1234, "currency": "EUR" }` is EUR 12.34. May be negative. */
export const moneySchema = z
  .strictObject({ amountMinor: z.int().min(-1e15).max(1e15), currency: currencySchema })
  .meta({ id: 'Money' });

/** Money that is owed or paid: never negative. */
export const amountSchema = z
  .strictObject({ amountMinor: z.int().min(0).max(1e12), currency: currencySchema })
  .meta({ id: 'Amount' });

export const countrySchema = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .meta({ description: 'ISO 3166-1 alpha-2', examples: ['DE'] });

export const dimensionsSchema = z
  .strictObject({
    lengthMm: z.int().min(1).max(10_000),
    widthMm: z.int().min(1).max(10_000),
    heightMm: z.int().min(1).max(10_000),
  })
  .meta({ id: 'Dimensions' });

export const positionSchema = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

/** Text of people: no control characters, at most `max` UTF-16 units, not only blanks. */
export function textSchema(max: number, min = 1) {
  return z
    .string()
    .trim()
    .min(min)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, { message: 'control characters are not text' });
}

/** Text of several lines and paragraphs; other control characters are not text. */
export function paragraphsSchema(max: number, min = 1) {
  return z
    .string()
    .trim()
    .min(min)
    .max(max)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|\n)*$/u, { message: 'control characters are not text' });
}
