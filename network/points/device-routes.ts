import { z } from 'zod';
import { type Clock, wallClock } from '../../platform/clock/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import {
  afterId,
  blockDevice,
  type Device,
  findBoundRoles,
  listDevices,
  nameDevice,
  pageOf,
  pageSchema,
  readRoute,
  saveBoundRoles,
  unblockDevice,
  writeRoute,
} from '../accounts/index.ts';
import { accepted, idSchema, type Outcome } from '../kernel/index.ts';
import * as contract from './network-contract.ts';
import { listClerksAt, listClerksOf } from './partner-store.ts';

const TAG = 'points';
const params = z.strictObject({ deviceId: idSchema('dev') });
const resource = { kind: 'point_device', param: 'deviceId' } as const;
const DEVICE_ANSWER = { 200: { description: 'The device', body: contract.pointDeviceSchema } };

/** Devices that the clerks of a network log in with. `clock`: of people, as their sessions have it. */
export function deviceRoutes(clock: Clock = wallClock): readonly Route[] {
  return [listRoute(), ...changeRoutes(), ...blockRoutes(clock), ...policyRoutes()];
}

/** Each device with the outlets where its last person works. */
async function viewsOf(db: Queryable, organisationId: string, devices: readonly Device[]) {
  const people = [...new Set(devices.map((device) => device.lastPersonId))];
  const clerks = await listClerksOf(db, organisationId, people);
  const placeOf = new Map<string, readonly string[]>(
    clerks.map(({ personId, pointIds }) => [personId, pointIds]),
  );
  return devices.map(({ organisationId: _owner, version: _version, ...device }) => ({
    ...device,
    state: device.blockedAt === undefined ? 'active' : 'blocked',
    pointIds: placeOf.get(device.lastPersonId) ?? [],
  }));
}

async function answerOf(db: Queryable, done: Outcome<Device, 'not_found'>) {
  if (!done.ok) return done;
  const [view] = await viewsOf(db, done.value.organisationId, [done.value]);
  return accepted(replyWith(200, view));
}

function listRoute(): Route {
  return readRoute({
    operation: 'listPointDevices',
    method: 'GET',
    path: '/v1/point-devices',
    tag: TAG,
    summary: 'Devices that your people logged in with, and the outlets where they work',
    effect: 'read',
    query: contract.pointDevicesQuery,
    answers: { 200: { description: 'A page', body: pageSchema(contract.pointDeviceSchema) } },
    handle: async ({ db, caller, query }) => {
      const after = afterId(query.cursor);
      if (!after.ok) return after;
      const { organisationId } = caller;
      const people =
        query.pointId === undefined ? undefined : await listClerksAt(db, organisationId, query.pointId);
      const found = await listDevices(db, organisationId, people, after.value, query.limit + 1);
      const page = pageOf(found, query.limit);
      return accepted(replyWith(200, { ...page, data: await viewsOf(db, organisationId, page.data) }));
    },
  });
}

function changeRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'namePointDevice',
      method: 'PATCH',
      path: '/v1/point-devices/:device_id',
      tag: TAG,
      summary: 'Name a device, for people to know it by',
      effect: 'write',
      params,
      resource,
      body: contract.nameDeviceSchema,
      answers: DEVICE_ANSWER,
      handle: async ({ work, caller, owner, params: { deviceId }, body }) => {
        const named = { organisationId: owner, deviceId, byCaller: caller.id };
        return answerOf(work.db, await nameDevice(work, named, body.name));
      },
    }),
  ];
}

function blockRoutes(clock: Clock): readonly Route[] {
  return [
    writeRoute({
      operation: 'blockPointDevice',
      method: 'PUT',
      path: '/v1/point-devices/:device_id/block',
      tag: TAG,
      summary: 'Block a device that was lost or stolen',
      description:
        'Its sessions end at once, nobody logs in with it, and the parcels that it held for hand-outs without a network are free again.',
      effect: 'write',
      params,
      resource,
      body: contract.blockDeviceSchema,
      answers: DEVICE_ANSWER,
      handle: async ({ work, caller, owner, params: { deviceId }, body }) => {
        const named = { organisationId: owner, deviceId, byCaller: caller.id };
        return answerOf(work.db, await blockDevice(work, named, body.reason, clock.now()));
      },
    }),
    writeRoute({
      operation: 'unblockPointDevice',
      method: 'DELETE',
      path: '/v1/point-devices/:device_id/block',
      tag: TAG,
      summary: 'Let people log in with it again; sessions of before stay ended',
      effect: 'write',
      params,
      resource,
      answers: DEVICE_ANSWER,
      handle: async ({ work, caller, owner, params: { deviceId } }) => {
        const named = { organisationId: owner, deviceId, byCaller: caller.id };
        return answerOf(work.db, await unblockDevice(work, named));
      },
    }),
  ];
}

function policyRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'readPointDevicePolicy',
      method: 'GET',
      path: '/v1/point-device-policy',
      tag: TAG,
      summary: 'Which of your roles log in with a device key',
      effect: 'read',
      answers: { 200: { description: 'The policy', body: contract.devicePolicySchema } },
      handle: async ({ db, caller }) =>
        accepted(replyWith(200, { boundRoles: await findBoundRoles(db, caller.organisationId) })),
    }),
    writeRoute({
      operation: 'putPointDevicePolicy',
      method: 'PUT',
      path: '/v1/point-device-policy',
      tag: TAG,
      summary: 'Say which of your roles log in with a device key',
      description:
        'From then on people of these roles are logged in on a device of their own only; their other sessions answer device_needed. API keys go on as they are. Each world has its own policy.',
      effect: 'write',
      body: contract.devicePolicySchema,
      answers: { 200: { description: 'The policy', body: contract.devicePolicySchema } },
      handle: async ({ work, caller, body }) => {
        const { organisationId, id: byCaller } = caller;
        const boundRoles = [...new Set(body.boundRoles)];
        await saveBoundRoles(work.db, { organisationId, boundRoles, byCaller, changedAt: work.now });
        return accepted(replyWith(200, { boundRoles }));
      },
    }),
  ];
}
