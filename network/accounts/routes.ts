import { z } from 'zod';
import { wallClock } from '../../platform/clock/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { accepted, idSchema, refused } from '../kernel/index.ts';
import { ACCESS_TABLE, relationsOf } from './access-table.ts';
import {
  apiKeySchema,
  keyListQuery,
  meSchema,
  mintedKeySchema,
  mintKeySchema,
  openOrganisationSchema,
  organisationSchema,
  pageQuerySchema,
  pageSchema,
  renameOrganisationSchema,
} from './contract.ts';
import { changeOrganisationName, mintKey, openOrganisation, revokeKey } from './handle.ts';
import { afterId, pageOf } from './paging.ts';
import { peopleRoutes } from './people-routes.ts';
import { findPerson } from './people-store.ts';
import { readRoute, writeRoute } from './routing.ts';
import { sessionRoutes } from './session-routes.ts';
import { findOrganisation, listApiKeys, listOrganisations } from './store.ts';
import { mintTestKey, type Worlds } from './twins.ts';

const TAG = 'accounts';

/** Sessions and log-ins go by the wall clock in both worlds. */
export function accountRoutes(ports: { readonly worlds: Worlds }): readonly Route[] {
  return [
    ...organisationRoutes(),
    renameRoute(),
    mintRoute(ports),
    ...apiKeyRoutes(),
    ...peopleRoutes(wallClock),
    ...sessionRoutes({ ...ports, clock: wallClock }),
  ];
}

function organisationRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'readMe',
      method: 'GET',
      path: '/v1/me',
      tag: TAG,
      summary: 'Who am I, and what may I do',
      effect: 'read',
      answers: { 200: { description: 'The caller', body: meSchema } },
      handle: async ({ caller, db }) => {
        const organisation = await findOrganisation(db, caller.organisationId);
        const operations = Object.keys(ACCESS_TABLE).filter(
          (operation) => relationsOf(caller.role, operation).length > 0,
        );
        const person = caller.personId === undefined ? undefined : await findPerson(db, caller.personId);
        return organisation === undefined
          ? refused('not_found', '')
          : accepted(
              replyWith(200, { role: caller.role, world: caller.world, organisation, person, operations }),
            );
      },
    }),
    writeRoute({
      operation: 'openOrganisation',
      method: 'POST',
      path: '/v1/organisations',
      tag: TAG,
      summary: 'Open a marketplace, merchant, carrier, warehouse or point operator',
      effect: 'write',
      body: openOrganisationSchema,
      answers: { 201: { description: 'Opened', body: organisationSchema } },
      refusals: ['client_platform_unknown', 'organisation_kind_not_allowed'],
      handle: async ({ work, caller, body }) => {
        await work.actFor('network');
        const outcome = await openOrganisation(work, caller, body);
        return outcome.ok ? accepted(replyWith(201, outcome.value)) : outcome;
      },
    }),
    readRoute({
      operation: 'listOrganisations',
      method: 'GET',
      path: '/v1/organisations',
      tag: TAG,
      summary: 'Organisations: all for the network staff, its merchants for a marketplace',
      effect: 'read',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(organisationSchema) } },
      handle: async ({ db, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        return accepted(
          replyWith(200, pageOf(await listOrganisations(db, after.value, query.limit + 1), query.limit)),
        );
      },
    }),
    readRoute({
      operation: 'readOrganisation',
      method: 'GET',
      path: '/v1/organisations/:organisation_id',
      tag: TAG,
      summary: 'One organisation',
      effect: 'read',
      params: z.strictObject({ organisationId: idSchema('org') }),
      resource: { kind: 'organisation', param: 'organisationId' },
      answers: { 200: { description: 'The organisation', body: organisationSchema } },
      handle: async ({ db, params }) => {
        const organisation = await findOrganisation(db, params.organisationId);
        return organisation === undefined ? refused('not_found', '') : accepted(replyWith(200, organisation));
      },
    }),
  ];
}

function renameRoute(): Route {
  return writeRoute({
    operation: 'renameOrganisation',
    method: 'PATCH',
    path: '/v1/organisations/:organisation_id',
    tag: TAG,
    summary: 'Rename an organisation',
    effect: 'write',
    params: z.strictObject({ organisationId: idSchema('org') }),
    resource: { kind: 'organisation', param: 'organisationId' },
    body: renameOrganisationSchema,
    answers: { 200: { description: 'Renamed', body: organisationSchema } },
    refusals: ['twin_of_live'],
    handle: async ({ work, caller, params, body }) => {
      const outcome = await changeOrganisationName(work, caller, params.organisationId, body.name);
      return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
    },
  });
}

function mintRoute({ worlds }: { readonly worlds: Worlds }): Route {
  return writeRoute({
    operation: 'mintApiKey',
    method: 'POST',
    path: '/v1/api-keys',
    tag: TAG,
    summary: 'Mint an API key; its secret is shown once',
    effect: 'write',
    answersSecret: true,
    body: mintKeySchema,
    answers: { 201: { description: 'Minted', body: mintedKeySchema } },
    refusals: ['role_not_of_organisation', 'key_limit_reached', 'key_too_narrow', 'live_keys_from_live'],
    handle: async ({ work, caller, body, world }) => {
      const { world: asked = world.name, ...wanted } = body;
      const organisationId = body.organisationId ?? caller.organisationId;
      await work.actFor('network');
      if (organisationId !== caller.organisationId) {
        const target = await findOrganisation(work.db, organisationId);
        const own = caller.role === 'operator' || target?.clientPlatformId === caller.organisationId;
        if (target === undefined || !own) return refused('not_found', '');
      }
      const command = { ...wanted, organisationId, caller };
      if (asked !== world.name) {
        if (world.name === 'test') return refused('live_keys_from_live', '');
        const outcome = await mintTestKey(work.db, worlds.test, command);
        return outcome.ok ? accepted(replyWith(201, outcome.value)) : outcome;
      }
      await work.actFor({ organisationId });
      const outcome = await mintKey(work, world.name, command);
      return outcome.ok ? accepted(replyWith(201, outcome.value)) : outcome;
    },
  });
}

function apiKeyRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listApiKeys',
      method: 'GET',
      path: '/v1/api-keys',
      tag: TAG,
      summary: 'API keys, without their secrets',
      effect: 'read',
      query: keyListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(apiKeySchema) } },
      handle: async ({ db, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const found = await listApiKeys(db, query.organisationId, after.value, query.limit + 1);
        return accepted(replyWith(200, pageOf(found, query.limit)));
      },
    }),
    writeRoute({
      operation: 'revokeApiKey',
      method: 'DELETE',
      path: '/v1/api-keys/:api_key_id',
      tag: TAG,
      summary: 'Revoke an API key at once',
      effect: 'write',
      params: z.strictObject({ apiKeyId: idSchema('key') }),
      resource: { kind: 'api_key', param: 'apiKeyId' },
      answers: { 200: { description: 'Revoked', body: apiKeySchema } },
      handle: async ({ work, caller, params }) => {
        const outcome = await revokeKey(work, caller, params.apiKeyId);
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
  ];
}
