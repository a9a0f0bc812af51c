import { z } from 'zod';
import {
  amountSchema,
  countrySchema,
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
} from '../kernel/index.ts';
import { SIGNATURE_PATH } from './image.policy.ts';
import { ATTEMPT_REASONS, DELIVERY_STATES, SIGN_KINDS } from './model.ts';
import { PARCELS_PER_RUN } from './runs.ts';

const day = z.iso.date().meta({ description: 'Local date of the depot' });
const place = z
  .object({
    country: countrySchema,
    division: z.string().optional(),
    city: z.string().optional(),
    postcode: z.string().optional(),
  })
  .meta({ id: 'DeliveryPlace' });

export const planRunSchema = z.strictObject({
  courierId: idSchema('cou'),
  day,
  parcels: z
    .array(z.string().regex(/^[A-Za-z0-9_]{6,40}$/))
    .min(1)
    .max(PARCELS_PER_RUN)
    .meta({ description: 'Numbers or ids, in the order of the tour' }),
});

const runFields = {
  id: idSchema('run'),
  courierId: idSchema('cou'),
  day: z.string(),
  state: z.enum(['planned', 'under_way', 'closed']),
  departedAt: instantSchema.optional(),
  closedAt: instantSchema.optional(),
};

export const deliverySchema = z
  .object({
    id: idSchema('dlv'),
    carrierId: idSchema('org'),
    shipmentId: idSchema('shp'),
    parcelId: idSchema('pcl'),
    number: z.string(),
    state: z.enum(DELIVERY_STATES),
    to: place,
    runId: idSchema('run').optional(),
    courierId: idSchema('cou').optional(),
    stop: z.number().optional(),
    attempts: z.number(),
    nextAttemptFrom: instantSchema.optional().meta({ description: 'A further attempt counts from here on' }),
    holdUntil: instantSchema.optional(),
    cashOnDelivery: moneySchema.optional(),
    reason: z.string().optional(),
    signKind: z.enum(SIGN_KINDS).optional(),
    flags: z.array(z.string()),
    proofIds: z.array(idSchema('prf')),
    changedAt: instantSchema,
    history: z
      .array(
        z.object({
          version: z.number(),
          fact: z.string(),
          state: z.string(),
          reason: z.string().optional(),
          occurredAt: instantSchema,
          recordedAt: instantSchema,
        }),
      )
      .optional(),
  })
  .meta({ id: 'Delivery' });

export const plannedRunSchema = z
  .object({
    run: z.object(runFields).optional(),
    lines: z.array(
      z.object({
        parcel: z.string(),
        outcome: z.enum(['assigned', 'refused']),
        deliveryId: idSchema('dlv').optional(),
        code: z.string().optional(),
        detail: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'PlannedRun' });

export const runSchema = z
  .object({
    ...runFields,
    deliveries: z.array(deliverySchema),
    cash: z
      .array(
        z.object({
          currency: currencySchema,
          collectedMinor: z.number(),
          handedInMinor: z.number(),
          owedMinor: z.number(),
        }),
      )
      .meta({ description: 'What the courier took, handed in, and still has to hand in' }),
  })
  .meta({ id: 'DeliveryRun' });

export const timingSchema = z.strictObject({
  occurredAt: instantSchema
    .optional()
    .meta({ description: 'When it happened; now, when left out. Never in the future.' }),
});

export const handInSchema = z.strictObject({
  amount: amountSchema.refine((amount) => amount.amountMinor > 0, { message: 'more than nothing' }),
});

export const stopSchema = z
  .object({
    delivery: deliverySchema,
    recipientId: idSchema('pty').meta({
      description: 'Reveal it with purpose delivery; each time is logged',
    }),
    recipientName: z.string().optional(),
    recipientPhone: z.string().optional(),
    addressLines: z.array(z.string()),
    cashDue: moneySchema.optional(),
    pinRequired: z.boolean(),
    safePlaces: z.array(z.enum(SIGN_KINDS)),
  })
  .meta({ id: 'DeliveryStop' });

const reportFields = {
  clientId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,64}$/)
    .meta({ description: 'Made on the device; the same report sent again counts once' }),
  occurredAt: instantSchema.optional(),
  place: z
    .strictObject({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      accuracyMeters: z.number().min(0).max(100_000),
    })
    .optional(),
  outcome: z.enum(['attempted', 'delivered', 'refused']),
  reason: z.enum(ATTEMPT_REASONS).optional(),
  signKind: z
    .enum(SIGN_KINDS)
    .optional()
    .meta({ description: 'door and meter_box only where the recipient allowed it' }),
  photoId: idSchema('prf').optional(),
  signature: z
    .string()
    .max(20_000)
    .regex(SIGNATURE_PATH)
    .optional()
    .meta({ description: 'Data of an SVG path in a box of 1000 x 400' }),
  pin: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  cashCollected: amountSchema.optional(),
};

type Shape = {
  outcome: string;
  reason?: unknown;
  signKind?: unknown;
  photoId?: unknown;
  signature?: unknown;
  pin?: unknown;
  cashCollected?: unknown;
};
/** Each outcome has its own fields; the others are not silently dropped. */
function fits(report: Shape): boolean {
  const isDelivered = report.outcome === 'delivered';
  const isProofGiven = [report.photoId, report.signature, report.pin, report.cashCollected].some(
    (field) => field !== undefined,
  );
  return (
    (report.outcome === 'attempted') === (report.reason !== undefined) &&
    isDelivered === (report.signKind !== undefined) &&
    (isDelivered || !isProofGiven)
  );
}
const MISFIT = {
  message: 'attempted has a reason; delivered has a sign_kind, proofs and cash; refused has neither',
};

export const reportSchema = z.strictObject(reportFields).refine(fits, MISFIT);
export const reportBatchSchema = z.strictObject({
  reports: z
    .array(z.strictObject({ deliveryId: idSchema('dlv'), ...reportFields }).refine(fits, MISFIT))
    .min(1)
    .max(100),
});
export const reportBatchAnswerSchema = z
  .object({
    results: z.array(
      z.object({
        deliveryId: idSchema('dlv'),
        clientId: z.string(),
        outcome: z.enum(['taken', 'refused']),
        state: z.string().optional(),
        code: z.string().optional(),
        detail: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'DeliveryReportResults' });

export const wishSchema = z.strictObject({
  safePlaces: z
    .array(z.enum(['door', 'meter_box']))
    .max(2)
    .default([]),
  afterAttempts: z.enum(['hold_for_pickup', 'as_agreed']).optional(),
  givenBy: z.enum(['recipient', 'recipient_through_merchant']),
  givenAt: instantSchema.optional(),
});
export const wishAnswerSchema = z
  .object({
    shipmentId: idSchema('shp'),
    consentId: idSchema('cns').optional(),
    safePlaces: z.array(z.enum(SIGN_KINDS)),
    afterAttempts: z.string().optional(),
    pinRequired: z.boolean(),
  })
  .meta({ id: 'DeliveryWish' });

export const proofSchema = z
  .object({
    id: idSchema('prf'),
    kind: z.enum(['photo', 'signature']),
    contentType: z.string(),
    sizeBytes: z.number(),
  })
  .meta({ id: 'DeliveryProof' });

const reference = z.strictObject({ shipmentId: idSchema('shp'), amount: amountSchema });
export const remittanceSchema = z.strictObject({
  remittanceReference: z.string().regex(/^[\x21-\x7e]{1,64}$/),
  currency: currencySchema,
  items: z.array(reference).min(1).max(500),
});
export const remittanceAnswerSchema = z
  .object({
    remitted: z.array(idSchema('shp')),
    repeated: z.array(idSchema('shp')),
    unknown: z.array(idSchema('shp')),
    total: moneySchema,
  })
  .meta({ id: 'CodRemittance' });
export const reconciliationSchema = z.strictObject({
  carrierId: idSchema('org'),
  currency: currencySchema,
  after: z.string().max(80).optional(),
});
export const reconciliationAnswerSchema = z
  .object({
    credited: z.array(z.object({ shipmentId: z.string(), merchantId: idSchema('org'), amount: moneySchema })),
    differences: z.array(
      z.object({
        shipmentId: z.string(),
        reason: z.string(),
        dueMinor: z.number(),
        collectedMinor: z.number(),
        remittedMinor: z.number(),
      }),
    ),
    next: z.string().optional(),
  })
  .meta({ id: 'CodReconciliation' });
