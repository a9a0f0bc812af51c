import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, type CountryCode, idSchema, refused } from '../kernel/index.ts';
import type { BlockIndex } from '../points/index.ts';
import * as contract from './contract.ts';
import { releaseReservation } from './facts.ts';
import { readDemand } from './read-demand.ts';
import { findReservation, listReservations } from './reservation-store.ts';
import { askForOptions, listOptions, reserve } from './reserve.ts';
import { optionView, reservationView, toldOutside } from './views.ts';
import type { CandidatesOf } from './weigh.ts';

const params = z.strictObject({ reservationId: idSchema('rsv') });
const resource = { kind: 'point_reservation', param: 'reservationId' } as const;
const reservation = { description: 'The reservation', body: contract.reservationSchema };
/** Stands for a demand that names none: it is weighed and never kept. */
const NO_SUBJECT = { kind: 'parcel', id: 'none' } as const;

export function reservationRoutes(candidates: CandidatesOf, blocks: BlockIndex): readonly Route[] {
  return [optionsRoute(candidates, blocks), reserveRoute(candidates, blocks), ...heldRoutes()];
}

const personOf = ({ country, phone, address }: contract.DemandBody) => ({
  ...{ phone, address },
  country: country as CountryCode,
});

function optionsRoute(candidates: CandidatesOf, blocks: BlockIndex): Route {
  return writeRoute({
    operation: 'listPointOptions',
    method: 'POST',
    path: '/v1/point-options',
    tag: contract.TAG,
    summary: 'Points that can take this, best first, with their free hours; and why others near it cannot',
    description: 'Nothing is held. With a subject, a demand that finds none is counted as unserved.',
    effect: 'write',
    body: contract.optionsBodySchema,
    answers: { 200: { description: 'The options', body: contract.optionsSchema } },
    handle: async ({ work, world, caller, body: { limit, subject, ...body } }) => {
      const keys = await blocks.of(work.db, personOf(body));
      if (!keys.ok) return keys;
      const demand = readDemand(body, subject ?? NO_SUBJECT, caller, work.now, keys.value);
      if (!demand.ok) return demand;
      const ask = subject === undefined ? listOptions : askForOptions;
      const { options, excluded } = await ask(work, candidates(world), demand.value, limit);
      return accepted(replyWith(200, { options: options.map(optionView), excluded: toldOutside(excluded) }));
    },
  });
}

function reserveRoute(candidates: CandidatesOf, blocks: BlockIndex): Route {
  return writeRoute({
    operation: 'reservePoint',
    method: 'POST',
    path: '/v1/point-reservations',
    tag: contract.TAG,
    summary: 'Hold places at the chosen point, or at the best one that has room',
    description:
      'Never more than the point takes in that hour. What fills up meanwhile is passed over within the call.',
    effect: 'write',
    body: contract.reservationBodySchema,
    answers: { 201: reservation },
    refusals: ['no_point_fits', 'point_full', 'point_closed', 'point_does_not_serve'],
    handle: async ({ work, world, caller, body: { subject, pointId, startsAt, ttlMinutes, ...body } }) => {
      const keys = await blocks.of(work.db, personOf(body));
      if (!keys.ok) return keys;
      const demand = readDemand(body, subject, caller, work.now, keys.value);
      if (!demand.ok) return demand;
      const choice = { pointId, startsAt, ttlMs: ttlMinutes * 60_000 };
      const outcome = await reserve(work, candidates(world), demand.value, choice);
      return outcome.ok ? accepted(replyWith(201, reservationView(outcome.value))) : outcome;
    },
  });
}

function heldRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'readPointReservation',
      method: 'GET',
      path: '/v1/point-reservations/:reservation_id',
      tag: contract.TAG,
      summary: 'A reservation',
      effect: 'read',
      params,
      resource,
      answers: { 200: reservation },
      handle: async ({ db, params: { reservationId } }) => {
        const found = await findReservation(db, reservationId);
        return found === undefined
          ? refused('not_found', '')
          : accepted(replyWith(200, reservationView(found)));
      },
    }),
    readRoute({
      operation: 'listPointReservations',
      method: 'GET',
      path: '/v1/point-reservations',
      tag: contract.TAG,
      summary: 'Reservations that you made, or that are made at your points, the newest first',
      effect: 'read',
      query: contract.reservationsQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.reservationSchema) } },
      handle: async ({ db, actFor, caller, query: { limit, cursor, pointId, state } }) => {
        const after = afterId(cursor);
        if (!after.ok) return after;
        const before = after.value === '' ? undefined : after.value;
        // Those that a merchant made lie with the point networks.
        await actFor('network');
        const filter = { pointId, state, before, limit: limit + 1 };
        const found = await listReservations(db, caller.organisationId, filter);
        const page = pageOf(found, limit);
        return accepted(replyWith(200, { ...page, data: page.data.map(reservationView) }));
      },
    }),
    writeRoute({
      operation: 'releasePointReservation',
      method: 'DELETE',
      path: '/v1/point-reservations/:reservation_id',
      tag: contract.TAG,
      summary: 'Give the places back',
      effect: 'write',
      params,
      resource,
      answers: { 200: reservation },
      refusals: ['reservation_over'],
      handle: async ({ work, params: { reservationId } }) => {
        const outcome = await releaseReservation(work, reservationId, 'cancelled');
        return outcome.ok ? accepted(replyWith(200, reservationView(outcome.value))) : outcome;
      },
    }),
  ];
}
