import { z } from 'zod';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, type Principal, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, type Rejection, refused } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import { worksAt } from '../points/index.ts';
import { announceParcel } from './announce.ts';
import * as contract from './contract.ts';
import { act, requestNotice } from './handle.ts';
import type { ShelfPorts } from './ports.ts';
import { findShelfParcel, listShelfParcels, listSteps, type ShelfViewer } from './store.ts';
import { presentShelfParcels } from './views.ts';

export const TAG = 'shelves';
export const params = z.strictObject({ shelfParcelId: idSchema('spc') });
export const resource = { kind: 'shelf_parcel', param: 'shelfParcelId' } as const;
export const answers = {
  200: { description: 'The parcel as it is now', body: contract.shelfParcelSchema },
};

/** For those who send parcels to points: announce, follow, take back; and what everybody with a part may read. */
export function announcerRoutes(ports: ShelfPorts): readonly Route[] {
  return [announceRoute(ports), ...readRoutes(ports), codeRoute(), ...takeBackRoutes(ports)];
}

type Answered = {
  readonly objectId: string;
  readonly outcome: 'created' | 'existing' | 'refused';
  readonly shelfParcelId?: string;
  readonly error?: Rejection;
};

function announceRoute(ports: ShelfPorts): Route {
  return openRoute({
    operation: 'announcePointDeliveries',
    method: 'POST',
    path: '/v1/point-deliveries',
    tag: TAG,
    summary: 'Announce up to 500 parcels to points, each with the consent of its recipient',
    description:
      'The same number for the same point again is answered as existing, so a batch may be repeated whole. Idempotency-Key has no effect here.',
    effect: 'own',
    body: contract.announcementBatchSchema,
    answers: { 200: { description: 'Outcome by object_id', body: contract.announcementAnswerSchema } },
    handle: async ({ world, caller, body }) => {
      const results: Answered[] = [];
      for (const { objectId, parcel } of body.parcels) {
        // One by one: a parcel that is refused must not take the others with it.
        const outcome = await world.command({ organisationId: caller.organisationId }, (work) =>
          announceParcel(work, ports, caller, parcel),
        );
        results.push(
          outcome.ok
            ? {
                objectId,
                outcome: outcome.value.isNew ? 'created' : 'existing',
                shelfParcelId: outcome.value.parcel.id,
              }
            : { objectId, outcome: 'refused', error: outcome.rejection },
        );
      }
      const count = (of: Answered['outcome']) => results.filter(({ outcome }) => outcome === of).length;
      return accepted(
        replyWith(200, {
          created: count('created'),
          existing: count('existing'),
          refused: count('refused'),
          results,
        }),
      );
    },
  });
}

function isAtCounter({ organisationKind }: Principal): boolean {
  return organisationKind === 'point_operator';
}

function viewerOf(caller: Principal, relation: string): ShelfViewer {
  if (relation === 'any') return 'network';
  return caller.organisationKind === 'point_operator'
    ? { owner: caller.organisationId }
    : { announcer: caller.organisationId };
}

function readRoutes(ports: ShelfPorts): readonly Route[] {
  return [
    readRoute({
      operation: 'listShelfParcels',
      method: 'GET',
      path: '/v1/shelf-parcels',
      tag: TAG,
      summary: 'Parcels at points, newest first: at your points, or announced by you and your merchants',
      description: 'A clerk names his point.',
      effect: 'read',
      query: contract.shelfListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.shelfParcelSchema) } },
      handle: async ({ db, caller, query, relation, now, actFor, world }) => {
        const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['string']);
        if (query.cursor !== undefined && before === undefined)
          return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
        if (caller.role === 'point_clerk' && !(await worksAt(db, caller, query.pointId ?? '')))
          return refused('invalid_request', 'point_id: name a point where you work.');
        const found = await listShelfParcels(
          db,
          viewerOf(caller, relation),
          {
            pointId: query.pointId,
            states: query.state === undefined ? undefined : [query.state],
            number: query.number === undefined ? undefined : (normaliseNumber(query.number) ?? ''),
            code: query.code,
            overdueAt: query.overdue === 'true' ? now : undefined,
          },
          before === undefined ? undefined : String(before[0]),
          query.limit + 1,
        );
        const page = found.slice(0, query.limit);
        const last = page.at(-1);
        const data = await presentShelfParcels(
          { db, now, vault: ports.vault, actFor, world, isAtCounter: isAtCounter(caller) },
          page,
        );
        const isMore = found.length > query.limit && last !== undefined;
        return accepted(replyWith(200, isMore ? { data, nextCursor: encodeCursor([last.id]) } : { data }));
      },
    }),
    readRoute({
      operation: 'readShelfParcel',
      method: 'GET',
      path: '/v1/shelf-parcels/:shelf_parcel_id',
      tag: TAG,
      summary: 'One parcel at a point with everything that was recorded of it',
      effect: 'read',
      params,
      resource,
      answers: { 200: { description: 'The parcel', body: contract.shelfParcelStepsSchema } },
      handle: async ({ db, caller, params, now, actFor, world }) => {
        const found = await findShelfParcel(db, params.shelfParcelId);
        if (found === undefined) return refused('not_found', '');
        const steps = await listSteps(db, found.organisationId, found.id);
        const [view] = await presentShelfParcels(
          { db, now, vault: ports.vault, actFor, world, isAtCounter: isAtCounter(caller) },
          [found],
        );
        return accepted(replyWith(200, { ...view, steps }));
      },
    }),
  ];
}

function codeRoute(): Route {
  return readRoute({
    operation: 'readPickUpCode',
    method: 'GET',
    path: '/v1/shelf-parcels/:shelf_parcel_id/code',
    tag: TAG,
    summary: 'The pick-up code, for the notice to your recipient',
    description: 'It stands in no event, so that nobody reads it who only follows the feed.',
    effect: 'read',
    params,
    resource,
    answers: { 200: { description: 'The code', body: contract.codeAnswerSchema } },
    refusals: ['shelf_state_conflict'],
    handle: async ({ db, params }) => {
      const found = await findShelfParcel(db, params.shelfParcelId);
      if (found === undefined) return refused('not_found', '');
      return found.code === undefined
        ? refused('shelf_state_conflict', `The parcel is ${found.state}.`)
        : accepted(replyWith(200, { code: found.code }));
    },
  });
}

function takeBackRoutes(ports: ShelfPorts): readonly Route[] {
  const route = (
    operation: 'cancelPointDelivery' | 'withdrawPointConsent' | 'recallShelfParcel',
    path: string,
    summary: string,
    command: (reason: string) => Parameters<typeof act>[5],
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
      body: contract.reasonSchema,
      answers,
      refusals: ['shelf_state_conflict'],
      handle: async ({ work, owner, caller, params, body, world }) => {
        const { shelfParcelId } = params;
        const at = { detail: { reason: body.reason } };
        const outcome = await act(work, ports, caller, owner, shelfParcelId, command(body.reason), at);
        if (!outcome.ok) return outcome;
        const reading = { ...work, vault: ports.vault, world, isAtCounter: false };
        const [view] = await presentShelfParcels(reading, [outcome.value]);
        return accepted(replyWith(200, view));
      },
    });
  return [
    route('cancelPointDelivery', 'cancellation', 'It does not come to the point after all', (reason) => ({
      kind: 'cancel',
      reason,
    })),
    route(
      'withdrawPointConsent',
      'consent-withdrawal',
      'The recipient no longer agrees: it is not stored, or goes home',
      () => ({ kind: 'withdraw_consent' }),
    ),
    route('recallShelfParcel', 'recall', 'Have a waiting parcel sent home', () => ({
      kind: 'start_return',
      reason: 'recalled',
    })),
    writeRoute({
      operation: 'requestPointNotice',
      method: 'POST',
      path: '/v1/shelf-parcels/:shelf_parcel_id/notices',
      tag: TAG,
      summary: 'Have the recipient told once more, by the event shelf_parcel.notice_requested',
      effect: 'write',
      params,
      resource,
      body: contract.noticeSchema,
      answers,
      refusals: ['shelf_state_conflict', 'shelf_notice_limit'],
      handle: async ({ work, owner, params, body, world }) => {
        const outcome = await requestNotice(work, ports, owner, params.shelfParcelId, body.kind);
        if (!outcome.ok) return outcome;
        const reading = { ...work, vault: ports.vault, world, isAtCounter: false };
        const [view] = await presentShelfParcels(reading, [outcome.value]);
        return accepted(replyWith(200, view));
      },
    }),
  ];
}
