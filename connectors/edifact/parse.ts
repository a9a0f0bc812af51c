import { createHash } from 'node:crypto';
import {
  type CarrierError,
  type CarrierErrorName,
  type CarrierReading,
  type ParcelReading,
  placeZone,
  readScanTime,
  type ScanReading,
  scanIdOf,
} from '../../network/tracking/connector-contract.ts';
import { readPlace } from '../reading/place.ts';
import { type EdiError, type EdiErrorCode, type EdiPosition, ediError, sentenceOf } from './edi-error.ts';
import { type EdiMessage, type Interchange, readEdiFile } from './interchange.ts';
import { readStatusMessage, STATUS_MESSAGES, type StatusReport } from './status-message.ts';
import { placeOf } from './tokens.ts';

/** One message of a file as scans in our words. */
export type EdiMessageReading = {
  readonly interchange: string;
  readonly sender: Interchange['sender'];
  readonly message: Pick<EdiMessage, 'reference' | 'type' | 'version' | 'release' | 'agency' | 'group'>;
  readonly reading: CarrierReading;
};
export type EdiReading = {
  readonly messages: readonly EdiMessageReading[];
  /** What kept an interchange, a group or a message from being read at all. */
  readonly errors: readonly EdiError[];
};

/**
 * Reads a file of interchanges with IFTSTA and EMSEVT messages. Pure and total: every input gives a reading, and what
 * is broken is named with its position.
 */
export function readStatusFile(payload: Uint8Array): EdiReading {
  const digest = digestOf(payload);
  const { interchanges, errors } = readEdiFile(payload);
  const messages: EdiMessageReading[] = [];
  const refused: EdiError[] = [...errors];
  for (const interchange of interchanges) {
    for (const message of interchange.messages) {
      if (!STATUS_MESSAGES.has(message.type)) {
        const at = placeOf(message.header, 2, 1);
        refused.push(
          ediError('message_type_unknown', 'message', at, `${message.type}: IFTSTA and EMSEVT are read`),
        );
        continue;
      }
      const { reference, type, version, release, agency, group } = message;
      messages.push({
        interchange: interchange.reference,
        sender: interchange.sender,
        message: { reference, type, version, release, agency, group },
        reading: { carrier: 'edifact', payload: digest, ...readingOf(message, interchange) },
      });
    }
  }
  return { messages, errors: refused };
}

/**
 * The same as one reading, as other carriers' payloads have it. What could not be read is named `payload_*` when
 * nothing could be, else `message_unreadable`.
 */
export function readEdiPayload(payload: Uint8Array): CarrierReading {
  const { messages, errors } = readStatusFile(payload);
  const [first] = errors;
  const isUnreadable = messages.length === 0 && first !== undefined;
  return {
    carrier: 'edifact',
    payload: digestOf(payload),
    parcels: messages.flatMap(({ reading }) => reading.parcels),
    errors: [
      ...(isUnreadable
        ? [{ ...carrierError(first), name: payloadName(first.code) }]
        : errors.map(carrierError)),
      ...messages.flatMap(({ reading }) => reading.errors),
    ],
  };
}

function payloadName(code: EdiErrorCode): CarrierErrorName {
  switch (code) {
    case 'empty':
      return 'payload_empty';
    case 'too_large':
      return 'payload_too_large';
    case 'character_not_allowed':
      return 'payload_not_text';
    case 'not_an_interchange':
    case 'message_type_unknown':
      return 'payload_unexpected';
    default:
      return 'payload_unreadable';
  }
}

function digestOf(payload: Uint8Array): CarrierReading['payload'] {
  return { sha256: createHash('sha256').update(payload).digest('hex'), bytes: payload.length };
}

function readingOf(
  message: EdiMessage,
  interchange: Interchange,
): Pick<CarrierReading, 'parcels' | 'errors'> {
  const { reports, errors } = readStatusMessage(message, interchange);
  const faults: CarrierError[] = errors.map(carrierError);
  const parcels = new Map<string, { scans: ScanReading[]; estimatedDate: string | undefined }>();
  for (const report of reports) {
    const parcel = parcels.get(report.number) ?? { scans: [], estimatedDate: undefined };
    parcels.set(report.number, parcel);
    parcel.estimatedDate = report.estimatedDelivery?.localTime.slice(0, 10) ?? parcel.estimatedDate;
    const scan = scanOf(report, interchange.sender.id);
    if (scan === undefined) {
      const text = `${report.time.localTime} is no moment of the calendar`;
      faults.push(carrierError(ediError('time_unreadable', 'status', report.at, text)));
    } else parcel.scans.push(scan);
  }
  return {
    parcels: [...parcels].map(
      ([number, { scans, estimatedDate }]): ParcelReading => ({
        number,
        otherNumbers: [],
        ...(estimatedDate === undefined ? {} : { estimatedDate }),
        scans,
      }),
    ),
    errors: faults,
  };
}

function scanOf(report: StatusReport, sender: string): ScanReading | undefined {
  const { number, code, text, time: stated, reason } = report;
  const place = report.place === undefined ? undefined : readPlace(report.place);
  const placesZone = place === undefined ? undefined : placeZone(place);
  const time = readScanTime(
    { localTime: stated.localTime, ...(stated.zone === undefined ? {} : { zone: stated.zone }) },
    placesZone === undefined ? {} : { placeZone: placesZone },
  );
  if (time === undefined) return undefined;
  return {
    // One message may tell of one status twice, with two reasons.
    id: scanIdOf({
      source: `edifact:${sender}`,
      number,
      code: reason === undefined ? code : `${code}:${reason}`,
      occurredAt: time.occurredAt,
      place,
    }),
    number,
    code,
    ...(reason === undefined ? {} : { category: `reason ${reason}`, distinction: reason }),
    ...(text === undefined ? {} : { text }),
    ...report.meaning,
    time,
    isDateOnly: stated.isDateOnly,
    ...(place === undefined ? {} : { place }),
    ...(report.weightGrams === undefined ? {} : { weightGrams: report.weightGrams }),
    pointer: pointerOf(report.at),
  };
}

function pointerOf({ segment, tag }: EdiPosition): string {
  return `/${segment ?? 0}/${tag ?? ''}`;
}

/** Names of connectors for what is wrong with one status; `code` is ours in full. */
const NAMES: Partial<Readonly<Record<EdiErrorCode, CarrierErrorName>>> = {
  number_missing: 'number_missing',
  status_missing: 'scan_without_code',
  time_missing: 'scan_without_time',
  time_unreadable: 'scan_time_unreadable',
};

function carrierError(error: EdiError): CarrierError {
  return {
    name: NAMES[error.code] ?? 'message_unreadable',
    code: error.code,
    message: sentenceOf(error),
    pointer: pointerOf(error.at),
  };
}
