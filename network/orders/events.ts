import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { idSchema, instantSchema } from '../kernel/index.ts';

/** An order went on: booked, shipped, delivered, returned, failed, cancelled, or open again. */
export const OrderProgressed = defineEvent(
  'OrderProgressed',
  'order.progressed',
  z.object({
    orderId: idSchema('ord'),
    organisationId: idSchema('org'),
    clientPlatformId: idSchema('org').optional(),
    reference: z.string(),
    channel: z.string(),
    state: z.string(),
    occurredAt: instantSchema,
  }),
);

export const ORDER_EVENTS = [OrderProgressed];
