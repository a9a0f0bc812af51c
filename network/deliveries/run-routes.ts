import { z } from 'zod';
import type { Queryable } from '../../platform/db/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, refused } from '../kernel/index.ts';
import * as contract from './contract.ts';
import { listWishes } from './door-store.ts';
import { DELIVERY_STATES, type DeliveryRun } from './model.ts';
import type { DeliveryPorts } from './ports.ts';
import { findRun, listPaid, listRunCash } from './run-store.ts';
import { closeRun, departRun, handInCash, planRun } from './runs.ts';
import {
  findDelivery,
  listDeliveries,
  listDeliveriesOfCourier,
  listDeliveriesOfRun,
  listDeliveriesOfShipment,
  listSteps,
} from './store.ts';
import { deliveryView, presentStops } from './views.ts';

const TAG = 'deliveries';
const runParams = z.strictObject({ runId: idSchema('run') });
const runResource = { kind: 'delivery_run', param: 'runId' } as const;
const runAnswers = { 200: { description: 'The run with its stops and its cash', body: contract.runSchema } };

async function runView(db: Queryable, run: DeliveryRun) {
  const deliveries = await listDeliveriesOfRun(db, run.organisationId, run.id);
  const cash = await listRunCash(db, run.organisationId, run.id);
  return { ...run, deliveries: deliveries.map(deliveryView), cash };
}

export function runRoutes(ports: DeliveryPorts): readonly Route[] {
  return [planRoute(ports), ...tourRoutes(), courierRoute(ports), ...readRoutes(), ...deliveryRoutes()];
}

function planRoute(ports: DeliveryPorts): Route {
  return writeRoute({
    operation: 'planDeliveryRun',
    method: 'POST',
    path: '/v1/delivery-runs',
    tag: TAG,
    summary: 'Put up to 300 parcels at the depot on a courier’s list of a day; each line has its own answer',
    effect: 'write',
    body: contract.planRunSchema,
    answers: {
      201: { description: 'The run and what became of each line', body: contract.plannedRunSchema },
    },
    refusals: ['courier_unknown', 'run_full'],
    handle: async ({ work, caller, body }) => {
      const outcome = await planRun(work, caller, body, ports);
      return outcome.ok ? accepted(replyWith(201, outcome.value)) : outcome;
    },
  });
}

function tourRoutes(): readonly Route[] {
  const shared = {
    method: 'POST',
    tag: TAG,
    effect: 'write',
    params: runParams,
    resource: runResource,
    answers: runAnswers,
  } as const;
  return [
    writeRoute({
      ...shared,
      operation: 'departDeliveryRun',
      path: '/v1/delivery-runs/:run_id/departure',
      summary: 'The courier leaves the depot: everything on the list is out for delivery',
      body: contract.timingSchema,
      refusals: ['run_state_conflict', 'occurred_in_future'],
      handle: async ({ work, db, owner, caller, params, body }) => {
        const outcome = await departRun(work, owner, caller, params.runId, body.occurredAt);
        return outcome.ok ? accepted(replyWith(200, await runView(db, outcome.value))) : outcome;
      },
    }),
    writeRoute({
      ...shared,
      operation: 'closeDeliveryRun',
      path: '/v1/delivery-runs/:run_id/closure',
      summary: 'The courier is back: what was not tried lies at the depot again',
      body: contract.timingSchema,
      refusals: ['occurred_in_future'],
      handle: async ({ work, db, owner, caller, params, body }) => {
        const outcome = await closeRun(work, owner, caller, params.runId, body.occurredAt);
        return outcome.ok ? accepted(replyWith(200, await runView(db, outcome.value))) : outcome;
      },
    }),
    writeRoute({
      ...shared,
      operation: 'handInDeliveryCash',
      path: '/v1/delivery-runs/:run_id/cash-hand-ins',
      summary: 'The depot takes the cash that the courier collected',
      body: contract.handInSchema,
      refusals: ['cash_exceeds_owed'],
      handle: async ({ work, db, owner, caller, params, body }) => {
        const outcome = await handInCash(work, owner, caller, params.runId, body.amount);
        return outcome.ok ? accepted(replyWith(200, await runView(db, outcome.value))) : outcome;
      },
    }),
  ];
}

function courierRoute(ports: DeliveryPorts): Route {
  return readRoute({
    operation: 'listCourierDeliveries',
    method: 'GET',
    path: '/v1/courier/deliveries',
    tag: TAG,
    summary: 'Your stops of a day in order, recipients masked',
    effect: 'read',
    query: z.strictObject({ day: z.iso.date().optional() }),
    answers: {
      200: {
        description: 'All stops',
        body: z.object({ day: z.string(), stops: z.array(contract.stopSchema) }),
      },
    },
    refusals: ['courier_unknown'],
    handle: async ({ db, now, caller, query, actFor }) => {
      const { organisationId } = caller;
      const courier = await ports.couriers.findCourierOfCaller(db, organisationId, caller);
      if (courier === undefined)
        return refused('courier_unknown', 'You are no courier of your organisation yet.');
      const day = query.day ?? now.slice(0, 10);
      const deliveries = await listDeliveriesOfCourier(db, { organisationId, courierId: courier.id, day });
      const shipmentIds = [...new Set(deliveries.map((one) => one.shipmentId))];
      const wishes = await listWishes(db, organisationId, shipmentIds);
      const paid = await listPaid(db, organisationId, shipmentIds);
      // The parties are the merchants'; they leave the vault masked.
      await actFor('network');
      const stops = await presentStops({ db, vault: ports.vault, now }, deliveries, wishes, paid);
      return accepted(replyWith(200, { day, stops }, { 'cache-control': 'no-store' }));
    },
  });
}

function readRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'readDeliveryRun',
      method: 'GET',
      path: '/v1/delivery-runs/:run_id',
      tag: TAG,
      summary: 'A run with its stops and what its courier owes',
      effect: 'read',
      params: runParams,
      resource: runResource,
      answers: runAnswers,
      handle: async ({ db, params }) => {
        const run = await findRun(db, params.runId);
        return run === undefined
          ? refused('not_found', '')
          : accepted(replyWith(200, await runView(db, run)));
      },
    }),
    readRoute({
      operation: 'listDeliveries',
      method: 'GET',
      path: '/v1/deliveries',
      tag: TAG,
      summary: 'Deliveries of your carrier, oldest first',
      effect: 'read',
      query: z.strictObject({
        limit: z.coerce.number().int().min(1).max(100).default(20),
        cursor: z.string().max(400).optional(),
        state: z.enum(DELIVERY_STATES).optional(),
      }),
      answers: { 200: { description: 'A page', body: pageSchema(contract.deliverySchema) } },
      handle: async ({ db, caller, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const found = await listDeliveries(
          db,
          caller.organisationId,
          { state: query.state, after: after.value },
          query.limit + 1,
        );
        return accepted(replyWith(200, pageOf(found.map(deliveryView), query.limit)));
      },
    }),
  ];
}

function deliveryRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'readDelivery',
      method: 'GET',
      path: '/v1/deliveries/:delivery_id',
      tag: TAG,
      summary: 'One delivery with its history',
      effect: 'read',
      params: z.strictObject({ deliveryId: idSchema('dlv') }),
      resource: { kind: 'delivery', param: 'deliveryId' },
      answers: { 200: { description: 'The delivery', body: contract.deliverySchema } },
      handle: async ({ db, owner, params }) => {
        const delivery = await findDelivery(db, params.deliveryId);
        if (delivery === undefined) return refused('not_found', '');
        const history = await listSteps(db, owner, delivery.id);
        return accepted(replyWith(200, { ...deliveryView(delivery), history }));
      },
    }),
    readRoute({
      operation: 'listShipmentDeliveries',
      method: 'GET',
      path: '/v1/shipments/:shipment_id/deliveries',
      tag: TAG,
      summary: 'The last mile of each parcel of a shipment',
      effect: 'read',
      params: z.strictObject({ shipmentId: idSchema('shp') }),
      resource: { kind: 'shipment', param: 'shipmentId' },
      answers: {
        200: {
          description: 'Parcels that reached a depot',
          body: z.object({ data: z.array(contract.deliverySchema) }),
        },
      },
      handle: async ({ db, params, actFor }) => {
        // Deliveries stand in the carrier's book; the part in the shipment was checked.
        await actFor('network');
        const found = await listDeliveriesOfShipment(db, params.shipmentId);
        return accepted(replyWith(200, { data: found.map(deliveryView) }));
      },
    }),
  ];
}
