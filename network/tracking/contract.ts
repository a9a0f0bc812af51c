import { z } from 'zod';
import { isZone, parseInstant } from '../kernel/index.ts';
import { MILESTONE_NAMES } from './milestones.policy.ts';
import { type Milestone, QUARANTINE_REASONS, type Timeline } from './model.ts';
import { isLocalTime } from './scan-time.policy.ts';

/**
 * One line of text of the outside: no control characters, and well-formed, because a lone surrogate can neither be
 * stored nor hashed. At least one character after trimming.
 */
function line(maxLength: number) {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text) && text.trim() !== '', {
      error: 'must be one line of readable text',
    });
}

const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .describe('ISO 3166-1 alpha-2');
const instantIn = z.iso
  .datetime({ offset: true })
  .max(40)
  .refine((text) => parseInstant(text) !== undefined, { error: 'must be RFC 3339 with an offset' });
const instantOut = z.iso.datetime();
/** A tonne is no parcel; nothing weighs nothing. Our default. */
export const MAX_WEIGHT_GRAMS = 1_000_000;
const weightGrams = z.int().min(1).max(MAX_WEIGHT_GRAMS);
const scanId = z.string().regex(/^[0-9a-f]{32}$/);
const zoneName = z
  .string()
  .regex(/^[A-Za-z0-9_+\-/:]{1,64}$/)
  .refine(isZone, { error: 'must be a zone of the IANA database or an offset' });

export const MilestoneName = z
  .enum(MILESTONE_NAMES as readonly [Milestone, ...Milestone[]])
  .meta({ id: 'MilestoneName', description: 'What a scan means, whoever reported it' });

export const ScanPlaceBody = z
  .strictObject({
    country,
    postcode: line(16).optional(),
    city: line(100).optional(),
    facility: line(100).optional(),
    position: z
      .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
      .optional(),
  })
  .meta({ id: 'ScanPlace', description: 'Coarse geography; never a street or a name' });

export const ScanInput = z
  .strictObject({
    number: line(64).describe('Any number of the parcel'),
    carrier: z
      .string()
      .regex(/^[a-z0-9_]{1,40}$/)
      .optional()
      .describe('Narrows a number that several carriers use'),
    code: line(64).optional().describe("The source's own code; an unknown one is kept and shown as unmapped"),
    milestone: MilestoneName.optional().describe('Our meaning, instead of a code'),
    occurredAt: instantIn.optional(),
    localTime: z
      .string()
      .max(30)
      .refine(isLocalTime, { error: 'must be a local time of a day that exists' })
      .optional()
      .describe('The wall clock. Without a zone it is read by the clock of the place, where that is known'),
    zone: zoneName.optional().describe('IANA name of the zone of local_time'),
    zoneAssumed: z
      .boolean()
      .optional()
      .describe('True when the source did not state the zone and the sender assumes it: kept as `assumed`'),
    place: ScanPlaceBody.optional(),
    text: line(500).optional(),
    operator: line(64).optional().describe('Reference of the courier or clerk; never a clear name'),
    proof: line(100).optional().describe('Reference of an uploaded proof'),
    weightGrams: weightGrams
      .optional()
      .describe('What the parcel weighed; leave it out when nobody weighed it'),
    correction: z
      .strictObject({ ofScan: scanId, author: line(100), reason: line(500) })
      .optional()
      .describe('This scan replaces that one; without code and milestone it withdraws it'),
    synthetic: z.boolean().optional().describe('True when a replay made it because the data lacks it'),
  })
  .superRefine((scan, context) => {
    const miss = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (scan.code !== undefined && scan.milestone !== undefined)
      miss('milestone', 'give a code or a milestone');
    if (scan.code === undefined && scan.milestone === undefined && scan.correction === undefined) {
      miss('code', 'give a code or a milestone');
    }
    if ((scan.occurredAt === undefined) === (scan.localTime === undefined)) {
      miss('occurredAt', 'give either the instant or the local time');
    }
    if (scan.zone !== undefined && scan.localTime === undefined)
      miss('zone', 'a zone belongs to a local time');
    if (scan.zoneAssumed === true && scan.zone === undefined) miss('zoneAssumed', 'give the assumed zone');
  })
  .meta({
    id: 'ScanInput',
    description: 'One observation of a parcel. The same observation may be sent again',
  });
export type ScanInput = z.infer<typeof ScanInput>;

const leg = z.enum(['origin', 'export', 'linehaul', 'import', 'last_mile', 'return']);

export const ParcelStatusName = z
  .enum([
    'unknown',
    'not_found',
    'info_received',
    'picked_up',
    'in_transit',
    'out_for_delivery',
    'available_for_pickup',
    'delivery_attempted',
    'delivered',
    'exception',
    'returning',
    'returned',
    'cancelled',
    'expired',
  ])
  .meta({
    id: 'ParcelStatus',
    description: 'available_for_pickup is not delivered: a point signed, not the recipient',
  });

export const QualityFlagName = z
  .enum([
    'assumed_zone',
    'unknown_zone',
    'unmapped_code',
    'handover_before_order',
    'delivered_before_handover',
    'delivered_before_out_for_delivery',
    'delivered_without_out_for_delivery',
    'delivered_while_returning',
    'contradictory_order',
    'scan_after_terminal',
    'conflicting_terminal',
    'correction_without_target',
    'correction_incomplete',
    'correction_circular',
    'implausible_scan',
    'travel_undecided',
  ])
  .meta({ id: 'QualityFlag', description: 'A contradiction in what the sources say' });

export const MilestoneAnswer = z
  .object({ name: MilestoneName, occurredAt: instantOut, scanId })
  .meta({ id: 'Milestone', description: 'The first time that the parcel reached it' });

export const CoordinatesAnswer = z
  .object({
    latitude: z.number(),
    longitude: z.number(),
    precision: z.enum(['postcode', 'city', 'division', 'country']),
  })
  .meta({ id: 'Coordinates', description: 'A coarse point for a map, rounded to about a kilometre' });

const unverifiedEntry = z.object({
  scanId,
  source: z.string(),
  milestone: z.union([MilestoneName, z.literal('unmapped')]),
  substatus: z.string().optional().describe('The detail that this scan by itself means'),
  code: z.string(),
  text: z.string().optional(),
  occurredAt: instantOut,
  zoneConfidence: z.enum(['stated', 'assumed', 'resolved_from_place', 'unknown']),
  place: ScanPlaceBody.optional(),
  placeText: z.string().optional().describe('Where it was as the source writes it, when no country is known'),
  weightGrams: weightGrams.optional().describe('What the parcel weighed, as the source says'),
  coordinates: CoordinatesAnswer.optional(),
  container: z
    .string()
    .optional()
    .describe('Number of the bag, pallet or consignment that was scanned; absent: the parcel itself'),
  synthetic: z.boolean(),
});

export const UnverifiedEntryAnswer = unverifiedEntry.meta({
  id: 'UnverifiedEntry',
  description: 'A scan of a source that the client platform does not recognise: shown, never believed',
});

export const QuarantineReasonName = z.enum(QUARANTINE_REASONS).meta({
  id: 'QuarantineReason',
  description: 'Why a scan of a recognised source cannot be true',
});

export const QuarantinedEntryAnswer = unverifiedEntry.extend({ reason: QuarantineReasonName }).meta({
  id: 'QuarantinedEntry',
  description:
    'A scan that cannot be true as far as is known: it moves nothing until later evidence bears it out',
});

export const TimelineEntryAnswer = unverifiedEntry
  .extend({
    effect: z.enum(['moved', 'recorded', 'after_terminal', 'corrected', 'unmapped']),
    correction: z.object({ ofScan: scanId, author: z.string(), reason: z.string() }).optional(),
  })
  .meta({ id: 'TimelineEntry', description: 'A scan and what it did to the state' });

export const TimelineAnswer = z
  .object({
    status: ParcelStatusName,
    substatus: z.string().optional(),
    leg: leg.optional(),
    terminal: z.boolean(),
    actionRequired: z.enum(['none', 'shipper', 'recipient', 'carrier', 'platform']),
    milestones: z.array(MilestoneAnswer),
    returnMilestones: z.array(MilestoneAnswer),
    entries: z.array(TimelineEntryAnswer),
    lastScan: TimelineEntryAnswer.optional(),
    firstScanAt: instantOut.optional(),
    deliveredAt: instantOut.optional(),
    attempts: z.int().min(0),
    flags: z.array(QualityFlagName),
    unverified: z.array(UnverifiedEntryAnswer),
    quarantined: z.array(QuarantinedEntryAnswer),
  })
  .meta({ id: 'Timeline', description: 'The life of one parcel, derived from its scans alone' });
export type TimelineAnswer = z.infer<typeof TimelineAnswer>;

/** The timeline is its own answer; a drift between the two does not compile. */
export function timelineAnswer(timeline: Timeline): z.input<typeof TimelineAnswer> {
  return {
    ...timeline,
    milestones: [...timeline.milestones],
    returnMilestones: [...timeline.returnMilestones],
    entries: [...timeline.entries],
    flags: [...timeline.flags],
    unverified: [...timeline.unverified],
    quarantined: [...timeline.quarantined],
  };
}
