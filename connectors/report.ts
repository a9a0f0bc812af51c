import {
  type CarrierError,
  type CarrierReading,
  foldScans,
  MILESTONES,
  type ParcelReading,
  type Scan,
  type ScanReading,
  substatusAfter,
  type Timeline,
} from '../network/tracking/connector-contract.ts';

/** A reading as `postroad scans parse` prints it: docs/connectors.md. */
export type ReadingReport = ParcelReport & {
  readonly carrier: string;
  /** The other parcels of the same payload. */
  readonly more_parcels: readonly ParcelReport[];
  readonly errors: readonly ErrorReport[];
  readonly payload: CarrierReading['payload'];
};

type ParcelReport = {
  readonly tracking_number: string | null;
  readonly other_numbers: readonly string[];
  /** Null when the carrier has told nothing yet. */
  readonly status: string | null;
  readonly substatus: string | null;
  readonly delivered: boolean | null;
  readonly carrier_state: string | null;
  readonly estimated_delivery: string | null;
  readonly estimated_window: { readonly from: string; readonly to: string } | null;
  readonly events: readonly EventReport[];
};

type EventReport = {
  readonly id: string;
  /** Null when the offset is neither stated nor told by the place: a wall clock is never passed off as UTC. */
  readonly occurred_at: string | null;
  readonly local_time: string;
  readonly time_stated: boolean;
  readonly utc_offset_known: boolean;
  readonly zone: string | null;
  readonly zone_confidence: string;
  readonly code: string | null;
  readonly code_class: string | null;
  readonly milestone: string;
  readonly status: string;
  readonly substatus: string | null;
  readonly description: string | null;
  readonly location: string | null;
  readonly country: string | null;
  readonly weight_grams: number | null;
  readonly pointer: string;
};

type ErrorReport = {
  readonly name: string;
  /** The carrier's code, else our name. */
  readonly code: string;
  readonly message: string;
  readonly tracking_number: string | null;
  readonly pointer: string | null;
};

export function reportOf(reading: CarrierReading): ReadingReport {
  const [first, ...more] = reading.parcels.map(parcelReport);
  return {
    carrier: reading.carrier,
    ...(first ?? NOTHING),
    more_parcels: more,
    errors: reading.errors.map(errorReport),
    payload: reading.payload,
  };
}

const NOTHING: ParcelReport = {
  tracking_number: null,
  other_numbers: [],
  status: null,
  substatus: null,
  delivered: null,
  carrier_state: null,
  estimated_delivery: null,
  estimated_window: null,
  events: [],
};

function parcelReport(parcel: ParcelReading): ParcelReport {
  const { status, substatus } = statusOf(parcel);
  return {
    tracking_number: parcel.number === '' ? null : parcel.number,
    other_numbers: parcel.otherNumbers,
    status,
    substatus,
    delivered: status === null ? null : status === 'delivered',
    carrier_state: parcel.state?.code ?? null,
    estimated_delivery: parcel.estimatedDate ?? null,
    estimated_window: parcel.estimatedWindow ?? null,
    events: parcel.scans.map(eventReport),
  };
}

/** The fold over the scans; the carrier's own summary where they, or the newest of them, say nothing to us. */
function statusOf({ scans, state }: ParcelReading): {
  readonly status: string | null;
  readonly substatus: string | null;
} {
  const { status, substatus = null } = foldScans(scans.map(scanOf));
  const said = state && meaningWords(state.milestone, state.substatus);
  const isSaid = said !== undefined && said.status !== 'unknown';
  if (scans.some(({ milestone }) => milestone !== 'unmapped'))
    return isSaid && said.status !== status && !ENDS.has(status) && isNewestUnmapped(scans)
      ? said
      : { status, substatus };
  return isSaid ? said : { status: scans.length === 0 ? null : 'unknown', substatus: null };
}

/** What follows upon an end, a photo of it or a signature, does not undo it. */
const ENDS: ReadonlySet<string> = new Set(['delivered', 'returned', 'cancelled']);

function isNewestUnmapped(scans: readonly ScanReading[]): boolean {
  const newest = scans.reduce(
    (latest, { time }) => (time.occurredAt > latest ? time.occurredAt : latest),
    '',
  );
  return scans.every(({ time, milestone }) => time.occurredAt !== newest || milestone === 'unmapped');
}

/** As if the carrier were believed: what its own words amount to, with nobody else's. */
function scanOf(scan: ScanReading): Scan {
  const { id, number, code = '', milestone, substatus, time } = scan;
  return {
    id,
    parcel: 'pcl_reading' as Scan['parcel'],
    source: 'reading',
    sourceKind: 'express',
    recognised: true,
    number,
    code,
    milestone,
    ...(substatus === undefined ? {} : { substatus }),
    ...time,
    receivedAt: time.occurredAt,
    synthetic: false,
  };
}

function meaningWords(milestone: ScanReading['milestone'], told: Timeline['substatus']) {
  if (milestone === 'unmapped') return { status: 'unknown', substatus: null };
  return { status: MILESTONES[milestone].status, substatus: substatusAfter(milestone, told) ?? null };
}

function eventReport(scan: ScanReading): EventReport {
  const { time, place } = scan;
  const isKnown = time.zoneConfidence === 'stated' || time.zoneConfidence === 'resolved_from_place';
  return {
    id: scan.id,
    occurred_at: isKnown ? time.occurredAt : null,
    local_time: time.localTime ?? time.occurredAt,
    time_stated: !scan.isDateOnly,
    utc_offset_known: isKnown,
    zone: time.zone ?? null,
    zone_confidence: time.zoneConfidence,
    code: scan.code ?? null,
    code_class: scan.category ?? null,
    milestone: scan.milestone,
    ...meaningWords(scan.milestone, scan.substatus),
    description: scan.text ?? null,
    location: place?.text ?? null,
    country: place?.country ?? null,
    weight_grams: scan.weightGrams ?? null,
    pointer: scan.pointer,
  };
}

function errorReport({ name, code, message, number, pointer }: CarrierError): ErrorReport {
  return {
    name,
    code: code ?? name,
    message,
    tracking_number: number ?? null,
    pointer: pointer ?? null,
  };
}
