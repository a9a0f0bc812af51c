import { msOf } from '../kernel/index.ts';
import type { Namespaces } from './event-hash.policy.ts';
import { momentOf } from './moment.policy.ts';
import { fullName } from './namespaces.policy.ts';
import { identifierOf, shortened, type Term, termValue } from './terms.policy.ts';

/** Where an event may have fields of its sender's own, as parameters of queries write it; '' is the event itself. */
export const PARTS = [
  '',
  'ILMD',
  'SENSORELEMENT',
  'SENSORMETADATA',
  'SENSORREPORT',
  'ERROR_DECLARATION',
  'readPoint',
  'bizLocation',
] as const;
export type Part = (typeof PARTS)[number];

/** A field of one's own: directly in its part, or inside another such field, however deep. */
export type Place = { readonly part: Part; readonly isInner: boolean };

/** A field as a query names it; of its full names any may be the one. */
export type OwnField = { readonly place: Place; readonly names: readonly string[] };

/** What is compared: the value itself; moments and days have an order of their own. */
type Kind = 'value' | 'time' | 'date';

/** Longer full names are kept by their digest: they are repeated with every value. Our default. */
const LONGEST_NAME_BYTES = 100;

/** Name of a term of such a field. No field of the standard begins like this. */
export function termName(kind: Kind, { part, isInner }: Place, name: string): string {
  return `ext ${kind} ${part || 'event'} ${isInner ? 'inner' : 'top'} ${shortened(name, LONGEST_NAME_BYTES)}`;
}

/** A decimal number as XML and parameters write it. Text that looks like one is compared as one. */
export const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?(?:[eE][+-]?\d{1,2})?$/;
/** No URI of ours is longer; what is longer is not looked at as an identifier. */
const LONGEST_URI = 1_000;

export function canonicalValue(text: string): string {
  return termValue(text.length > LONGEST_URI ? text : identifierOf(text));
}

/** A day of the calendar without a time (XML Schema date), in milliseconds of its midnight in UTC. */
export function dayOf(text: string): number | undefined {
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(text) ? momentOf(`${text}T00:00:00Z`) : undefined;
  return moment === undefined ? undefined : msOf(moment);
}

type Fields = Readonly<Record<string, unknown>>;
type Field = { readonly place: Place; readonly name: string; readonly value: unknown };

/** Looks for one field alone, and counts the fields that were looked at on the way. */
export type Search = { readonly own: OwnField; looked: number };

/**
 * What an event says in fields of its sender's own; some of it more than once. `namespaces`: of event and document. One
 * after another, as a document may hold hundreds of thousands.
 */
export function* extensionTerms(event: Fields, namespaces: Namespaces, search?: Search): Generator<Term> {
  const waiting = [...topFields(event, search?.own.place.part)];
  for (let field = waiting.pop(); field !== undefined; field = waiting.pop()) {
    const { place, value } = field;
    if (search !== undefined) search.looked += 1;
    if (Array.isArray(value)) for (const item of value) waiting.push({ ...field, value: item });
    else if (isFields(value) && Object.hasOwn(value, '@value'))
      waiting.push({ ...field, value: value['@value'] });
    else if (isFields(value)) {
      if (typeof value['@id'] === 'string') waiting.push({ ...field, value: value['@id'] });
      const inner = { ...place, isInner: true };
      for (const [key, held] of entriesOf(value)) waiting.push({ place: inner, name: key, value: held });
    }
    const name = fullName(field.name, namespaces);
    if (search === undefined || isOne(search.own, place, name)) yield* termsOfValue(place, name, value);
  }
}

function isOne({ place, names }: OwnField, { isInner }: Place, name: string): boolean {
  return isInner === place.isInner && names.includes(name);
}

/** Of an object only that there is something; what it holds is for its own fields to say. */
function termsOfValue(place: Place, name: string, value: unknown): Term[] {
  if (!isFields(value)) return leaf(place, name, value);
  if (Object.hasOwn(value, '@value') || Object.keys(value).length === 0) return [];
  return [{ name: termName('value', place, name), value: '' }];
}

/** Null, an empty text and a list itself say nothing. */
function leaf(place: Place, name: string, value: unknown): Term[] {
  const own = termName('value', place, name);
  if (typeof value === 'boolean') return [{ name: own, value: String(value) }];
  if (typeof value === 'number') return [{ name: own, value: String(value), number: value }];
  if (typeof value !== 'string' || value === '') return [];
  const number = NUMBER.test(value) ? { number: Number(value) } : {};
  const terms: Term[] = [{ name: own, value: canonicalValue(value), ...number }];
  const moment = momentOf(value);
  if (moment !== undefined)
    terms.push({ name: termName('time', place, name), value: moment, number: msOf(moment) });
  const day = dayOf(value);
  if (day !== undefined) terms.push({ name: termName('date', place, name), value, number: day });
  return terms;
}

/** The names of the standard have no colon, those of others do; all that ILMD has is its sender's own. */
function* topFields(event: Fields, wanted: Part | undefined): Generator<Field> {
  for (const [part, holder] of holders(event))
    if (wanted === undefined || part === wanted) yield* fieldsIn(part, holder);
}

function* fieldsIn(part: Part, holder: unknown): Generator<Field> {
  for (const [name, value] of entriesOf(holder))
    if (part === 'ILMD' || name.includes(':')) yield { place: { part, isInner: false }, name, value };
}

function* holders(event: Fields): Generator<[Part, unknown]> {
  yield ['', event];
  yield ['ILMD', event.ilmd];
  yield ['ERROR_DECLARATION', event.errorDeclaration];
  yield ['readPoint', event.readPoint];
  yield ['bizLocation', event.bizLocation];
  for (const element of items(event.sensorElementList)) {
    yield ['SENSORELEMENT', element];
    yield ['SENSORMETADATA', element.sensorMetadata];
    for (const report of items(element.sensorReport)) yield ['SENSORREPORT', report];
  }
}

/** Names that begin with @ are those of JSON-LD itself. */
function entriesOf(value: unknown): [string, unknown][] {
  return isFields(value) ? Object.entries(value).filter(([name]) => !name.startsWith('@')) : [];
}

function items(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
