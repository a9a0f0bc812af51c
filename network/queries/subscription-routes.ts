import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { readRoute, writeRoute } from '../accounts/index.ts';
import { GS1_HEADERS, negotiated } from '../epcis/index.ts';
import { accepted, idSchema, refused } from '../kernel/index.ts';
import { type DocumentPorts, findDocumentEndpoint } from '../notices/index.ts';
import { EpcisSubscription, EpcisSubscriptions } from './contract.ts';
import { subscribe, unsubscribe } from './handle.ts';
import { MAX_SUBSCRIPTIONS } from './model.ts';
import { PROBLEM_TYPES, queryPath, TAG } from './routes.ts';
import { findQuery, findSubscription, listSubscriptions } from './store.ts';
import { subscriptionView } from './views.ts';

const PATH = '/epcis/queries/:query_name/subscriptions';
const onePath = {
  params: z.strictObject({ queryName: z.string().min(1).max(100), subscriptionId: idSchema('eqs') }),
};

export function subscriptionRoutes(ports: DocumentPorts): readonly Route[] {
  return [subscribeRoute(ports), listRoute(), readOneRoute(), unsubscribeRoute()].map((route) =>
    negotiated(route),
  );
}

function subscribeRoute(ports: DocumentPorts): Route {
  return writeRoute({
    operation: 'subscribeToEpcisQuery',
    method: 'POST',
    path: PATH,
    tag: TAG,
    summary: 'Have what a named query finds sent to an address of yours',
    description:
      'stream: true sends events when they are captured, schedule at its times (UTC, once a minute at most). Sent as EPCISQueryDocument of at most 100 events, by the rules of webhooks: attempts, pauses, log and replay at /v1/webhook-endpoints. GS1-Signature is sha256= and the HMAC-SHA-256 of the body by signatureToken in hexadecimal.',
    effect: 'write',
    ...queryPath,
    body: EpcisSubscription,
    answers: { 201: { description: 'Subscribed; at Location', body: EpcisSubscription } },
    refusals: [
      'epcis_query_invalid',
      'epcis_query_too_complex',
      'epcis_subscription_invalid',
      'epcis_subscription_not_permitted',
      'epcis_subscription_limit_reached',
      'webhook_url_refused',
    ],
    problemTypes: PROBLEM_TYPES,
    handle: async ({ work, caller, params, body }) => {
      const outcome = await subscribe(work, ports, caller.organisationId, params.queryName, body);
      if (!outcome.ok) return outcome;
      const { id, queryName, webhookEndpointId } = outcome.value;
      const endpoint = await findDocumentEndpoint(work.db, webhookEndpointId);
      const location = `/epcis/queries/${queryName}/subscriptions/${id}`;
      return accepted(
        replyWith(201, subscriptionView(outcome.value, endpoint), { ...GS1_HEADERS, location }),
      );
    },
  });
}

function listRoute(): Route {
  return readRoute({
    operation: 'listEpcisSubscriptions',
    method: 'GET',
    path: PATH,
    tag: TAG,
    summary: 'Subscriptions to a named query, the oldest first',
    effect: 'read',
    ...queryPath,
    answers: { 200: { description: 'All of them', body: EpcisSubscriptions } },
    problemTypes: PROBLEM_TYPES,
    handle: async ({ db, caller, params }) => {
      const { organisationId } = caller;
      if ((await findQuery(db, organisationId, params.queryName)) === undefined)
        return refused('not_found', '');
      const all = await listSubscriptions(db, organisationId, params.queryName, '', MAX_SUBSCRIPTIONS);
      const endpoints = await Promise.all(
        all.map(({ webhookEndpointId }) => findDocumentEndpoint(db, webhookEndpointId)),
      );
      return accepted(
        replyWith(
          200,
          all.map((one, index) => subscriptionView(one, endpoints[index])),
          GS1_HEADERS,
        ),
      );
    },
  });
}

function readOneRoute(): Route {
  return readRoute({
    operation: 'readEpcisSubscription',
    method: 'GET',
    path: `${PATH}/:subscription_id`,
    tag: TAG,
    summary: 'One subscription',
    effect: 'read',
    ...onePath,
    answers: { 200: { description: 'The subscription', body: EpcisSubscription } },
    problemTypes: PROBLEM_TYPES,
    handle: async ({ db, caller, params }) => {
      const one = await findSubscription(db, caller.organisationId, params.subscriptionId);
      if (one?.queryName !== params.queryName) return refused('not_found', '');
      const endpoint = await findDocumentEndpoint(db, one.webhookEndpointId);
      return accepted(replyWith(200, subscriptionView(one, endpoint), GS1_HEADERS));
    },
  });
}

function unsubscribeRoute(): Route {
  return writeRoute({
    operation: 'unsubscribeFromEpcisQuery',
    method: 'DELETE',
    path: `${PATH}/:subscription_id`,
    tag: TAG,
    summary: 'Unsubscribe; what was not delivered is not sent any more',
    effect: 'write',
    ...onePath,
    answers: { 204: { description: 'Unsubscribed' } },
    problemTypes: PROBLEM_TYPES,
    handle: async ({ work, caller, params }) => {
      const outcome = await unsubscribe(work, caller.organisationId, params.queryName, params.subscriptionId);
      return outcome.ok ? accepted(replyWith(204, undefined, GS1_HEADERS)) : outcome;
    },
  });
}
