import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { idSchema, instantSchema } from '../kernel/index.ts';

const about = { organisationId: idSchema('org'), webhookEndpointId: idSchema('whk') };

/** The network stopped sending to an endpoint: it answered 410, or failed for five days. */
export const WebhookEndpointDisabled = defineEvent(
  'WebhookEndpointDisabled',
  'webhook_endpoint.disabled',
  z.object({ ...about, reason: z.enum(['gone', 'failing']), failingSince: instantSchema.optional() }),
);
export const WebhookSecretRotated = defineEvent(
  'WebhookSecretRotated',
  'webhook_endpoint.secret_rotated',
  z.object({ ...about, previousExpiresAt: instantSchema }),
);

export const NOTICE_EVENTS = [WebhookEndpointDisabled, WebhookSecretRotated] as const;
