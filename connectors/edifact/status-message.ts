import type { ReadMeaning } from '../../network/tracking/connector-contract.ts';
import { readWeight } from '../reading/index.ts';
import { type EdiTime, readEdiTime } from './date-time.ts';
import { type EdiError, type EdiPosition, ediError } from './edi-error.ts';
import type { EdiMessage, Interchange } from './interchange.ts';
import { listOf, ownListOf, type StatusList, statusMeaning } from './status-codes.ts';
import { partOf, placeOf as positionOf, type Segment } from './tokens.ts';

/** A place as LOC states it. `code` is a UN/LOCODE or an IMPC code where the segment says so. */
export type StatedPlace = { readonly country?: string; readonly city?: string; readonly facility?: string };

/** One status of one parcel, before anybody decides in which zone its wall clock hung. */
export type StatusReport = {
  readonly number: string;
  /** The sender's code, untouched: the status of C555, or the whole of C601 where the sender puts it there. */
  readonly code: string;
  readonly list: StatusList;
  readonly meaning: ReadMeaning;
  /** Data element 9013, the first of up to five. */
  readonly reason?: string;
  readonly text?: string;
  readonly time: EdiTime;
  readonly place?: StatedPlace;
  readonly estimatedDelivery?: EdiTime;
  readonly weightGrams?: number;
  readonly at: EdiPosition;
};

export type StatusReading = {
  readonly reports: readonly StatusReport[];
  readonly errors: readonly EdiError[];
};

/** IFTSTA of any directory, and EMSEVT of the Universal Postal Union. */
export const STATUS_MESSAGES: ReadonlySet<string> = new Set(['IFTSTA', 'EMSEVT']);

/**
 * Reads a status message. Segments belong to the message, to a consignment (from its CNI on) or to a status (from its
 * STS on); what an inner one does not say, the outer one does. The normative text of EMSEVT is not public: it is read
 * by the same segments, with item identifiers of S10 and the event codes of EMSEVT V3.
 */
export function readStatusMessage(
  message: EdiMessage,
  interchange: Pick<Interchange, 'sender'>,
): StatusReading {
  const outer = newScope();
  let consignment: Scope | undefined;
  const statuses: Status[] = [];
  for (const segment of message.segments) {
    const open = statuses.at(-1);
    if (segment.tag === 'CNI') {
      consignment = newScope();
      note(consignment, segment);
      statuses.push({ sts: undefined, scopes: [newScope(), consignment, outer] });
    } else if (segment.tag === 'STS') {
      const around = consignment === undefined ? [outer] : [consignment, outer];
      statuses.push({ sts: segment, scopes: [newScope(), ...around] });
    } else {
      const scope = open?.sts === undefined ? (consignment ?? outer) : open.scopes[0];
      note(scope ?? outer, segment);
    }
  }
  const told = statuses.filter((status): status is Told => status.sts !== undefined);
  if (told.length === 0) {
    const at = positionOf(message.header);
    return { reports: [], errors: [ediError('status_missing', 'message', at, 'the message has no STS')] };
  }
  const readings = told.map((status) => readStatus(status, message, interchange));
  return {
    reports: readings.flatMap(({ reports }) => reports),
    errors: readings.flatMap(({ errors }) => errors),
  };
}

type Scope = {
  readonly packages: string[];
  readonly consignments: string[];
  readonly times: Map<string, Segment>;
  readonly places: Map<string, Segment>;
  readonly texts: string[];
  readonly weights: number[];
};
/** `scopes` from the inside out. */
type Status = { readonly sts: Segment | undefined; readonly scopes: readonly Scope[] };
type Told = Status & { readonly sts: Segment };

function newScope(): Scope {
  return { packages: [], consignments: [], times: new Map(), places: new Map(), texts: [], weights: [] };
}

/** Data element 1153: CW package number. */
const PACKAGE_REFERENCES: ReadonlySet<string> = new Set(['CW']);
/** 1153: waybills and other numbers of the carrier. The customer's own (CU, ON, ...) lead to no parcel. */
const CONSIGNMENT_REFERENCES: ReadonlySet<string> = new Set([
  'AAM',
  'AAS',
  'AWB',
  'BM',
  'CN',
  'HWB',
  'SRN',
  'UCN',
]);
/** 7405: serial shipping container code, its 18-digit form, serial and label number. */
const PACKAGE_IDENTITIES: ReadonlySet<string> = new Set(['AW', 'BJ', 'BN', 'ML']);
const S10 = /^[A-Z]{2}\d{9}[A-Z]{2}$/;

/** 6313: gross weight, of a goods item, total gross. */
const GROSS: ReadonlySet<string> = new Set(['G', 'AAB', 'AAD']);

function note(scope: Scope, segment: Segment): void {
  const first = partOf(segment, 1);
  switch (segment.tag) {
    case 'CNI':
      add(scope.consignments, partOf(segment, 2));
      return;
    case 'RFF': {
      const reference = partOf(segment, 1, 2);
      // Whatever a post calls it, an S10 identifier is an item's.
      if (PACKAGE_REFERENCES.has(first) || S10.test(reference)) add(scope.packages, reference);
      else if (CONSIGNMENT_REFERENCES.has(first)) add(scope.consignments, reference);
      return;
    }
    case 'GIN':
      if (!PACKAGE_IDENTITIES.has(first)) return;
      for (let element = 2; element <= segment.elements.length; element += 1) {
        add(scope.packages, partOf(segment, element, 1));
        add(scope.packages, partOf(segment, element, 2));
      }
      return;
    case 'DTM':
      if (!scope.times.has(first)) scope.times.set(first, segment);
      return;
    case 'LOC':
      if (!scope.places.has(first)) scope.places.set(first, segment);
      return;
    case 'MEA': {
      const grams = GROSS.has(partOf(segment, 2))
        ? readWeight(partOf(segment, 3, 2), partOf(segment, 3, 1))
        : 0;
      if (grams) scope.weights.push(grams);
      return;
    }
    case 'FTX':
      add(
        scope.texts,
        [1, 2, 3, 4, 5]
          .map((part) => partOf(segment, 4, part))
          .join(' ')
          .trim(),
      );
      return;
    default:
      return;
  }
}

function add(list: string[], text: string): void {
  if (text !== '' && !list.includes(text)) list.push(text);
}

/** 2005: status change, event (actual), effective, delivery, arrival, departure, despatch, collection (actual). */
const TIME_OF_STATUS = ['334', '78', '7', '35', '178', '186', '11', '200'];
/** 2005: delivery, then arrival, estimated. */
const TIME_OF_ESTIMATE = ['17', '132'];
/** Where C556 stands in STS. */
const REASON_ELEMENTS = [3, 4, 5, 6, 7];
/** 3227: location of goods, of the activity, of trans-shipment, arrival, departure, warehouse. */
const PLACE_OF_STATUS = ['14', '175', '13', '60', '5', '18'];

function readStatus(
  status: Told,
  message: EdiMessage,
  { sender }: Pick<Interchange, 'sender'>,
): StatusReading {
  const { sts, scopes } = status;
  const fault = (code: EdiError['code'], at: EdiPosition, text: string): StatusReading => ({
    reports: [],
    errors: [ediError(code, 'status', at, text)],
  });
  const numbers = numbersOf(scopes);
  if (numbers.length === 0)
    return fault('number_missing', positionOf(sts), 'no parcel or consignment is named');
  const stated = codeOf(sts, message, sender);
  if (stated === undefined) return fault('status_missing', positionOf(sts, 2, 1), 'STS names no status');
  const dtm = first(scopes, ({ times }) => pick(times, TIME_OF_STATUS));
  if (dtm === undefined) return fault('time_missing', positionOf(sts), 'no time of the status is stated');
  const time = timeOf(dtm);
  if (time === undefined)
    return fault('time_unreadable', positionOf(dtm, 1, 2), 'the time does not fit its format (2379)');
  const reasons = REASON_ELEMENTS.map((element) => partOf(sts, element)).filter((one) => one !== '');
  const [reason] = reasons;
  const loc = first(scopes, ({ places }) => pick(places, PLACE_OF_STATUS));
  const place = loc === undefined ? undefined : readPlace(loc);
  const estimate = first(scopes, ({ times }) => pick(times, TIME_OF_ESTIMATE));
  const estimatedDelivery = estimate === undefined ? undefined : timeOf(estimate);
  const text = textOf(sts, scopes);
  const weightGrams = weightOf(scopes, numbers);
  const report = {
    code: stated.code,
    list: stated.list,
    meaning: statusMeaning(stated.list, stated.code, reasons),
    ...(reason === undefined ? {} : { reason }),
    ...(text === '' ? {} : { text }),
    time,
    ...(place === undefined ? {} : { place }),
    ...(estimatedDelivery === undefined ? {} : { estimatedDelivery }),
    ...(weightGrams === undefined ? {} : { weightGrams }),
    at: positionOf(sts),
  };
  return { reports: numbers.map((number) => ({ number, ...report })), errors: [] };
}

/** Parcels before consignments, the nearest statement before the outer ones. */
function numbersOf(scopes: readonly Scope[]): readonly string[] {
  return (
    scopes.find(({ packages }) => packages.length > 0)?.packages ??
    scopes.find(({ consignments }) => consignments.length > 0)?.consignments ??
    []
  );
}

/** One weight of one parcel; of several it is nobody's, and where two are stated nobody knows which one is meant. */
function weightOf(scopes: readonly Scope[], numbers: readonly string[]): number | undefined {
  const stated = new Set(scopes.find(({ weights }) => weights.length > 0)?.weights);
  const [grams] = stated;
  return numbers.length === 1 && stated.size === 1 ? grams : undefined;
}

/** C555, which has 9011 until D.99 and 4405 after it; else C601 as a whole, for senders who write there. */
function codeOf(sts: Segment, message: EdiMessage, sender: Interchange['sender']) {
  const code = partOf(sts, 2, 1);
  if (code !== '')
    return { code, list: listOf(partOf(sts, 2, 3), message.type, message.release, sender) } as const;
  const parts = [1, 2, 3].map((component) => partOf(sts, 1, component));
  // A bare category says transport, not what happened.
  if (parts[1] === '') return undefined;
  return { code: parts.join(':'), list: ownListOf(sender) } as const;
}

function timeOf(dtm: Segment): EdiTime | undefined {
  return readEdiTime(partOf(dtm, 1, 2), partOf(dtm, 1, 3));
}

function pick(found: ReadonlyMap<string, Segment>, order: readonly string[]): Segment | undefined {
  const qualifier = order.find((one) => found.has(one));
  return qualifier === undefined ? undefined : found.get(qualifier);
}

function first<T>(scopes: readonly Scope[], ask: (scope: Scope) => T | undefined): T | undefined {
  for (const scope of scopes) {
    const answer = ask(scope);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** Status and reason in words, and free text of the status; what stands outside of it is no observation. */
function textOf(sts: Segment, scopes: readonly Scope[]): string {
  const words = [2, ...REASON_ELEMENTS].map((element) => partOf(sts, element, 4));
  return [...words, ...(scopes[0]?.texts ?? [])]
    .filter((text) => text !== '')
    .join('; ')
    .slice(0, 500);
}

const COUNTRY = /^[A-Z]{2}$/;
/** UN/LOCODE: country and three characters. IMPC (UPU S34): country, three of the city, one letter. */
const LOCODE = /^[A-Z]{2}[A-Z2-9]{3}$/;
const IMPC = /^[A-Z]{5}[A-Z0-9]$/;

/** C517 names the place, C519 what it lies in: senders put the country there, as a code or as a name of two letters. */
function readPlace(loc: Segment): StatedPlace | undefined {
  const [code, name] = [partOf(loc, 2, 1), partOf(loc, 2, 4)];
  const within = [partOf(loc, 3, 1), partOf(loc, 3, 4)].find((text) => COUNTRY.test(text));
  const isCoded = LOCODE.test(code) || IMPC.test(code);
  const country = within ?? (COUNTRY.test(code) ? code : isCoded ? code.slice(0, 2) : undefined);
  const city = name === '' ? undefined : name;
  const facility = code !== '' && !COUNTRY.test(code) ? code : undefined;
  if (country === undefined && city === undefined && facility === undefined) return undefined;
  return {
    ...(country === undefined ? {} : { country }),
    ...(city === undefined ? {} : { city }),
    ...(facility === undefined ? {} : { facility }),
  };
}
