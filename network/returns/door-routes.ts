import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, readRoute } from '../accounts/index.ts';
import { accepted, idSchema, instantSchema, type OrganisationId, refused } from '../kernel/index.ts';
import { courierIdOf, DOOR_REFUSALS, doorContactSchema, isSentTo, showDoor } from '../pickups/index.ts';
import { coarsePlaceSchema } from '../shipments/index.ts';
import { returnParams } from './contract.ts';
import { doorOf } from './model.ts';
import type { ReturnPorts } from './ports.ts';
import { returnResource } from './seller-routes.ts';
import { findReturn, listDoorReturns } from './store.ts';

const TAG = 'return counters';
/** A courier's day and more. */
const VISITS_SHOWN = 200;

const visitSchema = z
  .object({
    id: idSchema('ret'),
    areaId: idSchema('par'),
    courierId: idSchema('cou').optional(),
    startsAt: instantSchema,
    endsAt: instantSchema,
    place: coarsePlaceSchema,
    pieces: z.int(),
  })
  .meta({ id: 'ReturnVisit' });

const contactSchema = doorContactSchema('ReturnContact', { returnId: idSchema('ret') });

/** What couriers need who fetch goods at doors; the intake itself is that of a counter. */
export function doorRoutes(ports: ReturnPorts): readonly Route[] {
  return [
    readRoute({
      operation: 'listReturnVisits',
      method: 'GET',
      path: '/v1/return-visits',
      tag: TAG,
      summary: 'Doors at which goods wait: yours, or of all your couriers; soonest first',
      effect: 'read',
      answers: { 200: { description: 'Visits', body: z.object({ data: z.array(visitSchema) }) } },
      handle: async ({ db, caller, actFor }) => {
        await actFor('network');
        const courierId = await courierIdOf(db, caller);
        const found = await listDoorReturns(db, caller.organisationId, VISITS_SHOWN);
        const data = found.flatMap((one) => {
          const door = doorOf(one);
          if (door === undefined || !isSentTo(door, caller, courierId)) return [];
          const { areaId, courierId: whose, startsAt, endsAt } = door;
          const pieces = one.items.reduce((sum, { quantity }) => sum + quantity, 0);
          return [{ id: one.id, areaId, courierId: whose, startsAt, endsAt, place: one.place, pieces }];
        });
        return accepted(replyWith(200, { data }));
      },
    }),
    openRoute({
      operation: 'revealReturnContact',
      method: 'POST',
      path: '/v1/returns/:return_id/contact-reveal',
      tag: TAG,
      summary: 'See the door in clear text; each time is logged and counted',
      effect: 'own',
      params: returnParams,
      resource: returnResource,
      answers: { 201: { description: 'Name, phone and address', body: contactSchema } },
      refusals: ['return_state_conflict', ...DOOR_REFUSALS],
      handle: async ({ world, owner, caller, params }) => {
        const { returnId } = params;
        const viewing = { world, caller, vault: ports.vault };
        return showDoor(viewing, owner as OrganisationId, { returnId }, async (db) => {
          const one = await findReturn(db, returnId);
          if (one === undefined) return refused('not_found', '');
          return one.state.name === 'code_issued' && doorOf(one) !== undefined
            ? accepted(one.buyerRef)
            : refused('return_state_conflict', `The return is ${one.state.name}.`);
        });
      },
    }),
  ];
}
