import { z } from 'zod';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { type Principal, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import type { OrderPorts } from './bulk.ts';
import { bulkRoutes } from './bulk-routes.ts';
import * as contract from './contract.ts';
import { editOrder, moveOrder } from './handle.ts';
import { importRoute } from './import-route.ts';
import type { Order } from './model.ts';
import { type Recorded, recordOrders } from './record.ts';
import { senderRoutes } from './sender-routes.ts';
import { findOrder, listOrders, type OrderViewer } from './store.ts';
import { presentOrders } from './views.ts';

const TAG = 'orders';
const params = z.strictObject({ orderId: idSchema('ord') });
const resource = { kind: 'order', param: 'orderId' } as const;
const answers = { 200: { description: 'The order', body: contract.orderSchema } };
const PARTY_REFUSALS = ['address_invalid', 'phone_malformed', 'phone_masked', 'sender_address_unknown'];

export function orderRoutes(ports: OrderPorts): readonly Route[] {
  const vault = ports.shipments.vault;
  return [
    recordRoute(ports),
    ...readRoutes(ports),
    ...changeRoutes(ports),
    importRoute(vault),
    ...bulkRoutes(ports),
    ...senderRoutes(vault),
  ];
}

function recordRoute(ports: OrderPorts): Route {
  const { vault } = ports.shipments;
  return writeRoute({
    operation: 'recordOrders',
    method: 'POST',
    path: '/v1/orders',
    tag: TAG,
    summary: 'Bring in up to 500 orders; each is answered by its object_id',
    description:
      'Idempotent by reference: one that is stored already is answered as existing, and not changed. A broken address refuses its order only.',
    effect: 'write',
    body: contract.orderBatchSchema,
    bodyLimitBytes: contract.MAX_ORDER_BATCH_BYTES,
    answers: { 200: { description: 'Outcome by object_id', body: contract.orderBatchAnswerSchema } },
    handle: async ({ work, caller, body }) => {
      const recorded = await recordOrders(
        work,
        caller,
        body.orders.map((item) => item.order),
        { vault, dryRun: false },
      );
      const count = (outcome: Recorded['outcome']) =>
        recorded.filter((line) => line.outcome === outcome).length;
      return accepted(
        replyWith(200, {
          created: count('created'),
          existing: count('existing'),
          refused: count('refused'),
          results: recorded.map((line, index) => ({
            objectId: body.orders[index]?.objectId,
            ...(line.outcome === 'refused' ? { outcome: line.outcome, error: line.rejection } : line),
          })),
        }),
      );
    },
  });
}

function readRoutes(ports: OrderPorts): readonly Route[] {
  const { vault } = ports.shipments;
  return [
    readRoute({
      operation: 'listOrders',
      method: 'GET',
      path: '/v1/orders',
      tag: TAG,
      summary: 'Orders, newest first: yours, or those of your merchants',
      effect: 'read',
      query: contract.orderListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.orderSchema) } },
      handle: async ({ db, now, caller, query, relation }) => {
        const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['string']);
        if (query.cursor !== undefined && before === undefined)
          return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
        const { limit, cursor: _c, ...given } = query;
        const filter = {
          state: given.state,
          channel: given.channel,
          referencePrefix: given.referencePrefix,
          since: given.since,
        };
        const found = await listOrders(
          db,
          viewerOf(caller, relation),
          filter,
          before === undefined ? undefined : String(before[0]),
          limit + 1,
        );
        const page = found.slice(0, limit);
        const data = await presentOrders({ db, vault, now }, page, relationOfList(relation, caller), {
          detail: false,
        });
        const last = page.at(-1);
        return accepted(
          replyWith(
            200,
            found.length > limit && last !== undefined
              ? { data, nextCursor: encodeCursor([last.id]) }
              : { data },
          ),
        );
      },
    }),
    readRoute({
      operation: 'readOrder',
      method: 'GET',
      path: '/v1/orders/:order_id',
      tag: TAG,
      summary: 'One order with the shipments that bring it',
      effect: 'read',
      params,
      resource,
      answers,
      handle: async ({ db, now, params, relation }) => {
        const order = await findOrder(db, params.orderId);
        if (order === undefined) return refused('not_found', '');
        const [view] = await presentOrders({ db, vault, now }, [order], relation, { detail: true });
        return accepted(replyWith(200, view));
      },
    }),
  ];
}

function viewerOf(caller: Principal, relation: string): OrderViewer {
  if (relation === 'any') return 'network';
  return caller.organisationKind === 'marketplace'
    ? { marketplace: caller.organisationId }
    : { merchant: caller.organisationId };
}

function changeRoutes(ports: OrderPorts): readonly Route[] {
  const { vault } = ports.shipments;
  type Changing = {
    readonly db: Parameters<typeof presentOrders>[0]['db'];
    readonly now: Parameters<typeof presentOrders>[0]['now'];
    readonly relation: string;
  };
  const answer = async ({ db, now, relation }: Changing, outcome: Outcome<Order>) => {
    if (!outcome.ok) return outcome;
    const [view] = await presentOrders({ db, vault, now }, [outcome.value], relation, { detail: true });
    return accepted(replyWith(200, view));
  };
  return [
    writeRoute({
      operation: 'editOrder',
      method: 'PATCH',
      path: '/v1/orders/:order_id',
      tag: TAG,
      summary: 'Change an order that is still open; what is left out stays',
      effect: 'write',
      params,
      resource,
      body: contract.orderEditSchema,
      answers,
      refusals: ['order_state_conflict', ...PARTY_REFUSALS],
      handle: async (call) =>
        answer(
          call,
          await editOrder(call.work, call.owner as OrganisationId, call.params.orderId, call.body, vault),
        ),
    }),
    writeRoute({
      operation: 'cancelOrder',
      method: 'POST',
      path: '/v1/orders/:order_id/cancellation',
      tag: TAG,
      summary: 'Cancel an order that is still open; a booked one is cancelled by its shipment first',
      effect: 'write',
      params,
      resource,
      answers,
      refusals: ['order_state_conflict'],
      handle: async (call) =>
        answer(
          call,
          await moveOrder(call.work, call.owner as OrganisationId, call.params.orderId, 'open', 'cancelled'),
        ),
    }),
    writeRoute({
      operation: 'reopenOrder',
      method: 'POST',
      path: '/v1/orders/:order_id/reopening',
      tag: TAG,
      summary: 'Open a cancelled order again',
      effect: 'write',
      params,
      resource,
      answers,
      refusals: ['order_state_conflict'],
      handle: async (call) =>
        answer(
          call,
          await moveOrder(call.work, call.owner as OrganisationId, call.params.orderId, 'cancelled', 'open'),
        ),
    }),
  ];
}

/** A marketplace lists what its merchants sold: what the table calls its own is theirs. */
function relationOfList(relation: string, caller: Principal): string {
  return relation === 'own' && caller.organisationKind === 'marketplace' ? 'client' : relation;
}
