import { z } from 'zod';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { type Principal, pageQuerySchema, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { findCarrier } from '../carriers/index.ts';
import {
  accepted,
  type CountryCode,
  countrySchema,
  instantSchema,
  refused,
  textSchema,
} from '../kernel/index.ts';
import { facilityCode } from './facility.policy.ts';
import { forgetFacilities } from './facility-cache.ts';
import { listFacilities, replaceFacilities } from './facility-store.ts';

const TAG = 'tracking';
/** The largest posts have some ten thousand offices; a list travels in one request. Our default. */
const MAX_FACILITIES = 10_000;
const params = z.strictObject({ sourceId: z.string().regex(/^[a-z0-9_]{1,40}$/) });

const FacilityBody = z
  .strictObject({ code: textSchema(100), country: countrySchema, city: textSchema(100).optional() })
  .meta({ id: 'FacilityInput' });
export const FacilityList = z
  .strictObject({ facilities: z.array(FacilityBody).max(MAX_FACILITIES) })
  .meta({ id: 'FacilityList', description: 'The whole list; an empty one ends it' });
const FacilityAnswer = z
  .object({
    code: z.string(),
    country: countrySchema,
    city: z.string().optional(),
    listedAt: instantSchema,
  })
  .meta({ id: 'Facility', description: 'A place where a source scans, under the code that its scans name' });

/** The facilities of a source: a scan by one that its source does not list is held in quarantine. */
export function facilityRoutes(): readonly Route[] {
  return [putRoute(), listRoute()];
}

/** A carrier keeps its own list; a foreign one answers like one that does not exist. */
function mayKeep(caller: Principal, isNetwork: boolean, sourceId: string): boolean {
  return findCarrier(sourceId) !== undefined && (isNetwork || caller.carrierCode === sourceId);
}

function putRoute(): Route {
  return writeRoute({
    operation: 'putFacilities',
    method: 'PUT',
    path: '/v1/facilities/:source_id',
    tag: TAG,
    summary: 'Say which facilities a carrier has: scans by others of its name are not believed',
    description:
      'Replaces the list. It judges scans from the moment on that it stands; those that came before keep what held then.',
    effect: 'write',
    params,
    body: FacilityList,
    bodyLimitBytes: 4 * 1024 * 1024,
    answers: {
      200: {
        description: 'How many it has now',
        body: z.object({ sourceId: z.string(), facilities: z.int() }),
      },
    },
    handle: async ({ work, world, caller, relation, params: { sourceId }, body }) => {
      if (!mayKeep(caller, relation === 'any', sourceId)) return refused('not_found', '');
      const byCode = new Map(
        body.facilities.map((one) => [
          facilityCode(one.code),
          { code: facilityCode(one.code), country: one.country as CountryCode, city: one.city },
        ]),
      );
      await work.actFor('network');
      await replaceFacilities(work.db, sourceId, [...byCode.values()], work.now);
      forgetFacilities(world);
      return accepted(replyWith(200, { sourceId, facilities: byCode.size }));
    },
  });
}

function listRoute(): Route {
  return readRoute({
    operation: 'listFacilities',
    method: 'GET',
    path: '/v1/facilities/:source_id',
    tag: TAG,
    summary: 'The facilities that a carrier listed, in order of their codes',
    effect: 'read',
    params,
    query: pageQuerySchema,
    answers: { 200: { description: 'A page', body: pageSchema(FacilityAnswer) } },
    handle: async ({ caller, db, relation, params: { sourceId }, query: { cursor, limit } }) => {
      if (!mayKeep(caller, relation === 'any', sourceId)) return refused('not_found', '');
      const after = cursor === undefined ? [''] : decodeCursor(cursor, ['string']);
      if (after === undefined)
        return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
      const found = await listFacilities(db, sourceId, String(after[0]), limit + 1);
      const data = found.slice(0, limit).map(({ city, ...one }) => (city === null ? one : { ...one, city }));
      const last = data.at(-1);
      return accepted(
        replyWith(
          200,
          found.length > limit && last !== undefined
            ? { data, nextCursor: encodeCursor([last.code]) }
            : { data },
        ),
      );
    },
  });
}
