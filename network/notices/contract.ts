import { z } from 'zod';
import { pageSchema } from '../accounts/index.ts';
import { idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { EVENT_TYPE_PATTERN } from './event-types.policy.ts';
import { DELIVERY_ORIGINS, DELIVERY_STATES, DISABLED_REASONS, ENDPOINT_PURPOSES } from './model.ts';

const cursor = z.string().min(1).max(400);
const eventType = z.string().max(120).regex(EVENT_TYPE_PATTERN, {
  message: 'an event type is a public name such as shipment.purchased, or a prefix such as shipment.*',
});
const eventTypes = z.array(eventType).max(100);
const url = z.string().min(1).max(2048);

export const eventQuerySchema = z.strictObject({
  after: cursor
    .optional()
    .meta({ description: 'A cursor: events behind it. Without: from the oldest kept.' }),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  types: z
    .string()
    .max(4000)
    .optional()
    .meta({
      description: 'Event types separated by commas, also prefixes.',
      examples: ['shipment.*,parcel.delivered'],
    }),
});
export const eventTypesSchema = eventTypes;

export const eventSchema = z
  .object({
    id: idSchema('evt'),
    type: z.string(),
    timestamp: instantSchema.meta({ description: 'When it happened.' }),
    subject: z.string().meta({ description: 'Id of what it is about.' }),
    sequence: z.int().meta({ description: 'Grows with the events of one subject.' }),
    data: z.record(z.string(), z.unknown()),
    cursor: cursor.meta({ description: 'For `after`: the events behind this one.' }),
  })
  .meta({ id: 'Event' });

export const eventPageSchema = z.object({
  data: z.array(eventSchema),
  nextCursor: cursor.meta({ description: 'Always there: ask again with it for what comes later.' }),
  hasMore: z.boolean().meta({ description: 'More events are there already.' }),
});

export const webhookEndpointSchema = z
  .object({
    id: idSchema('whk'),
    purpose: z
      .enum(ENDPOINT_PURPOSES)
      .meta({ description: 'epcis: of a subscription, which alone changes and deletes it.' }),
    url: z.string(),
    description: z.string(),
    eventTypes: z.array(z.string()).meta({ description: 'Empty: all.' }),
    state: z.enum(['enabled', 'disabled']),
    disabledReason: z.enum(DISABLED_REASONS).optional(),
    disabledAt: instantSchema.optional(),
    failingSince: instantSchema.optional().meta({ description: 'No success since.' }),
    cursor: cursor.meta({ description: 'Place in GET /v1/events up to which events were taken over.' }),
    createdAt: instantSchema,
  })
  .meta({ id: 'WebhookEndpoint' });
export const webhookEndpointPageSchema = pageSchema(webhookEndpointSchema);

export const createEndpointSchema = z.strictObject({
  url,
  description: textSchema(200, 0).default(''),
  eventTypes: eventTypes.default([]),
  after: cursor
    .optional()
    .meta({ description: 'Begin behind this cursor of GET /v1/events; else with what comes.' }),
});

export const changeEndpointSchema = z.strictObject({
  url: url.optional(),
  description: textSchema(200, 0).optional(),
  eventTypes: eventTypes.optional(),
  state: z.enum(['enabled', 'disabled']).optional(),
});

const secret = z
  .string()
  .meta({ description: 'Signs by Standard Webhooks. Shown once.', examples: ['whsec_...'] });

export const createdEndpointSchema = z
  .object({ endpoint: webhookEndpointSchema, secret })
  .meta({ id: 'CreatedWebhookEndpoint' });
export const rotatedSecretSchema = z
  .object({ secret, previousExpiresAt: instantSchema })
  .meta({ id: 'RotatedWebhookSecret' });

export const replayEndpointSchema = z
  .strictObject({ after: cursor.optional(), since: instantSchema.optional() })
  .refine((body) => (body.after === undefined) !== (body.since === undefined), {
    message: 'give either after or since',
  });

export const webhookDeliverySchema = z
  .object({
    id: idSchema('whd'),
    webhookEndpointId: idSchema('whk'),
    eventId: idSchema('evt').meta({
      description: 'Sent as webhook-id, the same for all attempts and replays.',
    }),
    type: z.string(),
    subject: z.string(),
    sequence: z.int(),
    origin: z.enum(DELIVERY_ORIGINS),
    state: z.enum(DELIVERY_STATES),
    createdAt: instantSchema,
    nextAttemptAt: instantSchema.optional(),
    finishedAt: instantSchema.optional(),
    attempts: z.array(
      z.object({
        number: z.int(),
        attemptedAt: instantSchema,
        durationMs: z.int(),
        status: z.int().optional(),
        failure: z.string().optional(),
        answer: z.string().meta({ description: 'The first 1,000 characters.' }),
      }),
    ),
  })
  .meta({ id: 'WebhookDelivery' });
export const webhookDeliveryPageSchema = pageSchema(webhookDeliverySchema);
export const deliveryQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: cursor.optional(),
  state: z.enum(DELIVERY_STATES).optional(),
});
