import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, refused } from '../kernel/index.ts';
import * as contract from './contract.ts';
import { createSubscription, rotateSubscription, worldOfSubscription } from './handle.ts';
import type { PollingPorts } from './ports.ts';
import { receivePush } from './push.ts';
import { deleteSubscription, listSubscriptions } from './push-store.ts';
import { TAG } from './routes.ts';
import { subscriptionView } from './views.ts';

/** A push about a hundred parcels has less; what is read at once holds up others (our default). */
const MAX_PUSH_BYTES = 1024 * 1024;

/** Where carriers push to, and the pushes themselves. */
export function pushRoutes(ports: PollingPorts): readonly Route[] {
  return [...subscriptionRoutes(ports), receptionRoute(ports)];
}

function subscriptionRoutes(ports: PollingPorts): readonly Route[] {
  return [
    openSubscriptionRoute(ports),
    rotationRoute(ports),
    readRoute({
      operation: 'listPushSubscriptions',
      method: 'GET',
      path: '/v1/push-subscriptions',
      tag: TAG,
      summary: 'Addresses that carriers push to, and what came there',
      effect: 'read',
      answers: { 200: { description: 'All of yours', body: contract.subscriptionListSchema } },
      handle: async ({ db, caller, now }) => {
        const found = await listSubscriptions(db, caller.organisationId);
        return accepted(replyWith(200, { data: found.map((one) => subscriptionView(one, ports, now)) }));
      },
    }),
    writeRoute({
      operation: 'deletePushSubscription',
      method: 'DELETE',
      path: '/v1/push-subscriptions/:push_subscription_id',
      tag: TAG,
      summary: 'Delete a push subscription; its address is gone at once',
      effect: 'write',
      params: contract.subscriptionParams,
      resource: { kind: 'push_subscription', param: 'pushSubscriptionId' },
      answers: { 204: { description: 'Deleted' } },
      handle: async ({ work, params }) =>
        (await deleteSubscription(work.db, params.pushSubscriptionId))
          ? accepted(replyWith(204))
          : refused('not_found', ''),
    }),
  ];
}

function rotationRoute(ports: PollingPorts): Route {
  return writeRoute({
    operation: 'rotatePushSubscription',
    method: 'POST',
    path: '/v1/push-subscriptions/:push_subscription_id/rotation',
    tag: TAG,
    summary:
      'Replace the secret of a push subscription; its address stays, and the old secret is taken for a while',
    effect: 'write',
    params: contract.subscriptionParams,
    resource: { kind: 'push_subscription', param: 'pushSubscriptionId' },
    body: contract.subscriptionRotationSchema,
    answers: { 200: { description: 'Replaced', body: contract.subscriptionSchema } },
    refusals: ['credential_fields_wrong'],
    handle: async ({ work, params, body }) => {
      const outcome = await rotateSubscription(work, ports, params.pushSubscriptionId, body);
      return outcome.ok
        ? accepted(replyWith(200, subscriptionView(outcome.value, ports, work.now)))
        : outcome;
    },
  });
}

function openSubscriptionRoute(ports: PollingPorts): Route {
  return writeRoute({
    operation: 'createPushSubscription',
    method: 'POST',
    path: '/v1/push-subscriptions',
    tag: TAG,
    summary: 'Open an address for the pushes of a carrier, with the secret that proves them',
    description:
      'UPS, FedEx, Kuaidi100, KDNiao and Cainiao prove their pushes as they document it; those of other connectors come through a relay that signs by Standard Webhooks. A carrier opens its own connector only.',
    effect: 'write',
    body: contract.createSubscriptionSchema,
    answers: { 201: { description: 'Open', body: contract.subscriptionSchema } },
    refusals: [
      'connector_unknown',
      'credential_fields_wrong',
      'push_not_of_caller',
      'push_subscription_limit_reached',
    ],
    handle: async ({ work, world, caller, body }) => {
      const outcome = await createSubscription(work, ports, world, caller, body);
      return outcome.ok
        ? accepted(replyWith(201, subscriptionView(outcome.value, ports, work.now)))
        : outcome;
    },
  });
}

function receptionRoute(ports: PollingPorts): Route {
  return openRoute({
    operation: 'receivePush',
    method: 'POST',
    path: '/v1/pushes/:connector/:push_subscription_id',
    tag: TAG,
    summary: 'A carrier’s push, as the carrier sends it',
    description:
      'Proved by the secret of the subscription; without the right proof nothing is taken but a count. The answer is the one that the carrier documents.',
    effect: 'own',
    params: contract.pushParams,
    worldOf: ({ params }) =>
      worldOfSubscription((params as { push_subscription_id?: unknown }).push_subscription_id),
    consumes: [
      'application/json',
      'application/x-www-form-urlencoded',
      'application/xml',
      'text/xml',
      'text/plain',
    ],
    bodyLimitBytes: MAX_PUSH_BYTES,
    answers: { 200: { description: 'Taken', contentType: 'application/json' } },
    refusals: ['push_not_genuine', 'scan_batch_busy', 'scan_batch_too_large'],
    handle: async ({ world, params, body, headers }) => {
      const outcome = await receivePush(world, ports, {
        subscriptionId: params.pushSubscriptionId,
        connector: params.connector,
        contentType: String(headers['content-type'] ?? ''),
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
        ),
        body: body as unknown as Uint8Array,
      });
      if (!outcome.ok) return outcome;
      const { contentType, body: bytes } = outcome.value;
      return accepted({ kind: 'bytes', status: 200, contentType, bytes });
    },
  });
}
