import { z } from 'zod';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import {
  afterId,
  type Principal,
  pageOf,
  pageQuerySchema,
  pageSchema,
  readRoute,
} from '../accounts/index.ts';
import { accepted, amountSchema, idSchema, instantSchema, moneySchema, refused } from '../kernel/index.ts';
import { courierIdOf } from '../pickups/index.ts';
import {
  type DoorFreight,
  type DoorFreightDay,
  pageDoorFreight,
  pageDoorFreightDays,
  sumDoorFreight,
} from './door-freight-store.ts';
import { PAY_METHODS } from './model.ts';

const TAG = 'door-freight';
const day = z.iso.date();
const query = z.strictObject({
  ...pageQuerySchema.shape,
  day: day.optional().meta({ description: 'In the zone of the carrier’s country' }),
  courierId: idSchema('cou').optional(),
  organisationId: idSchema('org').optional().meta({ description: 'A carrier; for network staff' }),
});
type Asked = z.output<typeof query>;

const lineSchema = z
  .object({
    id: idSchema('dfl'),
    mailingId: idSchema('mlg'),
    kind: z.enum(['taken', 'given_back']),
    courierId: idSchema('cou').optional().meta({ description: 'Who was sent to the door' }),
    number: z.string().optional(),
    day,
    occurredAt: instantSchema,
    paidBy: z.enum(PAY_METHODS).optional(),
    amount: moneySchema.meta({ description: 'Below 0 where it was given back' }),
  })
  .meta({ id: 'DoorFreightLine' });
const daySchema = z
  .object({
    day,
    courierId: idSchema('cou').optional(),
    taken: z.int().meta({ description: 'Parcels' }),
    cash: amountSchema,
    card: amountSchema,
    givenBack: amountSchema,
    owed: moneySchema.meta({ description: 'cash + card - given back' }),
  })
  .meta({ id: 'DoorFreightDay' });
const daysSchema = z
  .object({
    ...pageSchema(daySchema).shape,
    owed: z.array(moneySchema).meta({ description: 'By currency, of all days that are asked for' }),
  })
  .meta({ id: 'DoorFreightDays' });

/** Whose: a carrier's, a courier's own, or whichever the network's staff asks for. */
function filterOf(asked: Asked, caller: Principal, relation: string, courierId: string | undefined) {
  const organisationId =
    relation === 'any' ? (asked.organisationId ?? caller.organisationId) : caller.organisationId;
  // Who is no courier any more has no lines of his own.
  const own = caller.role === 'courier' ? (courierId ?? 'none') : asked.courierId;
  return { organisationId, day: asked.day, courierId: own };
}

/** What couriers took at doors, and what their carrier owes of it to the operator. */
export function doorFreightRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listDoorFreight',
      method: 'GET',
      path: '/v1/door-freight',
      tag: TAG,
      summary: 'Freight that your couriers took at doors or gave back, mailing by mailing, newest first',
      effect: 'read',
      query,
      answers: { 200: { description: 'A page', body: pageSchema(lineSchema) } },
      handle: async ({ db, caller, relation, query: asked }) => {
        const before = afterId(asked.cursor);
        if (!before.ok) return before;
        const filter = filterOf(asked, caller, relation, await courierIdOf(db, caller));
        const page = pageOf(await pageDoorFreight(db, filter, before.value, asked.limit + 1), asked.limit);
        return accepted(replyWith(200, { ...page, data: page.data.map(presentLine) }));
      },
    }),
    readRoute({
      operation: 'listDoorFreightDays',
      method: 'GET',
      path: '/v1/door-freight-days',
      tag: TAG,
      summary: 'The same by courier and day, newest first, and what is owed to the operator of all of it',
      effect: 'read',
      query,
      answers: { 200: { description: 'A page', body: daysSchema } },
      handle: async ({ db, caller, relation, query: asked }) => {
        const after = placeOf(asked.cursor);
        if (asked.cursor !== undefined && after === undefined)
          return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
        const filter = filterOf(asked, caller, relation, await courierIdOf(db, caller));
        const found = await pageDoorFreightDays(db, filter, after, asked.limit + 1);
        const data = found.slice(0, asked.limit);
        const last = data.at(-1);
        const more =
          found.length > asked.limit && last !== undefined
            ? { nextCursor: encodeCursor([last.day, last.courierId ?? '', last.currency]) }
            : {};
        const owed = await sumDoorFreight(db, filter);
        return accepted(replyWith(200, { data: data.map(presentDay), owed, ...more }));
      },
    }),
  ];
}

function placeOf(cursor: string | undefined) {
  const parts = cursor === undefined ? undefined : decodeCursor(cursor, ['string', 'string', 'string']);
  if (parts === undefined || !day.safeParse(parts[0]).success) return undefined;
  const [of, courierId, currency] = parts.map(String);
  return { day: of ?? '', courierId: courierId ?? '', currency: currency ?? '' };
}

function presentLine({ amountMinor, currency, organisationId: _carrier, ...line }: DoorFreight) {
  return { ...line, amount: { amountMinor, currency } };
}

function presentDay({ currency, cashMinor, cardMinor, givenBackMinor, ...one }: DoorFreightDay) {
  const of = (amountMinor: number) => ({ amountMinor, currency });
  return {
    ...one,
    cash: of(cashMinor),
    card: of(cardMinor),
    givenBack: of(givenBackMinor),
    owed: of(cashMinor + cardMinor - givenBackMinor),
  };
}
