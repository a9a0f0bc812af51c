import { z } from 'zod';
import { encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, type RelationFinder, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, type Outcome } from '../kernel/index.ts';
import {
  deliveryQuerySchema,
  replayEndpointSchema,
  webhookDeliveryPageSchema,
  webhookDeliverySchema,
  webhookEndpointSchema,
} from './contract.ts';
import { findDelivery, listAttempts, listDeliveries } from './delivery-store.ts';
import { findEndpoint } from './endpoint-store.ts';
import { replayDelivery, replayEndpoint, testEndpoint } from './handle.ts';
import type { WebhookDelivery } from './model.ts';
import { endpointPath } from './routes.ts';
import { deliveryView, endpointView } from './views.ts';

const TAG = 'notices';

/** The log of what was sent, and sending again. */
export function deliveryRoutes(): readonly Route[] {
  return [logRoute(), ...replayRoutes()];
}

function logRoute(): Route {
  return readRoute({
    operation: 'listWebhookDeliveries',
    method: 'GET',
    path: '/v1/webhook-endpoints/:webhook_endpoint_id/deliveries',
    tag: TAG,
    summary: 'Deliveries to an endpoint with every attempt, the newest first',
    effect: 'read',
    ...endpointPath,
    query: deliveryQuerySchema,
    answers: { 200: { description: 'A page', body: webhookDeliveryPageSchema } },
    handle: async ({ db, owner, params, query }) => {
      const before = afterId(query.cursor);
      if (!before.ok) return before;
      const { limit, state } = query;
      const found = await listDeliveries(db, owner, params.webhookEndpointId, state, before.value, limit + 1);
      const page = found.slice(0, limit);
      const attempts = await listAttempts(
        db,
        owner,
        page.map(({ id }) => id),
      );
      const data = page.map((delivery) => deliveryView(delivery, attempts.get(delivery.id) ?? []));
      const last = page.at(-1);
      const isMore = found.length > limit && last !== undefined;
      return accepted(replyWith(200, isMore ? { data, nextCursor: encodeCursor([last.id]) } : { data }));
    },
  });
}

function replayRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'replayWebhookDelivery',
      method: 'POST',
      path: '/v1/webhook-deliveries/:webhook_delivery_id/replay',
      tag: TAG,
      summary: 'Send a delivery again, or an unfinished one at once',
      effect: 'write',
      params: z.strictObject({ webhookDeliveryId: idSchema('whd') }),
      resource: { kind: 'webhook_delivery', param: 'webhookDeliveryId' },
      answers: { 202: { description: 'It will be sent', body: webhookDeliverySchema } },
      refusals: ['webhook_endpoint_disabled', 'cursor_expired'],
      handle: async ({ work, params }) => answerWith(await replayDelivery(work, params.webhookDeliveryId)),
    }),
    writeRoute({
      operation: 'replayWebhookEndpoint',
      method: 'POST',
      path: '/v1/webhook-endpoints/:webhook_endpoint_id/replay',
      tag: TAG,
      summary: 'Send again everything behind a cursor or since an instant',
      effect: 'write',
      ...endpointPath,
      body: replayEndpointSchema,
      answers: { 202: { description: 'It will be sent', body: webhookEndpointSchema } },
      refusals: [
        'webhook_endpoint_disabled',
        'webhook_endpoint_of_subscription',
        'cursor_expired',
        'cursor_unknown',
      ],
      handle: async ({ work, params, body }) => {
        const outcome = await replayEndpoint(work, params.webhookEndpointId, body);
        return outcome.ok ? accepted(replyWith(202, endpointView(outcome.value))) : outcome;
      },
    }),
    writeRoute({
      operation: 'testWebhookEndpoint',
      method: 'POST',
      path: '/v1/webhook-endpoints/:webhook_endpoint_id/test',
      tag: TAG,
      summary: 'Send a test message',
      effect: 'write',
      ...endpointPath,
      answers: { 202: { description: 'It will be sent', body: webhookDeliverySchema } },
      refusals: ['webhook_endpoint_disabled', 'webhook_endpoint_of_subscription'],
      handle: async ({ work, params }) => answerWith(await testEndpoint(work, params.webhookEndpointId)),
    }),
  ];
}

function answerWith(outcome: Outcome<WebhookDelivery>) {
  return outcome.ok ? accepted(replyWith(202, deliveryView(outcome.value, []))) : outcome;
}

export const noticeRelations: Readonly<Record<string, RelationFinder>> = {
  webhook_endpoint: async (db, id, caller) => ownedBy((await findEndpoint(db, id))?.organisationId, caller),
  webhook_delivery: async (db, id, caller) => ownedBy((await findDelivery(db, id))?.organisationId, caller),
};

/** An endpoint and its log hold addresses and answers of its owner: nobody else reads them, not even the operator. */
function ownedBy(owner: string | undefined, caller: Parameters<RelationFinder>[2]) {
  return owner === undefined
    ? undefined
    : { owner, relations: owner === caller.organisationId ? ['own'] : [] };
}
