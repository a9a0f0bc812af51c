import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageQuerySchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, refused } from '../kernel/index.ts';
import {
  changeEndpointSchema,
  createdEndpointSchema,
  createEndpointSchema,
  eventPageSchema,
  eventQuerySchema,
  eventTypesSchema,
  rotatedSecretSchema,
  webhookEndpointPageSchema,
  webhookEndpointSchema,
} from './contract.ts';
import { findEndpoint, listEndpoints } from './endpoint-store.ts';
import { findUnknownType, isWanted } from './event-types.policy.ts';
import { feedBounds, listFeed } from './feed-store.ts';
import { changeEndpoint, createEndpoint, dropEndpoint, type NoticePorts, rotateSecret } from './handle.ts';
import { endpointView, eventView, feedCursor, positionOf } from './views.ts';

const TAG = 'notices';
export const endpointPath = {
  params: z.strictObject({ webhookEndpointId: idSchema('whk') }),
  resource: { kind: 'webhook_endpoint', param: 'webhookEndpointId' },
} as const;

/** `/v1/events`: the replayable feed that webhooks are cursors over. */
export function feedRoute(ports: NoticePorts): Route {
  return readRoute({
    operation: 'listEvents',
    method: 'GET',
    path: '/v1/events',
    tag: TAG,
    summary: 'What happened, in order, behind a cursor',
    description:
      'Events that your organisation may read, of the last 30 days; network staff read those of all. `next_cursor` is always there: keep it and ask again.',
    effect: 'read',
    query: eventQuerySchema,
    answers: { 200: { description: 'A page', body: eventPageSchema } },
    refusals: ['cursor_expired', 'cursor_unknown', 'event_type_unknown'],
    handle: async ({ db, query, caller, relation }) => {
      const organisationId = relation === 'any' ? undefined : caller.organisationId;
      const types = wantedTypes(query.types, ports.publicTypes);
      if (!types.ok) return types;
      const bounds = await feedBounds(db, organisationId);
      const after = query.after === undefined ? accepted(bounds.floor) : positionOf(query.after);
      if (!after.ok) return after;
      // Staff read many feeds at once; each is cleared by the same age, so one floor does not bind another's events.
      if (after.value < bounds.floor && organisationId !== undefined) return refused('cursor_expired', '');
      const events = await listFeed(db, organisationId, after.value, types.value, query.limit + 1);
      const page = events.slice(0, query.limit);
      const hasMore = events.length > query.limit;
      // At the end the cursor passes also what the filter hid, so that nobody searches it again.
      const end = hasMore ? page.at(-1)?.position : Math.max(bounds.newest, after.value);
      return accepted(
        replyWith(200, { data: page.map(eventView), nextCursor: feedCursor(end ?? after.value), hasMore }),
      );
    },
  });
}

/** Public names that a filter of the query lets through; undefined: all. */
function wantedTypes(text: string | undefined, known: readonly string[]) {
  if (text === undefined || text === '') return accepted(undefined);
  const filter = eventTypesSchema.safeParse(text.split(','));
  if (!filter.success)
    return refused('event_type_unknown', 'types: public names or prefixes separated by commas.');
  const unknown = findUnknownType(filter.data, known);
  return unknown === undefined
    ? accepted(known.filter((type) => isWanted(filter.data, type)))
    : refused('event_type_unknown', `There is no event ${unknown}.`);
}

export function endpointRoutes(ports: NoticePorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'createWebhookEndpoint',
      method: 'POST',
      path: '/v1/webhook-endpoints',
      tag: TAG,
      summary: 'Have events sent to a URL of yours; the signing secret is shown once',
      effect: 'write',
      answersSecret: true,
      body: createEndpointSchema,
      answers: { 201: { description: 'Created', body: createdEndpointSchema } },
      refusals: [
        'webhook_url_refused',
        'event_type_unknown',
        'webhook_endpoint_limit_reached',
        'cursor_expired',
        'cursor_unknown',
      ],
      handle: async ({ work, caller, body }) => {
        const outcome = await createEndpoint(work, ports, caller.organisationId, body);
        if (!outcome.ok) return outcome;
        const { endpoint, secret } = outcome.value;
        return accepted(replyWith(201, { endpoint: endpointView(endpoint), secret }));
      },
    }),
    readRoute({
      operation: 'listWebhookEndpoints',
      method: 'GET',
      path: '/v1/webhook-endpoints',
      tag: TAG,
      summary: 'Webhook endpoints of your organisation',
      effect: 'read',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: webhookEndpointPageSchema } },
      handle: async ({ db, caller, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const found = await listEndpoints(db, caller.organisationId, after.value, query.limit + 1);
        const page = pageOf(found, query.limit);
        return accepted(replyWith(200, { ...page, data: page.data.map(endpointView) }));
      },
    }),
    readRoute({
      operation: 'readWebhookEndpoint',
      method: 'GET',
      path: '/v1/webhook-endpoints/:webhook_endpoint_id',
      tag: TAG,
      summary: 'One webhook endpoint',
      effect: 'read',
      ...endpointPath,
      answers: { 200: { description: 'The endpoint', body: webhookEndpointSchema } },
      handle: async ({ db, params }) => {
        const endpoint = await findEndpoint(db, params.webhookEndpointId);
        return endpoint === undefined
          ? refused('not_found', '')
          : accepted(replyWith(200, endpointView(endpoint)));
      },
    }),
    ...endpointChangeRoutes(ports),
  ];
}

function endpointChangeRoutes(ports: NoticePorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'changeWebhookEndpoint',
      method: 'PATCH',
      path: '/v1/webhook-endpoints/:webhook_endpoint_id',
      tag: TAG,
      summary: 'Change, disable or enable a webhook endpoint',
      description: 'Enabling goes on where the endpoint stopped: events of the last 30 days are not lost.',
      effect: 'write',
      ...endpointPath,
      body: changeEndpointSchema,
      answers: { 200: { description: 'Changed', body: webhookEndpointSchema } },
      refusals: ['webhook_url_refused', 'event_type_unknown', 'webhook_endpoint_of_subscription'],
      handle: async ({ work, params, body }) => {
        const outcome = await changeEndpoint(work, ports, params.webhookEndpointId, body);
        return outcome.ok ? accepted(replyWith(200, endpointView(outcome.value))) : outcome;
      },
    }),
    writeRoute({
      operation: 'deleteWebhookEndpoint',
      method: 'DELETE',
      path: '/v1/webhook-endpoints/:webhook_endpoint_id',
      tag: TAG,
      summary: 'Delete a webhook endpoint with its delivery log',
      effect: 'write',
      ...endpointPath,
      answers: { 204: { description: 'Deleted' } },
      refusals: ['webhook_endpoint_of_subscription'],
      handle: async ({ work, params }) => {
        const outcome = await dropEndpoint(work, params.webhookEndpointId);
        return outcome.ok ? accepted(replyWith(204)) : outcome;
      },
    }),
    writeRoute({
      operation: 'rotateWebhookSecret',
      method: 'POST',
      path: '/v1/webhook-endpoints/:webhook_endpoint_id/rotate-secret',
      tag: TAG,
      summary: 'A new signing secret; the one before signs too for 24 hours',
      effect: 'write',
      answersSecret: true,
      ...endpointPath,
      answers: { 200: { description: 'The new secret', body: rotatedSecretSchema } },
      refusals: ['webhook_endpoint_of_subscription'],
      handle: async ({ work, params }) => {
        const outcome = await rotateSecret(work, ports, params.webhookEndpointId);
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
  ];
}
