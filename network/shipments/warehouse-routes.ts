import { z } from 'zod';
import type { Route } from '../../platform/http/index.ts';
import { writeRoute } from '../accounts/index.ts';
import { idSchema, refused } from '../kernel/index.ts';
import { answerStep, STEP_REFUSALS } from './answer-step.ts';
import * as contract from './contract.ts';
import type { Shipment } from './model.ts';
import type { ShipmentPorts } from './ports.ts';
import { findShipment } from './store.ts';

const shared = {
  method: 'POST',
  tag: 'shipments',
  effect: 'write',
  params: z.strictObject({ shipmentId: idSchema('shp') }),
  resource: { kind: 'shipment', param: 'shipmentId' },
  answers: { 200: { description: 'The shipment', body: contract.shipmentSchema } },
  refusals: STEP_REFUSALS,
} as const;

/** What the first warehouse does with a parcel: in by weight and measure, out, to the carrier, or back. */
export function warehouseRoutes(ports: ShipmentPorts): readonly Route[] {
  return [...inboundRoutes(ports), ...outboundRoutes(ports)];
}

function inboundRoutes(ports: ShipmentPorts): readonly Route[] {
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
  ];
}

function outboundRoutes(ports: ShipmentPorts): readonly Route[] {
  return [
    writeRoute({
      ...shared,
      operation: 'completeOutbound',
      path: '/v1/shipments/:shipment_id/outbound',
      summary: 'The parcel leaves the first warehouse: the freight is charged by measured weight',
      body: contract.outboundSchema,
      refusals: [...STEP_REFUSALS, 'freight_unpaid', 'shipment_intercepted'],
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
      refusals: [...STEP_REFUSALS, 'shipment_intercepted'],
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
