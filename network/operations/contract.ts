import { z } from 'zod';
import { pageQuerySchema } from '../accounts/index.ts';
import { idSchema, instantSchema, moneySchema } from '../kernel/index.ts';
import { coarsePlaceSchema, maskedPartySchema } from '../shipments/index.ts';

export const healthSchema = z
  .object({
    world: z.enum(['live', 'test']),
    at: instantSchema,
    status: z.enum(['ok', 'attention']).meta({ description: 'attention: something below needs a person.' }),
    attention: z.array(z.string()).meta({ description: 'Names of the parts that need a person.' }),
    outbox: z.object({
      unnumbered: z.int(),
      oldestAgeSeconds: z.number(),
      reactions: z.array(
        z.object({
          name: z.string(),
          waiting: z.int().meta({ description: 'Counted up to 10,000.' }),
          oldestAt: instantSchema.optional(),
          failures: z.int(),
          dead: z.int(),
        }),
      ),
    }),
    jobs: z.array(
      z.object({
        kind: z.string(),
        due: z.int(),
        running: z.int(),
        waiting: z.int(),
        dead: z.int(),
        oldestDueAt: instantSchema.optional(),
        failure: z.string().optional(),
      }),
    ),
    webhooks: z.object({
      endpoints: z.object({ enabled: z.int(), disabled: z.int(), failing: z.int() }),
      pending: z.int(),
      oldestPendingAt: instantSchema.optional(),
      deliveredLastDay: z.int(),
      failedLastDay: z.int(),
    }),
    ledgerImbalance: z.array(moneySchema).meta({ description: 'Must be empty.' }),
    lowNumberStock: z.array(
      z.object({
        holder: z.string(),
        carrierCode: z.string(),
        size: z.int(),
        remaining: z.int(),
        lowWaterPercent: z.number(),
      }),
    ),
  })
  .meta({ id: 'OperationsHealth' });

export const deadLetterQuery = z.strictObject({
  reaction: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(400).optional(),
});
export const deadLetterSchema = z
  .object({
    reaction: z.string(),
    eventId: idSchema('evt'),
    type: z.string(),
    failure: z.string(),
    deadAt: instantSchema,
  })
  .meta({ id: 'DeadLetter' });
export const replaySchema = z.strictObject({
  reaction: z.string().min(1).max(100),
  eventId: idSchema('evt'),
});
export const replayedSchema = z
  .object({ reaction: z.string(), eventId: idSchema('evt') })
  .meta({ id: 'ReplayedLetter' });

export const revivalSchema = z.strictObject({ kind: z.string().regex(/^[a-z0-9_.-]{1,100}$/) });
export const revivedSchema = z.object({ kind: z.string(), revived: z.int() }).meta({ id: 'RevivedJobs' });

export const searchQuery = pageQuerySchema.pick({ limit: true }).extend({
  q: z.string().trim().min(2).max(100).meta({ description: 'Number, reference, id, name or phone.' }),
});

export const MATCHES = ['id', 'number', 'order_reference', 'recipient_name', 'recipient_phone'] as const;
export const searchAnswerSchema = z
  .object({
    data: z.array(
      z
        .object({
          kind: z.enum(['order', 'shipment', 'parcel']),
          id: z.string(),
          matched: z.enum(MATCHES),
          title: z.string().meta({ description: "The number, or the merchant's reference." }),
          state: z.string(),
          organisationId: idSchema('org').optional(),
          shipmentId: idSchema('shp').optional(),
          to: coarsePlaceSchema.optional(),
          recipient: maskedPartySchema.optional(),
          at: instantSchema,
        })
        .meta({ id: 'SearchHit' }),
    ),
  })
  .meta({ id: 'SearchHits', description: 'At most `limit` of each way to match; nothing is paged.' });
