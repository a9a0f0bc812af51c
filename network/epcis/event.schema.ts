import { z } from 'zod';
import { momentOf } from './moment.policy.ts';
import {
  BIZ_STEPS,
  COMPONENTS,
  DISPOSITIONS,
  ERROR_REASONS,
  PARTY_ROLES,
  SENSOR_EXCEPTIONS,
  TRANSACTION_TYPES,
} from './vocabulary.policy.ts';

/**
 * Events of GS1 EPCIS 2.0 in JSON, by the text of the standard (section 7 for the data, 10 for the JSON binding).
 * Names are those of the standard, untouched. What the standard does not know needs a namespace (`example:myField`).
 */
const MAX_TEXT = 1_000;
/** Members of one list: a pallet has hundreds, a container thousands (our default). */
const MAX_ITEMS = 10_000;

const text = z.string().min(1).max(MAX_TEXT);
/** What an index of PostgreSQL holds beside the other parts of a key. */
const MAX_URI_BYTES = 2_000;
const uri = z
  .string()
  .max(MAX_TEXT)
  .regex(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/, { error: 'must be a URI' })
  .refine((text) => Buffer.byteLength(text) <= MAX_URI_BYTES, {
    error: 'is too long: 2,000 bytes of UTF-8 at most',
  });

/** A standard word, or a word of one's own as a URI. */
function vocabulary(words: ReadonlySet<string>, name: string) {
  return z.union([z.enum([...words] as [string, ...string[]]), uri], {
    error: `must be a standard ${name}, such as ${[...words][0]}, or a URI`,
  });
}

const OFFSET = /^[+-](?:0\d|1[0-3]):[0-5]\d$|^[+-]14:00$/;
const instant = z
  .string()
  .max(40)
  .refine((moment) => momentOf(moment) !== undefined, {
    error: 'must be a date and time of the calendar with an offset',
  });

/** An object of the standard: its own fields, and others only with a namespace. */
function fieldsOf<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = new Set(Object.keys(shape));
  return z.looseObject(shape).superRefine((value, context) => {
    for (const name of Object.keys(value)) {
      if (known.has(name) || /^(?:@\w+|rdfs:comment|[^:\s]+:[^\s]+)$/.test(name)) continue;
      context.addIssue({
        code: 'custom',
        path: [name],
        message: 'is no field of the standard here; fields of your own have a namespace',
      });
    }
  });
}

const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(MAX_ITEMS);
const quantity = fieldsOf({
  epcClass: uri,
  quantity: z.number().positive().optional(),
  // UN/ECE Recommendation 20: two or three letters and digits.
  uom: z
    .string()
    .regex(/^[A-Z0-9]{2,3}$/, { error: 'must be a unit of UN/ECE Recommendation 20' })
    .optional(),
}).refine((value) => value.quantity !== undefined || value.uom === undefined, {
  error: 'a unit needs a quantity',
  path: ['uom'],
});
const place = fieldsOf({ id: uri });
const party = vocabulary(PARTY_ROLES, 'source or destination type');
const disposition = vocabulary(DISPOSITIONS, 'disposition');

const sensorMetadata = fieldsOf({
  time: instant.optional(),
  startTime: instant.optional(),
  endTime: instant.optional(),
  deviceID: uri.optional(),
  deviceMetadata: uri.optional(),
  rawData: uri.optional(),
  dataProcessingMethod: uri.optional(),
  bizRules: uri.optional(),
});
const sensorReport = fieldsOf({
  type: z.union([z.string().regex(/^[A-Z][A-Za-z0-9_]{1,60}$/), uri]).optional(),
  exception: vocabulary(SENSOR_EXCEPTIONS, 'exception').optional(),
  deviceID: uri.optional(),
  deviceMetadata: uri.optional(),
  rawData: uri.optional(),
  dataProcessingMethod: uri.optional(),
  // Of the schemas of the standard, not of its text.
  bizRules: uri.optional(),
  time: instant.optional(),
  microorganism: uri.optional(),
  chemicalSubstance: uri.optional(),
  value: z.number().optional(),
  component: vocabulary(COMPONENTS, 'component').optional(),
  stringValue: text.optional(),
  booleanValue: z.boolean().optional(),
  hexBinaryValue: z
    .string()
    .max(MAX_TEXT)
    .regex(/^[A-Fa-f0-9]+$/)
    .optional(),
  uriValue: uri.optional(),
  minValue: z.number().optional(),
  maxValue: z.number().optional(),
  meanValue: z.number().optional(),
  sDev: z.number().optional(),
  percRank: z.number().optional(),
  percValue: z.number().optional(),
  uom: text.optional(),
  coordinateReferenceSystem: uri.optional(),
}).refine((report) => report.type !== undefined || report.exception !== undefined, {
  error: 'a report has a type or an exception',
});

/** What every event may say. */
const COMMON = {
  '@context': z.unknown().optional(),
  eventID: uri.optional(),
  eventTime: instant,
  recordTime: instant.optional(),
  eventTimeZoneOffset: z.string().regex(OFFSET, { error: 'must be an offset such as +02:00' }),
  certificationInfo: z.union([uri, list(uri)]).optional(),
  errorDeclaration: fieldsOf({
    declarationTime: instant,
    reason: vocabulary(ERROR_REASONS, 'reason').optional(),
    correctiveEventIDs: list(uri).optional(),
  }).optional(),
  bizStep: vocabulary(BIZ_STEPS, 'business step').optional(),
  disposition: disposition.optional(),
  persistentDisposition: fieldsOf({
    set: list(disposition).optional(),
    unset: list(disposition).optional(),
  }).optional(),
  readPoint: place.optional(),
  bizLocation: place.optional(),
  bizTransactionList: list(
    fieldsOf({
      type: vocabulary(TRANSACTION_TYPES, 'business transaction type').optional(),
      bizTransaction: uri,
    }),
  ).optional(),
  sourceList: list(fieldsOf({ type: party, source: uri })).optional(),
  destinationList: list(fieldsOf({ type: party, destination: uri })).optional(),
  sensorElementList: list(
    fieldsOf({ sensorMetadata: sensorMetadata.optional(), sensorReport: list(sensorReport).min(1) }),
  ).optional(),
};
const action = z.enum(['OBSERVE', 'ADD', 'DELETE']);
const ilmd = z.record(z.string(), z.unknown()).optional();
const epcs = list(uri).optional();
const quantities = list(quantity).optional();

const has = (value: unknown) => Array.isArray(value) && value.length > 0;

const objectEvent = fieldsOf({
  ...COMMON,
  type: z.literal('ObjectEvent'),
  action,
  epcList: epcs,
  quantityList: quantities,
  ilmd,
}).refine((event) => has(event.epcList) || has(event.quantityList) || has(event.sensorElementList), {
  error: 'names no object: epcList, quantityList or sensorElementList',
});

const aggregationEvent = fieldsOf({
  ...COMMON,
  type: z.literal('AggregationEvent'),
  action,
  parentID: uri.optional(),
  childEPCs: epcs,
  childQuantityList: quantities,
})
  .refine((event) => event.action === 'OBSERVE' || event.parentID !== undefined, {
    error: 'ADD and DELETE name a parent',
    path: ['parentID'],
  })
  .refine((event) => event.action === 'DELETE' || has(event.childEPCs) || has(event.childQuantityList), {
    error: 'names no child: childEPCs or childQuantityList',
  });

const associationEvent = fieldsOf({
  ...COMMON,
  type: z.literal('AssociationEvent'),
  action,
  parentID: uri,
  childEPCs: epcs,
  childQuantityList: quantities,
}).refine((event) => event.action === 'DELETE' || has(event.childEPCs) || has(event.childQuantityList), {
  error: 'names no child: childEPCs or childQuantityList',
});

const transactionEvent = fieldsOf({
  ...COMMON,
  type: z.literal('TransactionEvent'),
  action,
  parentID: uri.optional(),
  epcList: epcs,
  quantityList: quantities,
}).refine((event) => has(event.bizTransactionList), {
  error: 'names no business transaction',
  path: ['bizTransactionList'],
});

const transformationEvent = fieldsOf({
  ...COMMON,
  type: z.literal('TransformationEvent'),
  inputEPCList: epcs,
  inputQuantityList: quantities,
  outputEPCList: epcs,
  outputQuantityList: quantities,
  transformationID: uri.optional(),
  ilmd,
}).refine(
  (event) =>
    event.transformationID !== undefined ||
    ((has(event.inputEPCList) || has(event.inputQuantityList)) &&
      (has(event.outputEPCList) || has(event.outputQuantityList))),
  { error: 'names inputs and outputs, or a transformationID that joins them' },
);

const EVENTS = {
  ObjectEvent: objectEvent,
  AggregationEvent: aggregationEvent,
  AssociationEvent: associationEvent,
  TransactionEvent: transactionEvent,
  TransformationEvent: transformationEvent,
} as const;
export type EventType = keyof typeof EVENTS;
export const EVENT_TYPES = Object.keys(EVENTS) as readonly EventType[];

/** One event as it was sent; only what the standard knows is typed here. */
export type EpcisEvent = z.output<(typeof EVENTS)[EventType]> & Record<string, unknown>;

export type EventFault = { readonly pointer: string; readonly message: string };
export type EventReading =
  | { readonly ok: true; readonly event: EpcisEvent }
  | { readonly ok: false; readonly faults: readonly EventFault[] };

/** Reads one event; `pointer` is its place in the document, such as `/epcisBody/eventList/0`. */
export function readEvent(value: unknown, pointer: string): EventReading {
  const type = isRecord(value) ? value.type : undefined;
  if (typeof type !== 'string' || !Object.hasOwn(EVENTS, type)) {
    const message = `must be one of ${EVENT_TYPES.join(', ')}`;
    return { ok: false, faults: [{ pointer: `${pointer}/type`, message }] };
  }
  const parsed = EVENTS[type as EventType].safeParse(value);
  if (parsed.success) return { ok: true, event: value as EpcisEvent };
  return { ok: false, faults: faultsOf(parsed.error, pointer) };
}

/**
 * Elements of a vocabulary: what a sender tells of places, parties, goods and words, and which lie inside which (EPCIS 2.0,
 * 9.5).
 */
const vocabularyList = z.array(
  z.looseObject({
    type: text.optional(),
    vocabularyElementList: z
      .array(
        z.looseObject({
          id: uri,
          attributes: z.array(z.looseObject({ id: text, attribute: z.unknown() })).optional(),
          children: z.array(uri).optional(),
        }),
      )
      .optional(),
  }),
);
export type MasterData = z.output<typeof vocabularyList>;

const header = z.looseObject({
  epcisMasterData: z
    .looseObject({
      vocabularyList: vocabularyList.refine((vocabularies) => countTold(vocabularies) <= MAX_ITEMS, {
        error: `describes too much: ${MAX_ITEMS.toLocaleString('en')} elements, attributes, values and children at most`,
      }),
    })
    .optional(),
});

/** Elements, their children, their attributes and the values of those. */
function countTold(vocabularies: MasterData): number {
  const valuesOf = (value: unknown): number =>
    Array.isArray(value) ? value.reduce<number>((sum, one) => sum + valuesOf(one), 1) : 1;
  return vocabularies
    .flatMap(({ vocabularyElementList = [] }) => vocabularyElementList)
    .flatMap(({ attributes = [], children = [] }) => [
      1 + children.length,
      ...attributes.map(({ attribute }) => valuesOf(attribute)),
    ])
    .reduce((sum, count) => sum + count, 0);
}

/** An EPCIS document around its events. */
const documentShape = fieldsOf({
  '@context': z.union([uri, z.array(z.unknown()).min(1).max(20), z.record(z.string(), z.unknown())]),
  id: z.string().max(MAX_TEXT).optional(),
  type: z.literal('EPCISDocument'),
  schemaVersion: z.string().regex(/^2\.\d+(?:\.\d+)?$/, { error: 'must be 2.0' }),
  creationDate: instant,
  sender: z.string().max(MAX_TEXT).optional(),
  receiver: z.string().max(MAX_TEXT).optional(),
  instanceIdentifier: z.string().max(MAX_TEXT).optional(),
  epcisHeader: header.optional(),
  epcisBody: fieldsOf({ eventList: z.array(z.unknown()) }),
});

export type EpcisDocument = {
  readonly context: unknown;
  readonly masterData: MasterData;
  readonly events: readonly unknown[];
};
export type DocumentReading =
  | { readonly ok: true; readonly document: EpcisDocument }
  | { readonly ok: false; readonly faults: readonly EventFault[] };

export const EVENT_LIST = '/epcisBody/eventList';

/** Reads what is around the events; they are read one by one. */
export function readDocument(value: unknown): DocumentReading {
  const parsed = documentShape.safeParse(value);
  if (!parsed.success) return { ok: false, faults: faultsOf(parsed.error, '') };
  const { '@context': context, epcisHeader, epcisBody } = parsed.data;
  const masterData = epcisHeader?.epcisMasterData?.vocabularyList ?? [];
  return { ok: true, document: { context, masterData, events: epcisBody.eventList } };
}

/** At most so many faults are told: the hundredth helps nobody. */
const MAX_FAULTS = 20;

function faultsOf(error: z.ZodError, pointer: string): EventFault[] {
  return error.issues.slice(0, MAX_FAULTS).map(({ path, message }) => ({
    pointer: pointer + path.map((part) => `/${escapePointer(String(part))}`).join(''),
    message,
  }));
}

function escapePointer(part: string): string {
  return part.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
