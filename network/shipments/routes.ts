import { z } from 'zod';
import { decodeCursor, encodeCursor, type Reply, type Route, replyWith } from '../../platform/http/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { type Principal, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, type Instant, idSchema, type Outcome, refused } from '../kernel/index.ts';
import { acknowledge } from './acknowledge.ts';
import * as contract from './contract.ts';
import type { ShipmentStep } from './decide.ts';
import type { Shipment } from './model.ts';
import type { ShipmentPorts } from './ports.ts';
import { purchase } from './purchase.ts';
import { type StepInput, takeStep } from './step.ts';
import { findShipment, listShipments } from './store.ts';
import { presentShipments } from './views.ts';

const TAG = 'shipments';
const params = z.strictObject({ shipmentId: idSchema('shp') });
const resource = { kind: 'shipment', param: 'shipmentId' } as const;
const answers = { 200: { description: 'The shipment', body: contract.shipmentSchema } };
const STEP_REFUSALS = ['state_conflict', 'occurred_in_future', 'synthetic_in_live'];

export function shipmentRoutes(ports: ShipmentPorts): readonly Route[] {
  return [...orderRoutes(ports), ...carrierRoutes(ports), ...warehouseRoutes(ports)];
}

function orderRoutes(ports: ShipmentPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'purchaseShipment',
      method: 'POST',
      path: '/v1/shipments',
      tag: TAG,
      summary: 'Buy an offer: hold the freight, get the number, book the journey',
      effect: 'write',
      body: contract.purchaseSchema,
      answers: { 201: { description: 'Bought; each parcel has its number', body: contract.shipmentSchema } },
      refusals: [
        'offer_not_found',
        'offer_expired',
        'offer_used',
        'address_differs_from_offer',
        'address_invalid',
        'phone_malformed',
        'phone_masked',
        'goods_differ_from_offer',
        'handover_not_offered',
        'carrier_not_ready',
        ...ports.purchaseRefusals,
      ],
      prepare: (call) => ports.prepareNumbers(call.world, call.caller, call.body.offerId),
      handle: async ({ work, world, db, caller, body, relation }) => {
        const outcome = await purchase(work, world, caller, body, ports);
        if (!outcome.ok) return outcome;
        const [view] = await presentShipments(
          { db, vault: ports.vault, now: work.now },
          [outcome.value],
          relation,
          { detail: false },
        );
        return accepted(replyWith(201, view));
      },
    }),
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

function warehouseRoutes(ports: ShipmentPorts): readonly Route[] {
  const shared = {
    method: 'POST',
    tag: TAG,
    effect: 'write',
    params,
    resource,
    answers,
    refusals: STEP_REFUSALS,
  } as const;
  return [
    writeRoute({
      ...shared,
      operation: 'acceptInbound',
      path: '/v1/shipments/:shipment_id/inbound',
      summary: 'The first warehouse accepts, weighs and measures every parcel',
      body: contract.inboundSchema,
      refusals: [...STEP_REFUSALS, 'measurement_missing'],
      handle: async (call) => {
        const shipment = await findShipment(call.db, call.params.shipmentId);
        if (shipment === undefined) return refused('not_found', '');
        const byParcel = new Map(call.body.parcels.map((parcel) => [parcel.parcelId, parcel]));
        const missing = shipment.parcels.filter((parcel) => !byParcel.has(parcel.id));
        if (missing.length > 0 || byParcel.size !== shipment.parcels.length) {
          return refused(
            'measurement_missing',
            `Give each parcel of the shipment once: ${shipment.parcels.map((parcel) => parcel.id).join(', ')}.`,
          );
        }
        const measure = (before: Shipment): Shipment => ({
          ...before,
          parcels: before.parcels.map((parcel) => {
            const reading = byParcel.get(parcel.id);
            return reading === undefined
              ? parcel
              : {
                  ...parcel,
                  measured: {
                    weightGrams: reading.weightGrams,
                    size: reading.size,
                    evidence: reading.evidence,
                  },
                };
          }),
        });
        return answerStep(
          call,
          ports,
          { kind: 'accept_inbound' },
          { ...call.body, evidence: { parcels: call.body.parcels } },
          measure,
        );
      },
    }),
    writeRoute({
      ...shared,
      operation: 'rejectInbound',
      path: '/v1/shipments/:shipment_id/inbound-rejection',
      summary: 'The first warehouse turns the parcel away, with a reason',
      body: contract.inboundRejectionSchema,
      handle: (call) => answerStep(call, ports, { kind: 'reject_inbound' }, withEvidence(call.body)),
    }),
    writeRoute({
      ...shared,
      operation: 'completeOutbound',
      path: '/v1/shipments/:shipment_id/outbound',
      summary: 'The parcel leaves the first warehouse: the freight is charged by measured weight',
      body: contract.outboundSchema,
      handle: (call) => answerStep(call, ports, { kind: 'complete_outbound' }, call.body),
    }),
    writeRoute({
      ...shared,
      operation: 'failOutbound',
      path: '/v1/shipments/:shipment_id/outbound-failure',
      summary: 'The parcel cannot leave, with a reason',
      body: contract.outboundFailureSchema,
      handle: (call) => answerStep(call, ports, { kind: 'fail_outbound' }, withEvidence(call.body)),
    }),
    writeRoute({
      ...shared,
      operation: 'sendShipment',
      path: '/v1/shipments/:shipment_id/dispatch',
      summary: 'The warehouse handed the parcel to the carrier',
      body: contract.outboundSchema,
      handle: (call) => answerStep(call, ports, { kind: 'send' }, call.body),
    }),
    writeRoute({
      ...shared,
      operation: 'returnShipment',
      path: '/v1/shipments/:shipment_id/return-before-departure',
      summary: 'The parcel goes back to the sender before it departed: nothing is charged',
      body: contract.returnSchema,
      handle: (call) => answerStep(call, ports, { kind: 'return_before_departure' }, call.body),
    }),
  ];
}

function withEvidence<T extends { evidence?: string | undefined }>(body: T) {
  return { ...body, evidence: body.evidence === undefined ? undefined : { photo: body.evidence } };
}

type StepCall = {
  readonly work: Work;
  readonly db: Work['db'];
  readonly owner: string;
  readonly caller: Principal;
  readonly relation: string;
  readonly params: { readonly shipmentId: string };
};
type StepBody = {
  readonly occurredAt?: Instant | undefined;
  readonly synthetic?: boolean | undefined;
  readonly reason?: string | undefined;
  readonly evidence?: object | undefined;
};

async function answerStep(
  call: StepCall,
  ports: ShipmentPorts,
  step: ShipmentStep,
  body: StepBody,
  change?: (shipment: Shipment) => Shipment,
): Promise<Outcome<Reply>> {
  const input: StepInput = {
    shipmentId: call.params.shipmentId,
    occurredAt: body.occurredAt,
    reason: body.reason,
    evidence: body.evidence,
    synthetic: body.synthetic,
  };
  const outcome = await takeStep(call.work, call.owner, call.caller, step, input, ports.freight, change);
  if (!outcome.ok) return outcome;
  const [view] = await presentShipments(
    { db: call.db, vault: ports.vault, now: call.work.now },
    [outcome.value],
    call.relation,
    { detail: false },
  );
  return accepted(replyWith(200, view));
}
