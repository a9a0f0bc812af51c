import { createHash } from 'node:crypto';
import type {
  CarrierError,
  CarrierErrorName,
  CarrierReading,
  ParcelReading,
  ReadMeaning,
  ScanReading,
} from '../../network/tracking/connector-contract.ts';
import { placeZone, readScanTime, scanIdOf } from '../../network/tracking/connector-contract.ts';
import type { CodeTable } from './codes.ts';
import type { ErrorParts, ParcelParts, ReadingDraft, ScanParts } from './draft.ts';
import { type Part, partOf } from './part.ts';
import { type DocumentKind, MAX_PAYLOAD_BYTES, PayloadError, readDocument } from './payload.ts';
import { readPlace } from './place.ts';
import { readRefusal } from './refusal.ts';
import type { Stamp } from './stamp.ts';

/** One wire format of one carrier. `reads` answers false when the document is of another shape. */
export type WireFormat = {
  /** As the carrier's documentation calls it. */
  readonly name: string;
  readonly kind: DocumentKind;
  readonly reads: (root: Part, draft: ReadingDraft) => boolean;
};

export type Connector = {
  /** Code of the carrier in the registry, or of the format where one carrier has several worlds (`dhl_unified`). */
  readonly code: string;
  readonly title: string;
  readonly formats: readonly string[];
  readonly codes: CodeTable;
  /** Pure. Every input gives a reading; what cannot be read is an error of a known name, never an exception. */
  readonly parse: (payload: Uint8Array, contentType?: string) => CarrierReading;
};

export type ConnectorParts = {
  readonly code: string;
  readonly title: string;
  /** Asked in this order; the first that knows the shape reads it. */
  readonly formats: readonly WireFormat[];
  readonly codes: CodeTable;
  /** IANA zone that the carrier's documentation says it writes in where a time has none; kept as `assumed`. */
  readonly assumedZone?: string;
  /** Pushes come as a form (application/x-www-form-urlencoded) whose field of this name holds the document. */
  readonly formField?: string;
};

type Collected = {
  readonly parcels: ParcelReading[];
  readonly errors: CarrierError[];
};

/** Joins formats and codes to a connector that keeps the promise of `parse`. */
export function defineConnector(parts: ConnectorParts): Connector {
  const { code, title, formats, codes } = parts;
  return {
    code,
    title,
    formats: formats.map(({ name }) => name),
    codes,
    parse: (payload, contentType) => {
      const collected: Collected = { parcels: [], errors: [] };
      collect(parts, payload, contentType, collected);
      return {
        carrier: code,
        payload: { sha256: createHash('sha256').update(payload).digest('hex'), bytes: payload.length },
        ...collected,
      };
    },
  };
}

function collect(
  parts: ConnectorParts,
  payload: Uint8Array,
  contentType: string | undefined,
  into: Collected,
): void {
  try {
    const document = parts.formField === undefined ? payload : documentIn(payload, parts.formField);
    const { kind, root } = readDocument(
      document,
      // What came out of a form is UTF-8, whatever the form says.
      document === payload ? contentType : undefined,
      parts.formats.every((format) => format.kind === 'csv'),
    );
    const [top, draft] = [partOf(root), draftOf(parts, into)];
    const known =
      parts.formats.some((format) => format.kind === kind && format.reads(top, draft)) ||
      readRefusal(top, draft);
    if (!known)
      into.errors.push({ name: 'payload_unexpected', message: `It is none of: ${namesOf(parts, kind)}.` });
  } catch (error) {
    if (!(error instanceof PayloadError)) throw error;
    into.errors.push({ name: error.errorName, message: error.message });
  }
}

/** The document in a form; what is no form with such a field stays as it is. */
function documentIn(payload: Uint8Array, field: string): Uint8Array {
  if (payload.length > MAX_PAYLOAD_BYTES || !/^\s*\w{1,60}=/.test(latin1(payload.subarray(0, 100))))
    return payload;
  const text = new URLSearchParams(new TextDecoder().decode(payload).trim()).get(field);
  return text === null ? payload : new TextEncoder().encode(text);
}

const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes);

function namesOf({ formats, title }: ConnectorParts, kind: DocumentKind): string {
  const names = formats.filter((format) => format.kind === kind).map(({ name }) => name);
  return names.length === 0
    ? `the formats of ${title}, which are not ${kind.toUpperCase()}`
    : names.join(', ');
}

function draftOf(connector: ConnectorParts, into: Collected): ReadingDraft {
  return {
    error: (name, message, more = {}) => into.errors.push(errorOf(name, message, more)),
    parcel: (at, parts) => {
      const number = parts.number ?? '';
      if (number === '')
        into.errors.push(errorOf('number_missing', 'The parcel has no number.', { pointer: at.pointer }));
      const scans: ScanReading[] = [];
      into.parcels.push(parcelOf(connector, number, parts, scans));
      return {
        scan: (scanAt, scanParts) => {
          const weightGrams = scanParts.weightGrams ?? parts.weightGrams;
          const scan = scanOf(connector, number, scanAt, { ...scanParts, weightGrams });
          if (isError(scan)) into.errors.push(scan);
          else scans.push(scan);
        },
      };
    },
  };
}

function parcelOf(
  { codes }: ConnectorParts,
  number: string,
  parts: ParcelParts,
  scans: readonly ScanReading[],
): ParcelReading {
  const { stateCode, stateCategory, stateText, estimatedDate, estimatedFrom, estimatedTo } = parts;
  const others = (parts.otherNumbers ?? []).filter((one) => one !== undefined && one !== number);
  return {
    number,
    otherNumbers: [...new Set(others)] as string[],
    ...(stateCode === undefined
      ? {}
      : {
          state: {
            code: stateCode,
            ...(stateText === undefined ? {} : { text: stateText }),
            ...meaningIn(codes, stateCategory, stateCode),
          },
        }),
    ...(estimatedDate === undefined ? {} : { estimatedDate }),
    ...(estimatedFrom === undefined || estimatedTo === undefined
      ? {}
      : { estimatedWindow: { from: estimatedFrom, to: estimatedTo } }),
    scans,
  };
}

/** A code may lie in a class of the carrier: `class:code` decides before `code`, which decides before `class:`. */
function meaningIn(codes: CodeTable, category: string | undefined, code: string | undefined): ReadMeaning {
  if (category === undefined) return codes.meaningOf(code);
  const keys = [...(code === undefined ? [] : [`${category}:${code}`, code]), `${category}:`];
  const meanings = keys.map((key) => codes.meaningOf(key));
  return meanings.find(({ milestone }) => milestone !== 'unmapped') ?? { milestone: 'unmapped' };
}

function scanOf(
  connector: ConnectorParts,
  number: string,
  { pointer }: Part,
  parts: ScanParts,
): ScanReading | CarrierError {
  const { code, category, text, distinction, stamp, writtenTime, weightGrams } = parts;
  if (stamp === undefined && writtenTime === undefined)
    return errorOf('scan_without_time', text, { code, number, pointer });
  const place = parts.place === undefined ? undefined : readPlace(parts.place);
  const assumedZone = parts.isElsewhere === true ? undefined : connector.assumedZone;
  const time = stamp && timeOf(stamp, place && placeZone(place), assumedZone);
  if (stamp === undefined || time === undefined)
    return errorOf('scan_time_unreadable', writtenTime ?? stamp?.local, { code, number, pointer });
  const content = {
    source: connector.code,
    number,
    // The same minute may hold a code of two classes, or two texts without any code.
    code: [category, code ?? text ?? ''].filter((one) => one !== undefined).join(':'),
    occurredAt: time.occurredAt,
    place,
    distinction,
  };
  return {
    id: scanIdOf(content),
    number,
    ...(code === undefined ? {} : { code }),
    ...(category === undefined ? {} : { category }),
    ...(text === undefined ? {} : { text }),
    ...(distinction === undefined ? {} : { distinction }),
    ...(parts.meaning ?? meaningIn(connector.codes, category, code)),
    time,
    isDateOnly: stamp.isDateOnly,
    ...(place === undefined ? {} : { place }),
    ...(weightGrams === undefined ? {} : { weightGrams }),
    pointer,
  };
}

/** Undefined for a day that does not exist. */
function timeOf({ local, zone }: Stamp, placesZone: string | undefined, assumedZone: string | undefined) {
  const stated = { localTime: local, ...(zone === undefined ? {} : { zone }) };
  const hints = {
    ...(placesZone === undefined ? {} : { placeZone: placesZone }),
    ...(assumedZone === undefined ? {} : { sourceZone: assumedZone }),
  };
  return readScanTime(stated, hints);
}

function errorOf(name: CarrierErrorName, message: string | undefined, more: ErrorParts): CarrierError {
  const { code, number, pointer } = more;
  return {
    name,
    message: message ?? name.replaceAll('_', ' '),
    ...(code === undefined ? {} : { code }),
    ...(number === undefined || number === '' ? {} : { number }),
    ...(pointer === undefined ? {} : { pointer }),
  };
}

function isError(one: ScanReading | CarrierError): one is CarrierError {
  return 'name' in one;
}
