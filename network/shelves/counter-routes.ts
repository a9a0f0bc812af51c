import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, type Principal, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, type Outcome, refused } from '../kernel/index.ts';
import { findPoint } from '../points/index.ts';
import { answers, params, resource, TAG } from './announcer-routes.ts';
import { isWritten } from './code.policy.ts';
import { saveScheme } from './code-store.ts';
import * as contract from './contract.ts';
import { act, handOut, isSupervisor, move, storeParcel } from './handle.ts';
import { SHELF_ERRORS, type ShelfParcel } from './model.ts';
import type { ShelfPorts } from './ports.ts';
import { rulesFor, schemeOf } from './settle.ts';
import { findShelfParcel, shelfMap } from './store.ts';
import { undo } from './take-back.ts';
import { presentShelfParcels, type Reading } from './views.ts';

export const pointParams = z.strictObject({ pointId: idSchema('pnt') });
export const pointResource = { kind: 'point', param: 'pointId' } as const;
const refusals = Object.keys(SHELF_ERRORS);

/** Which device acts: the one that the log-in is bound to, else what the request says. */
export function deviceOf<Said extends string | undefined>(
  { deviceId }: Pick<Principal, 'deviceId'>,
  said: Said,
): Said | string {
  return deviceId ?? said;
}

/** What happens at the counter. */
export function counterRoutes(ports: ShelfPorts): readonly Route[] {
  return [
    ...takeInRoutes(ports),
    writtenCodeRoute(),
    handOutRoute(ports),
    ...stayRoutes(ports),
    ...changeRoutes(ports),
    ...schemeRoutes(),
  ];
}

async function answer(reading: Reading, outcome: Outcome<ShelfParcel>, status = 200) {
  if (!outcome.ok) return outcome;
  const [view] = await presentShelfParcels(reading, [outcome.value]);
  return accepted(replyWith(status, view));
}

function takeInRoutes(ports: ShelfPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'storeShelfParcel',
      method: 'POST',
      path: '/v1/points/:point_id/shelf-parcels',
      tag: TAG,
      summary: 'Take a parcel in and put it on the shelf; it gets a pick-up code',
      description:
        'One that nobody announced needs its recipient and his consent. One that was announced for another point of the network is stored with the exception misdelivered.',
      effect: 'write',
      params: pointParams,
      resource: pointResource,
      body: contract.storeSchema,
      answers: { 201: { description: 'On the shelf', body: contract.shelfParcelSchema } },
      refusals: [...refusals, 'occurred_in_future', 'phone_malformed', 'phone_masked'],
      handle: async ({ work, caller, params, body, world }) => {
        const point = await findPoint(work.db, params.pointId);
        if (point === undefined) return refused('not_found', '');
        const { deviceId, ...input } = body;
        const outcome = await storeParcel(work, ports, caller, point, input, {
          deviceId: deviceOf(caller, deviceId),
        });
        return answer({ ...work, vault: ports.vault, world, isAtCounter: true }, outcome, 201);
      },
    }),
    readRoute({
      operation: 'readShelfMap',
      method: 'GET',
      path: '/v1/points/:point_id/shelf',
      tag: TAG,
      summary: 'What lies where',
      effect: 'read',
      params: pointParams,
      resource: pointResource,
      answers: { 200: { description: 'Places with their parcels', body: contract.shelfMapSchema } },
      handle: async ({ db, params }) => {
        const point = await findPoint(db, params.pointId);
        if (point === undefined) return refused('not_found', '');
        const places = await shelfMap(db, point.organisationId, point.id);
        const parcels = places.reduce((sum, one) => sum + one.parcels, 0);
        return accepted(replyWith(200, { places, capacity: point.capacity.shelf, parcels }));
      },
    }),
  ];
}

function handOutRoute(ports: ShelfPorts): Route {
  return openRoute({
    operation: 'handOutShelfParcel',
    method: 'POST',
    path: '/v1/shelf-parcels/:shelf_parcel_id/hand-out',
    tag: TAG,
    summary: 'Hand a parcel to its recipient, by code, by the authorisation of a friend, or by identity',
    description:
      'Five wrong codes lock it until a supervisor of the network has looked. A repetition is one more try, unless client_id names it: Idempotency-Key has no effect here.',
    effect: 'own',
    params,
    resource,
    body: contract.handOutSchema,
    answers,
    refusals: [...refusals, 'occurred_in_future'],
    handle: async ({ world, owner, caller, params, body }) => {
      const { deviceId, clientId, identity, note, ...input } = body;
      const outcome = await world.command({ organisationId: owner }, async (work) => {
        const detail = { ...(identity && { identity }), ...(note && { note }) };
        const at = { deviceId: deviceOf(caller, deviceId), clientId, detail };
        const verdict = await handOut(work, ports, caller, owner, params.shelfParcelId, input, at);
        if (!verdict.ok) return verdict;
        const reading = { ...work, vault: ports.vault, world, isAtCounter: true };
        const [view] = await presentShelfParcels(reading, [verdict.value.parcel]);
        return accepted({ ...verdict.value, view });
      });
      if (!outcome.ok) return outcome;
      const { isDone, triesLeft, view } = outcome.value;
      return isDone
        ? accepted(replyWith(200, view))
        : refused('shelf_code_wrong', `${triesLeft} more wrong codes lock it.`);
    },
  });
}

type Note = { readonly note?: string | undefined };

/** A station writes it on the parcel; without it nobody at the counter could. */
function writtenCodeRoute(): Route {
  return readRoute({
    operation: 'readWrittenCode',
    method: 'GET',
    path: '/v1/shelf-parcels/:shelf_parcel_id/written-code',
    tag: TAG,
    summary: 'The pick-up code to write on the parcel, where codes are written on parcels',
    effect: 'read',
    params,
    resource,
    answers: { 200: { description: 'The code', body: contract.codeAnswerSchema } },
    refusals: ['shelf_state_conflict', 'shelf_code_secret'],
    handle: async ({ db, params }) => {
      const found = await findShelfParcel(db, params.shelfParcelId);
      if (found === undefined) return refused('not_found', '');
      const { code, state } = found;
      if (code === undefined) return refused('shelf_state_conflict', `The parcel is ${state}.`);
      return isWritten(code) ? accepted(replyWith(200, { code })) : refused('shelf_code_secret', '');
    },
  });
}

function stayRoutes(ports: ShelfPorts): readonly Route[] {
  const route = <Body extends Note>(
    operation:
      | 'unlockShelfParcel'
      | 'reportPointException'
      | 'resolvePointException'
      | 'returnShelfParcel'
      | 'extendShelfParcel',
    path: string,
    summary: string,
    body: z.ZodType<Body>,
    command: (body: Body, isSupervisor: boolean) => Parameters<typeof act>[5],
  ) =>
    writeRoute({
      operation,
      method: 'POST',
      path: `/v1/shelf-parcels/:shelf_parcel_id/${path}`,
      tag: TAG,
      summary,
      effect: 'write',
      params,
      resource,
      body,
      answers,
      refusals,
      handle: async ({ work, owner, caller, params, body, world }) => {
        const at = body.note === undefined ? {} : { detail: { note: body.note } };
        const does = command(body, isSupervisor(caller));
        const outcome = await act(work, ports, caller, owner, params.shelfParcelId, does, at);
        return answer({ ...work, vault: ports.vault, world, isAtCounter: true }, outcome);
      },
    });
  return [
    route(
      'unlockShelfParcel',
      'unlock',
      'A supervisor allows codes again',
      contract.noteSchema,
      (_body, supervisor) => ({ kind: 'unlock', isSupervisor: supervisor }),
    ),
    route(
      'reportPointException',
      'exception',
      'Something is wrong with it',
      contract.exceptionSchema,
      ({ exception }) => ({ kind: 'except', exception }),
    ),
    route(
      'resolvePointException',
      'resolution',
      'It is well again, goes home, or is no more',
      contract.resolutionSchema,
      ({ resolution }) => ({ kind: 'resolve', resolution }),
    ),
    route(
      'returnShelfParcel',
      'return',
      'Set it aside for the way home',
      contract.returnSchema,
      ({ reason }) => ({ kind: 'start_return', reason }),
    ),
    route('extendShelfParcel', 'extension', 'Keep it longer, once', contract.noteSchema, () => ({
      kind: 'extend',
    })),
  ];
}

/** What brings more than a fact: a way home, a place, a reason. */
function changeRoutes(ports: ShelfPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'sendShelfParcelBack',
      method: 'POST',
      path: '/v1/shelf-parcels/:shelf_parcel_id/send-back',
      tag: TAG,
      summary: 'Handed to the courier who takes it home',
      effect: 'write',
      params,
      resource,
      body: contract.sendBackSchema,
      answers,
      refusals,
      handle: async ({ work, owner, caller, params, body, world }) => {
        const command = { kind: 'send_back' } as const;
        const outcome = await act(work, ports, caller, owner, params.shelfParcelId, command, {
          detail: body,
        });
        return answer({ ...work, vault: ports.vault, world, isAtCounter: true }, outcome);
      },
    }),
    writeRoute({
      operation: 'moveShelfParcel',
      method: 'POST',
      path: '/v1/shelf-parcels/:shelf_parcel_id/place',
      tag: TAG,
      summary: 'It lies somewhere else from now on; its code stays',
      effect: 'write',
      params,
      resource,
      body: contract.moveSchema,
      answers,
      refusals,
      handle: async ({ work, owner, caller, params, body, world }) => {
        const outcome = await move(work, ports, caller, owner, params.shelfParcelId, body.place);
        return answer({ ...work, vault: ports.vault, world, isAtCounter: true }, outcome);
      },
    }),
    writeRoute({
      operation: 'undoShelfParcel',
      method: 'POST',
      path: '/v1/shelf-parcels/:shelf_parcel_id/undo',
      tag: TAG,
      summary: 'Take back what was recorded last, storing or handing out; both stay on record',
      description:
        'What was handed out lies where it lay before, unless place says otherwise: a door of a locker may hold something else by then.',
      effect: 'write',
      params,
      resource,
      body: contract.undoSchema,
      answers,
      refusals,
      handle: async ({ work, owner, caller, params, body, world }) => {
        const at = { detail: { reason: body.reason } };
        const outcome = await undo(work, ports, caller, owner, params.shelfParcelId, body.place, at);
        return answer({ ...work, vault: ports.vault, world, isAtCounter: true }, outcome);
      },
    }),
  ];
}

function schemeRoutes(): readonly Route[] {
  const schemeAnswer = { 200: { description: 'The scheme', body: contract.schemeSchema } };
  return [
    writeRoute({
      operation: 'writePickUpCodeScheme',
      method: 'PUT',
      path: '/v1/points/:point_id/code-scheme',
      tag: TAG,
      summary: 'How this point writes its pick-up codes from now on',
      effect: 'write',
      params: pointParams,
      resource: pointResource,
      body: contract.schemeSchema,
      answers: schemeAnswer,
      handle: async ({ db, owner, params, body, now }) => {
        await saveScheme(db, owner, params.pointId, body, now);
        return accepted(replyWith(200, body));
      },
    }),
    readRoute({
      operation: 'readPickUpCodeScheme',
      method: 'GET',
      path: '/v1/points/:point_id/code-scheme',
      tag: TAG,
      summary: 'How this point writes its pick-up codes: as it was told, else as its kind does',
      effect: 'read',
      params: pointParams,
      resource: pointResource,
      answers: schemeAnswer,
      handle: async ({ db, now, params }) => {
        const point = await findPoint(db, params.pointId);
        if (point === undefined) return refused('not_found', '');
        const rules = await rulesFor({ db, now }, { clientPlatformId: undefined });
        return accepted(replyWith(200, await schemeOf({ work: { db }, point, rules })));
      },
    }),
  ];
}
