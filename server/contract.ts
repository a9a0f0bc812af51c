import { CSRF_HEADER, isPublicOperation, rolesOf, SESSION_COOKIE } from '../network/accounts/index.ts';
import type { Catalogue } from '../network/kernel/index.ts';
import { type Discovery, openApiOf, type Route } from '../platform/http/index.ts';
import { catalogueOf } from './catalogue.ts';
import type { Module } from './module.ts';
import { createModules } from './modules.ts';
import type { Ports } from './ports.ts';
import { SYSTEM_ERRORS, systemRoutes } from './system-routes.ts';
import { VERSION } from './version.ts';

/** All that the program shows to the outside, before it is connected to anything. */
export type Contract = {
  readonly modules: readonly Module[];
  readonly catalogue: Catalogue;
  readonly routes: readonly Route[];
  readonly discoveries: readonly Discovery[];
  readonly openApi: Record<string, unknown>;
};

export function contractOf(ports: Ports): Contract {
  const modules: readonly Module[] = [{ name: 'system', errors: SYSTEM_ERRORS }, ...createModules(ports)];
  const catalogue = catalogueOf(modules);
  let openApiText = '';
  const routes = [
    ...systemRoutes(ports.testClock, () => openApiText),
    ...modules.flatMap((module) => module.routes ?? []),
  ];
  assertDistinct(routes);
  const discoveries = modules.flatMap((module) => module.discoveries ?? []);
  const openApi = openApiOf(routes, {
    title: 'Postroad',
    version: VERSION,
    description:
      'An open logistics network: lines, offers, waybills, pickups, tracking and the money of parcels.',
    catalogue,
    rolesOf,
    isPublic: isPublicOperation,
    discoveries,
    session: { cookie: SESSION_COOKIE, csrfHeader: CSRF_HEADER },
  });
  openApiText = JSON.stringify(openApi);
  return { modules, catalogue, routes, discoveries, openApi };
}

/** The contract without a database, a folder or a key: for openapi.json. Its routes cannot run. */
export function describeContract(): Contract {
  return contractOf(ABSENT_PORTS);
}

/** Every port is there to be handed on, and throws when it is used. */
const ABSENT_PORTS = new Proxy(Object.create(null), {
  get: (_target, port) => (port === 'dataFolder' ? '' : absent(String(port))),
}) as Ports;

function absent(port: string): unknown {
  return new Proxy(Object.create(null), {
    get: (_target, name) => {
      // A promise is recognised by its `then`; a port is none.
      if (typeof name === 'symbol' || name === 'then') return undefined;
      return () => {
        throw new Error(`the port ${port}.${name} is not there while the contract is described`);
      };
    },
  });
}

function assertDistinct(routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const route of routes) {
    if (seen.has(route.operation)) throw new Error(`two routes are called ${route.operation}`);
    seen.add(route.operation);
  }
}
