import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute } from '../accounts/index.ts';
import { accepted } from '../kernel/index.ts';
import { presentShipments } from '../shipments/index.ts';
import { type Bought, type OrderPorts, offersForOrders, type PurchaseLine, purchaseOrders } from './bulk.ts';
import * as contract from './contract.ts';

/** Routes over many stored orders at once. Their transactions are their own, so that lines do not hurt each other. */
export function bulkRoutes(ports: OrderPorts): readonly Route[] {
  return [
    openRoute({
      operation: 'createOrderOffers',
      method: 'POST',
      path: '/v1/orders/offers',
      tag: 'orders',
      summary: 'Offers for up to 100 stored orders, without sending them again',
      effect: 'own',
      body: contract.orderOffersSchema,
      answers: { 200: { description: 'Offers by order', body: contract.orderOffersAnswerSchema } },
      handle: async ({ caller, world, body }) => {
        const offers = await offersForOrders(world, caller, body.orderIds, ports);
        return accepted(
          replyWith(200, {
            results: [...offers].map(([orderId, outcome]) =>
              outcome.ok ? { orderId, answer: outcome.value } : { orderId, error: outcome.rejection },
            ),
          }),
        );
      },
    }),
    openRoute({
      operation: 'purchaseShipments',
      method: 'POST',
      path: '/v1/shipments/batch',
      tag: 'shipments',
      summary: 'Buy shipments for up to 100 stored orders: a named offer of each, or by a rule',
      description:
        'Each line is bought or refused by itself and answered by its object_id. Sending a batch again buys nothing twice: an order that has its shipment is answered with it as existing. Name the handover where you name an offer that takes no drop-off.',
      effect: 'own',
      body: contract.purchaseBatchSchema,
      answers: { 200: { description: 'Outcome by object_id', body: contract.purchaseBatchAnswerSchema } },
      handle: async ({ caller, world, body }) => {
        const outcomes = await purchaseOrders(world, caller, body.lines as readonly PurchaseLine[], ports);
        const bought = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
        const views = await world.read({ organisationId: caller.organisationId }, (db, now) =>
          presentShipments(
            { db, vault: ports.shipments.vault, now },
            bought.map((one) => one.shipment),
            'own',
            { detail: false },
          ),
        );
        const viewOf = new Map<Bought, unknown>(bought.map((one, index) => [one, views[index]]));
        return accepted(
          replyWith(200, {
            bought: bought.filter((one) => one.isNew).length,
            existing: bought.filter((one) => !one.isNew).length,
            refused: outcomes.length - bought.length,
            results: outcomes.map((outcome, index) => {
              const line = body.lines[index];
              const head = { objectId: line?.objectId, orderId: line?.orderId };
              if (!outcome.ok) return { ...head, outcome: 'refused', error: outcome.rejection };
              const shipment = viewOf.get(outcome.value);
              return { ...head, outcome: outcome.value.isNew ? 'bought' : 'existing', shipment };
            }),
          }),
        );
      },
    }),
  ];
}
