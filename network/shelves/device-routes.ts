import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { randomBytes } from '../../platform/crypto/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, addMs, idSchema, refused } from '../kernel/index.ts';
import { findPoint } from '../points/index.ts';
import { listConflicts, resolveConflict } from './action-store.ts';
import { TAG } from './announcer-routes.ts';
import { normaliseCode } from './code.policy.ts';
import * as contract from './contract.ts';
import { deviceOf, pointParams, pointResource } from './counter-routes.ts';
import { releaseLease, takeLease } from './lease-store.ts';
import type { ShelfParcel } from './model.ts';
import type { ShelfPorts } from './ports.ts';
import { rulesFor, schemeOf } from './settle.ts';
import { findShelfParcels } from './store.ts';
import { takeAction } from './sync.ts';
import type { SyncResult } from './telling.ts';
import { presentShelfParcels } from './views.ts';

const slowHash = promisify(pbkdf2);
/** Some milliseconds for a phone that checks one code; a list of short codes is no secret from who holds the device. */
const ITERATIONS = 20_000;
const PARCELS_OF_LEASE = 500;

/** Devices that work without a network: what they may hand out, and what they did. */
export function deviceRoutes(ports: ShelfPorts): readonly Route[] {
  return [leaseRoute(ports), syncRoute(ports), ...conflictRoutes()];
}

function leaseRoute(ports: ShelfPorts): Route {
  return openRoute({
    operation: 'leaseShelfParcels',
    method: 'POST',
    path: '/v1/points/:point_id/device-leases',
    tag: TAG,
    summary: 'Let a device hold waiting parcels, so that it may hand them out without a network',
    description:
      'Up to 500, all that wait and no other device holds, or those listed. While the lease lives other devices are refused. Again by the same device: it lasts anew. Codes come as slow hashes.',
    effect: 'own',
    params: pointParams,
    resource: pointResource,
    body: contract.leaseSchema,
    answers: { 200: { description: 'What the device holds', body: contract.leaseAnswerSchema } },
    handle: async ({ world, owner, caller, params, body }) => {
      const deviceId = deviceOf(caller, body.deviceId);
      const leased = await world.command({ organisationId: owner }, async (work) => {
        const point = await findPoint(work.db, params.pointId);
        if (point === undefined) return refused('not_found', '');
        const rules = await rulesFor(work, { clientPlatformId: undefined });
        const until = addMs(work.now, rules.leaseHours * 3_600_000);
        const lease = { deviceId, until, ids: body.shelfParcelIds };
        const ids = await takeLease(work.db, point, lease, work.now, PARCELS_OF_LEASE);
        const held = await findShelfParcels(work.db, owner, ids);
        const scheme = await schemeOf({ work, point, rules });
        const views = await presentShelfParcels(
          { ...work, vault: ports.vault, world, isAtCounter: true },
          held,
        );
        return accepted({ until, scheme, held, views });
      });
      if (!leased.ok) return leased;
      const { until, scheme, held, views } = leased.value;
      const salt = randomBytes(16);
      const hashOf = async ({ code = '' }: ShelfParcel) =>
        (await slowHash(normaliseCode(scheme, code), salt, ITERATIONS, 32, 'sha256')).toString('base64');
      const hashes = await Promise.all(held.map(hashOf));
      return accepted(
        replyWith(200, {
          deviceId,
          until,
          codeCheck: { salt: Buffer.from(salt).toString('base64'), iterations: ITERATIONS },
          parcels: views.map((view, index) => ({ ...view, codeHash: hashes[index] })),
        }),
      );
    },
  });
}

function syncRoute(ports: ShelfPorts): Route {
  return openRoute({
    operation: 'syncDeviceActions',
    method: 'POST',
    path: '/v1/points/:point_id/sync',
    tag: TAG,
    summary: 'Up to 200 actions that a device recorded without a network, in their order',
    description:
      'Each counts once by device_id and client_id: the same again is answered as already. What happened is recorded; what does not fit is kept as a conflict for a person. They may arrive in any order: what follows another act of the device is judged again when that has come, so an undo before its act is kept as act_missing until then. A device whose clock is wrong says in device_time what it shows: times are put right by that, and what it said is kept beside them.',
    effect: 'own',
    params: pointParams,
    resource: pointResource,
    body: contract.syncSchema,
    answers: { 200: { description: 'Outcome by client_id', body: contract.syncAnswerSchema } },
    handle: async ({ world, owner, caller, params, body }) => {
      const point = await world.read({ organisationId: owner }, (db) => findPoint(db, params.pointId));
      if (point === undefined) return refused('not_found', '');
      const deviceId = deviceOf(caller, body.deviceId);
      const device = { deviceId, clerk: caller, point, now: body.deviceTime };
      const results: SyncResult[] = [];
      for (const action of body.actions) {
        const [result, ...later] = await takeAction(world, ports, device, action);
        // What did not fit when it came has perhaps been waiting for this one.
        for (const one of later) {
          const at = results.findIndex(({ clientId }) => clientId === one.clientId);
          if (at !== -1) results[at] = one;
        }
        results.push(result);
      }
      return accepted(replyWith(200, { deviceId, results }));
    },
  });
}

function conflictRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'releaseShelfLease',
      method: 'POST',
      path: '/v1/points/:point_id/device-leases/release',
      tag: TAG,
      summary: 'A device lets go of all that it holds',
      effect: 'write',
      params: pointParams,
      resource: pointResource,
      body: contract.leaseReleaseSchema,
      answers: { 200: { description: 'How many', body: contract.leaseReleaseAnswerSchema } },
      handle: async ({ db, caller, params, owner, body }) => {
        const point = { organisationId: owner, id: params.pointId };
        const released = await releaseLease(db, point, deviceOf(caller, body.deviceId));
        return accepted(replyWith(200, { released }));
      },
    }),
    readRoute({
      operation: 'listSyncConflicts',
      method: 'GET',
      path: '/v1/points/:point_id/sync-conflicts',
      tag: TAG,
      summary: 'What devices recorded that does not fit, newest first',
      effect: 'read',
      params: pointParams,
      resource: pointResource,
      query: contract.conflictsQuery,
      answers: { 200: { description: 'Conflicts', body: contract.conflictsSchema } },
      handle: async ({ db, params, owner, query }) => {
        const point = { organisationId: owner, id: params.pointId };
        const data = await listConflicts(db, point, query.open === 'true', query.limit);
        return accepted(replyWith(200, { data }));
      },
    }),
    readRoute({
      operation: 'listNetworkConflicts',
      method: 'GET',
      path: '/v1/point-networks/:organisation_id/sync-conflicts',
      tag: TAG,
      summary: 'What devices at all points of a network recorded that does not fit, newest first',
      effect: 'read',
      params: z.strictObject({ organisationId: idSchema('org') }),
      resource: { kind: 'organisation', param: 'organisationId' },
      query: contract.conflictsQuery,
      answers: { 200: { description: 'Conflicts', body: contract.conflictsSchema } },
      handle: async ({ db, params, query }) => {
        const data = await listConflicts(db, params, query.open === 'true', query.limit);
        return accepted(replyWith(200, { data }));
      },
    }),
    writeRoute({
      operation: 'resolveSyncConflict',
      method: 'POST',
      path: '/v1/points/:point_id/sync-conflicts/resolution',
      tag: TAG,
      summary: 'Say what a look at a conflict has shown',
      effect: 'write',
      params: pointParams,
      resource: pointResource,
      body: contract.conflictResolutionSchema,
      answers: { 200: { description: 'Resolved', body: contract.conflictsSchema } },
      refusals: ['shelf_state_conflict'],
      handle: async ({ db, params, owner, caller, body, now }) => {
        const point = { organisationId: owner, id: params.pointId };
        const by = { resolution: body.resolution, byCaller: caller.id };
        if (!(await resolveConflict(db, point, body, by, now)))
          return refused('shelf_state_conflict', 'There is no open conflict of this device and name.');
        return accepted(replyWith(200, { data: await listConflicts(db, point, true, 50) }));
      },
    }),
  ];
}
