import { msOf } from '../kernel/index.ts';
import {
  type Condition,
  type Described,
  type Extended,
  exists,
  isOperator,
  OPERATORS,
  type Operator,
  type Parameter,
  rangeOf,
  WRONG_VALUE,
} from './condition.policy.ts';
import type { Namespaces } from './event-hash.policy.ts';
import { canonicalValue, dayOf, NUMBER, PARTS, type Part, type Place, termName } from './extension.policy.ts';
import { momentOf } from './moment.policy.ts';
import { fullName, namespaceOf } from './namespaces.policy.ts';
import { attributeName } from './vocabulary-element.policy.ts';

/*
 * Parameters of the standard for fields of a sender's own (EPCIS 2.0, 8.2.7.1): EQ_fieldname, EQ_ILMD_fieldname,
 * EQ_INNER_ILMD_fieldname and so on. A field is named with a prefix that the query binds (`example:lot`), or as the text of
 * the standard has it, by its namespace, # and its name.
 */

/** `{field}` is the name of a field, `{part_}` one of PARTS with a _ or nothing, `{INNER_}` is written or left out. */
export const EXTENSION_NAMES: readonly string[] = [
  ...[...OPERATORS, 'EXISTS'].map((operator) => `${operator}_{INNER_}{part_}{field}`),
  'HASATTR_{field}',
  'EQATTR_{field}_{attribute}',
];

const NAME = new RegExp(`^([A-Z]{2,6})_(INNER_)?(?:(${PARTS.filter(Boolean).join('|')})_)?(\\S{2,500})$`);
/** With a prefix, or a namespace; nothing before the # is no namespace, as fields inside others may have. */
const FIELD = /^(?:[A-Za-z][\w.-]*:|#)./;

export function findExtensionParameter(name: string): Parameter | undefined {
  if (name.startsWith('HASATTR_')) return attributeParameter(name.slice('HASATTR_'.length), undefined);
  if (name.startsWith('EQATTR_')) return findEqualAttribute(name.slice('EQATTR_'.length));
  const [, operator = '', inner, part = '', field = ''] = NAME.exec(name) ?? [];
  const place: Place = { part: part as Part, isInner: inner !== undefined };
  if (!FIELD.test(field) || (field.startsWith('#') && !place.isInner && part !== 'ILMD')) return undefined;
  if (operator === 'EXISTS') return exists((namespaces) => existing(place, field, namespaces));
  return isOperator(operator) ? compared(operator, place, field) : undefined;
}

/** The full names that a field may have; a text is what is wrong. */
function namesOf(field: string, namespaces: Namespaces): readonly string[] | string {
  const colon = field.indexOf(':');
  const prefix = field.slice(0, colon);
  if (field.startsWith('#')) return [field];
  const isFull = field.startsWith('//', colon + 1);
  if (!isFull && namespaceOf(prefix, namespaces) !== undefined) return [fullName(field, namespaces)];
  const hash = field.lastIndexOf('#');
  // The namespace may itself end in the # that the standard puts behind it.
  if (hash > 0) return [field, field.slice(0, hash) + field.slice(hash + 1)];
  if (isFull) return [field];
  const shown = prefix.slice(0, 60);
  return `the prefix ${shown} is not bound: with an address send GS1-Extensions: ${shown}=NAMESPACE, in a query of a name give @context`;
}

function existing(place: Place, field: string, namespaces: Namespaces): Condition | string {
  const names = namesOf(field, namespaces);
  if (typeof names === 'string') return names;
  const fits = names.map((name) => ({ name: termName('value', place, name) }));
  return { kind: 'extended', extended: { own: { place, names }, fits } };
}

function compared(operator: Operator, place: Place, field: string): Parameter {
  return {
    isList: operator === 'EQ',
    read: (values, namespaces) => {
      const names = namesOf(field, namespaces);
      if (typeof names === 'string') return names;
      if (values.includes('')) return WRONG_VALUE;
      const fits = names.map((name) =>
        operator === 'EQ' ? equal(place, name, values) : inOrder(operator, place, name, values[0] ?? ''),
      );
      if (fits.includes(undefined))
        return 'must be a number, a day, or a date and time with an offset (a + in an address is %2B)';
      const own = { place, names };
      return { kind: 'extended', extended: { own, fits: fits.flatMap((one) => one ?? []) } };
    },
  };
}

/** As it stands; a number also as a number of JSON, a moment also as it is told elsewhere on earth. */
function equal(place: Place, name: string, values: readonly string[]): Extended['fits'] {
  const texts = values.flatMap((value) => [
    canonicalValue(value),
    ...(NUMBER.test(value) ? [String(Number(value))] : []),
  ]);
  const moments = values.flatMap((value) => momentOf(value) ?? []);
  return [
    { name: termName('value', place, name), values: [...new Set(texts)] },
    ...(moments.length === 0 ? [] : [{ name: termName('time', place, name), values: moments }]),
  ];
}

/** Numbers with numbers, days with days, moments with moments. Undefined: the value is none of them. */
function inOrder(
  operator: Operator,
  place: Place,
  name: string,
  value: string,
): Extended['fits'] | undefined {
  if (NUMBER.test(value))
    return [{ name: termName('value', place, name), ...rangeOf(operator, Number(value)) }];
  const day = dayOf(value);
  if (day !== undefined) return [{ name: termName('date', place, name), ...rangeOf(operator, day) }];
  const moment = momentOf(value);
  return moment === undefined
    ? undefined
    : [{ name: termName('time', place, name), ...rangeOf(operator, msOf(moment)) }];
}

/** Fields of the standard that hold a word or identifier which master data may describe, and where that is found. */
const DESCRIBED: Readonly<Record<string, Described['of']>> = {
  bizStep: { column: 'bizSteps' },
  disposition: { column: 'dispositions' },
  ...Object.fromEntries(
    [
      ...['readPoint', 'bizLocation', 'bizTransaction', 'source', 'destination'],
      ...['epcClass', 'inputEPCClass', 'outputEPCClass'],
    ].map((name) => [name, { names: [name] }]),
  ),
};

function attributeParameter(field: string, attribute: string | undefined): Parameter | undefined {
  const isStandard = Object.hasOwn(DESCRIBED, field);
  if (!isStandard && (!FIELD.test(field) || field.startsWith('#') || /\s/.test(field))) return undefined;
  return {
    isList: true,
    read: (values, namespaces) => {
      if (values.includes('')) return WRONG_VALUE;
      const of = isStandard ? DESCRIBED[field] : ofExtension(field, namespaces);
      if (of === undefined || typeof of === 'string') return of ?? WRONG_VALUE;
      const attributes = (attribute === undefined ? values : [attribute]).map((name) =>
        attributeName(name, namespaces),
      );
      return {
        kind: 'described',
        described: {
          of,
          attributes,
          values: attribute === undefined ? undefined : values.map(canonicalValue),
        },
      };
    },
  };
}

function ofExtension(field: string, namespaces: Namespaces): Described['of'] | string {
  const names = namesOf(field, namespaces);
  if (typeof names === 'string') return names;
  const place: Place = { part: '', isInner: false };
  return { names: names.map((name) => termName('value', place, name)), own: { place, names } };
}

/** The first _ behind the field ends it (EPCIS 2.0 leaves names with one to us). */
function findEqualAttribute(rest: string): Parameter | undefined {
  const end = rest.indexOf('_', rest.indexOf(':') + 1);
  const standard = Object.keys(DESCRIBED).find((field) => rest.startsWith(`${field}_`));
  const cut = standard?.length ?? end;
  const attribute = rest.slice(cut + 1);
  return cut < 1 || attribute === '' ? undefined : attributeParameter(rest.slice(0, cut), attribute);
}
