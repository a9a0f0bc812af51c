import { createHash } from 'node:crypto';
import { msOf } from '../kernel/index.ts';
import { canonicalIdentifier } from './digital-link.policy.ts';
import { momentOf } from './moment.policy.ts';
import { sensorTypeUri, standardUri, vocabularyUri } from './vocabulary.policy.ts';

/**
 * One thing that an event says, as queries look for it: the name of the field and the canonical value. `number`: of what is
 * compared by size; times in milliseconds since 1970.
 */
export type Term = { readonly name: string; readonly value: string; readonly number?: number };

/** Longer values are kept by their digest, so that any fits an index. Our default. */
export const LONGEST_BYTES = 300;

export const termValue = (text: string): string => shortened(text, LONGEST_BYTES);

/** Text of so many bytes as it is, longer text by its digest. */
export function shortened(text: string, longestBytes: number): string {
  if (Buffer.byteLength(text) <= longestBytes) return text;
  return `#sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
}

/** A key of GS1, a standard URI or a URI of one's own, in whatever notation. */
export function identifierOf(text: string): string {
  return canonicalIdentifier(standardUri(text));
}

const asWritten = (text: string) => text;
/** XML Schema: the letters of hexBinary are the same in both cases. */
export const hexadecimal = (text: string) => text.toUpperCase();

type Fields = Readonly<Record<string, unknown>>;
type Canonical = (text: string) => string;

/** Fields of a sensor element whose text is looked for, and how they are written canonically. */
const IN_METADATA: Readonly<Record<string, Canonical>> = {
  deviceID: identifierOf,
  deviceMetadata: identifierOf,
  rawData: identifierOf,
  dataProcessingMethod: identifierOf,
  bizRules: identifierOf,
};
const IN_REPORT: Readonly<Record<string, Canonical>> = {
  ...IN_METADATA,
  type: sensorTypeUri,
  microorganism: identifierOf,
  chemicalSubstance: identifierOf,
  stringValue: asWritten,
  booleanValue: asWritten,
  hexBinaryValue: hexadecimal,
  uriValue: identifierOf,
};
const UNIT = /^[A-Z0-9]{2,4}$/;
/** Measures of a report; all but the rank have the unit of the report. */
export const MEASURES = ['value', 'minValue', 'maxValue', 'meanValue', 'sDev', 'percValue'] as const;

/** Names of terms of a sensor element: those of metadata and report are told apart. */
export const inMetadata = (field: string) => `sensorMetadata ${field}`;
export const inReport = (field: string) => `sensorReport ${field}`;
/** Of a measure in a unit; what is no code of a unit cannot be asked for. */
export const inUnit = (field: string, unit: string) => `${field} ${unit}`;
/** Of a list whose entries have a type: its canonical URI. */
export const ofType = (list: string, type: string) => `${list} ${termValue(type)}`;

/** All that an event says that a query may ask for, each once. The event fits the schema of the standard. */
export function termsOf(event: Fields): readonly Term[] {
  const found = [...lists(event), ...places(event), ...typedEntries(event), ...declaration(event)];
  for (const element of items(event.sensorElementList)) found.push(...sensorElement(element));
  const distinct = new Map(found.map((term) => [`${term.name}\n${term.value}`, term]));
  return [...distinct.values()];
}

function text(name: string, value: unknown, canonical: Canonical = identifierOf): Term[] {
  return typeof value === 'string' ? [{ name, value: termValue(canonical(value)) }] : [];
}

function measure(name: string, value: unknown): Term[] {
  return typeof value === 'number' ? [{ name, value: String(value), number: value }] : [];
}

function time(name: string, value: unknown): Term[] {
  const moment = typeof value === 'string' ? momentOf(value) : undefined;
  return moment === undefined ? [] : [{ name, value: moment, number: msOf(moment) }];
}

const LISTS = [
  ['epcList', 'epc'],
  ['childEPCs', 'epc'],
  ['inputEPCList', 'inputEPC'],
  ['outputEPCList', 'outputEPC'],
] as const;
const QUANTITIES = [
  ['quantityList', 'epcClass'],
  ['childQuantityList', 'epcClass'],
  ['inputQuantityList', 'inputEPCClass'],
  ['outputQuantityList', 'outputEPCClass'],
] as const;

function lists(event: Fields): Term[] {
  return [
    ...LISTS.flatMap(([list, name]) => strings(event[list]).flatMap((epc) => text(name, epc))),
    ...QUANTITIES.flatMap(([list, name]) =>
      items(event[list]).flatMap(({ epcClass, quantity, uom }) => [
        ...text(name, epcClass),
        ...measure('quantity', quantity),
        ...(typeof uom === 'string' ? measure(inUnit('quantity', uom), quantity) : []),
      ]),
    ),
    ...text('parentID', event.parentID),
    ...text('transformationID', event.transformationID, asWritten),
  ];
}

function places(event: Fields): Term[] {
  return (['readPoint', 'bizLocation'] as const).flatMap((name) => text(name, fields(event[name]).id));
}

function typedEntries(event: Fields): Term[] {
  const dispositions = fields(event.persistentDisposition);
  const disposition = (word: string) => vocabularyUri('disposition', word);
  return [
    ...(['set', 'unset'] as const).flatMap((change) =>
      strings(dispositions[change]).flatMap((word) =>
        text(`persistentDisposition ${change}`, word, disposition),
      ),
    ),
    ...TYPED.flatMap(({ list, name, field }) =>
      items(event[list]).flatMap((entry) => [
        ...text(name, entry[name]),
        ...(typeof entry.type === 'string'
          ? text(ofType(name, vocabularyUri(field, entry.type)), entry[name])
          : []),
      ]),
    ),
  ];
}

/** Lists of entries with a type, the member that holds the value, and the home of the types. */
export const TYPED = [
  { list: 'bizTransactionList', name: 'bizTransaction', field: 'transactionType' },
  { list: 'sourceList', name: 'source', field: 'partyRole' },
  { list: 'destinationList', name: 'destination', field: 'partyRole' },
] as const;

function declaration(event: Fields): Term[] {
  const { declarationTime, reason, correctiveEventIDs } = fields(event.errorDeclaration);
  return [
    ...time('errorDeclarationTime', declarationTime),
    ...text('errorReason', reason, (word) => vocabularyUri('errorReason', word)),
    ...strings(correctiveEventIDs).flatMap((id) => text('correctiveEventID', id, asWritten)),
  ];
}

function sensorElement(element: Fields): Term[] {
  const metadata = fields(element.sensorMetadata);
  const reports = items(element.sensorReport);
  return [
    { name: 'sensorElement', value: '' },
    ...Object.entries(IN_METADATA).flatMap(([name, canonical]) =>
      text(inMetadata(name), metadata[name], canonical),
    ),
    ...['time', 'startTime', 'endTime'].flatMap((name) => time(inMetadata(name), metadata[name])),
    ...reports.flatMap(sensorReport),
  ];
}

function sensorReport(report: Fields): Term[] {
  const { uom, booleanValue } = report;
  const told = { ...report, ...(booleanValue === undefined ? {} : { booleanValue: String(booleanValue) }) };
  return [
    ...Object.entries(IN_REPORT).flatMap(([name, canonical]) =>
      text(inReport(name), (told as Fields)[name], canonical),
    ),
    ...time(inReport('time'), report.time),
    ...measure('percRank', report.percRank),
    ...(typeof uom === 'string' && UNIT.test(uom)
      ? MEASURES.flatMap((name) => measure(inUnit(name, uom), report[name]))
      : []),
  ];
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function items(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
