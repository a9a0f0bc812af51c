import { z } from 'zod';
import { pageQuerySchema } from '../accounts/index.ts';
import { countrySchema, idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { CARRIER_ERROR_NAMES } from './carrier-reading.ts';
import {
  CoordinatesAnswer,
  MilestoneName,
  ParcelStatusName,
  QuarantineReasonName,
  TimelineAnswer,
} from './contract.ts';
import { LINE_REFUSALS } from './errors.ts';
import { STANDSTILL_REASONS } from './standstill.policy.ts';
import { ANSWERERS, REPORT_KINDS, REPORT_STATES } from './status-report-store.ts';

/** Most scans in one JSON batch, most lines and bytes of one NDJSON body (source: the intake). */
export const MAX_JSON_SCANS = 1_000;
export const MAX_NDJSON_LINES = 10_000;
export const MAX_BATCH_BYTES = 16 * 1024 * 1024;

/** Each scan is judged by itself, so the batch takes anything and the lines answer. */
export const ScanBatch = z
  .strictObject({
    scans: z
      .array(z.unknown().meta({ description: 'A ScanInput. A broken one refuses only itself' }))
      .min(1)
      .max(MAX_JSON_SCANS),
  })
  .meta({ id: 'ScanBatch' });

const scanId = z.string().regex(/^[0-9a-f]{32}$/);

export const ScanReceipts = z
  .object({
    accepted: z.int(),
    duplicates: z.int(),
    refused: z.int(),
    data: z.array(
      z
        .object({
          index: z.int().meta({ description: 'Position in the batch, or line of the body, from 0' }),
          result: z.enum(['accepted', 'duplicate', 'refused']),
          scanId: scanId.optional(),
          parcelId: idSchema('pcl').optional(),
          code: z.enum(LINE_REFUSALS).optional(),
          message: z.string().optional(),
        })
        .meta({ id: 'ScanReceipt' }),
    ),
  })
  .meta({ id: 'ScanReceipts' });

type Receipt = z.input<typeof ScanReceipts>['data'][number];

export function receiptsOf(results: readonly Receipt[]): z.input<typeof ScanReceipts> {
  const count = (result: Receipt['result']) => results.filter((line) => line.result === result).length;
  return {
    accepted: count('accepted'),
    duplicates: count('duplicate'),
    refused: count('refused'),
    data: [...results],
  };
}

export const PayloadReceipts = ScanReceipts.extend({
  parcels: z.int().meta({ description: 'Parcels in the payload' }),
  unmapped: z.int().meta({ description: 'Scans whose code is in no table' }),
  errors: z.array(
    z
      .object({
        name: z.enum(CARRIER_ERROR_NAMES),
        code: z.string().optional().meta({ description: "The carrier's own" }),
        message: z.string(),
        number: z.string().optional(),
        pointer: z.string().optional().meta({ description: 'Where in the payload' }),
      })
      .meta({ id: 'CarrierError' }),
  ),
}).meta({ id: 'PayloadReceipts' });

const destination = z.object({ country: countrySchema, city: z.string().optional() });
export const destinationZoneSchema = z.string().optional().meta({
  description:
    'IANA zone of the clock at the destination, where it is known: a promise counts the days of it',
});
const promise = z
  .object({ kind: z.enum(['ESTIMATE', 'PROMISE']), earliest: instantSchema, latest: instantSchema })
  .meta({ id: 'DeliveryPromise' });

export const TrackedParcelAnswer = z
  .object({
    id: idSchema('pcl'),
    number: z.string(),
    carrierCode: z.string().optional(),
    shipmentId: idSchema('shp').optional(),
    organisationId: idSchema('org').optional(),
    status: ParcelStatusName,
    substatus: z.string().optional(),
    terminal: z.boolean(),
    actionRequired: z.enum(['none', 'shipper', 'recipient', 'carrier', 'platform']),
    destination: destination.optional(),
    destinationZone: destinationZoneSchema,
    promise: promise.optional(),
    firstScanAt: instantSchema.optional(),
    lastScanAt: instantSchema.optional().meta({
      description: 'Of the latest scan in force; an announcement counts until somebody held the parcel',
    }),
    deliveredAt: instantSchema.optional(),
    changedAt: instantSchema,
    version: z.int(),
  })
  .meta({ id: 'TrackedParcel' });

export const ParcelTimelineAnswer = z
  .object({
    parcel: TrackedParcelAnswer,
    numbers: z.array(z.object({ number: z.string(), carrierCode: z.string().optional() })),
    timeline: TimelineAnswer,
  })
  .meta({ id: 'ParcelTimeline' });

export const TrackingAnswer = z
  .object({ number: z.string(), parcels: z.array(ParcelTimelineAnswer) })
  .meta({ id: 'Tracking', description: 'Newest life of the number first: carriers recycle numbers' });

export const ParcelQuery = pageQuerySchema.extend({
  status: ParcelStatusName.optional(),
  since: instantSchema.optional(),
});

export const QuarantineQuery = pageQuerySchema.extend({
  reason: QuarantineReasonName.optional(),
  source: z
    .string()
    .regex(/^[\w:]{1,64}$/)
    .optional(),
});

export const QuarantinedScanAnswer = z
  .object({
    id: idSchema('qua'),
    parcelId: idSchema('pcl'),
    scanId,
    numberTail: z.string().meta({ description: 'The last four signs of the number' }),
    reason: QuarantineReasonName,
    source: z.string(),
    milestone: z.union([MilestoneName, z.literal('unmapped')]),
    code: z.string(),
    occurredAt: instantSchema,
    zoneConfidence: z.enum(['stated', 'assumed', 'resolved_from_place', 'unknown']),
    receivedAt: instantSchema,
    since: instantSchema.meta({ description: 'When it was judged so' }),
    place: z
      .object({ country: countrySchema, city: z.string().optional(), facility: z.string().optional() })
      .optional(),
  })
  .meta({ id: 'QuarantinedScan' });

export const CorrectionBody = z
  .strictObject({
    milestone: MilestoneName.optional().meta({
      description: 'What was true instead; without it the scan is withdrawn',
    }),
    occurredAt: instantSchema.optional(),
    reason: textSchema(500).meta({ description: 'Why; no personal data' }),
  })
  .meta({ id: 'ScanCorrection' });

export const CorrectionAnswer = z.object({ scanId, parcelId: idSchema('pcl') }).meta({ id: 'CorrectedScan' });

export const BuyerLinkAnswer = z
  .object({
    id: idSchema('lnk'),
    parcelId: idSchema('pcl'),
    createdAt: instantSchema,
    revokedAt: instantSchema.optional(),
  })
  .meta({ id: 'BuyerLink' });

export const NewBuyerLinkAnswer = BuyerLinkAnswer.omit({ revokedAt: true })
  .extend({ token: z.string().meta({ description: 'Shown once' }), path: z.string() })
  .meta({ id: 'NewBuyerLink' });

const last4 = z.string().regex(/^\d{4}$/);

const question = {
  number: z.string().min(4).max(64).optional(),
  phoneLast4: last4.optional(),
  token: z.string().min(1).max(64).optional(),
  world: z.enum(['live', 'test']).optional().meta({
    description: 'Where the number is looked for: live, when left out. A link leads into its own world.',
  }),
};
type Question = z.output<z.ZodObject<typeof question>>;

const ONE_WAY = { error: 'give number and phone_last4, or token' };
const asksOneWay = ({ token, number, phoneLast4, world }: Question): boolean =>
  token === undefined
    ? number !== undefined && phoneLast4 !== undefined
    : number === undefined && phoneLast4 === undefined && world === undefined;

/** A buyer's question with more to it, where something is the recipient's alone: with a link, too, go the digits of his phone. */
export function withRecipientQuestion<More extends z.ZodRawShape>(more: More) {
  return z.strictObject({ ...question, ...more }).refine(
    (body) => {
      const { token, phoneLast4, ...rest } = body as unknown as Question;
      return asksOneWay({ token, phoneLast4: token === undefined ? phoneLast4 : undefined, ...rest });
    },
    {
      error:
        'give number and phone_last4, or token, and phone_last4 with it for what is the recipient\u2019s alone',
    },
  );
}

export const TrackBody = z.strictObject(question).refine(asksOneWay, ONE_WAY).meta({ id: 'TrackRequest' });

export const StatusReportBody = z
  .strictObject({
    ...question,
    kind: z.enum(REPORT_KINDS),
    text: textSchema(500).optional().meta({ description: 'In the buyer\u2019s own words; kept sealed' }),
    parcel: z.int().min(0).max(99).default(0).meta({
      description: 'Which of the parcels behind the number: 0 is the first, then its others in their order',
    }),
    step: z
      .strictObject({ milestone: z.string().max(64), occurredAt: instantSchema })
      .optional()
      .meta({ description: 'The entry of `steps` that is not right; without it the status is meant' }),
  })
  .refine(asksOneWay, ONE_WAY)
  .meta({ id: 'StatusReportRequest' });

/** What a buyer sees of a report. */
const BuyerReportAnswer = z
  .object({
    kind: z.enum(REPORT_KINDS),
    state: z.enum(REPORT_STATES),
    status: ParcelStatusName.meta({ description: 'What was official then' }),
    reportedAt: instantSchema,
    answer: z.string().optional(),
    answeredBy: z.enum(ANSWERERS).optional(),
    answeredAt: instantSchema.optional(),
    isCurrent: z.boolean().meta({ description: 'It is about the state that the parcel has now' }),
  })
  .meta({ id: 'BuyerStatusReport' });
export const BuyerReportMade = BuyerReportAnswer;

const clockZone = z.string().optional().meta({
  description:
    'By which clock people there read it: IANA zone, offset, or UTC where the source says no more. Absent: nobody knows, and the instant is what a clock showed, read as if it were UTC',
});

/** What a buyer sees of a scan. */
const step = z.object({
  milestone: z.union([MilestoneName, z.literal('unmapped')]),
  occurredAt: instantSchema,
  localTime: z.string().optional().meta({ description: 'As the source wrote it' }),
  zone: z.string().optional().meta({ description: 'In which the source wrote it' }),
  zoneConfidence: z.enum(['stated', 'assumed', 'resolved_from_place', 'unknown']),
  clockZone,
  place: destination.optional(),
  coordinates: CoordinatesAnswer.optional(),
  saidBy: z.enum(['online_delivery', 'post', 'express', 'aggregator', 'merchant']).meta({
    description:
      'What kind of source says so; aggregator: it repeats what others did, merchant: who sent it declared it',
  }),
  notice: z.boolean().meta({ description: 'Somebody announced something; nobody held the parcel' }),
  verified: z.boolean().meta({ description: 'Only recognised sources move the state' }),
  synthetic: z.boolean(),
});

/** Of a parcel that comes with another one: nothing that a link to the other should not open, so no number and no way. */
const SisterPieceAnswer = z
  .object({
    position: z.int(),
    numberTail: z.string().meta({ description: 'The last four signs of its number, of a short one fewer' }),
    status: ParcelStatusName,
    substatus: z.string().optional(),
    promise: promise.optional(),
    destinationZone: destinationZoneSchema,
    deliveredAt: instantSchema.optional(),
    lastStep: step.omit({ coordinates: true }).optional(),
  })
  .meta({ id: 'SisterPiece' });

const legEnd = destination.extend({ coordinates: CoordinatesAnswer.optional() });

/** What a buyer sees of one parcel: cities, no facilities, no organisations, nobody's references. */
const BuyerParcelAnswer = z
  .object({
    number: z.string(),
    status: ParcelStatusName,
    substatus: z.string().optional(),
    actionRequired: z.enum(['none', 'shipper', 'recipient', 'carrier', 'platform']),
    destination: destination.optional(),
    destinationZone: destinationZoneSchema,
    promise: promise.optional(),
    deliveredAt: instantSchema.optional(),
    statedWeightGrams: z.int().optional().meta({
      description: 'What the merchant says that it weighs, of a parcel that he sent by a carrier of his own',
    }),
    destinationCoordinates: CoordinatesAnswer.optional(),
    pieces: z
      .object({
        position: z.int().meta({ description: 'Which piece this parcel is, from 1' }),
        total: z.int().meta({ description: 'As the labels count, else as many as are known' }),
        sisters: z.array(SisterPieceAnswer),
      })
      .optional()
      .meta({
        description:
          'Of an order that comes to one recipient in several parcels; cancelled ones do not count. Absent: it comes alone',
      }),
    legs: z
      .array(
        z.object({
          leg: z.enum(['origin', 'export', 'linehaul', 'import', 'last_mile', 'return']),
          from: legEnd.optional(),
          to: legEnd.optional(),
          startedAt: instantSchema,
          startedZone: clockZone,
          endedAt: instantSchema.optional(),
          endedZone: clockZone,
        }),
      )
      .meta({ description: 'As travelled; the one without ended_at is where the parcel is' }),
    standstill: z
      .object({ reason: z.enum(STANDSTILL_REASONS), since: instantSchema })
      .optional()
      .meta({ description: 'Why it does not move, as far as the milestones tell' }),
    milestones: z.array(z.object({ name: MilestoneName, occurredAt: instantSchema })),
    reports: z.array(BuyerReportAnswer).meta({ description: 'What was reported as not right, newest first' }),
    steps: z.array(step),
    earlierSteps: z.int().meta({ description: 'So many older entries are left out of `steps`' }),
  })
  .meta({ id: 'BuyerParcel' });
export type BuyerParcel = z.output<typeof BuyerParcelAnswer>;

export const BuyerAnswer = BuyerParcelAnswer.extend({
  now: instantSchema.meta({
    description: 'The network\u2019s clock at this answer; a test world has one of its own',
  }),
  others: z
    .array(BuyerParcelAnswer)
    .meta({ description: 'More parcels behind the number that fit too, older lives of it last' }),
}).meta({ id: 'BuyerTracking' });
export type BuyerView = z.output<typeof BuyerAnswer>;

/** The last event of a link's stream: there is nothing more to ask for. */
export const LinkRevoked = z.object({}).meta({ id: 'LinkRevoked' });
