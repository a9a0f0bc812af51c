import type { LookUpRoute, OpenRoute, ReadRoute, Route, WriteRoute } from '../../platform/http/index.ts';
import type { Operation } from './access-table.ts';
import type { Principal } from './model.ts';

/**
 * How modules declare routes: the operation must have a row in the access table (else it does not compile), and
 * the caller is a `Principal`.
 */
export function readRoute<Params, Query, Body>(
  route: ReadRoute<Principal, Params, Query, Body> & { readonly operation: Operation },
): Route {
  return route;
}

/** For what is looked up by its id alone, and often. */
export function lookUpRoute<Params, Found>(
  route: LookUpRoute<Principal, Params, Found> & { readonly operation: Operation },
): Route {
  return route;
}

export function writeRoute<Params, Query, Body, Prepared = undefined, Loaded = undefined>(
  route: WriteRoute<Principal, Params, Query, Body, Prepared, Loaded> & { readonly operation: Operation },
): Route {
  return route;
}

/** For routes that open their own transactions, such as bulk intake. */
export function openRoute<Params, Query, Body, Loaded = undefined>(
  route: OpenRoute<Principal, Params, Query, Body, Loaded> & { readonly operation: Operation },
): Route {
  return route;
}
