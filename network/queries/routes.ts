import { z } from 'zod';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, pageQuerySchema, readRoute, writeRoute } from '../accounts/index.ts';
import {
  answerQuery,
  EPCIS_PROBLEM_TYPES,
  EpcisQuery,
  EpcisQueryDocument,
  EXTENSIONS,
  extensionHeaders,
  GS1_HEADERS,
  linkTo,
  namespacesOfHeader,
  negotiated,
  QUERY_REFUSALS,
  queryDocument,
} from '../epcis/index.ts';
import { accepted, refused } from '../kernel/index.ts';
import { EpcisNamedQueries, EpcisNamedQuery } from './contract.ts';
import { pageOfQuery } from './definition.policy.ts';
import { createQuery, dropQuery } from './handle.ts';
import { QUERIES_PROBLEM_TYPES } from './model.ts';
import { findQuery, listQueries } from './store.ts';
import { queryView } from './views.ts';

export const TAG = 'epcis';
export const PROBLEM_TYPES = { ...EPCIS_PROBLEM_TYPES, ...QUERIES_PROBLEM_TYPES };
export const queryPath = { params: z.strictObject({ queryName: z.string().min(1).max(100) }) };

export const queryRoutes = (): readonly Route[] => [
  negotiated(createRoute(), EXTENSIONS),
  negotiated(listRoute()),
  negotiated(readOneRoute()),
  negotiated(deleteRoute()),
  negotiated(eventsRoute()),
];

function createRoute(): Route {
  return writeRoute({
    operation: 'createEpcisQuery',
    method: 'POST',
    path: '/epcis/queries',
    tag: TAG,
    summary: 'Give a query of EPCIS events a name',
    description:
      'Prefixes in names of fields are bound by @context in the query or by the header GS1-Extensions, which is kept with it.',
    effect: 'write',
    body: EpcisNamedQuery,
    answers: { 201: { description: 'Created; the query is at Location', body: EpcisNamedQuery } },
    refusals: [
      'epcis_query_invalid',
      'epcis_query_too_complex',
      'epcis_query_name_taken',
      'epcis_query_limit_reached',
    ],
    problemTypes: PROBLEM_TYPES,
    handle: async ({ work, caller, body, headers }) => {
      const bound = namespacesOfHeader(headers['gs1-extensions']);
      if (!bound.ok) return bound;
      const outcome = await createQuery(work, caller.organisationId, body, bound.value);
      if (!outcome.ok) return outcome;
      const location = `/epcis/queries/${outcome.value.name}`;
      return accepted(
        replyWith(201, queryView(outcome.value), {
          ...GS1_HEADERS,
          ...extensionHeaders(bound.value),
          location,
        }),
      );
    },
  });
}

function listRoute(): Route {
  return readRoute({
    operation: 'listEpcisQueries',
    method: 'GET',
    path: '/epcis/queries',
    tag: TAG,
    summary: 'Your named queries, by name',
    description: 'As in the standard the answer is a list; the next page is in the Link header.',
    effect: 'read',
    query: pageQuerySchema,
    answers: { 200: { description: 'A page', body: EpcisNamedQueries } },
    problemTypes: PROBLEM_TYPES,
    handle: async ({ db, caller, query }) => {
      const [after] = query.cursor === undefined ? [''] : (decodeCursor(query.cursor, ['string']) ?? []);
      if (after === undefined) return refused('invalid_request', 'cursor: take it from the Link header.');
      const found = await listQueries(db, caller.organisationId, String(after), query.limit + 1);
      const page = found.slice(0, query.limit);
      const last = page.at(-1);
      const isMore = found.length > page.length && last !== undefined;
      const next = isMore ? { limit: String(query.limit), cursor: encodeCursor([last.name]) } : undefined;
      return accepted(
        replyWith(200, page.map(queryView), { ...GS1_HEADERS, ...linkTo('/epcis/queries', next) }),
      );
    },
  });
}

function readOneRoute(): Route {
  return readRoute({
    operation: 'readEpcisQuery',
    method: 'GET',
    path: '/epcis/queries/:query_name',
    tag: TAG,
    summary: 'What a named query asks for',
    effect: 'read',
    ...queryPath,
    answers: { 200: { description: 'The query', body: EpcisNamedQuery } },
    problemTypes: PROBLEM_TYPES,
    handle: async ({ db, caller, params }) => {
      const query = await findQuery(db, caller.organisationId, params.queryName);
      return query === undefined
        ? refused('not_found', '')
        : accepted(replyWith(200, queryView(query), GS1_HEADERS));
    },
  });
}

function deleteRoute(): Route {
  return writeRoute({
    operation: 'deleteEpcisQuery',
    method: 'DELETE',
    path: '/epcis/queries/:query_name',
    tag: TAG,
    summary: 'Delete a named query with all its subscriptions',
    effect: 'write',
    ...queryPath,
    answers: { 204: { description: 'Deleted' } },
    problemTypes: PROBLEM_TYPES,
    handle: async ({ work, caller, params }) => {
      const outcome = await dropQuery(work, caller.organisationId, params.queryName);
      return outcome.ok ? accepted(replyWith(204, undefined, GS1_HEADERS)) : outcome;
    },
  });
}

function eventsRoute(): Route {
  return openRoute({
    operation: 'queryEpcisEventsByName',
    method: 'GET',
    path: '/epcis/queries/:query_name/events',
    tag: TAG,
    summary: 'The events that a named query finds now',
    description:
      'perPage and nextPageToken as with GET /epcis/events; the next page is in the Link header. Delivery over WebSocket is not offered: subscribe instead.',
    effect: 'own',
    ...queryPath,
    query: EpcisQuery,
    answers: { 200: { description: 'A page of events', body: EpcisQueryDocument } },
    refusals: [...QUERY_REFUSALS],
    problemTypes: PROBLEM_TYPES,
    handle: async ({ world, caller, params, query, now }) => {
      const { organisationId } = caller;
      const named = await world.read({ organisationId }, (db) =>
        findQuery(db, organisationId, params.queryName),
      );
      if (named === undefined) return refused('not_found', '');
      const filter = pageOfQuery(named.query, query);
      if (!filter.ok) return filter;
      const page = await answerQuery(world, organisationId, filter.value);
      if (!page.ok) return page;
      const { events, nextPageToken } = page.value;
      const next = nextPageToken === undefined ? undefined : { ...query, nextPageToken };
      const link = linkTo(`/epcis/queries/${named.name}/events`, next);
      const document = queryDocument(events, now, { queryName: named.name });
      return accepted(replyWith(200, document, { ...GS1_HEADERS, ...link }));
    },
  });
}
