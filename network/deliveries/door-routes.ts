import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import * as contract from './contract.ts';
import { listShipmentPhotos } from './door-store.ts';
import { IMAGE_LIMIT_BYTES, IMAGE_TYPES } from './image.policy.ts';
import type { Delivery, Wish } from './model.ts';
import type { DeliveryPorts } from './ports.ts';
import { openProof, preparePhoto, recordPhoto } from './proofs.ts';
import { endDelivery, fileReport } from './report.ts';
import { deliveryView } from './views.ts';
import { issuePin, stateWish } from './wishes.ts';

const TAG = 'deliveries';
const params = z.strictObject({ deliveryId: idSchema('dlv') });
const resource = { kind: 'delivery', param: 'deliveryId' } as const;
const answers = { 200: { description: 'The delivery', body: contract.deliverySchema } };
const shipmentParams = z.strictObject({ shipmentId: idSchema('shp') });
const shipmentResource = { kind: 'shipment', param: 'shipmentId' } as const;

const REPORT_REFUSALS = [
  'delivery_state_conflict',
  'attempt_too_soon',
  'occurred_in_future',
  'occurred_before_departure',
  'client_id_reused',
  'proof_missing',
  'proof_not_usable',
  'pin_wrong',
  'pin_locked',
  'pin_required',
  'consent_missing',
  'cod_not_collected',
  'cod_amount_differs',
  'cod_not_due',
];

function answerOf(outcome: Outcome<Delivery>) {
  return outcome.ok ? accepted(replyWith(200, deliveryView(outcome.value))) : outcome;
}

export function doorRoutes(ports: DeliveryPorts): readonly Route[] {
  return [...reportRoutes(ports), ...endRoutes(), ...proofRoutes(ports), ...wishRoutes()];
}

function reportRoutes(ports: DeliveryPorts): readonly Route[] {
  return [
    openRoute({
      operation: 'reportDelivery',
      method: 'POST',
      path: '/v1/deliveries/:delivery_id/reports',
      tag: TAG,
      summary: 'What happened at the door: delivered with proof, tried in vain, or refused',
      description: 'client_id makes a repetition harmless; Idempotency-Key has no effect here.',
      effect: 'own',
      params,
      resource,
      body: contract.reportSchema,
      answers,
      refusals: REPORT_REFUSALS,
      handle: async ({ world, owner, caller, params, body }) =>
        answerOf(await fileReport(world, caller, owner, params.deliveryId, body, ports)),
    }),
    openRoute({
      operation: 'reportDeliveries',
      method: 'POST',
      path: '/v1/courier/delivery-reports',
      tag: TAG,
      summary: 'Up to 100 reports that were made without a network; each has its own answer',
      effect: 'own',
      body: contract.reportBatchSchema,
      answers: {
        200: { description: 'One result per report, in their order', body: contract.reportBatchAnswerSchema },
      },
      handle: async ({ world, caller, body }) => {
        const results = [];
        // One after the other, as they happened: a report may build on the one before.
        for (const { deliveryId, ...report } of body.reports) {
          const outcome = await fileReport(world, caller, caller.organisationId, deliveryId, report, ports);
          const line = { deliveryId, clientId: report.clientId };
          results.push(
            outcome.ok
              ? { ...line, outcome: 'taken', state: outcome.value.state }
              : {
                  ...line,
                  outcome: 'refused',
                  code: outcome.rejection.code,
                  detail: outcome.rejection.detail,
                },
          );
        }
        return accepted(replyWith(200, { results }));
      },
    }),
  ];
}

function endRoutes(): readonly Route[] {
  const shared = {
    method: 'POST',
    tag: TAG,
    effect: 'write',
    params,
    resource,
    body: contract.timingSchema,
    answers,
    refusals: ['delivery_state_conflict', 'occurred_in_future'],
  } as const;
  return [
    writeRoute({
      ...shared,
      operation: 'completeDeliveryReturn',
      path: '/v1/deliveries/:delivery_id/return-completion',
      summary: 'The parcel is back with its sender',
      handle: async ({ work, owner, caller, params, body }) =>
        answerOf(
          await endDelivery(
            work,
            owner as OrganisationId,
            caller,
            params.deliveryId,
            'complete_return',
            body.occurredAt,
          ),
        ),
    }),
    writeRoute({
      ...shared,
      operation: 'disposeParcel',
      path: '/v1/deliveries/:delivery_id/disposal',
      summary: 'The parcel was disposed of, as the merchant decided',
      handle: async ({ work, owner, caller, params, body }) =>
        answerOf(
          await endDelivery(
            work,
            owner as OrganisationId,
            caller,
            params.deliveryId,
            'dispose',
            body.occurredAt,
          ),
        ),
    }),
  ];
}

const typeOf = (headers: Readonly<Record<string, unknown>>): string =>
  String(headers['content-type'] ?? '')
    .split(';')[0]
    ?.trim()
    .toLowerCase() ?? '';

/** Photos of the first warehouse: why a parcel was turned away or cannot leave. They lie in the merchant's book. */
function shipmentPhotoRoutes(ports: DeliveryPorts): readonly Route[] {
  const shared = { tag: TAG, params: shipmentParams, resource: shipmentResource } as const;
  return [
    writeRoute({
      ...shared,
      operation: 'uploadShipmentPhoto',
      method: 'POST',
      path: '/v1/shipments/:shipment_id/photos',
      summary: 'A photo of a parcel in the first warehouse: JPEG or PNG, up to 2 MiB, sealed at once',
      effect: 'write',
      consumes: IMAGE_TYPES,
      bodyLimitBytes: IMAGE_LIMIT_BYTES,
      body: z.instanceof(Uint8Array),
      answers: { 201: { description: 'Use its id as evidence', body: contract.proofSchema } },
      refusals: ['proof_not_an_image'],
      prepare: ({ world, owner, headers, body }) =>
        preparePhoto(world, owner as OrganisationId, typeOf(headers), body, ports),
      handle: async ({ work, caller, params, prepared }) =>
        accepted(replyWith(201, await recordPhoto(work, caller, prepared, params.shipmentId))),
    }),
    readRoute({
      ...shared,
      operation: 'listShipmentPhotos',
      method: 'GET',
      path: '/v1/shipments/:shipment_id/photos',
      summary: 'What the first warehouse photographed; read each as a proof',
      effect: 'read',
      answers: {
        200: {
          description: 'All photos, oldest first',
          body: z.object({ data: z.array(contract.proofSchema) }),
        },
      },
      handle: async ({ db, owner, params }) => {
        const photos = await listShipmentPhotos(db, { organisationId: owner, shipmentId: params.shipmentId });
        return accepted(replyWith(200, { data: photos }));
      },
    }),
  ];
}

function proofRoutes(ports: DeliveryPorts): readonly Route[] {
  return [
    ...shipmentPhotoRoutes(ports),
    writeRoute({
      operation: 'uploadProof',
      method: 'POST',
      path: '/v1/proofs',
      tag: TAG,
      summary: 'A photo for a proof of delivery: JPEG or PNG, up to 2 MiB, sealed at once',
      effect: 'write',
      consumes: IMAGE_TYPES,
      bodyLimitBytes: IMAGE_LIMIT_BYTES,
      body: z.instanceof(Uint8Array),
      answers: {
        201: { description: 'Use its id in a report within your own key', body: contract.proofSchema },
      },
      refusals: ['proof_not_an_image'],
      prepare: ({ world, caller, headers, body }) =>
        preparePhoto(world, caller.organisationId, typeOf(headers), body, ports),
      handle: async ({ work, caller, prepared }) =>
        accepted(replyWith(201, await recordPhoto(work, caller, prepared))),
    }),
    openRoute({
      operation: 'readProof',
      method: 'GET',
      path: '/v1/proofs/:proof_id',
      tag: TAG,
      summary: 'The picture or signature of a proof of delivery',
      effect: 'own',
      params: z.strictObject({ proofId: idSchema('prf') }),
      resource: { kind: 'proof', param: 'proofId' },
      answers: { 200: { description: 'The bytes', contentType: 'image/jpeg' } },
      handle: async ({ world, owner, params }) => {
        const outcome = await openProof(world, owner, params.proofId, ports);
        if (!outcome.ok) return outcome;
        const { proof, bytes } = outcome.value;
        return accepted({
          kind: 'bytes',
          status: 200,
          contentType: proof.contentType,
          bytes,
          headers: {
            'content-disposition': `attachment; filename="${proof.id}"`,
            'content-security-policy': "default-src 'none'; sandbox",
            'x-content-type-options': 'nosniff',
            'cache-control': 'private, no-store',
          },
        });
      },
    }),
  ];
}

function wishView(wish: Wish) {
  return {
    shipmentId: wish.shipmentId,
    consentId: wish.consentId,
    safePlaces: wish.safePlace,
    afterAttempts: wish.afterAttempts,
    pinRequired: wish.isPinRequired,
  };
}

function wishRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'stateDeliveryWish',
      method: 'POST',
      path: '/v1/shipments/:shipment_id/delivery-wishes',
      tag: TAG,
      summary: 'What the recipient allows and wants at the door; the newest counts, an empty one withdraws',
      effect: 'write',
      params: shipmentParams,
      resource: shipmentResource,
      body: contract.wishSchema,
      answers: { 201: { description: 'Recorded with its consent', body: contract.wishAnswerSchema } },
      refusals: ['occurred_in_future'],
      handle: async ({ work, caller, params, body }) => {
        const { safePlaces, ...wish } = body;
        const outcome = await stateWish(work, caller, {
          shipmentId: params.shipmentId,
          safePlace: safePlaces,
          ...wish,
        });
        return outcome.ok ? accepted(replyWith(201, wishView(outcome.value))) : outcome;
      },
    }),
    // Not a route of effect 'write': an idempotent answer is stored, and a PIN is stored nowhere in clear text.
    openRoute({
      operation: 'issueDeliveryPin',
      method: 'POST',
      path: '/v1/shipments/:shipment_id/delivery-pin',
      tag: TAG,
      summary: 'Four digits for the recipient, answered once; those before are void',
      effect: 'own',
      params: shipmentParams,
      resource: shipmentResource,
      body: z.strictObject({ required: z.boolean().default(true) }),
      answers: { 201: { description: 'Give it to the recipient only', body: z.object({ pin: z.string() }) } },
      handle: async ({ world, owner, params, body }) => {
        const outcome = await world.command({ organisationId: owner }, (work) =>
          issuePin(work, params.shipmentId, body.required),
        );
        return outcome.ok
          ? accepted(replyWith(201, outcome.value, { 'cache-control': 'no-store' }))
          : refused(outcome.rejection.code, outcome.rejection.detail);
      },
    }),
  ];
}
