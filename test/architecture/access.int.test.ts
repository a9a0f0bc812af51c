import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACCESS_TABLE, rolesOf } from '../../network/accounts/index.ts';
import { startTestNetwork, type TestNetwork } from '../setup/network.ts';

let network: TestNetwork;
beforeAll(async () => {
  network = await startTestNetwork();
});
afterAll(() => network.stop());

test('every route has a row in the access table and every row a route', () => {
  const operations = network.postroad.routes.map((route) => route.operation).sort();
  expect(operations.length).toBeGreaterThan(10);
  expect(new Set(operations).size).toBe(operations.length);
  expect(operations).toEqual(Object.keys(ACCESS_TABLE).sort());
});

test('no row is empty: an operation that nobody may do is none', () => {
  expect(Object.keys(ACCESS_TABLE).filter((operation) => rolesOf(operation).length === 0)).toEqual([]);
});

/** Routes whose parameter names no resource of an organisation, and why their answer is safe all the same. */
const NO_RESOURCE: Readonly<Record<string, string>> = {
  readRulesInForce:
    'the kind of a rulebook is the same for all; the answer is the caller’s own or the network’s',
  readEpcisEvent:
    'an id is looked for among the caller’s own events alone: senders choose ids, so two may choose one',
  readEpcisQuery:
    'a name is looked for among the caller’s own queries alone: two organisations may have the same',
  deleteEpcisQuery:
    'a name is looked for among the caller’s own queries alone: two organisations may have the same',
  queryEpcisEventsByName:
    'a name is looked for among the caller’s own queries alone: two organisations may have the same',
  subscribeToEpcisQuery:
    'a name is looked for among the caller’s own queries alone: two organisations may have the same',
  listEpcisSubscriptions:
    'a name is looked for among the caller’s own queries alone: two organisations may have the same',
  readEpcisSubscription:
    'a name is looked for among the caller’s own queries alone: two organisations may have the same',
  unsubscribeFromEpcisQuery:
    'a name is looked for among the caller’s own queries alone: two organisations may have the same',
  trackNumber:
    'a number names no parcel until it is looked up; the view itself keeps to the caller’s parcels',
  loadRoutingRules: 'a carrier code is public; the handler takes the caller’s own code only',
  readCarrier: 'the registry of carriers is one for all; the operator alone decides',
  decideCarrier: 'the registry of carriers is one for all; the operator alone decides',
  recordCarrierPaper: 'the registry of carriers is one for all; the operator alone decides',
  retireCodeMapping: 'mappings of codes are the network’s own, the same for all; the operator alone decides',
  recordCarrierPayload: 'the parameter names a format, which is no resource',
  listCarrierDecisions:
    'a carrier code is public; a carrier reads its own only, another code answers as a missing one',
  listCarrierPapers:
    'a carrier code is public; a carrier reads its own only, another code answers as a missing one',
  putFacilities:
    'a source is a carrier of the registry; a carrier keeps its own list, another one answers as a missing one',
  listFacilities:
    'a source is a carrier of the registry; a carrier keeps its own list, another one answers as a missing one',
  readRecognisedSource:
    'a source is a carrier of the registry; the answer is the caller’s own rows and the default',
  putRecognisedSource:
    'a source is a carrier of the registry; the answer is the caller’s own rows and the default',
  withdrawRecognisedSource:
    'a source is a carrier of the registry; the answer is the caller’s own rows and the default',
  readLine: 'lines are products, the same for all; the operator alone edits them and sees buying tables',
  readOperatorLine:
    'lines are products, the same for all; the operator alone edits them and sees buying tables',
  addLineVersion:
    'lines are products, the same for all; the operator alone edits them and sees buying tables',
  endLine: 'lines are products, the same for all; the operator alone edits them and sees buying tables',
};

test('every route with a path parameter says whose resource it is, or is open to all alike', () => {
  const silent = network.postroad.routes.filter(
    (route) =>
      /\/:/.test(route.path) &&
      route.resource === undefined &&
      !rolesOf(route.operation).includes('anonymous'),
  );
  expect(silent.map((route) => route.operation).sort()).toEqual(Object.keys(NO_RESOURCE).sort());
});

test('the resource of a route is one of its path parameters, and somebody knows whose it is', () => {
  const kinds = new Set(network.postroad.modules.flatMap((module) => Object.keys(module.relations ?? {})));
  for (const route of network.postroad.routes) {
    if (route.resource === undefined) continue;
    const param = route.resource.param.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    expect(route.path, route.operation).toContain(`:${param}`);
    expect(kinds.has(route.resource.kind), `${route.operation}: ${route.resource.kind}`).toBe(true);
  }
});

test('no two routes share a method and an address', () => {
  const places = network.postroad.routes.map(
    (route) => `${route.method} ${route.path.replace(/:[a-z_0-9]+/g, ':')}`,
  );
  expect(new Set(places).size).toBe(places.length);
});
