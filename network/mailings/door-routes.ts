import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, readRoute } from '../accounts/index.ts';
import { accepted, idSchema, instantSchema, type OrganisationId, refused } from '../kernel/index.ts';
import { courierIdOf, DOOR_REFUSALS, doorContactSchema, isSentTo, showDoor } from '../pickups/index.ts';
import { coarsePlaceSchema } from '../shipments/index.ts';
import { mailingResource } from './app-routes.ts';
import { mailingParams } from './contract.ts';
import { COUNTER_TAG } from './counter-routes.ts';
import { doorOf } from './model.ts';
import type { MailingPorts } from './ports.ts';
import { findMailing, listDoors } from './store.ts';

/** A courier's day and more. */
const VISITS_SHOWN = 200;

const visitSchema = z
  .object({
    id: idSchema('mlg'),
    areaId: idSchema('par'),
    courierId: idSchema('cou').optional(),
    startsAt: instantSchema,
    endsAt: instantSchema,
    place: coarsePlaceSchema,
    weightGrams: z.int(),
  })
  .meta({ id: 'MailingVisit' });
const contactSchema = doorContactSchema('MailingContact', { mailingId: idSchema('mlg') });

/** What couriers need who fetch parcels at doors; the intake itself is that of a counter. */
export function doorRoutes(ports: MailingPorts): readonly Route[] {
  return [
    readRoute({
      operation: 'listDoorMailings',
      method: 'GET',
      path: '/v1/door-mailings',
      tag: COUNTER_TAG,
      summary: 'Doors at which you are to fetch mailings, soonest first',
      effect: 'read',
      answers: { 200: { description: 'At most 200', body: z.object({ data: z.array(visitSchema) }) } },
      handle: async ({ db, caller, actFor }) => {
        const courierId = await courierIdOf(db, caller);
        await actFor('network');
        const all = await listDoors(db, caller.organisationId, VISITS_SHOWN);
        const data = all.flatMap((one) => {
          const door = doorOf(one);
          if (door === undefined || !isSentTo(door, caller, courierId)) return [];
          const { id, from: place, declared } = one;
          const { areaId, courierId: whose, startsAt, endsAt } = door;
          const { weightGrams } = declared;
          return [{ id, areaId, courierId: whose, startsAt, endsAt, place, weightGrams }];
        });
        return accepted(replyWith(200, { data }));
      },
    }),
    openRoute({
      operation: 'revealMailingContact',
      method: 'POST',
      path: '/v1/mailings/:mailing_id/contact-reveal',
      tag: COUNTER_TAG,
      summary: 'See the door in clear text; each time is logged and counted',
      effect: 'own',
      params: mailingParams,
      resource: mailingResource,
      answers: { 201: { description: 'Name, phone and address', body: contactSchema } },
      refusals: ['mailing_state_conflict', ...DOOR_REFUSALS],
      handle: async ({ world, owner, caller, params: { mailingId } }) => {
        const viewing = { world, caller, vault: ports.vault };
        return showDoor(viewing, owner as OrganisationId, { mailingId }, async (db) => {
          const one = await findMailing(db, mailingId);
          if (one === undefined) return refused('not_found', '');
          return one.state.name === 'placed' && doorOf(one) !== undefined
            ? accepted(one.senderRef)
            : refused('mailing_state_conflict', `The mailing is ${one.state.name}.`);
        });
      },
    }),
  ];
}
