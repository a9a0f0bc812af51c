import { JsonTrapError, parseStrictJson } from '../../platform/http/index.ts';
import {
  EVENT_LIST,
  type EventFault,
  type EventReading,
  type MasterData,
  readDocument,
  readEvent,
} from './event.schema.ts';
import { eventHashId, type Namespaces, namespacesIn } from './event-hash.policy.ts';
import { NO_NAMESPACES } from './namespaces.policy.ts';

/** One event of a document. */
export type DocumentEvent = {
  readonly pointer: string;
  readonly value: unknown;
  readonly reading: EventReading;
};

export type ReadDocument =
  | {
      readonly ok: true;
      readonly namespaces: Namespaces;
      readonly masterData: MasterData;
      readonly events: readonly DocumentEvent[];
    }
  | { readonly ok: false; readonly faults: readonly EventFault[] };

/** Reads the text of an EPCIS document in JSON: first what is around the events, then each of them. Never throws. */
export function readDocumentText(text: string): ReadDocument {
  try {
    return readDocumentValue(parseStrictJson(text));
  } catch (error) {
    if (error instanceof JsonTrapError)
      return { ok: false, faults: [{ pointer: '', message: `The JSON holds ${error.message}.` }] };
    if (error instanceof SyntaxError)
      return { ok: false, faults: [{ pointer: '', message: 'This is no JSON, or it breaks off.' }] };
    throw error;
  }
}

/** `outer`: prefixes that came beside the document; what it binds itself counts. */
export function readDocumentValue(value: unknown, outer: Namespaces = NO_NAMESPACES): ReadDocument {
  const read = readDocument(value);
  if (!read.ok) return read;
  const { context, masterData, events } = read.document;
  return {
    ok: true,
    namespaces: namespacesIn(context, outer),
    masterData,
    events: events.map((event, index) => {
      const pointer = `${EVENT_LIST}/${index}`;
      return { pointer, value: event, reading: readEvent(event, pointer) };
    }),
  };
}

/** All faults of a document, in its order; none for a valid one. */
export function faultsOfText(text: string): readonly EventFault[] {
  const document = readDocumentText(text);
  if (!document.ok) return document.faults;
  return document.events.flatMap(({ reading }) => (reading.ok ? [] : reading.faults));
}

/** The hash id of each event, in the document's order; the faults when it is no valid document. */
export function hashesOfText(
  text: string,
):
  | { readonly ok: true; readonly ids: readonly string[] }
  | { readonly ok: false; readonly faults: readonly EventFault[] } {
  const document = readDocumentText(text);
  if (!document.ok) return document;
  const faults = document.events.flatMap(({ reading }) => (reading.ok ? [] : reading.faults));
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    ids: document.events.flatMap(({ reading }) =>
      reading.ok ? [eventHashId(reading.event, document.namespaces)] : [],
    ),
  };
}
