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
import { mailingResource } from './app-routes.ts';
import { mailingParams } from './contract.ts';
import { courierOf, isSentTo } from './counter.ts';
import { COUNTER_TAG } from './counter-routes.ts';
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
const contactSchema = z
  .object({
    mailingId: idSchema('mlg'),
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
  .meta({ id: 'MailingContact', description: 'Clear text; that it was seen is on record.' });

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
        const courierId = await courierOf(db, caller);
        await actFor('network');
        const all = await listDoors(db, caller.organisationId, VISITS_SHOWN);
        const data = all
          .filter((one) => isSentTo(one, caller, courierId))
          .flatMap(({ id, handover, from: place, declared }) => {
            if (handover?.method !== 'door') return [];
            const { areaId, courierId: whose, startsAt, endsAt } = handover;
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
      refusals: ['mailing_state_conflict', 'reveal_not_allowed', 'reveal_quota_exhausted', 'party_erased'],
      handle: async ({ world, owner, caller, params: { mailingId } }) => {
        const organisationId = owner as OrganisationId;
        const outcome = await world.command({ organisationId }, async (work): Promise<Outcome<Revealed>> => {
          const one = await findMailing(work.db, mailingId);
          if (one === undefined) return refused('not_found', '');
          // A visit that is over gives no reason to see the door.
          if (one.state.name !== 'placed' || one.handover?.method !== 'door')
            return refused('mailing_state_conflict', `The mailing is ${one.state.name}.`);
          const fields = ['name', 'company', 'phone', 'address'] as const;
          const asked = { organisationId, ref: one.senderRef, purpose: 'pickup', fields } as const;
          return ports.vault.revealParty(work, caller, asked);
        });
        if (!outcome.ok) return outcome;
        const { party, audit } = outcome.value;
        const body = { mailingId, auditId: audit.id, ...party };
        return accepted(replyWith(201, body, { 'cache-control': 'no-store' }));
      },
    }),
  ];
}
