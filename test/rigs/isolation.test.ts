import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, relationsOf, rolesOf } from '../../network/accounts/index.ts';
import type { Route } from '../../platform/http/index.ts';
import type { Partner } from '../setup/market.ts';
import { isEndless, openRigWorld, type RigWorld, type Side } from './rig-world.ts';
import { arbitraryOf, type Components, type Json, type Schema } from './schema-arbitrary.ts';

/**
 * Promise G5. Generated from the route registry and the access table: every route x every principal x own, foreign and
 * missing id. What is foreign answers exactly as what is missing, and a role without a row is turned away.
 */
let world: RigWorld;
let components: Components;
beforeAll(async () => {
  world = await openRigWorld();
  components = (world.network.postroad.openApi.components as { schemas: Components }).schemas;
}, 120_000);
afterAll(() => world?.network.stop());

type Operation = {
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};

const TENANT_ROLES: readonly Role[] = [
  'marketplace_staff',
  'merchant_admin',
  'merchant_clerk',
  'merchant_app',
  'carrier',
  'courier',
  'warehouse_staff',
  'point_staff',
];

function operationOf(path: string, method: string): Operation {
  const paths = world.network.postroad.openApi.paths as Record<string, Record<string, Operation>>;
  return paths[path.replace(/:([a-z_0-9]+)/g, '{$1}')]?.[method.toLowerCase()] ?? {};
}

/** A body that fits the contract, so that the answer is about the resource and not about the body. */
function bodyFor(operation: Operation): Json | undefined {
  const schema = operation.requestBody?.content['application/json']?.schema;
  return schema === undefined
    ? undefined
    : fc.sample(arbitraryOf(schema, components), { numRuns: 1, seed: 7 })[0];
}

function prefixOf(operation: Operation, param: string): string {
  const pattern = String(
    operation.parameters?.find((candidate) => candidate.name === param)?.schema.pattern ?? '',
  );
  return /^\^([a-z]{3})_/.exec(pattern)?.[1] ?? '';
}

const MISSING = '0'.repeat(26);

/** The route's path with an id in its first parameter; further ones are filled with what the side itself has. */
function pathOf(route: Pick<Route, 'path' | 'method'>, id: string, side: Side): string | undefined {
  const operation = operationOf(route.path, route.method);
  let isFilled = true;
  let isFirst = true;
  const path = route.path.replace(/:([a-z_0-9]+)/g, (_, name: string) => {
    if (isFirst) {
      isFirst = false;
      return encodeURIComponent(id);
    }
    const value = side.names.get(name) ?? side.ids.of(prefixOf(operation, name))[0];
    if (value === undefined) isFilled = false;
    return value ?? '';
  });
  return isFilled ? path : undefined;
}

/** Read by their owners in the tests of their rooms and in the scenarios: the rig's own business makes none of them. */
const NOT_MADE: ReadonlySet<string> = new Set([
  'listCodStatementLines',
  'listHandoverDifferences',
  'listPointStatementLines',
  'listPointStatementOutlets',
  'listProgrammeUses',
  'printHandoverList',
  'readBag',
  'readCarrierPayload',
  'readCodStatement',
  'readCodStatementRules',
  'readDelivery',
  'readDeliveryRun',
  'readEpcisEvent',
  'readHandover',
  'readHandoverList',
  'readInterception',
  'readPerson',
  'readPickUpCode',
  'readPickup',
  'readOutletFeed',
  'listOutletFeedLines',
  'readPointDecision',
  'readPointDocument',
  'readPickupCapacities',
  'readPointReservation',
  'readPointDeduction',
  'readPointStatement',
  'readPointStatementRules',
  'readProgramme',
  'readProof',
  'readReturnPicture',
  'readScanPayload',
  'readShelfParcel',
  'readUnreadPicture',
  'readVerificationPicture',
  'readWrittenCode',
]);

describe('every route with a resource', () => {
  test('answers a foreign id exactly as a missing one, for every tenant role', async () => {
    const holes: string[] = [];
    let checked = 0;
    for (const route of world.network.postroad.routes) {
      if (route.resource === undefined) continue;
      const operation = operationOf(route.path, route.method);
      const param = /:([a-z_0-9]+)/.exec(route.path)?.[1] ?? '';
      const prefix = prefixOf(operation, param);
      const body = bodyFor(operation);
      const foreignIds = world.b.ids.of(prefix).filter((id) => !world.a.ids.of(prefix).includes(id));
      for (const role of TENANT_ROLES) {
        const caller = world.a.keys.get(role) as Partner;
        const call = (id: string) =>
          caller.client.send<Record<string, unknown>>(
            route.method,
            pathOf(route, id, world.a) ?? route.path.replace(`:${param}`, id),
            body,
          );
        const allowed = relationsOf(role, route.operation).length > 0;
        for (const id of foreignIds.slice(0, 2)) {
          const foreign = await call(id);
          const missing = await call(`${prefix}_${MISSING}`);
          checked += 1;
          const expected = allowed ? 404 : 403;
          const same =
            JSON.stringify({ ...foreign.body, request_id: '' }) ===
            JSON.stringify({ ...missing.body, request_id: '' });
          const settled = foreign.status === expected || (allowed && foreign.status === 400);
          if (!settled || foreign.status !== missing.status || !same)
            holes.push(
              `${role} ${route.method} ${route.path}: foreign ${foreign.status}, missing ${missing.status}, expected ${expected}`,
            );
        }
      }
    }
    expect(holes).toEqual([]);
    expect(checked).toBeGreaterThan(100);
  }, 240_000);

  test('answers a name of another’s thing exactly as a missing one', async () => {
    const holes: string[] = [];
    for (const operation of [
      'trackNumber',
      'listCarrierDecisions',
      'listCarrierPapers',
      'readEpcisQuery',
      'queryEpcisEventsByName',
      'listEpcisSubscriptions',
    ]) {
      const route = world.network.postroad.routes.find((one) => one.operation === operation);
      if (route === undefined) throw new Error(`no route ${operation}`);
      const param = /:([a-z_0-9]+)/.exec(route.path)?.[1] ?? '';
      const missing = param === 'number' ? 'PRE00000000000' : 'no_such_carrier';
      for (const role of TENANT_ROLES.filter((one) => relationsOf(one, operation).length > 0)) {
        const client = world.a.keys.get(role)?.client as Partner['client'];
        const read = (name: string) =>
          client.get<{ code: string }>(route.path.replace(`:${param}`, encodeURIComponent(name)));
        const [foreign, none] = [await read(world.b.names.get(param) ?? ''), await read(missing)];
        if (foreign.status !== 404 || none.status !== 404 || foreign.body.code !== none.body.code)
          holes.push(`${role} ${route.path}: foreign ${foreign.status}, missing ${none.status}`);
      }
    }
    expect(holes).toEqual([]);
  });
});

test('the owner is let through: every read with a parameter answers 200 to somebody who may', async () => {
  const shut: string[] = [];
  const unmade = new Set<string>();
  let opened = 0;
  for (const route of world.network.postroad.routes) {
    if (route.method !== 'GET' || !route.path.includes(':')) continue;
    const [, param = ''] = /:([a-z_0-9]+)/.exec(route.path) ?? [];
    const name = world.a.names.get(param);
    const ids = name === undefined ? world.a.ids.of(prefixOf(operationOf(route.path, 'GET'), param)) : [name];
    const paths = ids.slice(0, 10).map((id) => pathOf(route, id, world.a));
    if (paths.length === 0 || paths.includes(undefined)) {
      unmade.add(route.operation);
      continue;
    }
    const roles = rolesOf(route.operation);
    const tenants = TENANT_ROLES.filter((role) => roles.includes(role));
    const clients =
      tenants.length > 0
        ? tenants.map((role) => world.a.keys.get(role)?.client)
        : roles.map((role) =>
            role === 'anonymous' ? world.network.client() : world.staff.get(role)?.client,
          );
    const statuses = new Set<number | undefined>();
    for (const client of clients)
      for (const path of paths) if (!statuses.has(200)) statuses.add((await client?.get(path ?? ''))?.status);
    if (statuses.has(200)) opened += 1;
    else shut.push(`${route.operation} ${route.path}: ${[...statuses]}`);
  }
  expect(shut).toEqual([]);
  expect(unmade).toEqual(NOT_MADE);
  expect(opened).toBeGreaterThan(20);
}, 240_000);

test('a role without a row in the access table is turned away from every route', async () => {
  const holes: string[] = [];
  for (const route of world.network.postroad.routes) {
    const operation = operationOf(route.path, route.method);
    const path = route.path.replace(
      /:([a-z_0-9]+)/g,
      (_, name: string) => `${prefixOf(operation, name) || 'x'}_${MISSING}`,
    );
    for (const [role, partner] of [...world.a.keys, ...world.staff]) {
      if (rolesOf(route.operation).includes(role)) continue;
      const answer = await partner.client.send(route.method, path, bodyFor(operation));
      if (answer.status !== 403) holes.push(`${role} ${route.method} ${route.path}: ${answer.status}`);
    }
    if (!rolesOf(route.operation).includes('anonymous')) {
      const answer = await world.network.client().send(route.method, path, bodyFor(operation));
      if (answer.status !== 401) holes.push(`anonymous ${route.method} ${route.path}: ${answer.status}`);
    }
  }
  expect(holes).toEqual([]);
}, 240_000);

test('no list shows an id of the other tenant', async () => {
  const leaks: string[] = [];
  const secretOfB = ['shp', 'pcl', 'wbl', 'wal', 'ofr', 'pty', 'key', 'tup', 'lbl', 'ord', 'snd'].flatMap(
    (prefix) => world.b.ids.of(prefix).filter((id) => !world.a.ids.of(prefix).includes(id)),
  );
  expect(secretOfB.length).toBeGreaterThan(5);
  for (const route of world.network.postroad.routes) {
    if (route.method !== 'GET' || route.path.includes(':') || isEndless(route)) continue;
    for (const [role, partner] of world.a.keys) {
      const answer = await partner.client.get(route.path);
      const text = new TextDecoder().decode(answer.bytes);
      for (const id of secretOfB) if (text.includes(id)) leaks.push(`${role} ${route.path}: ${id}`);
    }
  }
  expect(leaks).toEqual([]);
}, 120_000);

test('the matrix sees a planted hole: a relation finder that calls everybody the owner', async () => {
  const route = world.network.postroad.routes.find((candidate) => candidate.operation === 'readShipment');
  const foreign = world.b.ids.of('shp')[0];
  const before = await world.a.market.merchant.client.get(`/v1/shipments/${foreign}`);
  expect(before.status).toBe(404);
  const relations = world.network.postroad.relations as Record<string, unknown>;
  const real = relations[route?.resource?.kind ?? ''];
  relations.shipment = async () => ({ owner: world.b.market.merchant.id, relations: ['own'] });
  try {
    const holed = await world.a.market.merchant.client.get(`/v1/shipments/${foreign}`);
    expect(holed.status).toBe(200);
  } finally {
    relations.shipment = real;
  }
});
