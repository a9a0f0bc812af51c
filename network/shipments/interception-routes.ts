import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import {
  afterId,
  pageOf,
  pageSchema,
  type RelationFinder,
  readRoute,
  writeRoute,
} from '../accounts/index.ts';
import { accepted, idSchema, instantSchema, moneySchema, refused, textSchema } from '../kernel/index.ts';
import { LEDGER_ERRORS } from '../ledger/index.ts';
import { partyInputSchema } from '../places/index.ts';
import { shipmentSchema } from './contract.ts';
import {
  INTERCEPTION_ANSWERS,
  INTERCEPTION_KINDS,
  INTERCEPTION_STATES,
  RESULT_OF,
} from './interception.policy.ts';
import {
  askInterception,
  changeRecipient,
  type InterceptionPorts,
  moveInterception,
} from './interception.ts';
import { findInterception, type Interception, listInterceptions } from './interception-store.ts';
import { listParts } from './store.ts';
import { presentShipments } from './views.ts';

const TAG = 'interceptions';
const shipmentParams = z.strictObject({ shipmentId: idSchema('shp') });
const shipmentResource = { kind: 'shipment', param: 'shipmentId' } as const;
const params = z.strictObject({ interceptionId: idSchema('icp') });
const resource = { kind: 'interception', param: 'interceptionId' } as const;

const requestSchema = z
  .strictObject({
    kind: z.enum(INTERCEPTION_KINDS),
    reason: textSchema(200).optional(),
    recipient: partyInputSchema.optional(),
  })
  .refine((body) => (body.kind === 'address_change') === (body.recipient !== undefined), {
    path: ['recipient'],
    message: 'a recipient belongs to an address change, and to nothing else',
  });

const interceptionSchema = z
  .object({
    id: idSchema('icp'),
    shipmentId: idSchema('shp'),
    numbers: z.array(z.string()).meta({ description: 'Numbers of its parcels.' }),
    carrierId: idSchema('org'),
    kind: z.enum(INTERCEPTION_KINDS),
    state: z.enum(INTERCEPTION_STATES),
    result: z
      .int()
      .min(1)
      .max(3)
      .optional()
      .meta({ description: '1 done, 2 failed or refused, 3 cancelled' }),
    reason: z.string().optional(),
    recipientId: idSchema('pty').optional(),
    to: z
      .object({
        country: z.string(),
        division: z.string().optional(),
        city: z.string().optional(),
        postcode: z.string().optional(),
      })
      .optional(),
    fee: moneySchema,
    requestedAt: instantSchema,
    changedAt: instantSchema,
  })
  .meta({ id: 'Interception' });

function viewOf(one: Interception) {
  const { recipientRef, ...open } = one;
  return { ...open, recipientId: recipientRef, result: RESULT_OF[one.state] };
}

const answers = { 200: { description: 'The interception', body: interceptionSchema } };
const READ_PARTY_REFUSALS = ['address_invalid', 'phone_malformed', 'phone_masked'];
const WAYBILL_REFUSALS = ['waybill_state_conflict', 'waybill_already_scanned', 'waybill_version_conflict'];

/** Owner of an interception's shipment and the caller's parts in it. */
export const interceptionRelations: Readonly<Record<string, RelationFinder>> = {
  interception: async (db, id, caller) => {
    const interception = await findInterception(db, id);
    if (interception === undefined) return undefined;
    const parts = await listParts(db, interception.shipmentId);
    return {
      owner: interception.organisationId,
      relations: parts
        .filter((part) => part.organisationId === caller.organisationId)
        .map((part) => part.part),
    };
  },
};

export function interceptionRoutes(ports: InterceptionPorts): readonly Route[] {
  return [...requestRoutes(ports), ...answerRoutes(ports), ...readRoutes()];
}

function requestRoutes(ports: InterceptionPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'changeRecipient',
      method: 'PATCH',
      path: '/v1/shipments/:shipment_id/recipient',
      tag: TAG,
      summary: 'Another recipient before the first scan; print the label anew',
      effect: 'write',
      params: shipmentParams,
      resource: shipmentResource,
      body: z.strictObject({ recipient: partyInputSchema }),
      answers: { 200: { description: 'The shipment', body: shipmentSchema } },
      refusals: ['recipient_fixed', 'recipient_elsewhere', ...READ_PARTY_REFUSALS, ...WAYBILL_REFUSALS],
      handle: async ({ work, db, owner, caller, params, body, relation }) => {
        const outcome = await changeRecipient(work, owner, caller, params.shipmentId, body.recipient, ports);
        if (!outcome.ok) return outcome;
        const [view] = await presentShipments(
          { db, vault: ports.vault, now: work.now },
          [outcome.value],
          relation,
          { detail: true },
        );
        return accepted(replyWith(200, view));
      },
    }),
    writeRoute({
      operation: 'requestInterception',
      method: 'POST',
      path: '/v1/shipments/:shipment_id/interceptions',
      tag: TAG,
      summary: 'Ask the carrier to bring the parcel back, or to another address of the same price zone',
      effect: 'write',
      params: shipmentParams,
      resource: shipmentResource,
      body: requestSchema,
      answers: {
        201: {
          description: 'Requested; the fee is charged when the carrier accepts',
          body: interceptionSchema,
        },
      },
      refusals: [
        'not_interceptable',
        'interception_open',
        'recipient_elsewhere',
        ...READ_PARTY_REFUSALS,
        ...WAYBILL_REFUSALS,
      ],
      handle: async ({ work, owner, caller, params, body }) => {
        const outcome = await askInterception(work, owner, caller, params.shipmentId, body, ports);
        return outcome.ok ? accepted(replyWith(201, viewOf(outcome.value))) : outcome;
      },
    }),
  ];
}

function answerRoutes(ports: InterceptionPorts): readonly Route[] {
  const refusals = [
    'interception_state_conflict',
    'state_conflict',
    ...WAYBILL_REFUSALS,
    ...Object.keys(LEDGER_ERRORS),
  ];
  return [
    writeRoute({
      operation: 'answerInterception',
      method: 'POST',
      path: '/v1/interceptions/:interception_id/answer',
      tag: TAG,
      summary: 'The carrier accepts or refuses, and later says whether it was done',
      effect: 'write',
      params,
      resource,
      body: z.strictObject({ answer: z.enum(INTERCEPTION_ANSWERS), reason: textSchema(200).optional() }),
      answers,
      refusals,
      handle: async ({ work, owner, caller, params, body }) => {
        const outcome = await moveInterception(work, owner, caller, { ...params, ...body }, ports);
        return outcome.ok ? accepted(replyWith(200, viewOf(outcome.value))) : outcome;
      },
    }),
    writeRoute({
      operation: 'cancelInterception',
      method: 'POST',
      path: '/v1/interceptions/:interception_id/cancellation',
      tag: TAG,
      summary: 'Let the parcel go on; a fee that was charged is not given back',
      effect: 'write',
      params,
      resource,
      body: z.strictObject({ reason: textSchema(200).optional() }),
      answers,
      refusals,
      handle: async ({ work, owner, caller, params, body }) => {
        const outcome = await moveInterception(
          work,
          owner,
          caller,
          { ...params, answer: 'cancel', reason: body.reason },
          ports,
        );
        return outcome.ok ? accepted(replyWith(200, viewOf(outcome.value))) : outcome;
      },
    }),
  ];
}

function readRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listInterceptions',
      method: 'GET',
      path: '/v1/interceptions',
      tag: TAG,
      summary:
        'Interceptions of your shipments, of parcels you carry or have in your warehouse, oldest first',
      effect: 'read',
      query: z.strictObject({
        limit: z.coerce.number().int().min(1).max(100).default(20),
        cursor: z.string().max(400).optional(),
        state: z.enum(INTERCEPTION_STATES).optional(),
        shipmentId: idSchema('shp').optional(),
      }),
      answers: { 200: { description: 'A page', body: pageSchema(interceptionSchema) } },
      handle: async ({ db, caller, query, relation }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const { organisationId, role } = caller;
        const as = role === 'warehouse_staff' ? 'hands' : 'party';
        const viewer = relation === 'any' ? 'network' : ({ as, organisationId } as const);
        const filter = { state: query.state, shipmentId: query.shipmentId, after: after.value };
        const found = await listInterceptions(db, viewer, filter, query.limit + 1);
        return accepted(replyWith(200, pageOf(found.map(viewOf), query.limit)));
      },
    }),
    readRoute({
      operation: 'readInterception',
      method: 'GET',
      path: '/v1/interceptions/:interception_id',
      tag: TAG,
      summary: 'One interception',
      effect: 'read',
      params,
      resource,
      answers,
      handle: async ({ db, params }) => {
        const interception = await findInterception(db, params.interceptionId);
        return interception === undefined
          ? refused('not_found', '')
          : accepted(replyWith(200, viewOf(interception)));
      },
    }),
  ];
}
