import { addMs, type Instant, msOf } from '../kernel/index.ts';
import {
  BOOLEANS,
  type Bound,
  type Column,
  type Condition,
  exists,
  isOperator,
  OPERATORS,
  type Operator,
  type Parameter,
  rangeOf,
  type Said,
  WRONG_VALUE,
} from './condition.policy.ts';
import {
  isPatternUri,
  type Pattern,
  patternOfValue,
  patternsOfClasses,
  patternsOfEpcs,
} from './epc-pattern.policy.ts';
import { EVENT_TYPES } from './event.schema.ts';
import { NUMBER } from './extension.policy.ts';
import { EXTENSION_NAMES, findExtensionParameter } from './extension-parameters.policy.ts';
import { momentOf } from './moment.policy.ts';
import { placesInside } from './place-hierarchy.policy.ts';
import {
  hexadecimal,
  identifierOf,
  inMetadata,
  inReport,
  inUnit,
  MEASURES,
  ofType,
  TYPED,
  termValue,
} from './terms.policy.ts';
import { inAllUnits } from './units.policy.ts';
import { sensorTypeUri, vocabularyUri } from './vocabulary.policy.ts';

/** Each value on its own; a canonical form of '' is none. */
function listOf(
  canonical: (text: string) => string,
  condition: (values: readonly string[]) => Condition,
): Parameter {
  return {
    isList: true,
    read: (values) => {
      const read = values.map((value) => canonical(value.trim()));
      return read.includes('') ? WRONG_VALUE : condition([...new Set(read)]);
    },
  };
}

const column = (name: Column, canonical: (text: string) => string) =>
  listOf(canonical, (values) => ({ kind: 'column', column: name, values }));

const said = (names: readonly string[], canonical: (text: string) => string) =>
  listOf(canonical, (values) => saidOf(names, values));

function saidOf(
  names: readonly string[],
  values: readonly string[],
  patterns: readonly Pattern[] = [],
): Condition {
  return { kind: 'said', said: { names, values: values.map(termValue), patterns } };
}

/** Identifiers and patterns of them. A pattern is the name of a class of goods as well, which an event may list. */
function matched(
  names: readonly string[],
  patternsOf: (uri: string) => readonly Pattern[] | undefined,
): Parameter {
  return {
    isList: true,
    read: (given) => {
      const values = given.map((value) => value.trim());
      if (values.includes('')) return WRONG_VALUE;
      const patterns = values.map(patternsOf);
      if (values.some((value, index) => isPatternUri(value) && patterns[index] === undefined))
        return 'is no pattern that fits here: once a part is *, all behind it are';
      return saidOf(
        names,
        [...new Set(values.map(identifierOf))],
        patterns.flatMap((one) => one ?? []),
      );
    },
  };
}

function withDescendants(name: string): Parameter {
  return listOf(identifierOf, (values) => ({
    kind: 'said',
    said: {
      names: [name],
      values: values.map(termValue),
      patterns: values.flatMap((place) => placesInside(place) ?? []),
      isWithDescendants: true,
    },
  }));
}

const one = (read: (value: string) => Condition | string): Parameter => ({
  isList: false,
  read: ([value = '']) => read(value),
});

function momentIn(value: string, condition: (moment: Instant) => Condition): Condition | string {
  const moment = momentOf(value);
  return moment === undefined
    ? 'must be a date and time with an offset (a + in an address is %2B)'
    : condition(moment);
}

const bound = (name: Bound) =>
  one((value) => momentIn(value, (moment) => ({ kind: 'time', bound: name, moment })));

/** `GE_` and `LT_` of a time that stands among the terms. */
const timeTerm = (operator: 'GE' | 'LT', names: readonly string[]) =>
  one((value) =>
    momentIn(value, (moment) => {
      const [low, high] =
        operator === 'GE' ? [msOf(moment), Number.MAX_VALUE] : [-Number.MAX_VALUE, msOf(addMs(moment, -1))];
      return { kind: 'measured', measured: { ranges: names.map((name) => ({ name, low, high })) } };
    }),
  );

const isOneOf = (allowed: readonly string[]) => (text: string) => (allowed.includes(text) ? text : '');
const asGiven = (text: string) => text;
const step = (text: string) => vocabularyUri('bizStep', text);
const disposition = (text: string) => vocabularyUri('disposition', text);
/** Metadata or report: where an element says it once for all or for each. */
const inEither = (field: string) => [inMetadata(field), inReport(field)];
const EVERY_EPC = ['epc', 'parentID', 'inputEPC', 'outputEPC'] as const;
const EVERY_CLASS = ['epcClass', 'inputEPCClass', 'outputEPCClass'] as const;

/** Parameters of the standard's SimpleEventQuery with fixed names (EPCIS 2.0, 8.2.7.1). */
const FIXED: Readonly<Record<string, Parameter>> = {
  eventType: column('eventTypes', isOneOf(EVENT_TYPES)),
  EQ_action: column('actions', isOneOf(['OBSERVE', 'ADD', 'DELETE'])),
  EQ_bizStep: column('bizSteps', step),
  EQ_disposition: column('dispositions', disposition),
  EQ_persistentDisposition_set: said(['persistentDisposition set'], disposition),
  EQ_persistentDisposition_unset: said(['persistentDisposition unset'], disposition),
  EQ_readPoint: said(['readPoint'], identifierOf),
  WD_readPoint: withDescendants('readPoint'),
  EQ_bizLocation: said(['bizLocation'], identifierOf),
  WD_bizLocation: withDescendants('bizLocation'),
  EQ_eventID: column('eventIds', asGiven),
  MATCH_epc: matched(['epc'], patternsOfEpcs),
  MATCH_parentID: matched(['parentID'], patternsOfEpcs),
  MATCH_inputEPC: matched(['inputEPC'], patternsOfEpcs),
  MATCH_outputEPC: matched(['outputEPC'], patternsOfEpcs),
  MATCH_anyEPC: matched(EVERY_EPC, patternsOfEpcs),
  MATCH_epcClass: matched(['epcClass'], patternsOfClasses),
  MATCH_inputEPCClass: matched(['inputEPCClass'], patternsOfClasses),
  MATCH_outputEPCClass: matched(['outputEPCClass'], patternsOfClasses),
  MATCH_anyEPCClass: matched(EVERY_CLASS, patternsOfClasses),
  EQ_transformationID: said(['transformationID'], asGiven),
  EXISTS_errorDeclaration: exists(() => ({ kind: 'declaresError' })),
  EQ_errorReason: said(['errorReason'], (text) => vocabularyUri('errorReason', text)),
  EQ_correctiveEventID: said(['correctiveEventID'], asGiven),
  GE_errorDeclarationTime: timeTerm('GE', ['errorDeclarationTime']),
  LT_errorDeclarationTime: timeTerm('LT', ['errorDeclarationTime']),
  GE_eventTime: bound('eventTimeFrom'),
  LT_eventTime: bound('eventTimeBefore'),
  GE_recordTime: bound('recordTimeFrom'),
  LT_recordTime: bound('recordTimeBefore'),
  EXISTS_sensorElementList: exists(() => saidOf(['sensorElement'], [''])),
  ...timesOf('time', inEither('time')),
  ...timesOf('SENSORMETADATA_time', [inMetadata('time')]),
  ...timesOf('SENSORREPORT_time', [inReport('time')]),
  ...timesOf('startTime', [inMetadata('startTime')]),
  ...timesOf('endTime', [inMetadata('endTime')]),
  EQ_type: said([inReport('type')], sensorTypeUri),
  ...ofElement('deviceID'),
  ...ofElement('deviceMetadata'),
  ...ofElement('rawData'),
  ...ofElement('dataProcessingMethod'),
  ...ofElement('bizRules'),
  EQ_microorganism: said([inReport('microorganism')], identifierOf),
  EQ_chemicalSubstance: said([inReport('chemicalSubstance')], identifierOf),
  EQ_stringValue: said([inReport('stringValue')], asGiven),
  EQ_booleanValue: one((value) =>
    Object.hasOwn(BOOLEANS, value) ? saidOf([inReport('booleanValue')], [value]) : 'must be true or false',
  ),
  EQ_hexBinaryValue: said([inReport('hexBinaryValue')], (text) =>
    /^[A-Fa-f0-9]+$/.test(text) ? hexadecimal(text) : '',
  ),
  EQ_uriValue: said([inReport('uriValue')], identifierOf),
};

function timesOf(parameter: string, names: readonly string[]): Record<string, Parameter> {
  return { [`GE_${parameter}`]: timeTerm('GE', names), [`LT_${parameter}`]: timeTerm('LT', names) };
}

function ofElement(field: string): Record<string, Parameter> {
  return {
    [`EQ_${field}`]: said(inEither(field), identifierOf),
    [`EQ_SENSORMETADATA_${field}`]: said([inMetadata(field)], identifierOf),
    [`EQ_SENSORREPORT_${field}`]: said([inReport(field)], identifierOf),
  };
}

/** A measure, in a unit or as it stands; only `EQ_` takes several values. */
function compared(operator: Operator, name: string, unit: string | undefined): Parameter {
  return {
    isList: operator === 'EQ',
    read: (values) => {
      if (values.some((value) => !NUMBER.test(value.trim()))) return 'must be a decimal number';
      const ranges = values.map(Number).flatMap((value) =>
        unit === undefined
          ? [{ name, ...rangeOf(operator, value) }]
          : inAllUnits(value, unit).map((same, index) => ({
              name: inUnit(name, same.unit),
              ...rangeOf(operator, same.value, index > 0),
            })),
      );
      return { kind: 'measured', measured: { ranges } };
    },
  };
}

/** Parameters whose name holds a type or a unit: how the names look, and how one is read. */
const FAMILIES: readonly {
  readonly names: readonly string[];
  readonly find: (name: string) => Parameter | undefined;
}[] = [
  {
    names: TYPED.map(({ name }) => `EQ_${name}_{type}`),
    find: (parameter) => {
      const kind = TYPED.find(({ name }) => parameter.startsWith(`EQ_${name}_`));
      const type = kind === undefined ? '' : parameter.slice(`EQ_${kind.name}_`.length);
      if (kind === undefined || type === '') return undefined;
      return said([ofType(kind.name, vocabularyUri(kind.field, type))], identifierOf);
    },
  },
  {
    names: [
      ...OPERATORS.flatMap((operator) => [`${operator}_quantity`, `${operator}_quantity_{uom}`]),
      ...MEASURES.flatMap((measure) => OPERATORS.map((operator) => `${operator}_${measure}_{uom}`)),
      ...OPERATORS.map((operator) => `${operator}_percRank`),
    ],
    find: (parameter) => {
      const [, operator = '', measure = '', unit] =
        /^([A-Z]{2})_([A-Za-z]+)(?:_([A-Z0-9]{2,4}))?$/.exec(parameter) ?? [];
      if (!isOperator(operator)) return undefined;
      const needsUnit = MEASURES.some((name) => name === measure);
      const isPlain = unit === undefined && (measure === 'quantity' || measure === 'percRank');
      const isInUnit = unit !== undefined && (needsUnit || measure === 'quantity');
      return isPlain || isInUnit ? compared(operator, measure, unit) : undefined;
    },
  },
];

export function findParameter(name: string): Parameter | undefined {
  if (Object.hasOwn(FIXED, name)) return FIXED[name];
  for (const family of FAMILIES) {
    const found = family.find(name);
    if (found !== undefined) return found;
  }
  return findExtensionParameter(name);
}

/**
 * All names; `{type}` and `{uom}` stand for a type of the vocabulary and a unit of UN/ECE Recommendation 20, the others for
 * what extension-parameters.policy.ts says.
 */
export const PARAMETER_NAMES: readonly string[] = [
  ...Object.keys(FIXED),
  ...FAMILIES.flatMap(({ names }) => names),
  ...EXTENSION_NAMES,
];

/** A value with patterns beside it is looked for as a pattern of itself. */
export function allPatterns({ values, patterns }: Said): readonly Pattern[] {
  return [...values.map(patternOfValue), ...patterns];
}
