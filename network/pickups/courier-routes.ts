import { type Reply, type Route, replyWith } from '../../platform/http/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import {
  afterId,
  openRoute,
  type Principal,
  pageOf,
  pageQuerySchema,
  pageSchema,
  readRoute,
  writeRoute,
} from '../accounts/index.ts';
import { accepted, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import * as contract from './contract.ts';
import { findCourierOfCaller } from './courier-store.ts';
import type { PickupCommand } from './decide.ts';
import { DOOR_REFUSALS, showDoor } from './door-contact.ts';
import { collectPickup, tryCode } from './handle.ts';
import { answers, params, resource, showingOf, TAG } from './merchant-routes.ts';
import type { PickupState } from './model.ts';
import { findPickup, listPickups } from './store.ts';
import { presentPickups } from './views.ts';
import { actOn, type FactInput, type PickupPorts, type VisitOutcome } from './visit.ts';

const OPEN_STATES: readonly PickupState[] = [
  'assigned',
  'accepted',
  'on_the_way',
  'code_verified',
  'collected',
];
const STEP_REFUSALS = ['pickup_state_conflict', 'state_conflict', 'occurred_in_future', 'synthetic_in_live'];

export function courierRoutes(ports: PickupPorts): readonly Route[] {
  return [
    readRoute({
      operation: 'listCourierPickups',
      method: 'GET',
      path: '/v1/courier/pickups',
      tag: TAG,
      summary: 'Your run list: the open visits of the courier who calls',
      effect: 'read',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(contract.pickupSchema) } },
      handle: async ({ db, caller, query, world, now, actFor }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const carrierId = caller.organisationId;
        const courier = await findCourierOfCaller(db, carrierId, caller);
        if (courier?.isOn !== true) return accepted(replyWith(200, { data: [] }));
        const viewer = { kind: 'courier', carrierId, courierId: courier.id } as const;
        const found = await listPickups(db, viewer, OPEN_STATES, after.value, query.limit + 1);
        const page = pageOf(found, query.limit);
        const showing = { db, actFor, vault: ports.vault, world, now, withHistory: false };
        const data = await presentPickups(page.data, { ...showing, relation: 'courier' });
        return accepted(replyWith(200, { ...page, data }));
      },
    }),
    ...codeRoutes(ports),
    ...wayRoutes(ports),
    ...doorRoutes(ports),
  ];
}

/** Routes of effect `own`: what they leave behind must stay although the answer is a refusal, or must not be stored. */
function codeRoutes(ports: PickupPorts): readonly Route[] {
  return [
    openRoute({
      operation: 'verifyPickupCode',
      method: 'POST',
      path: '/v1/pickups/:pickup_id/code-check',
      tag: TAG,
      summary: 'Check the four digits that the merchant says at the door',
      description:
        'Five wrong codes lock it until the carrier renews it. A repetition is one more try: Idempotency-Key has no effect here.',
      effect: 'own',
      params,
      resource,
      body: contract.codeSchema,
      answers,
      refusals: ['pickup_code_wrong', 'pickup_code_locked', 'pickup_state_conflict'],
      handle: async ({ world, owner, caller, params, body, relation }) => {
        const outcome = await world.command({ organisationId: owner }, async (work) => {
          const verdict = await tryCode(work, ports, owner, caller, params.pickupId, body.code);
          if (!verdict.ok) return verdict;
          const showing = showingOf({ work, world, relation }, ports);
          return accepted({ ...verdict.value, views: await presentPickups([verdict.value.pickup], showing) });
        });
        if (!outcome.ok) return outcome;
        const { isRight, triesLeft, views } = outcome.value;
        if (isRight) return accepted(replyWith(200, views[0]));
        return refused('pickup_code_wrong', `${triesLeft} more wrong codes lock it.`);
      },
    }),
    openRoute({
      operation: 'revealPickupContact',
      method: 'POST',
      path: '/v1/pickups/:pickup_id/contact-reveal',
      tag: TAG,
      summary: 'See the door in clear text; each time is logged and counted',
      effect: 'own',
      params,
      resource,
      answers: { 201: { description: 'Name, phone and address', body: contract.revealedContactSchema } },
      refusals: ['pickup_state_conflict', ...DOOR_REFUSALS],
      handle: async ({ world, owner, caller, params }) => {
        const { pickupId } = params;
        const viewing = { world, caller, vault: ports.vault };
        return showDoor(viewing, owner as OrganisationId, { pickupId }, async (db) => {
          const pickup = await findPickup(db, pickupId);
          if (pickup === undefined) return refused('not_found', '');
          return OPEN_STATES.includes(pickup.state) && pickup.state !== 'collected'
            ? accepted(pickup.senderRef)
            : refused('pickup_state_conflict', `The pickup is ${pickup.state}.`);
        });
      },
    }),
  ];
}

function wayRoutes(ports: PickupPorts): readonly Route[] {
  const shared = {
    method: 'POST',
    tag: TAG,
    effect: 'write',
    params,
    resource,
    answers,
    refusals: ['pickup_state_conflict'],
  } as const;
  return [
    writeRoute({
      ...shared,
      operation: 'acceptPickup',
      path: '/v1/pickups/:pickup_id/acceptance',
      summary: 'The courier takes the visit on',
      handle: (call) => answerStep(call, ports, { kind: 'accept' }),
    }),
    writeRoute({
      ...shared,
      operation: 'setOutForPickup',
      path: '/v1/pickups/:pickup_id/departure',
      summary: 'The courier is on his way',
      handle: (call) => answerStep(call, ports, { kind: 'set_out' }),
    }),
    writeRoute({
      ...shared,
      operation: 'handOverPickup',
      path: '/v1/pickups/:pickup_id/handover',
      summary: 'The collected parcels are at the warehouse',
      handle: (call) => answerStep(call, ports, { kind: 'hand_over' }),
    }),
  ];
}

function doorRoutes(ports: PickupPorts): readonly Route[] {
  const shared = { method: 'POST', tag: TAG, effect: 'write', params, resource, answers } as const;
  return [
    writeRoute({
      ...shared,
      operation: 'collectPickup',
      path: '/v1/pickups/:pickup_id/collection',
      summary: 'Each parcel scanned at the door: collected, not ready, or refused with a reason',
      body: contract.collectSchema,
      refusals: [...STEP_REFUSALS, 'pickup_parcel_unknown', 'pickup_nothing_collected'],
      handle: async (call) => {
        const { work, owner, caller, params, body } = call;
        return present(call, ports, await collectPickup(work, ports, owner, caller, params.pickupId, body));
      },
    }),
    writeRoute({
      ...shared,
      operation: 'failPickup',
      path: '/v1/pickups/:pickup_id/failure',
      summary: 'The visit brought nothing; the second time it is cancelled',
      body: contract.failSchema,
      refusals: STEP_REFUSALS,
      handle: (call) => answerStep(call, ports, { kind: 'fail', reason: call.body.reason }, call.body),
    }),
    writeRoute({
      ...shared,
      operation: 'refusePickup',
      path: '/v1/pickups/:pickup_id/refusal',
      summary: 'The courier takes nothing here: prohibited goods, or nobody who shows an identity',
      body: contract.refuseSchema,
      refusals: STEP_REFUSALS,
      handle: (call) => answerStep(call, ports, { kind: 'refuse', reason: call.body.reason }, call.body),
    }),
  ];
}

type StepCall = {
  readonly work: Work;
  readonly world: World;
  readonly owner: string;
  readonly caller: Principal;
  readonly relation: string;
  readonly params: { readonly pickupId: string };
};

export async function answerStep(
  call: StepCall,
  ports: PickupPorts,
  command: PickupCommand,
  input?: FactInput,
): Promise<Outcome<Reply>> {
  const { work, owner, caller, params } = call;
  return present(call, ports, await actOn(work, ports, owner, caller, params.pickupId, command, input));
}

export async function present(
  call: StepCall,
  ports: PickupPorts,
  outcome: VisitOutcome,
): Promise<Outcome<Reply>> {
  if (!outcome.ok) return outcome;
  const [view] = await presentPickups([outcome.value], showingOf(call, ports));
  return accepted(replyWith(200, view));
}
