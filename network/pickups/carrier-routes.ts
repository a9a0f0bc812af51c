import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import type { Work } from '../../platform/world/index.ts';
import {
  accountRelations,
  afterId,
  isActivePerson,
  type Principal,
  pageOf,
  pageQuerySchema,
  pageSchema,
  readRoute,
  writeRoute,
} from '../accounts/index.ts';
import { accepted, idSchema, type Outcome, refused } from '../kernel/index.ts';
import * as contract from './area-contract.ts';
import {
  applyCapacities,
  countAreas,
  findArea,
  insertArea,
  listAreas,
  listCapacityRules,
  updateArea,
  writeCapacities,
} from './area-store.ts';
import { assignSchema } from './contract.ts';
import { answerStep, present } from './courier-routes.ts';
import {
  deleteBlock,
  findCourier,
  insertBlock,
  listBlocks,
  listCouriers,
  saveCourier,
} from './courier-store.ts';
import { assignPickup } from './handle.ts';
import { answers as pickupAnswers, params as pickupParams, resource, TAG } from './merchant-routes.ts';
import type { Area, Block, Courier, PickupErrorCode } from './model.ts';
import { findPickup } from './store.ts';
import type { PickupPorts } from './visit.ts';

const areaParams = z.strictObject({ areaId: idSchema('par') });
const areaResource = { kind: 'pickup_area', param: 'areaId' } as const;
const courierParams = z.strictObject({ courierId: idSchema('cou') });

export function carrierRoutes(ports: PickupPorts): readonly Route[] {
  return [
    ...areaRoutes(),
    ...capacityRoutes(),
    ...courierStaffRoutes(),
    ...blockRoutes(),
    ...dispatchRoutes(ports),
  ];
}

function areaRoutes(): readonly Route[] {
  const area = { description: 'The area', body: contract.areaSchema };
  return [
    writeRoute({
      operation: 'createPickupArea',
      method: 'POST',
      path: '/v1/pickup-areas',
      tag: TAG,
      summary: 'Say where and when your couriers collect',
      effect: 'write',
      body: contract.createAreaSchema,
      answers: { 201: area },
      refusals: ['area_code_taken'],
      handle: async ({ work, caller, body }) => {
        const created: Area = {
          ...body,
          id: work.newId('par'),
          organisationId: caller.organisationId,
          servesNetwork: caller.organisationKind === 'operator',
          hasCapacities: false,
        };
        const isNew = await insertArea(work.db, created, work.now);
        return isNew ? accepted(replyWith(201, created)) : refused('area_code_taken', '');
      },
    }),
    writeRoute({
      operation: 'updatePickupArea',
      method: 'PUT',
      path: '/v1/pickup-areas/:area_id',
      tag: TAG,
      summary: 'Change range, hours, exceptions or slots; booked visits stay',
      effect: 'write',
      params: areaParams,
      resource: areaResource,
      body: contract.updateAreaSchema,
      answers: { 200: area },
      handle: async ({ work, params, body }) => {
        const before = await findArea(work.db, params.areaId);
        if (before === undefined) return refused('not_found', '');
        const after: Area = { ...before, ...body };
        await updateArea(work.db, after, work.now);
        return accepted(replyWith(200, after));
      },
    }),
    readRoute({
      operation: 'listPickupAreas',
      method: 'GET',
      path: '/v1/pickup-areas',
      tag: TAG,
      summary: 'Your areas',
      effect: 'read',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(contract.areaSchema) } },
      handle: async ({ db, caller, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const found = await listAreas(db, caller.organisationId, after.value, query.limit + 1);
        return accepted(replyWith(200, pageOf(found, query.limit)));
      },
    }),
  ];
}

function capacityRoutes(): readonly Route[] {
  const answers = { 200: { description: 'Capacities by hour', body: contract.capacityListSchema } };
  return [
    writeRoute({
      operation: 'writePickupCapacities',
      method: 'PUT',
      path: '/v1/pickup-areas/:area_id/capacities',
      tag: TAG,
      summary: 'Visits that you can make in each hour, daily or on a date; in full or in part',
      description: 'What is booked stays booked: an hour never falls below it.',
      effect: 'write',
      params: areaParams,
      resource: areaResource,
      body: contract.capacitiesSchema,
      answers,
      refusals: ['capacity_full_update_first'],
      handle: async ({ work, params, body, owner, now }) => {
        const area = await findArea(work.db, params.areaId);
        if (area === undefined) return refused('not_found', '');
        const isFull = body.mode === 'full';
        if (!isFull && !area.hasCapacities) return refused('capacity_full_update_first', '');
        const key = { organisationId: owner, areaId: area.id };
        await writeCapacities(work.db, key, body.capacities, isFull);
        await applyCapacities(work.db, key, area.zone, now);
        const capacities = await listCapacityRules(work.db, key);
        return accepted(replyWith(200, { areaId: area.id, capacities }));
      },
    }),
    readRoute({
      operation: 'readPickupCapacities',
      method: 'GET',
      path: '/v1/pickup-areas/:area_id/capacities',
      tag: TAG,
      summary: 'Capacities of an area as they were given',
      effect: 'read',
      params: areaParams,
      resource: areaResource,
      answers,
      handle: async ({ db, params, owner }) => {
        const key = { organisationId: owner, areaId: params.areaId };
        return accepted(
          replyWith(200, { areaId: params.areaId, capacities: await listCapacityRules(db, key) }),
        );
      },
    }),
  ];
}

function courierStaffRoutes(): readonly Route[] {
  const courier = { description: 'The courier', body: contract.courierSchema };
  const refusals = [
    'area_unknown',
    'courier_key_unknown',
    'courier_key_taken',
    'courier_person_unknown',
    'courier_person_taken',
  ];
  return [
    writeRoute({
      operation: 'createCourier',
      method: 'POST',
      path: '/v1/couriers',
      tag: TAG,
      summary: 'Take a courier on',
      effect: 'write',
      body: contract.saveCourierSchema,
      answers: { 201: courier },
      refusals,
      handle: async ({ work, caller, body }) => {
        const outcome = await keepCourier(work, caller, work.newId('cou'), body);
        return outcome.ok ? accepted(replyWith(201, courierView(outcome.value))) : outcome;
      },
    }),
    writeRoute({
      operation: 'updateCourier',
      method: 'PUT',
      path: '/v1/couriers/:courier_id',
      tag: TAG,
      summary: 'Change a courier; one who is off gets no visits and sees none',
      effect: 'write',
      params: courierParams,
      resource: { kind: 'courier', param: 'courierId' },
      body: contract.saveCourierSchema,
      answers: { 200: courier },
      refusals,
      handle: async ({ work, caller, params, body }) => {
        if ((await findCourier(work.db, params.courierId)) === undefined) return refused('not_found', '');
        const outcome = await keepCourier(work, caller, params.courierId, body);
        return outcome.ok ? accepted(replyWith(200, courierView(outcome.value))) : outcome;
      },
    }),
    readRoute({
      operation: 'listCouriers',
      method: 'GET',
      path: '/v1/couriers',
      tag: TAG,
      summary: 'Your couriers',
      effect: 'read',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(contract.courierSchema) } },
      handle: async ({ db, caller, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const found = await listCouriers(db, caller.organisationId, after.value, query.limit + 1);
        const page = pageOf(found, query.limit);
        return accepted(replyWith(200, { ...page, data: page.data.map(courierView) }));
      },
    }),
  ];
}

function courierView({ callerId, ...courier }: Courier) {
  return { ...courier, apiKeyId: callerId };
}

type CourierBody = z.infer<typeof contract.saveCourierSchema>;

async function keepCourier(
  work: Work,
  caller: Principal,
  id: Courier['id'],
  body: CourierBody,
): Promise<Outcome<Courier, PickupErrorCode>> {
  const { apiKeyId, personId, name, phoneTail, isOn } = body;
  const areaIds = [...new Set(body.areaIds)];
  const organisationId = caller.organisationId;
  if ((await countAreas(work.db, organisationId, areaIds)) < areaIds.length) {
    return refused('area_unknown', '');
  }
  if (apiKeyId !== undefined) {
    const key = await accountRelations.api_key?.(work.db, apiKeyId, caller);
    if (key?.owner !== organisationId) return refused('courier_key_unknown', '');
  }
  if (
    personId !== undefined &&
    !(await isActivePerson(work.db, { organisationId, personId, role: 'courier' }))
  )
    return refused('courier_person_unknown', '');
  const courier: Courier = {
    id,
    organisationId,
    name,
    phoneTail,
    areaIds,
    isOn,
    callerId: apiKeyId,
    personId,
  };
  const saved = await saveCourier(work.db, courier, work.now);
  return saved === 'saved' ? accepted(courier) : refused(`courier_${saved}`, '');
}

function blockRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'createPickupBlock',
      method: 'POST',
      path: '/v1/pickup-blocks',
      tag: TAG,
      summary: 'Do not collect at an address, in a postcode or from a customer, with the reason',
      effect: 'write',
      body: contract.blockBodySchema,
      answers: { 201: { description: 'Blocked', body: contract.blockSchema } },
      handle: async ({ work, caller, body }) => {
        const blank = {
          blockedOrganisationId: undefined,
          partyRef: undefined,
          country: undefined,
          postcode: undefined,
        };
        const { reason, detail } = body;
        const shared = {
          ...blank,
          reason,
          detail,
          createdAt: work.now,
          organisationId: caller.organisationId,
        };
        let block: Block;
        if (body.kind === 'address') {
          const pickup = await findPickup(work.db, body.pickupId);
          if (pickup?.carrierId !== caller.organisationId) return refused('not_found', '');
          const { organisationId: blockedOrganisationId, senderRef: partyRef } = pickup;
          block = { ...shared, id: work.newId('blk'), kind: 'address', blockedOrganisationId, partyRef };
        } else if (body.kind === 'postcode') {
          const { country, postcode } = body;
          block = { ...shared, id: work.newId('blk'), kind: 'address', country, postcode };
        } else {
          const blockedOrganisationId = body.organisationId;
          block = { ...shared, id: work.newId('blk'), kind: 'user', blockedOrganisationId };
        }
        await insertBlock(work.db, block, caller.id);
        return accepted(replyWith(201, block));
      },
    }),
    readRoute({
      operation: 'listPickupBlocks',
      method: 'GET',
      path: '/v1/pickup-blocks',
      tag: TAG,
      summary: 'Addresses and customers that you do not serve',
      effect: 'read',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(contract.blockSchema) } },
      handle: async ({ db, caller, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const found = await listBlocks(db, caller.organisationId, after.value, query.limit + 1);
        return accepted(replyWith(200, pageOf(found, query.limit)));
      },
    }),
    writeRoute({
      operation: 'deletePickupBlock',
      method: 'DELETE',
      path: '/v1/pickup-blocks/:block_id',
      tag: TAG,
      summary: 'Serve it again',
      effect: 'write',
      params: z.strictObject({ blockId: idSchema('blk') }),
      resource: { kind: 'pickup_block', param: 'blockId' },
      answers: { 204: { description: 'Lifted' } },
      handle: async ({ work, owner, params }) =>
        (await deleteBlock(work.db, owner, params.blockId))
          ? accepted(replyWith(204))
          : refused('not_found', ''),
    }),
  ];
}

function dispatchRoutes(ports: PickupPorts): readonly Route[] {
  const shared = {
    method: 'POST',
    tag: TAG,
    effect: 'write',
    params: pickupParams,
    resource,
    answers: pickupAnswers,
  } as const;
  return [
    writeRoute({
      ...shared,
      operation: 'assignPickup',
      path: '/v1/pickups/:pickup_id/assignment',
      summary: 'Send a courier, or another one with the reason',
      body: assignSchema,
      refusals: ['pickup_state_conflict', 'courier_not_available'],
      handle: async (call) => {
        const { work, owner, caller, params, body } = call;
        return present(call, ports, await assignPickup(work, ports, owner, caller, params.pickupId, body));
      },
    }),
    writeRoute({
      ...shared,
      operation: 'renewPickupCode',
      path: '/v1/pickups/:pickup_id/code-renewal',
      summary: 'A supervisor gives the merchant a new code, also after five wrong ones',
      refusals: ['pickup_state_conflict'],
      handle: (call) => answerStep(call, ports, { kind: 'renew_code' }),
    }),
  ];
}
