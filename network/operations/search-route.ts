import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, relationsOf } from '../accounts/index.ts';
import { accepted } from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import { searchAnswerSchema, searchQuery } from './contract.ts';
import { search } from './search.ts';

/** A read that writes: what the vault found is logged. */
export function searchRoute(vault: Vault): Route {
  return openRoute({
    operation: 'search',
    method: 'GET',
    path: '/v1/search',
    tag: 'operations',
    summary: 'Find orders, shipments and parcels by any number, reference, id, name or phone',
    description:
      'A name: whole, or its last word; a phone: whole with its country code, or its last four digits. People are looked up by blind index; each one found is logged. Staff search the network, a merchant its own.',
    effect: 'own',
    query: searchQuery,
    answers: { 200: { description: 'Hits, masked', body: searchAnswerSchema } },
    handle: async ({ caller, world, query }) => {
      const isNetwork = relationsOf(caller.role, 'search').includes('any');
      const scope = isNetwork ? ('network' as const) : { organisationId: caller.organisationId };
      const outcome = await world.command(scope, async (work) =>
        accepted(await search(work, caller, { vault }, { text: query.q, limit: query.limit, isNetwork })),
      );
      return outcome.ok
        ? accepted(replyWith(200, { data: outcome.value }, { 'cache-control': 'no-store' }))
        : outcome;
    },
  });
}
