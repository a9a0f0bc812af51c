import { createHash } from 'node:crypto';
import { canonicalIdentifier } from './digital-link.policy.ts';
import { sensorTypeUri, standardUri, type VocabularyField, vocabularyUri } from './vocabulary.policy.ts';

type Json = unknown;
type JsonObject = { readonly [name: string]: Json };
/** Prefix of user extensions -> namespace, from the `@context` of document and event. */
export type Namespaces = ReadonlyMap<string, string>;

/**
 * Event id of CBV 2.0, section 8.9 "EPCIS Event Hash ID" (SHA-256, version CBV2.0): the same event in any notation has
 * the same id. `event` is one event in EPCIS 2.0 JSON; `namespaces` those of its document.
 */
export function eventHashId(event: JsonObject, namespaces: Namespaces): string {
  const digest = createHash('sha256').update(preHashOf(event, namespaces), 'utf8').digest('hex');
  return `ni:///sha-256;${digest}?ver=CBV2.0`;
}

/** Shape of a hash id as it is made here. */
export const EVENT_HASH_ID = /^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/;

/**
 * Namespaces that a JSON-LD context declares as `{ "example": "https://ns.example.com/epcis/" }`, or in its long form
 * `{ "@id": "https://ns.example.com/epcis/", "@prefix": true }`.
 */
export function namespacesIn(context: Json, outer: Namespaces = new Map()): Namespaces {
  const found = new Map(outer);
  for (const part of Array.isArray(context) ? context : [context]) {
    if (!isObject(part)) continue;
    for (const [prefix, told] of Object.entries(part)) {
      const uri = isObject(told) && told['@prefix'] === true ? told['@id'] : told;
      if (typeof uri === 'string') found.set(prefix, uri);
    }
  }
  return found;
}

/** What is hashed; for tests and for finding out why two hashes differ. */
export function preHashOf(event: JsonObject, outer: Namespaces): string {
  const namespaces = namespacesIn(event['@context'], outer);
  const type = typeof event.type === 'string' ? event.type : '';
  const fields = EVENT_FIELDS.map(([name, write]) => write(name, event[name], namespaces));
  return `eventType=${type}${fields.join('')}${extensionsOf(event, EVENT_NAMES, namespaces)}`;
}

type Write = (name: string, value: Json, namespaces: Namespaces) => string;
type Order = readonly (readonly [name: string, write: Write])[];

/** Code units decide: for characters outside the basic plane this differs from UTF-8, which nobody has met yet. */
const inOrder = (texts: readonly string[]) => texts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));

const keyed =
  (canonical: (text: string) => string): Write =>
  (name, value) => {
    const text = textOf(value);
    return text === '' ? '' : `${name}=${canonical(text)}`;
  };
const identifier = keyed((text) => numberless(canonicalIdentifier(standardUri(text))));
const time = keyed(utcMillis);
const raw = keyed((text) => text);
const word = (field: VocabularyField) => keyed((text) => vocabularyUri(field, text));

/** A list of plain values under the name of the list; `name` of each value is another one. */
const listOf =
  (child: string, write: Write): Write =>
  (name, value, namespaces) => {
    const texts = itemsOf(value)
      .map((item) => write(child, item, namespaces))
      .filter((text) => text !== '');
    return texts.length === 0 ? '' : name + inOrder(texts).join('');
  };

/** An object's fields in their order, then its user extensions. */
const structure =
  (order: Order): Write =>
  (name, value, namespaces) => {
    if (!isObject(value)) return '';
    const inner = order.map(([field, write]) => write(field, value[field], namespaces)).join('');
    const all = inner + extensionsOf(value, new Set(order.map(([field]) => field)), namespaces);
    return all === '' ? '' : name + all;
  };

/** `{ type, bizTransaction }`: the value first, then its type (rule 13). */
const typed =
  (field: VocabularyField): Write =>
  (name, value) => {
    if (!isObject(value)) return '';
    const text = identifier(name, value[name], new Map());
    const type = keyed((one) => vocabularyUri(field, one))('type', value.type, new Map());
    return text + type;
  };

const quantity: Write = structure([
  ['epcClass', identifier],
  ['quantity', identifier],
  ['uom', raw],
]);
const quantities = listOf('quantityElement', quantity);
const epcs = listOf('epc', identifier);

const place: Write = structure([['id', identifier]]);

/** Several values of one name, each with the name, in order: `set=...set=...`. */
const repeated =
  (write: Write): Write =>
  (name, value, namespaces) =>
    inOrder(itemsOf(value).map((item) => write(name, item, namespaces))).join('');

const METADATA: Order = [
  ['time', time],
  ['startTime', time],
  ['endTime', time],
  ['deviceID', identifier],
  ['deviceMetadata', identifier],
  ['rawData', identifier],
  ['dataProcessingMethod', identifier],
  ['bizRules', identifier],
];
const REPORT: Order = [
  ['type', keyed(sensorTypeUri)],
  ['exception', word('sensorException')],
  ['deviceID', identifier],
  ['deviceMetadata', identifier],
  ['rawData', identifier],
  ['dataProcessingMethod', identifier],
  ['time', time],
  ['microorganism', identifier],
  ['chemicalSubstance', identifier],
  ['value', identifier],
  ['component', word('component')],
  ['stringValue', identifier],
  ['booleanValue', raw],
  ['hexBinaryValue', identifier],
  ['uriValue', identifier],
  ['minValue', identifier],
  ['maxValue', identifier],
  ['meanValue', identifier],
  ['sDev', identifier],
  ['percRank', identifier],
  ['percValue', identifier],
  ['uom', raw],
  ['coordinateReferenceSystem', identifier],
];

const sensorElement: Write = structure([
  ['sensorMetadata', structure(METADATA)],
  ['sensorReport', repeated(structure(REPORT))],
]);

const ilmd: Write = (name, value, namespaces) => {
  if (!isObject(value)) return '';
  const inner = extensionsOf(value, new Set(), namespaces);
  return inner === '' ? '' : name + inner;
};

/** The canonical property order. */
const EVENT_FIELDS: Order = [
  ['eventTime', time],
  ['eventTimeZoneOffset', raw],
  ['epcList', epcs],
  ['parentID', identifier],
  ['inputEPCList', epcs],
  ['childEPCs', epcs],
  ['quantityList', quantities],
  ['childQuantityList', quantities],
  ['inputQuantityList', quantities],
  ['outputEPCList', epcs],
  ['outputQuantityList', quantities],
  ['action', raw],
  ['transformationID', identifier],
  ['bizStep', word('bizStep')],
  ['disposition', word('disposition')],
  [
    'persistentDisposition',
    structure([
      ['set', repeated(word('disposition'))],
      ['unset', repeated(word('disposition'))],
    ]),
  ],
  ['readPoint', place],
  ['bizLocation', place],
  ['bizTransactionList', listOf('bizTransaction', typed('transactionType'))],
  ['sourceList', listOf('source', typed('partyRole'))],
  ['destinationList', listOf('destination', typed('partyRole'))],
  ['sensorElementList', listOf('sensorElement', sensorElement)],
  ['ilmd', ilmd],
];

/** Names that are no user extension; those that are left out of the hash besides the ordered ones. */
const EVENT_NAMES: ReadonlySet<string> = new Set([
  ...EVENT_FIELDS.map(([name]) => name),
  'type',
  'eventID',
  'recordTime',
  'errorDeclaration',
  'certificationInfo',
]);
/** `bizRules` of a report stands in the schemas alone. */
const NEVER: ReadonlySet<string> = new Set([
  '@context',
  '@type',
  'type',
  'comment',
  'rdfs:comment',
  'bizRules',
]);

/** User extensions of an object: `{namespace}name=value`, nested ones after their parent, all in order (19 to 21). */
function extensionsOf(holder: JsonObject, known: ReadonlySet<string>, namespaces: Namespaces): string {
  const texts = Object.entries(holder)
    .filter(([name]) => !known.has(name) && !NEVER.has(name))
    .flatMap(([name, value]) => itemsOf(value).map((item) => extension(name, item, namespaces)));
  return inOrder(texts).join('');
}

function extension(name: string, value: Json, namespaces: Namespaces): string {
  const key = expandedName(name, namespaces);
  if (isObject(value)) return key + extensionsOf(value, new Set(), namespaces);
  const text = textOf(value);
  return text === '' ? key : `${key}=${numberless(canonicalIdentifier(standardUri(text)))}`;
}

function expandedName(name: string, namespaces: Namespaces): string {
  const colon = name.indexOf(':');
  const namespace = colon < 0 ? undefined : namespaces.get(name.slice(0, colon));
  return namespace === undefined ? name : `{${namespace}}${name.slice(colon + 1)}`;
}

function itemsOf(value: Json): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.flat() : [value];
}

function textOf(value: Json): string {
  switch (typeof value) {
    case 'string':
      return value.trim();
    case 'number':
      return Number.isInteger(value) ? BigInt(value).toString() : String(value);
    case 'boolean':
      return String(value);
    default:
      return '';
  }
}

/**
 * Numbers have no trailing zeros and no sign before them that says nothing (rule 6). XML cannot tell a number from
 * text, so text that looks like one counts as one; a long row of digits is an identifier and stays.
 */
function numberless(text: string): string {
  if (!/^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return text;
  const [whole = '', fraction = ''] = text.replace(/^\+/, '').split('.');
  const trimmed = fraction.replace(/0+$/, '');
  const integer = whole.replace(/^(-?)0+(?=\d)/, '$1');
  const number = trimmed === '' ? integer : `${integer}.${trimmed}`;
  return number === '-0' ? '0' : number;
}

/** UTC with milliseconds, rounded; text that is no time of day stays as it is. */
function utcMillis(text: string): string {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,12}))?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  if (match === null) return text;
  const ms = Date.parse(`${match[1]}${match[3]}`) + Math.round(Number(`0.${match[2] ?? '0'}`) * 1_000);
  return Number.isNaN(ms) ? text : new Date(ms).toISOString();
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
