import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, type Principal, relationsOf } from '../accounts/index.ts';
import { accepted } from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import { searchAnswerSchema, searchQuery } from './contract.ts';
import type { Viewer } from './question.policy.ts';
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
      'A name: whole, or its last word; a phone: whole with its country code, or its last four digits. People are looked up by blind index; each one found is logged. Staff search the network, a marketplace what its merchants have, a merchant its own. A merchant sees names as its labels show them; for everybody else a hit shows of a name no more than its first letter.',
    effect: 'own',
    query: searchQuery,
    answers: { 200: { description: 'Hits, masked', body: searchAnswerSchema } },
    handle: async ({ caller, world, query }) => {
      const viewer = viewerOf(caller);
      // Buyers are parties of merchants: a marketplace looks beyond itself, and `search` holds it to its own merchants.
      const scope = viewer === 'merchant' ? { organisationId: caller.organisationId } : ('network' as const);
      const outcome = await world.command(scope, async (work) =>
        accepted(await search(work, caller, { vault }, { text: query.q, limit: query.limit, viewer })),
      );
      return outcome.ok
        ? accepted(replyWith(200, { data: outcome.value }, { 'cache-control': 'no-store' }))
        : outcome;
    },
  });
}

function viewerOf(caller: Principal): Viewer {
  if (relationsOf(caller.role, 'search').includes('any')) return 'network';
  return caller.organisationKind === 'marketplace' ? 'marketplace' : 'merchant';
}
