import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import type { Work } from '../../platform/world/index.ts';
import {
  afterId,
  findCarrierOrganisation,
  pageOf,
  pageSchema,
  readRoute,
  writeRoute,
} from '../accounts/index.ts';
import { accepted, idSchema, refused } from '../kernel/index.ts';
import { findShipment, lockShipment } from '../shipments/index.ts';
import * as contract from './contract.ts';
import { HandoverDeclared } from './events.ts';
import { bookPickup, reschedulePickup } from './handle.ts';
import type { Canceller } from './model.ts';
import { type Declaration, findDeclaration, findPickup, listPickups, saveDeclaration } from './store.ts';
import { presentPickups, presentWindows } from './views.ts';
import { actOn, type PickupPorts } from './visit.ts';

export const TAG = 'pickups';
export const params = z.strictObject({ pickupId: idSchema('pku') });
export const resource = { kind: 'pickup', param: 'pickupId' } as const;
export const answers = { 200: { description: 'The pickup', body: contract.pickupSchema } };

export function merchantRoutes(ports: PickupPorts): readonly Route[] {
  return [...windowRoutes(), ...bookingRoutes(ports), ...readRoutes(ports), ...declarationRoutes()];
}

function windowRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listPickupWindows',
      method: 'GET',
      path: '/v1/pickup-windows',
      tag: TAG,
      summary: 'When a courier can come: for a shipment, or for a country and postcode',
      effect: 'read',
      query: contract.windowQuery,
      answers: { 200: { description: 'Windows in order of time', body: contract.windowListSchema } },
      handle: async ({ db, query, now, caller, actFor }) => {
        const { date, days, carrierCode } = query;
        if (query.shipmentId !== undefined) {
          const shipment = await findShipment(db, query.shipmentId);
          if (shipment === undefined || shipment.organisationId !== caller.organisationId) {
            return refused('not_found', '');
          }
          await actFor('network');
          const carrierIds = [shipment.carrierId];
          const data = await presentWindows(db, { place: shipment.from, carrierIds, date, days, now });
          return accepted(replyWith(200, { data }));
        }
        if (query.country === undefined) {
          return refused('invalid_request', 'Give shipment_id, or country and postcode.');
        }
        await actFor('network');
        const carrier =
          carrierCode === undefined ? undefined : await findCarrierOrganisation(db, carrierCode);
        const place = { country: query.country, postcode: query.postcode, division: query.division };
        const carrierIds = carrier === undefined ? [] : [carrier];
        const data = await presentWindows(db, { place, carrierIds, date, days, now });
        return accepted(replyWith(200, { data }));
      },
    }),
  ];
}

const BOOKING_REFUSALS = [
  'state_conflict',
  'pickup_state_conflict',
  'pickup_window_full',
  'pickup_window_unknown',
  'pickup_not_served',
  'pickup_blocked',
  'pickup_shipments_differ',
  'pickup_not_for_handover',
  'pickup_too_many_parcels',
];

function bookingRoutes(ports: PickupPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'bookPickup',
      method: 'POST',
      path: '/v1/pickups',
      tag: TAG,
      summary: 'Have shipments of one sender collected at the door',
      effect: 'write',
      body: contract.bookSchema,
      answers: { 201: { description: 'Booked', body: contract.pickupSchema } },
      refusals: [...BOOKING_REFUSALS, 'pickup_already_booked'],
      handle: async ({ work, caller, body, world }) => {
        const outcome = await bookPickup(work, ports, caller, body);
        if (!outcome.ok) return outcome;
        const [view] = await presentPickups(
          [outcome.value],
          showingOf({ work, world, relation: 'own' }, ports),
        );
        return accepted(replyWith(201, view));
      },
    }),
    writeRoute({
      operation: 'reschedulePickup',
      method: 'POST',
      path: '/v1/pickups/:pickup_id/reschedule',
      tag: TAG,
      summary: 'Choose another window; the code is a new one',
      effect: 'write',
      params,
      resource,
      body: contract.rescheduleSchema,
      answers,
      refusals: BOOKING_REFUSALS,
      handle: async ({ work, owner, caller, params, body, world, relation }) => {
        const outcome = await reschedulePickup(work, ports, owner, caller, params.pickupId, body);
        if (!outcome.ok) return outcome;
        const [view] = await presentPickups([outcome.value], showingOf({ work, world, relation }, ports));
        return accepted(replyWith(200, view));
      },
    }),
    writeRoute({
      operation: 'cancelPickup',
      method: 'POST',
      path: '/v1/pickups/:pickup_id/cancellation',
      tag: TAG,
      summary: 'Call the visit off; the shipments can be booked again',
      effect: 'write',
      params,
      resource,
      body: contract.cancelSchema,
      answers,
      refusals: ['pickup_state_conflict'],
      handle: async ({ work, owner, caller, params, body, world, relation }) => {
        const by: Canceller = relation === 'own' ? 'user' : relation === 'carrier' ? 'carrier' : 'platform';
        const command = { kind: 'cancel', by, reason: body.reason } as const;
        const outcome = await actOn(work, ports, owner, caller, params.pickupId, command);
        if (!outcome.ok) return outcome;
        const [view] = await presentPickups([outcome.value], showingOf({ work, world, relation }, ports));
        return accepted(replyWith(200, view));
      },
    }),
  ];
}

/** For answers of writes: their transaction is the one that reads. */
export function showingOf(
  call: {
    readonly work: Work;
    readonly world: Parameters<typeof presentPickups>[1]['world'];
    readonly relation: string;
  },
  ports: PickupPorts,
) {
  const { work, world, relation } = call;
  return {
    db: work.db,
    actFor: work.actFor,
    vault: ports.vault,
    world,
    now: work.now,
    relation,
    withHistory: false,
  };
}

function readRoutes(ports: PickupPorts): readonly Route[] {
  return [
    readRoute({
      operation: 'listPickups',
      method: 'GET',
      path: '/v1/pickups',
      tag: TAG,
      summary: 'Pickups that you booked or that your couriers make, oldest first',
      effect: 'read',
      query: contract.pickupListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.pickupSchema) } },
      handle: async ({ db, query, caller, relation, world, now, actFor }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const viewer =
          relation === 'any'
            ? ({ kind: 'network' } as const)
            : ({ kind: 'organisation', id: caller.organisationId } as const);
        const states = query.state === undefined ? undefined : [query.state];
        const page = pageOf(await listPickups(db, viewer, states, after.value, query.limit + 1), query.limit);
        const asOwner = caller.organisationKind === 'merchant' ? 'own' : 'other';
        const showing = { db, actFor, vault: ports.vault, world, now, withHistory: false };
        const data = await presentPickups(page.data, { ...showing, relation: asOwner });
        return accepted(replyWith(200, { ...page, data }));
      },
    }),
    readRoute({
      operation: 'readPickup',
      method: 'GET',
      path: '/v1/pickups/:pickup_id',
      tag: TAG,
      summary: 'One pickup with its history; the merchant sees the code',
      effect: 'read',
      params,
      resource,
      answers,
      handle: async ({ db, params, relation, world, now, actFor }) => {
        const pickup = await findPickup(db, params.pickupId);
        if (pickup === undefined) return refused('not_found', '');
        const showing = { db, actFor, vault: ports.vault, world, now, relation, withHistory: true };
        const [view] = await presentPickups([pickup], showing);
        return accepted(replyWith(200, view));
      },
    }),
  ];
}

const shipmentParams = z.strictObject({ shipmentId: idSchema('shp') });
const shipmentResource = { kind: 'shipment', param: 'shipmentId' } as const;
const declared = { 200: { description: 'As declared', body: contract.declarationSchema } };

function declarationRoutes(): readonly Route[] {
  const shared = {
    method: 'POST',
    tag: TAG,
    effect: 'write',
    params: shipmentParams,
    resource: shipmentResource,
    answers: declared,
    refusals: ['state_conflict', 'pickup_not_for_handover'],
  } as const;
  return [
    writeRoute({
      ...shared,
      operation: 'declareSelfPost',
      path: '/v1/shipments/:shipment_id/self-post',
      summary: 'You post the parcels to the warehouse: by which domestic carrier, under which number',
      body: contract.selfPostSchema,
      handle: async ({ work, owner, caller, params, body }) =>
        declare(work, owner, caller.id, params.shipmentId, { kind: 'self_post', ...body }),
    }),
    writeRoute({
      ...shared,
      operation: 'declareDropOff',
      path: '/v1/shipments/:shipment_id/drop-off',
      summary: 'You bring the parcels to the warehouse yourself',
      body: z.strictObject({}),
      handle: async ({ work, owner, caller, params }) =>
        declare(work, owner, caller.id, params.shipmentId, { kind: 'drop_off' }),
    }),
    readRoute({
      operation: 'readHandoverDeclaration',
      method: 'GET',
      path: '/v1/shipments/:shipment_id/handover-declaration',
      tag: TAG,
      summary: 'How the merchant said that he brings the parcels',
      effect: 'read',
      params: shipmentParams,
      resource: shipmentResource,
      answers: declared,
      handle: async ({ db, params }) => {
        const declaration = await findDeclaration(db, params.shipmentId);
        return declaration === undefined ? refused('not_found', '') : accepted(replyWith(200, declaration));
      },
    }),
  ];
}

/** As chosen at the purchase; a door pickup that failed may be dropped off or posted instead. */
async function declare(
  work: Work,
  owner: string,
  callerId: string,
  shipmentId: string,
  how: { readonly kind: Declaration['kind']; readonly carrierName?: string; readonly number?: string },
) {
  const shipment = await lockShipment(work.db, owner, shipmentId);
  if (shipment === undefined) return refused('not_found', '');
  if (shipment.state !== 'wait_receive' && shipment.state !== 'pickup_failed') {
    return refused('state_conflict', `The shipment is ${shipment.state}.`);
  }
  if (shipment.handover !== how.kind && shipment.state !== 'pickup_failed') {
    return refused('pickup_not_for_handover', `Its handover is ${shipment.handover}.`);
  }
  const { kind, carrierName, number } = how;
  const declaration: Declaration = {
    organisationId: shipment.organisationId,
    shipmentId: shipment.id,
    kind,
    warehouseId: shipment.warehouseId,
    carrierName,
    number,
    declaredAt: work.now,
  };
  await saveDeclaration(work.db, declaration, callerId);
  const audience = [shipment.organisationId, shipment.clientPlatformId, shipment.warehouseId];
  work.emit({
    type: HandoverDeclared.name,
    group: { organisationId: owner },
    subjectId: shipment.id,
    subjectSequence: shipment.version,
    audience: [...new Set(audience.filter((id) => id !== undefined))],
    payload: {
      shipmentId: shipment.id,
      organisationId: owner,
      warehouseId: shipment.warehouseId,
      kind,
      carrierName,
      number,
    },
  });
  return accepted(replyWith(200, declaration));
}
