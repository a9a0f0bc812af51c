import { z } from 'zod';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { type Principal, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, refused } from '../kernel/index.ts';
import { acknowledge } from './acknowledge.ts';
import { answerStep, STEP_REFUSALS } from './answer-step.ts';
import * as contract from './contract.ts';
import type { ShipmentPorts } from './ports.ts';
import { purchaseRoute } from './purchase-route.ts';
import { findShipment, listShipments } from './store.ts';
import { presentShipments } from './views.ts';
import { warehouseRoutes } from './warehouse-routes.ts';

const TAG = 'shipments';
const params = z.strictObject({ shipmentId: idSchema('shp') });
const resource = { kind: 'shipment', param: 'shipmentId' } as const;
const answers = { 200: { description: 'The shipment', body: contract.shipmentSchema } };

export function shipmentRoutes(ports: ShipmentPorts): readonly Route[] {
  return [...orderRoutes(ports), ...readRoutes(ports), ...carrierRoutes(ports), ...warehouseRoutes(ports)];
}

function orderRoutes(ports: ShipmentPorts): readonly Route[] {
  return [
    purchaseRoute(ports),
    writeRoute({
      operation: 'cancelShipment',
      method: 'POST',
      path: '/v1/shipments/:shipment_id/cancellation',
      tag: TAG,
      summary: 'Cancel before the goods are accepted; the freight is released and the number goes back',
      effect: 'write',
      params,
      resource,
      body: contract.cancellationSchema,
      answers,
      refusals: STEP_REFUSALS,
      handle: (call) => answerStep(call, ports, { kind: 'cancel' }, call.body),
    }),
  ];
}

function readRoutes(ports: ShipmentPorts): readonly Route[] {
  return [
    readRoute({
      operation: 'listShipments',
      method: 'GET',
      path: '/v1/shipments',
      tag: TAG,
      summary: 'Shipments that you have a part in, newest first',
      effect: 'read',
      query: contract.shipmentListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.shipmentSchema) } },
      handle: async ({ db, now, caller, query, relation }) => {
        const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['string']);
        if (query.cursor !== undefined && before === undefined)
          return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
        const filter = {
          part: undefined,
          states: query.state === undefined ? undefined : [query.state],
          orderRef: query.orderRef,
          acknowledgement: query.acknowledgement,
        };
        const viewer = relation === 'any' ? 'network' : caller.organisationId;
        const found = await listShipments(
          db,
          viewer,
          filter,
          before === undefined ? undefined : String(before[0]),
          query.limit + 1,
        );
        const page = found.slice(0, query.limit);
        const last = page.at(-1);
        const data = await presentShipments(
          { db, vault: ports.vault, now },
          page,
          relationOfList(relation, caller),
          { detail: false },
        );
        return accepted(
          replyWith(
            200,
            found.length > query.limit && last !== undefined
              ? { data, nextCursor: encodeCursor([last.id]) }
              : { data },
          ),
        );
      },
    }),
    readRoute({
      operation: 'readShipment',
      method: 'GET',
      path: '/v1/shipments/:shipment_id',
      tag: TAG,
      summary: 'One shipment with its history',
      effect: 'read',
      params,
      resource,
      answers,
      handle: async ({ db, now, params, relation }) => {
        const shipment = await findShipment(db, params.shipmentId);
        if (shipment === undefined) return refused('not_found', '');
        const [view] = await presentShipments({ db, vault: ports.vault, now }, [shipment], relation, {
          detail: true,
        });
        return accepted(replyWith(200, view));
      },
    }),
  ];
}

function relationOfList(relation: string, caller: Principal): string {
  if (relation === 'any') return 'any';
  if (caller.organisationKind === 'merchant') return 'own';
  return caller.organisationKind === 'marketplace' ? 'client' : caller.organisationKind;
}

function carrierRoutes(ports: ShipmentPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'acknowledgeShipment',
      method: 'POST',
      path: '/v1/shipments/:shipment_id/acknowledgement',
      tag: TAG,
      summary: 'The carrier takes the order, or refuses it with a reason',
      effect: 'write',
      params,
      resource,
      body: contract.acknowledgementSchema,
      answers,
      refusals: STEP_REFUSALS,
      handle: async ({ work, db, owner, caller, params, body, relation }) => {
        const outcome = await acknowledge(
          work,
          owner,
          caller,
          { shipmentId: params.shipmentId, ...body },
          ports,
        );
        if (!outcome.ok) return outcome;
        const [view] = await presentShipments(
          { db, vault: ports.vault, now: work.now },
          [outcome.value],
          relation,
          { detail: false },
        );
        return accepted(replyWith(200, view));
      },
    }),
  ];
}
