import type { Queryable } from '../../platform/db/index.ts';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import {
  afterId,
  findOrganisation,
  openRoute,
  ownerRelations,
  type Principal,
  pageOf,
  pageQuerySchema,
  pageSchema,
  type RelationFinder,
  readRoute,
} from '../accounts/index.ts';
import { accepted, type OrganisationId, refused } from '../kernel/index.ts';
import {
  auditEntrySchema,
  partyParamsSchema,
  revealBodySchema,
  revealedSchema,
  revealLogQuery,
  revealLogSchema,
} from './contract.ts';
import { findPartyOwner, listAudit, listReveals } from './store.ts';
import type { Vault } from './vault.ts';

const TAG = 'parties';

/**
 * What a caller is to a party through shipments: `carrier`, `warehouse`, `courier`. Given by `shipments`, which stands
 * higher; until then only the owner and his marketplace reach a party.
 */
export type PartyAccess = (db: Queryable, partyId: string, caller: Principal) => Promise<readonly string[]>;

export function partyRelations(access?: PartyAccess): Readonly<Record<'party', RelationFinder>> {
  return {
    party: async (db, id, caller) => {
      const organisationId = await findPartyOwner(db, id);
      if (organisationId === undefined) return undefined;
      const owner = await findOrganisation(db, organisationId);
      const { clientPlatformId } = owner ?? {};
      const relations = ownerRelations({ organisationId, clientPlatformId }, caller);
      return {
        owner: organisationId,
        relations: [...relations, ...((await access?.(db, id, caller)) ?? [])],
      };
    },
  };
}

export function vaultRoutes(vault: Vault): readonly Route[] {
  return [
    // Not a route of effect 'write': an idempotent answer is stored, and clear text is stored nowhere but in the vault.
    openRoute({
      operation: 'revealParty',
      method: 'POST',
      path: '/v1/parties/:party_id/reveals',
      tag: TAG,
      summary: 'See personal data in clear text; each time is logged and counted',
      description: 'A repetition is one more reveal: Idempotency-Key has no effect here.',
      effect: 'own',
      params: partyParamsSchema,
      body: revealBodySchema,
      resource: { kind: 'party', param: 'partyId' },
      answers: { 201: { description: 'The fields asked for', body: revealedSchema } },
      refusals: ['reveal_not_allowed', 'reveal_quota_exhausted', 'party_erased'],
      handle: async ({ world, caller, owner, params, body }) => {
        const organisationId = owner as OrganisationId;
        const outcome = await world.command({ organisationId }, (work) =>
          vault.revealParty(work, caller, { organisationId, ref: params.partyId, ...body }),
        );
        if (!outcome.ok) return outcome;
        const { party, audit } = outcome.value;
        return accepted(
          replyWith(
            201,
            { partyId: params.partyId, auditId: audit.id, party },
            { 'cache-control': 'no-store' },
          ),
        );
      },
    }),
    readRoute({
      operation: 'listReveals',
      method: 'GET',
      path: '/v1/parties/:party_id/reveals',
      tag: TAG,
      summary: 'Who saw or erased personal data of this party, oldest first',
      effect: 'read',
      params: partyParamsSchema,
      query: pageQuerySchema,
      resource: { kind: 'party', param: 'partyId' },
      answers: { 200: { description: 'A page', body: pageSchema(auditEntrySchema) } },
      handle: async ({ db, owner, params, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const entries = await listAudit(db, owner, params.partyId, after.value, query.limit + 1);
        return accepted(replyWith(200, pageOf(entries, query.limit)));
      },
    }),
    readRoute({
      operation: 'listRevealLog',
      method: 'GET',
      path: '/v1/reveals',
      tag: TAG,
      summary: 'Who saw whose personal data, which of it and why, newest first',
      description: 'The network sees all; others what was seen of their own parties.',
      effect: 'read',
      query: revealLogQuery,
      answers: { 200: { description: 'A page', body: pageSchema(revealLogSchema) } },
      handle: async ({ db, query }) => {
        const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['string']);
        if (query.cursor !== undefined && before === undefined)
          return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
        const from = before === undefined ? undefined : String(before[0]);
        const found = await listReveals(db, query, from, query.limit + 1);
        const page = found.slice(0, query.limit);
        const last = page.at(-1);
        const data = page.map(({ partyRef, sequence: _chain, ...entry }) => ({
          ...entry,
          partyId: partyRef,
        }));
        const hasMore = found.length > query.limit && last !== undefined;
        return accepted(replyWith(200, hasMore ? { data, nextCursor: encodeCursor([last.id]) } : { data }));
      },
    }),
  ];
}
