import { z } from 'zod';
import type { Queryable } from '../../platform/db/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, addDays, addMs, idSchema, refused } from '../kernel/index.ts';
import { findPoint, listPoints, type Point } from '../points/index.ts';
import * as contract from './contract.ts';
import { listRules, readPlan } from './plan-store.ts';
import { publishCapacity, setAcceptance } from './publish.ts';
import { listBeyond, listShelves, listSlots } from './slot-store.ts';
import { capacityView, placesView, slotViews } from './views.ts';
import { dayBeside, keyOf } from './weigh.ts';

const params = z.strictObject({ pointId: idSchema('pnt') });
const resource = { kind: 'point', param: 'pointId' } as const;
const answers = { 200: { description: 'What the point publishes', body: contract.capacitySchema } };

/** All in the scope of the point's network, whose rows these are. */
export function capacityRoutes(): readonly Route[] {
  return [publishRoute(), acceptanceRoute(), readCapacityRoute(), slotsRoute(), beyondRoute()];
}

const BEYOND_DAYS = 7;
const BEYOND_SHOWN = 100;

function beyondRoute(): Route {
  return readRoute({
    operation: 'listOverCapacity',
    method: 'GET',
    path: '/v1/point-networks/:organisation_id/over-capacity',
    tag: contract.TAG,
    summary:
      'Hours of the last 7 days into which more came than an outlet offered, newest first, at most 100',
    effect: 'read',
    params: z.strictObject({ organisationId: idSchema('org') }),
    resource: { kind: 'organisation', param: 'organisationId' },
    answers: { 200: { description: 'The hours', body: contract.overCapacitySchema } },
    handle: async ({ db, params: { organisationId }, now }) => {
      const found = await listBeyond(db, organisationId, addDays(now, -BEYOND_DAYS), BEYOND_SHOWN);
      const points = await listPoints(db, [...new Set(found.map(({ pointId }) => pointId))]);
      const names = new Map(points.map(({ id, name }) => [id, name]));
      const data = found.map(({ places: { published, used, beyond }, ...slot }) => ({
        ...slot,
        name: names.get(slot.pointId) ?? '',
        capacity: published,
        used,
        beyond,
      }));
      return accepted(replyWith(200, { data }));
    },
  });
}

function publishRoute(): Route {
  return writeRoute({
    operation: 'publishPointCapacity',
    method: 'PUT',
    path: '/v1/points/:point_id/capacity',
    tag: contract.TAG,
    summary: 'Parcels that a point takes in each hour, daily or on a date; in full or in part',
    description:
      "Hours without a number take the outlet's usual one while the door is open. What is reserved stays reserved.",
    effect: 'write',
    params,
    resource,
    body: contract.capacityBodySchema,
    answers,
    handle: async ({ work, params: { pointId }, body }) => {
      const point = await findPoint(work.db, pointId);
      if (point === undefined) return refused('not_found', '');
      await publishCapacity(work, point, body.hours, body.mode === 'full');
      return accepted(replyWith(200, await readCapacity(work.db, point)));
    },
  });
}

function acceptanceRoute(): Route {
  return writeRoute({
    operation: 'setPointAcceptance',
    method: 'PUT',
    path: '/v1/points/:point_id/acceptance',
    tag: contract.TAG,
    summary: 'The slider at the counter: which share of its capacity a point takes, and until when',
    effect: 'write',
    params,
    resource,
    body: contract.acceptanceBodySchema,
    answers,
    handle: async ({ work, params: { pointId }, body: { acceptPercent, acceptUntil } }) => {
      const point = await findPoint(work.db, pointId);
      if (point === undefined) return refused('not_found', '');
      await setAcceptance(work, point, { acceptPercent, acceptUntil });
      return accepted(replyWith(200, await readCapacity(work.db, point)));
    },
  });
}

function readCapacityRoute(): Route {
  return readRoute({
    operation: 'readPointCapacity',
    method: 'GET',
    path: '/v1/points/:point_id/capacity',
    tag: contract.TAG,
    summary: 'Capacities of a point as they were published',
    effect: 'read',
    params,
    resource,
    answers,
    handle: async ({ db, params: { pointId } }) => {
      const point = await findPoint(db, pointId);
      if (point === undefined) return refused('not_found', '');
      return accepted(replyWith(200, await readCapacity(db, point)));
    },
  });
}

async function readCapacity(db: Queryable, point: Point) {
  const [rules, plan] = await Promise.all([
    listRules(db, keyOf(point)),
    readPlan(db, keyOf(point), { fromDay: '', toDay: '' }),
  ]);
  return capacityView(point, plan, rules);
}

function slotsRoute(): Route {
  return readRoute({
    operation: 'listPointSlots',
    method: 'GET',
    path: '/v1/points/:point_id/slots',
    tag: contract.TAG,
    summary: 'Hours of a point in which it is open, what is taken of them, and its shelf',
    effect: 'read',
    params,
    resource,
    query: contract.slotsQuery,
    answers: { 200: { description: 'The hours', body: contract.slotsSchema } },
    handle: async ({ db, now, params: { pointId }, query: { service, hours, ...query } }) => {
      const point = await findPoint(db, pointId);
      if (point === undefined) return refused('not_found', '');
      const from = query.from ?? now;
      const to = addMs(from, hours * 3_600_000);
      const key = keyOf(point);
      const [shelves, ...seen] = await Promise.all([
        listShelves(db, [key], now),
        ...(service === undefined ? point.services : [service]).map(async (one) => ({
          service: one,
          plan: await readPlan(db, key, {
            service: one,
            fromDay: dayBeside(from, -1),
            toDay: dayBeside(to, 1),
          }),
          // The hour in which the window begins started before it.
          slots: await listSlots(db, [key], { service: one, from: addMs(from, -3_600_000), to, now }),
        })),
      ]);
      const slots = seen.flatMap((one) =>
        slotViews(point, { from, to }, { ...one, slots: one.slots.get(pointId) ?? [] }),
      );
      const shelf = placesView(shelves.get(pointId), point.capacity.shelf);
      return accepted(replyWith(200, { pointId, zone: point.zone, slots, shelf }));
    },
  });
}
