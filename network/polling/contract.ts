import { z } from 'zod';
import { pageSchema } from '../accounts/index.ts';
import { idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { PULL_OUTCOMES } from './outcome.policy.ts';
import { PAYLOAD_WAYS } from './payload-store.ts';
import { END_REASONS } from './plan.policy.ts';

const connector = z
  .string()
  .regex(/^[a-z0-9_]{1,40}$/)
  .meta({ description: 'Code of a connector: docs/connectors.md', examples: ['ups'] });
const carrierCode = z
  .string()
  .regex(/^[a-z0-9_]{1,40}$/)
  .meta({ description: 'Code of the carrier in the registry, or of its connector', examples: ['ups'] });
const label = textSchema(100, 0).default('');
const fields = z
  .record(z.string().regex(/^[a-z_]{1,40}$/), z.string().regex(/^[\x20-\x7e]{1,2000}$/))
  .meta({ description: 'The fields that the carrier asks for, by name. Sealed; never shown again.' });
const outcome = z.enum(PULL_OUTCOMES);
/** `psl_` of the live world, `pst_` of the test world. */
const pushSubscriptionId = z.string().regex(/^ps[lt]_[0-9a-hjkmnp-tv-z]{26}$/, {
  message: 'a push subscription begins with psl_ or pst_',
});

export const credentialParams = z.strictObject({ trackingCredentialId: idSchema('tcr') });
export const subscriptionParams = z.strictObject({ pushSubscriptionId });
export const polledNumberParams = z.strictObject({ polledNumberId: idSchema('pln') });
export const payloadParams = z.strictObject({ carrierPayloadId: idSchema('cpl') });
export const pushParams = z.strictObject({ connector, pushSubscriptionId });

export const createCredentialSchema = z.strictObject({
  connector,
  label,
  fields,
  requestsPerDay: z
    .int()
    .min(1)
    .max(100_000_000)
    .optional()
    .meta({ description: 'What the carrier granted you, where it is not what it grants everybody' }),
  baseUrl: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'On a server for development: a carrier of its machine' }),
});

export const credentialSchema = z
  .object({
    id: idSchema('tcr'),
    connector: z.string(),
    label: z.string(),
    carriers: z.array(z.string()).meta({ description: 'Whose numbers are asked for with it' }),
    fieldNames: z.array(z.string()),
    servesNetwork: z.boolean().meta({ description: 'Used for all who have no credential of their own' }),
    requestsPerDay: z.int().optional(),
    createdAt: instantSchema,
    rotatedAt: instantSchema.optional().meta({ description: 'When its fields were last replaced' }),
  })
  .meta({ id: 'TrackingCredential' });
export const credentialListSchema = z.object({ data: z.array(credentialSchema) });

export const rotationSchema = z.strictObject({ fields });
export const subscriptionRotationSchema = z.strictObject({
  fields,
  // Whoever signs needs a while to be told of another secret; nobody needs more than a month. Our defaults.
  oldFieldsHours: z.int().min(0).max(720).default(24).meta({
    description:
      'For so long the old fields prove pushes as well; 0: not any more, as when they are known to others',
  }),
});

const askedFields = z.array(
  z.object({ name: z.string(), about: z.string().meta({ description: 'What the carrier calls it' }) }),
);
const connectorDocument = z.string().meta({ description: 'The document of the carrier that it follows' });
export const connectorSchema = z
  .object({
    code: z.string(),
    pull: z
      .object({
        source: connectorDocument,
        carriers: z.array(z.string()).meta({ description: 'Whose numbers it can be asked about' }),
        fields: askedFields,
      })
      .optional()
      .meta({ description: 'What a credential consists of; missing when the carrier cannot be asked' }),
    push: z
      .object({ source: connectorDocument, fields: askedFields })
      .optional()
      .meta({ description: 'What proves its pushes; missing when you cannot open an address for them' }),
  })
  .meta({ id: 'TrackingConnector' });
export const connectorListSchema = z.object({ data: z.array(connectorSchema) });

export const testCredentialSchema = z.strictObject({
  number: z
    .string()
    .regex(/^[0-9A-Za-z -]{4,40}$/)
    .meta({ description: 'A number that the carrier knows' }),
  carrierCode: carrierCode.optional().meta({ description: 'For an aggregator: whose number it is' }),
});
export const credentialTestSchema = z
  .object({
    outcome,
    requests: z.int(),
    retryAfterSeconds: z.int().optional(),
    parcels: z.int(),
    scans: z.int(),
    errors: z.array(z.object({ name: z.string(), code: z.string().optional(), message: z.string() })),
  })
  .meta({
    id: 'TrackingCredentialTest',
    description: 'What the carrier answered; nothing of it is recorded',
  });

export const createSubscriptionSchema = z.strictObject({ connector, label, fields });
export const subscriptionSchema = z
  .object({
    id: pushSubscriptionId,
    connector: z.string(),
    label: z.string(),
    path: z
      .string()
      .meta({ description: 'Where the carrier sends its pushes, below the address of this server' }),
    proof: z.string().meta({ description: 'The document by which pushes are proved' }),
    accepted: z.int(),
    unreadable: z.int(),
    refused: z.int().meta({ description: 'Without the right proof; nothing else of them is kept' }),
    lastPushAt: instantSchema.optional(),
    lastRefusedAt: instantSchema.optional(),
    createdAt: instantSchema,
    rotatedAt: instantSchema.optional().meta({ description: 'When its fields were last replaced' }),
    oldFieldsUntil: instantSchema
      .optional()
      .meta({ description: 'Until then the fields before those prove pushes as well' }),
  })
  .meta({ id: 'PushSubscription' });
export const subscriptionListSchema = z.object({ data: z.array(subscriptionSchema) });

export const pollNumberSchema = z.strictObject({
  number: z.string().regex(/^[0-9A-Za-z -]{4,40}$/),
  carrierCode,
});
export const polledNumberSchema = z
  .object({
    id: idSchema('pln'),
    number: z.string(),
    carrierCode: z.string(),
    status: z.string().meta({ description: 'What the carrier last said, in the words of parcel statuses' }),
    wantedAt: instantSchema,
    polls: z.int(),
    lastPollAt: instantSchema.optional(),
    lastResult: z.string().optional(),
    newestScanAt: instantSchema.optional(),
    nextPollAt: instantSchema.optional(),
    endReason: z.enum(END_REASONS).optional(),
  })
  .meta({ id: 'PolledNumber' });
export const polledNumberPageSchema = pageSchema(polledNumberSchema);

export const sourceHealthSchema = z
  .object({
    way: z.enum(['pull', 'push']),
    id: z.string(),
    organisationId: idSchema('org'),
    connector: z.string(),
    label: z.string(),
    carriers: z.array(z.string()),
    state: z.enum(['idle', 'well', 'failing', 'open', 'half_open']).meta({
      description: 'open: left alone until resume_at; half_open: one request tells; idle: nothing came yet',
    }),
    errorStreak: z.int(),
    lastOutcome: z.string().optional(),
    lastAttemptAt: instantSchema.optional(),
    lastSuccessAt: instantSchema.optional(),
    resumeAt: instantSchema.optional(),
    nextPollAt: instantSchema.optional(),
    numbers: z.int().meta({ description: 'Polled through it' }),
    due: z.int(),
    accepted: z.int(),
    unreadable: z.int(),
    refused: z.int(),
  })
  .meta({ id: 'TrackingSourceHealth' });
export const sourceHealthListSchema = z.object({ data: z.array(sourceHealthSchema) });

export const carrierPayloadSchema = z
  .object({
    id: idSchema('cpl'),
    format: z.string(),
    sha256: z.string(),
    way: z.enum(PAYLOAD_WAYS),
    contentType: z.string(),
    sizeBytes: z.int(),
    state: z.enum(['read', 'unreadable']),
    fault: z.string().optional(),
    receivedAt: instantSchema,
    lastReceivedAt: instantSchema,
    times: z.int().meta({ description: 'How often the same bytes came' }),
  })
  .meta({ id: 'CarrierPayload' });
export const carrierPayloadPageSchema = pageSchema(carrierPayloadSchema);
export const payloadQuerySchema = z.strictObject({
  state: z.enum(['read', 'unreadable']).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).max(400).optional(),
});
export const payloadTextSchema = z
  .object({
    payload: carrierPayloadSchema,
    text: z
      .string()
      .meta({ description: 'As the carrier wrote it, in UTF-8; bytes that are no text are replaced' }),
    pointer: z.string().optional().meta({ description: 'Where the scan stands in it' }),
  })
  .meta({ id: 'CarrierPayloadText' });
export const payloadReadingSchema = z
  .object({ parcels: z.int(), accepted: z.int(), duplicates: z.int(), refused: z.int() })
  .meta({ id: 'CarrierPayloadReading' });
