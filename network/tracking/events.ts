import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { idSchema, instantSchema } from '../kernel/index.ts';

const subject = {
  parcelId: idSchema('pcl'),
  /** Absent while no order is known for the parcel. */
  shipmentId: idSchema('shp').optional(),
  organisationId: idSchema('org').optional(),
  number: z.string(),
  /** The official status after it, and whether only a correction can still change it. */
  status: z.string(),
  substatus: z.string().optional(),
  terminal: z.boolean(),
};

/** A parcel reached a milestone for the first time, by the word of a recognised source. Once per milestone and way. */
export const MilestoneReached = defineEvent(
  'MilestoneReached',
  'tracking.milestone_reached',
  z.object({
    ...subject,
    milestone: z.string(),
    way: z.enum(['out', 'back']),
    occurredAt: instantSchema,
    /** Made up to fill a gap of recorded data; only in the test world. */
    synthetic: z.boolean(),
  }),
);

/**
 * The official state is another one than before, by a new scan or a correction. `restated` lists milestones whose
 * instant changed, `withdrawn` those that no longer stand: whoever acted on them must look again.
 */
export const TimelineRevised = defineEvent(
  'TimelineRevised',
  'tracking.timeline_revised',
  z.object({
    ...subject,
    previousStatus: z.string(),
    actionRequired: z.string(),
    deliveredAt: instantSchema.optional(),
    restated: z.array(z.string()),
    withdrawn: z.array(z.string()),
    /** When the scan happened that the state now rests on. */
    occurredAt: instantSchema,
    synthetic: z.boolean(),
  }),
);

/** A container has a new scan, so what is inside may have one, too. For tracking itself: it has no audience. */
export const ContainerScanned = defineEvent(
  'ContainerScanned',
  'tracking.container_scanned',
  z.object(subject),
);

/** A parcel has a weight that it had not when nothing else was told of it. For who judges numbers: it has no audience. */
export const ParcelWeighed = defineEvent('ParcelWeighed', 'tracking.parcel_weighed', z.object(subject));
/**
 * A scan of a declared number that is no other news and speaks for or against it: not believed, or in the last mile. For the
 * judge of numbers; it has no audience.
 */
export const EvidenceAdded = defineEvent('EvidenceAdded', 'tracking.evidence_added', z.object(subject));

const declared = {
  externalShipmentId: idSchema('ext'),
  organisationId: idSchema('org'),
  carrierCode: z.string(),
  number: z.string(),
};
/** What a number leads to that a merchant declared. For the room that asked: it has no audience. */
export const DeclaredNumberSettled = defineEvent(
  'DeclaredNumberSettled',
  'tracking.declared_number_settled',
  z.object({
    ...declared,
    /** `shared`: it is in use elsewhere, and nothing else is told. */
    hold: z.enum(['own', 'shared']),
    parcelId: idSchema('pcl').optional(),
    status: z.string().optional(),
    terminal: z.boolean().optional(),
    firstScanAt: instantSchema.optional(),
    deliveredAt: instantSchema.optional(),
  }),
);
/** A number that a merchant had declared is free again. For the room that asked: it has no audience. */
export const DeclaredNumberFreed = defineEvent(
  'DeclaredNumberFreed',
  'tracking.declared_number_freed',
  z.object(declared),
);
const odd = {
  parcelId: idSchema('pcl'),
  number: z.string(),
  occurredAt: instantSchema,
};
/** Scans came whose codes nobody understands. For who brought them; the network looks at all. */
export const UnmappedCodesCame = defineEvent(
  'UnmappedCodesCame',
  'tracking.unmapped_codes_came',
  z.object({ ...odd, source: z.string(), codes: z.array(z.string()) }),
);
/** What is held in quarantine of a parcel is something else: one for each source of held scans; none is held any more. */
export const QuarantineRevised = defineEvent(
  'QuarantineRevised',
  'tracking.quarantine_revised',
  z.object({ ...odd, source: z.string().optional(), held: z.int(), reasons: z.array(z.string()) }),
);

const report = z.object({
  reportId: idSchema('rpt'),
  parcelId: idSchema('pcl'),
  organisationId: idSchema('org'),
  number: z.string(),
  kind: z.string(),
  /** What was official when the buyer reported it. */
  status: z.string(),
  state: z.string(),
  occurredAt: instantSchema,
});

/** A buyer says that a status is not right. His own words are not in it: they may be personal. */
export const StatusReported = defineEvent('StatusReported', 'tracking.status_reported', report);
export const StatusReportAnswered = defineEvent(
  'StatusReportAnswered',
  'tracking.status_report_answered',
  report,
);
export const StatusReportClosed = defineEvent('StatusReportClosed', 'tracking.status_report_closed', report);

export const TRACKING_EVENTS = [
  MilestoneReached,
  TimelineRevised,
  ContainerScanned,
  DeclaredNumberSettled,
  DeclaredNumberFreed,
  UnmappedCodesCame,
  QuarantineRevised,
  StatusReported,
  StatusReportAnswered,
  StatusReportClosed,
];
