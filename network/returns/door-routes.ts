import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, readRoute } from '../accounts/index.ts';
import {
  accepted,
  idSchema,
  instantSchema,
  type OrganisationId,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import { coarsePlaceSchema } from '../shipments/index.ts';
import type { Revealed } from '../vault/index.ts';
import { returnParams } from './contract.ts';
import { isSentTo } from './counter.ts';
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

const contactSchema = z
  .object({
    returnId: idSchema('ret'),
    auditId: idSchema('aud'),
    name: z.string().optional(),
    company: z.string().optional(),
    phone: z.string().optional(),
    address: z
      .object({
        country: z.string(),
        division: z.string().optional(),
        city: z.string(),
        district: z.string().optional(),
        town: z.string().optional(),
        postcode: z.string().optional(),
        lines: z.array(z.string()),
      })
      .optional(),
  })
  .meta({ id: 'ReturnContact', description: 'Clear text; that it was seen is on record.' });

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
        const courierId = await ports.doors.courierOf(db, caller);
        const found = await listDoorReturns(db, caller.organisationId, VISITS_SHOWN);
        const data = found
          .filter((one) => isSentTo(one, caller, courierId))
          .flatMap(({ id, route, place, items }) => {
            if (route?.method !== 'door') return [];
            const { areaId, startsAt, endsAt } = route;
            const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0);
            return [{ id, areaId, courierId: route.courierId, startsAt, endsAt, place, pieces }];
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
      refusals: ['return_state_conflict', 'reveal_not_allowed', 'reveal_quota_exhausted', 'party_erased'],
      handle: async ({ world, owner, caller, params }) => {
        const organisationId = owner as OrganisationId;
        const outcome = await world.command({ organisationId }, async (work): Promise<Outcome<Revealed>> => {
          const one = await findReturn(work.db, params.returnId);
          if (one === undefined) return refused('not_found', '');
          // A visit that is over gives no reason to see the door.
          if (one.state.name !== 'code_issued' || one.route?.method !== 'door')
            return refused('return_state_conflict', `The return is ${one.state.name}.`);
          const fields = ['name', 'company', 'phone', 'address'] as const;
          const asked = { organisationId, ref: one.buyerRef, purpose: 'pickup', fields } as const;
          return ports.vault.revealParty(work, caller, asked);
        });
        if (!outcome.ok) return outcome;
        const { party, audit } = outcome.value;
        const body = { returnId: params.returnId, auditId: audit.id, ...party };
        return accepted(replyWith(201, body, { 'cache-control': 'no-store' }));
      },
    }),
  ];
}
