import { z } from 'zod';
import type { Queryable } from '../../platform/db/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, readRoute, writeRoute } from '../accounts/index.ts';
import { IMAGE_LIMIT_BYTES, IMAGE_TYPES } from '../deliveries/index.ts';
import { accepted, idSchema, type OrganisationId, refused } from '../kernel/index.ts';
import { pictureSchema } from './contract.ts';
import type { ReturnPorts } from './ports.ts';
import { keepUnreadPicture, presentUnread, recordUnread } from './unread.ts';
import * as contract from './unread-contract.ts';
import { endUnread, findUnread, listUnread, listUnreadPictures, type UnreadReturn } from './unread-store.ts';

const TAG = 'return counters';
const pointParams = z.strictObject({ pointId: idSchema('pnt') });
const point = { kind: 'point', param: 'pointId' } as const;
const resource = { kind: 'unread_return', param: 'unreadId' } as const;
const params = contract.unreadParams;
const answers = { 200: { description: 'As it stands', body: contract.unreadViewSchema } };

/** Goods that were taken without a network before anybody could read their code. */
export function unreadRoutes(ports: ReturnPorts): readonly Route[] {
  return [recordRoute(ports), listRoute(ports), settleRoute(ports), ...pictureRoutes(ports)];
}

async function present(db: Queryable, ports: ReturnPorts, one: UnreadReturn) {
  const [view] = await presentUnread(db, ports, one.organisationId, [one]);
  return view;
}

function recordRoute(ports: ReturnPorts): Route {
  return openRoute({
    operation: 'recordUnreadReturn',
    method: 'POST',
    path: '/v1/points/:point_id/unread-returns',
    tag: TAG,
    summary: 'Goods were taken without a network, and their code could not be read',
    description:
      'Recorded whatever the code is; once by device_id and client_id. One that opens a return opens it for you, as the look-up does: finish with its intake and name this one there. A wrong one counts as a try, and a person looks.',
    effect: 'own',
    params: pointParams,
    resource: point,
    body: contract.unreadSchema,
    answers,
    refusals: ['return_unread_misnamed', 'idempotency_in_flight'],
    handle: async ({ world, owner, caller, params: { pointId }, body }) => {
      const scope = { organisationId: owner as OrganisationId };
      const at = { ...scope, pointId };
      const told = { ...body, deviceId: caller.deviceId ?? body.deviceId };
      return world.command(scope, async (work) => {
        const one = await recordUnread(work, ports, caller, at, told);
        return one.ok ? accepted(replyWith(200, await present(work.db, ports, one.value))) : one;
      });
    },
  });
}

function listRoute(ports: ReturnPorts): Route {
  return readRoute({
    operation: 'listUnreadReturns',
    method: 'GET',
    path: '/v1/points/:point_id/unread-returns',
    tag: TAG,
    summary: 'Goods that lie here and whose code nobody has read, newest first',
    effect: 'read',
    params: pointParams,
    resource: point,
    query: contract.unreadQuery,
    answers: { 200: { description: 'What is to be finished or looked at', body: contract.unreadListSchema } },
    handle: async ({ db, owner, params: { pointId }, query }) => {
      const at = { organisationId: owner, id: pointId };
      const found = await listUnread(db, at, query.open === 'true', query.limit);
      const data = await presentUnread(db, ports, owner as OrganisationId, found);
      return accepted(replyWith(200, { data }));
    },
  });
}

function settleRoute(ports: ReturnPorts): Route {
  return writeRoute({
    operation: 'settleUnreadReturn',
    method: 'POST',
    path: '/v1/unread-returns/:unread_id/resolution',
    tag: TAG,
    summary: 'No intake follows: say what a look has shown',
    effect: 'write',
    params,
    resource,
    body: contract.unreadResolutionSchema,
    answers,
    refusals: ['return_unread_ended'],
    handle: async ({ work, caller, params: { unreadId }, body }) => {
      const one = await findUnread(work.db, unreadId);
      if (one === undefined) return refused('not_found', '');
      const end = {
        state: 'settled',
        by: caller.personId ?? caller.id,
        resolution: body.resolution,
      } as const;
      if ((await endUnread(work.db, one, end, work.now)) === undefined)
        return refused('return_unread_ended', '');
      const ended = (await findUnread(work.db, unreadId)) ?? one;
      return accepted(replyWith(200, await present(work.db, ports, ended)));
    },
  });
}

function pictureRoutes(ports: ReturnPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'addUnreadPicture',
      method: 'POST',
      path: '/v1/unread-returns/:unread_id/pictures',
      tag: TAG,
      summary: 'A picture of the goods: JPEG or PNG, up to 2 MiB, sealed at once; the intake takes it along',
      effect: 'write',
      params,
      resource,
      consumes: IMAGE_TYPES,
      bodyLimitBytes: IMAGE_LIMIT_BYTES,
      body: z.instanceof(Uint8Array),
      answers: { 201: { description: 'Kept', body: pictureSchema } },
      refusals: ['return_picture_unreadable', 'return_picture_limit', 'return_unread_ended'],
      handle: async ({ work, params: { unreadId }, body }) => {
        const one = await findUnread(work.db, unreadId);
        if (one === undefined) return refused('not_found', '');
        if (one.endedAt !== null) return refused('return_unread_ended', '');
        const kept = await keepUnreadPicture(work, ports, one, body);
        return kept.ok ? accepted(replyWith(201, kept.value)) : kept;
      },
    }),
    readRoute({
      operation: 'readUnreadPicture',
      method: 'GET',
      path: '/v1/unread-returns/:unread_id/pictures/:picture_id',
      tag: TAG,
      summary: 'A picture of goods whose code nobody has read',
      effect: 'read',
      params: contract.unreadPictureParams,
      resource,
      answers: { 200: { description: 'The picture', contentType: 'image/jpeg' } },
      handle: async ({ db, params: { unreadId, pictureId } }) => {
        const one = await findUnread(db, unreadId);
        const pictures = one === undefined ? [] : await listUnreadPictures(db, one);
        const picture = pictures.find(({ id }) => id === pictureId);
        if (one === undefined || picture === undefined) return refused('not_found', '');
        const { id: name, contentType, sealedBytes: sealed } = picture;
        const { organisationId } = one;
        return accepted({
          kind: 'bytes',
          status: 200,
          contentType,
          bytes: await ports.vault.openBlob(db, { organisationId, name, sealed }),
          headers: { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' },
        });
      },
    }),
  ];
}
