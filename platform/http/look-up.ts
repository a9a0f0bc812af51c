import { accepted, type Outcome, refused } from '../../network/kernel/index.ts';
import { type Gather, inScope, keepPlans, openGather, type Scope } from '../db/index.ts';
import type { World } from '../world/index.ts';
import type { CallerIdentity, Reply, Route } from './route.ts';

/** So many things are looked up together: many enough to share a packet, few enough to hold nobody up. Our default. */
const TOGETHER = 100;

/** While the rows of one come in, PostgreSQL is at the next, and another is made ready. Measured: docs/performance.md. */
const TRANSACTIONS = 3;

type Asked = { readonly id: string; readonly scope: Scope };
type AnyLookUpRoute = Extract<Route, { lookUp: object }>;

/**
 * Answers routes that look a thing up. What is asked for while others are being looked up goes together: for each caller's
 * organisation the statements of one look-up, all of them in one packet. Whoever may not see a thing gets the answer of
 * one that is not there.
 */
export function openLookUps<Caller extends CallerIdentity>() {
  const gathers = new WeakMap<AnyLookUpRoute, Map<World, Gather<Asked, unknown>>>();

  return async function lookUp(
    route: AnyLookUpRoute,
    asking: {
      readonly world: World;
      readonly caller: Caller;
      readonly allowed: readonly string[];
      readonly id: string;
    },
  ): Promise<Outcome<Reply>> {
    const { world, caller, allowed, id } = asking;
    const gather = gathers
      .getOrInsertComputed(route, () => new Map())
      .getOrInsertComputed(world, () => gatherOf(route, world));
    const seesAll = allowed.includes('any');
    const scope: Scope = seesAll ? 'network' : { organisationId: caller.organisationId };
    const found = await gather.take({ id, scope });
    if (found === undefined) return refused('not_found', '');
    const isAllowed =
      seesAll || route.lookUp.relations(found, caller).some((relation) => allowed.includes(relation));
    return isAllowed ? accepted(route.lookUp.answer(found)) : refused('not_found', '');
  };
}

function gatherOf(route: AnyLookUpRoute, world: World): Gather<Asked, unknown> {
  const together = (
    asked: readonly Asked[],
    tell?: (index: number, found: unknown) => void,
  ): Promise<unknown[]> =>
    world.database.read('network', async (tx) => {
      keepPlans(tx);
      const groups = Map.groupBy(asked.keys(), (index) => nameOf((asked[index] as Asked).scope));
      const answers: unknown[] = new Array(asked.length).fill(undefined);
      await Promise.all(
        [...groups.values()].map((group) => {
          const askers = Map.groupBy(group, (index) => (asked[index] as Asked).id);
          const db = inScope(tx, (asked[group[0] as number] as Asked).scope);
          return route.lookUp.find(db, [...askers.keys()], (id, found) => {
            for (const index of askers.get(id) ?? []) {
              answers[index] = found;
              tell?.(index, found);
            }
          });
        }),
      );
      return answers;
    });
  return openGather({
    sizeOf: () => 1,
    atOnce: TOGETHER,
    transactions: TRANSACTIONS,
    together,
    alone: async (one) => (await together([one]))[0],
  });
}

const nameOf = (scope: Scope) => (scope === 'network' ? '' : scope.organisationId);
