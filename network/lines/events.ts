import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { instantSchema } from '../kernel/index.ts';

/** A line, or a new version of it, will be in force from `validFrom` on. */
export const LinePublished = defineEvent(
  'LinePublished',
  'line.published',
  z.object({
    lineCode: z.string(),
    carrierCode: z.string(),
    version: z.number(),
    validFrom: instantSchema,
    occurredAt: instantSchema,
  }),
);

/** From `endsAt` on the line is not offered; parcels on the way keep its prices. */
export const LineEnded = defineEvent(
  'LineEnded',
  'line.ended',
  z.object({ lineCode: z.string(), endsAt: instantSchema, occurredAt: instantSchema }),
);

export const LINE_EVENTS = [LinePublished, LineEnded] as const;
