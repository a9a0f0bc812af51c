import { z } from 'zod';
import { JsonTrapError, parseStrictJson, type Route, replyWith } from '../../platform/http/index.ts';
import {
  afterId,
  openRoute,
  pageOf,
  pageQuerySchema,
  type RelationFinder,
  readRoute,
  writeRoute,
} from '../accounts/index.ts';
import { accepted, idSchema, type Outcome, refused } from '../kernel/index.ts';
import { timelineOfParcel } from '../tracking/index.ts';
import { MAX_CAPTURE_BYTES, startCapture } from './capture.ts';
import {
  EpcisCaptureJob,
  EpcisCaptureJobs,
  EpcisDocument,
  EpcisEvent,
  EpcisQuery,
  EpcisQueryDocument,
} from './contract.ts';
import { EPCIS_PROBLEM_TYPES } from './errors.ts';
import { documentOfTimeline } from './export.policy.ts';
import { canonicalValue } from './extension.policy.ts';
import { EXTENSIONS, extensionHeaders, GS1_HEADERS, TAG } from './headers.ts';
import { type Capture, ERROR_BEHAVIOURS } from './model.ts';
import { namespacesOfHeader } from './namespaces.policy.ts';
import { wordOf } from './negotiation.policy.ts';
import { negotiated } from './negotiation.ts';
import {
  EVERYTHING,
  QUERY_PARAMETERS,
  type RawQuery,
  readEventQuery,
  valuesOfAddress,
} from './query.policy.ts';
import { answerQuery, QUERY_REFUSALS } from './query.ts';
import { CONTEXT, eventAnswer, masterDataDocument, queryDocument } from './query-document.policy.ts';
import { findEvents } from './query-store.ts';
import { findCapture, listCaptures } from './store.ts';
import { findMasterData } from './vocabulary-element-store.ts';

const JSON_LD = 'application/ld+json';
export function epcisRoutes(): readonly Route[] {
  return [
    negotiated(captureRoute(), {
      ...EXTENSIONS,
      'GS1-Capture-Error-Behaviour':
        'rollback (default): a faulty event keeps all out; proceed: the others are taken.',
    }),
    negotiated(captureJobRoute()),
    negotiated(captureJobsRoute()),
    negotiated(eventsRoute(), EXTENSIONS),
    negotiated(eventRoute()),
    exportRoute(),
    masterDataRoute(),
  ];
}

export const epcisRelations: Readonly<Record<string, RelationFinder>> = {
  epcis_capture: async (db, id, caller) => {
    const capture = await findCapture(db, id);
    if (capture === undefined) return undefined;
    const isOwn = capture.organisationId === caller.organisationId;
    return { owner: capture.organisationId, relations: isOwn ? ['own'] : [] };
  },
};

function captureRoute(): Route {
  return writeRoute({
    operation: 'captureEpcis',
    method: 'POST',
    path: '/epcis/capture',
    tag: TAG,
    summary: 'Hand in a GS1 EPCIS 2.0 document; its events are taken by a job',
    description:
      'JSON, also as application/ld+json, at most 1,000 events and 4 MB. The answer names the job in Location. GS1-Capture-Error-Behaviour: rollback (default) takes nothing when an event is faulty, proceed takes the others. An event without eventID gets its CBV 2.0 hash. GS1-Extensions binds prefixes that @context does not. Events about tracking numbers become scans. Master data in the header is kept for HASATTR_ and EQATTR_, its children for WD_.',
    effect: 'write',
    body: EpcisDocument,
    consumes: [JSON_LD],
    bodyLimitBytes: MAX_CAPTURE_BYTES,
    answers: { 202: { description: 'Taken; the job is at Location', body: EpcisCaptureJob } },
    refusals: ['epcis_document_invalid', 'epcis_too_many_events'],
    problemTypes: EPCIS_PROBLEM_TYPES,
    handle: async ({ work, caller, body, headers }) => {
      const document = documentIn(body);
      if (!document.ok) return document;
      const behaviour = wordOf(headers, 'GS1-Capture-Error-Behaviour', ERROR_BEHAVIOURS, 'rollback');
      if (!behaviour.ok) return behaviour;
      const stated = namespacesOfHeader(headers['gs1-extensions']);
      if (!stated.ok) return stated;
      const outcome = await startCapture(work, caller, document.value, behaviour.value, stated.value);
      if (!outcome.ok) return outcome;
      const location = `/epcis/capture/${outcome.value.id}`;
      return accepted(
        replyWith(202, jobAnswer(outcome.value), {
          ...GS1_HEADERS,
          ...extensionHeaders(stated.value),
          location,
        }),
      );
    },
  });
}

/** JSON-LD reaches the handler as bytes. */
function documentIn(body: unknown): Outcome<unknown> {
  if (!(body instanceof Uint8Array)) return accepted(body);
  try {
    return accepted(parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(body)));
  } catch (error) {
    if (error instanceof JsonTrapError) return refused('malformed_json', `The JSON holds ${error.message}.`);
    if (error instanceof SyntaxError || error instanceof TypeError)
      return refused('malformed_json', 'The body is not valid UTF-8 JSON.');
    throw error;
  }
}

function captureJobRoute(): Route {
  return readRoute({
    operation: 'readEpcisCapture',
    method: 'GET',
    path: '/epcis/capture/:capture_id',
    tag: TAG,
    summary: 'What became of a captured document',
    effect: 'read',
    params: z.strictObject({ captureId: idSchema('cap') }),
    resource: { kind: 'epcis_capture', param: 'captureId' },
    answers: { 200: { description: 'The job', body: EpcisCaptureJob } },
    problemTypes: EPCIS_PROBLEM_TYPES,
    handle: async ({ db, params }) => {
      const capture = await findCapture(db, params.captureId);
      if (capture === undefined) return refused('not_found', '');
      return accepted(replyWith(200, jobAnswer(capture), GS1_HEADERS));
    },
  });
}

function captureJobsRoute(): Route {
  return readRoute({
    operation: 'listEpcisCaptures',
    method: 'GET',
    path: '/epcis/capture',
    tag: TAG,
    summary: 'Your captured documents, newest first',
    description: 'As in the standard the answer is a list; the next page is in the Link header.',
    effect: 'read',
    query: pageQuerySchema,
    answers: { 200: { description: 'A page', body: EpcisCaptureJobs } },
    problemTypes: EPCIS_PROBLEM_TYPES,
    handle: async ({ caller, db, query }) => {
      const before = afterId(query.cursor);
      if (!before.ok) return before;
      const captures = await listCaptures(db, caller.organisationId, before.value, query.limit + 1);
      const page = pageOf(captures, query.limit);
      const next = 'nextCursor' in page ? { limit: String(query.limit), cursor: page.nextCursor } : undefined;
      return accepted(
        replyWith(200, page.data.map(jobAnswer), { ...GS1_HEADERS, ...linkTo('/epcis/capture', next) }),
      );
    },
  });
}

function eventsRoute(): Route {
  return openRoute({
    operation: 'queryEpcisEvents',
    method: 'GET',
    path: '/epcis/events',
    tag: TAG,
    summary: 'Query your EPCIS events',
    description: `Parameters, all optional, in the names of the standard; the values of a list stand with | between them, or its name is repeated: ${QUERY_PARAMETERS.join(', ')}. {field} is a field of your own such as my:lot, whose prefix the header GS1-Extensions binds (my=https://ns.example.com/); {part_} is nothing, ILMD_, SENSORELEMENT_, SENSORMETADATA_, SENSORREPORT_, ERROR_DECLARATION_, readPoint_ or bizLocation_; {INNER_} looks inside such fields. The next page is in the Link header.`,
    effect: 'own',
    query: EpcisQuery,
    answers: { 200: { description: 'A page of events', body: EpcisQueryDocument } },
    refusals: [...QUERY_REFUSALS],
    problemTypes: EPCIS_PROBLEM_TYPES,
    handle: async ({ caller, world, query, headers, now }) => {
      const namespaces = namespacesOfHeader(headers['gs1-extensions']);
      if (!namespaces.ok) return namespaces;
      const filter = readEventQuery(valuesOfAddress(query), namespaces.value);
      if (!filter.ok) return filter;
      const page = await answerQuery(world, caller.organisationId, filter.value);
      if (!page.ok) return page;
      const { events, nextPageToken } = page.value;
      const next = nextPageToken === undefined ? undefined : { ...query, nextPageToken };
      return accepted(
        replyWith(200, queryDocument(events, now), {
          ...GS1_HEADERS,
          ...extensionHeaders(namespaces.value),
          ...linkTo('/epcis/events', next),
        }),
      );
    },
  });
}

function eventRoute(): Route {
  return readRoute({
    operation: 'readEpcisEvent',
    method: 'GET',
    path: '/epcis/events/:event_id',
    tag: TAG,
    summary: 'One of your EPCIS events by its id',
    description:
      'The id stands percent-encoded in the address, which takes 128 characters of it; EQ_eventID of the query finds longer ones. An event that was declared an error is answered with its declaration.',
    effect: 'read',
    params: z.strictObject({ eventId: z.string().min(1) }),
    answers: { 200: { description: 'The event', body: EpcisEvent } },
    problemTypes: EPCIS_PROBLEM_TYPES,
    handle: async ({ caller, db, params }) => {
      // The event and a declaration about it have one id; the declaration holds the event.
      const filter = { ...EVERYTHING, orderBy: 'recordTime', eventIds: [params.eventId] } as const;
      const found = await findEvents(db, caller.organisationId, filter, 2);
      const event = found.find(({ declaresError }) => declaresError) ?? found[0];
      if (event === undefined) return refused('not_found', '');
      return accepted(replyWith(200, { '@context': [CONTEXT], ...eventAnswer(event) }, GS1_HEADERS));
    },
  });
}

function exportRoute(): Route {
  return readRoute({
    operation: 'exportParcelEpcis',
    method: 'GET',
    path: '/v1/parcels/:parcel_id/epcis',
    tag: TAG,
    summary: 'The timeline of a parcel as a GS1 EPCIS 2.0 document',
    description:
      'One observation for each scan in force, oldest first, named by its CBV 2.0 hash. Captured again it gives the same milestones.',
    effect: 'read',
    params: z.strictObject({ parcelId: idSchema('pcl') }),
    resource: { kind: 'tracked_parcel', param: 'parcelId' },
    answers: { 200: { description: 'The document', body: EpcisDocument } },
    handle: async ({ db, params, now }) => {
      const found = await timelineOfParcel(db, params.parcelId);
      if (found === undefined) return refused('not_found', '');
      return accepted(replyWith(200, documentOfTimeline(found.number, found.timeline, now), GS1_HEADERS));
    },
  });
}

function masterDataRoute(): Route {
  return readRoute({
    operation: 'readEpcisMasterData',
    method: 'GET',
    path: '/v1/epcis/master-data',
    tag: TAG,
    summary: 'What your organisation last told of a place, a party, goods or a word',
    description:
      'A GS1 EPCIS 2.0 document without events, with the element in its header as it was captured; captured again it changes nothing.',
    effect: 'read',
    query: z.strictObject({
      id: z.string().min(1).max(1_000).describe('A URI; that of a GS1 key in either notation.'),
    }),
    answers: { 200: { description: 'The document', body: EpcisDocument } },
    handle: async ({ caller, db, query, now }) => {
      const found = await findMasterData(db, caller.organisationId, canonicalValue(query.id));
      if (found === undefined) return refused('not_found', '');
      return accepted(replyWith(200, masterDataDocument(found, now), GS1_HEADERS));
    },
  });
}

/** RFC 8288. */
export function linkTo(path: string, query: RawQuery | undefined): Record<string, string> {
  if (query === undefined) return {};
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of typeof value === 'string' ? [value] : value) parameters.append(name, one);
  return { link: `<${path}?${parameters.toString()}>; rel="next"` };
}

function jobAnswer(capture: Capture): Record<string, unknown> {
  const { finishedAt, errors, errorBehaviour } = capture;
  const isFaulty = errors.length > 0;
  return {
    captureID: capture.id,
    createdAt: capture.createdAt,
    ...(finishedAt === undefined ? {} : { finishedAt }),
    running: finishedAt === undefined,
    success: finishedAt !== undefined && !(isFaulty && errorBehaviour === 'rollback'),
    captureErrorBehaviour: errorBehaviour,
    errors: errors.map(({ pointer, message }) => ({
      type: 'epcisException:ValidationException',
      title: 'The event is not valid',
      status: 400,
      detail: message,
      instance: pointer,
    })),
    postroad: {
      events: capture.eventCount,
      captured: capture.captured,
      duplicates: capture.duplicates,
      scans: {
        accepted: capture.scans.accepted,
        duplicates: capture.scans.duplicates,
        refused: capture.scans.refused,
        first_refused: capture.scans.first,
      },
    },
  };
}
