import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Role, rolesOf } from '../../network/accounts/index.ts';
import type { Route } from '../../platform/http/index.ts';
import { must, type Partner } from '../setup/market.ts';
import type { Answer, Client } from '../setup/network.ts';
import { isEndless, openRigWorld, type RigWorld } from './rig-world.ts';
import {
  arbitraryOf,
  type Components,
  type Json,
  mutated,
  NAUGHTY,
  type Schema,
} from './schema-arbitrary.ts';

/**
 * Promise G6: no input breaks it. Random requests from the contract itself: valid ones, ones with a single fault, and
 * naughty strings, for every route, by every role that may call it. FUZZ_RUNS sets the requests a route (200 in the
 * test run; 10,000 in a long one).
 */
const RUNS = Number(process.env.FUZZ_RUNS ?? 200);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_122);

type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema };
type Operation = {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
};
type Request = { readonly path: string; readonly body: Json | undefined; readonly raw: string | undefined };

let world: RigWorld;
let components: Components;
let ajv: Ajv2020;

beforeAll(async () => {
  world = await openRigWorld();
  spareKeys = await mintSpareKeys();
  components = (world.network.postroad.openApi.components as { schemas: Components }).schemas;
  ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
  formats.default(ajv);
  ajv.addSchema({ $id: 'api', components: { schemas: components } });
}, 120_000);
afterAll(() => world?.network.stop());

/** Keys made to be revoked: those that the run calls with must stay. */
let spareKeys: string[];

/** Of merchants made for it, because an organisation has at most two active keys a role. */
async function mintSpareKeys(): Promise<string[]> {
  const { operator } = world.network;
  const spare: string[] = [];
  for (let merchant = 0; merchant < 4; merchant += 1) {
    const { market } = merchant % 2 === 0 ? world.a : world.b;
    const body = { kind: 'merchant', name: 'Spare', country: 'DE' };
    const opened = must(await market.marketplace.client.post<{ id: string }>('/v1/organisations', body));
    for (const role of ['merchant_admin', 'merchant_clerk', 'merchant_app', 'merchant_admin']) {
      const key = { organisation_id: opened.id, role, name: 'spare' };
      spare.push(must(await operator.post<{ key: { id: string } }>('/v1/api-keys', key)).key.id);
    }
  }
  return spare;
}

function operationOf(route: Route): Operation {
  const paths = world.network.postroad.openApi.paths as Record<string, Record<string, Operation>>;
  const operation = paths[route.path.replace(/:([a-z_0-9]+)/g, '{$1}')]?.[route.method.toLowerCase()];
  if (operation === undefined) throw new Error(`${route.operation} is not in openapi.json`);
  return operation;
}

/** Each schema of the contract is compiled once: compiling is dearer than asking the server. */
const validators = new Map<Schema, ValidateFunction>();

function validatorOf(schema: Schema): ValidateFunction {
  return validators.getOrInsertComputed(schema, () =>
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/'))),
  );
}

function pathValue(route: Route, parameter: Parameter): fc.Arbitrary<string> {
  const prefix = /^\^([a-z]{3})_/.exec(String(parameter.schema.pattern ?? ''))?.[1];
  const known =
    route.operation === 'revokeApiKey'
      ? spareKeys
      : prefix === undefined
        ? []
        : [...world.a.ids.of(prefix), ...world.b.ids.of(prefix)];
  const made = arbitraryOf(parameter.schema, components).map(String);
  return known.length === 0
    ? made
    : fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: made });
}

/** Ids inside bodies come from the pool, so that requests get past the first look. */
function withKnownIds(value: Json, pick: number): Json {
  return JSON.parse(JSON.stringify(value), (_key, inner) => {
    const prefix =
      typeof inner === 'string' ? /^([a-z]{3})_[0-9a-hjkmnp-tv-z]{26}$/.exec(inner)?.[1] : undefined;
    const known = prefix === undefined ? [] : world.a.ids.of(prefix);
    return known.length === 0 ? inner : known[pick % known.length];
  });
}

function requestsOf(route: Route, operation: Operation): fc.Arbitrary<Request> {
  const parameters = operation.parameters ?? [];
  const naughty = fc.constantFrom(...NAUGHTY).map((text) => text.slice(0, 300));
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const path = fc.tuple(
    ...inPath.map((parameter) =>
      fc.oneof(
        { weight: 9, arbitrary: pathValue(route, parameter) },
        { weight: 1, arbitrary: naughty.filter((text) => text !== '' && !text.includes('/')) },
      ),
    ),
  );
  const query = fc.tuple(
    ...inQuery.map((parameter) =>
      fc.option(
        fc.oneof(
          { weight: 4, arbitrary: arbitraryOf(parameter.schema, components).map(String) },
          { weight: 1, arbitrary: naughty },
        ),
        { freq: parameter.required ? 20 : 2 },
      ),
    ),
  );
  const schema = operation.requestBody?.content['application/json']?.schema;
  const bodies: fc.Arbitrary<Json | undefined> =
    schema === undefined
      ? fc.constant(undefined)
      : fc.oneof(
          {
            weight: 5,
            arbitrary: fc
              .tuple(arbitraryOf(schema, components), fc.nat())
              .map(([value, pick]) => withKnownIds(value, pick)),
          },
          {
            weight: 5,
            arbitrary: fc
              .tuple(arbitraryOf(schema, components), fc.nat())
              .chain(([value, pick]) => mutated(withKnownIds(value, pick))),
          },
          { weight: 1, arbitrary: fc.constantFrom<Json>(null, [], {}, 'text', 7, ...NAUGHTY) },
        );
  const raw =
    schema === undefined
      ? fc.constant(undefined)
      : fc
          .option(
            fc.constantFrom(
              '{',
              '{"a":1,"a":2}',
              '[[[[',
              '"\\ud800"',
              '{"n":1e999}',
              '\u0000',
              `${'['.repeat(500)}${']'.repeat(500)}`,
              '{"__proto__":1}',
            ),
            { nil: undefined, freq: 12 },
          )
          .map((value) => value ?? undefined);
  return fc.tuple(path, query, bodies, raw).map(([values, asked, body, broken]) => {
    let url = route.path;
    inPath.forEach((parameter, index) => {
      url = url.replace(`:${parameter.name}`, encodeURIComponent(values[index] ?? ''));
    });
    const search = new URLSearchParams();
    inQuery.forEach((parameter, index) => {
      const value = asked[index];
      if (value !== null && value !== undefined) search.append(parameter.name, value);
    });
    const text = search.toString();
    return { path: text === '' ? url : `${url}?${text}`, body, raw: broken };
  });
}

function callersOf(route: Route): Client[] {
  const roles = rolesOf(route.operation);
  const partners: (Partner | undefined)[] = roles.flatMap((role: Role) => [
    world.a.keys.get(role),
    world.staff.get(role),
  ]);
  const clients = partners.filter((partner) => partner !== undefined).map((partner) => partner.client);
  return roles.includes('anonymous') ? [...clients, world.network.client()] : clients;
}

function judge(
  route: Route,
  operation: Operation,
  request: Request,
  answer: Answer,
  bodyFits: (body: unknown) => boolean,
): string | undefined {
  const shown = `${route.method} ${request.path} ${JSON.stringify(request.raw ?? request.body)?.slice(0, 600)} -> ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`;
  if (answer.status >= 500) return `5xx: ${shown}`;
  const described = operation.responses[String(answer.status)];
  if (described === undefined && answer.status !== 414 && answer.status !== 431)
    return `undocumented status: ${shown}`;
  const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
  const schema = described?.content?.[type]?.schema;
  if (schema !== undefined && type.includes('json')) {
    const validate = validatorOf(schema);
    if (!validate(answer.body))
      return `answer outside its schema (${ajv.errorsText(validate.errors)}): ${shown}`;
  } else if (type.includes('json') && answer.bytes.length > 0 && described?.content?.[type] === undefined)
    return `undocumented content type ${type}: ${shown}`;
  const bodyWrong = request.raw !== undefined || (request.body !== undefined && !bodyFits(request.body));
  if (bodyWrong && answer.status < 400) return `invalid input accepted: ${shown}`;
  return undefined;
}

test(`${RUNS} random requests a route: no 5xx, every answer inside its schema, invalid input refused`, async () => {
  const faults: string[] = [];
  const reached = new Map<string, Set<number>>();
  const work = world.network.postroad.routes.filter((route) => !isEndless(route));
  const queue = [...work];
  const runner = async () => {
    for (let route = queue.shift(); route !== undefined; route = queue.shift()) {
      const operation = operationOf(route);
      const clients = callersOf(route);
      if (clients.length === 0) continue;
      const schema = operation.requestBody?.content['application/json']?.schema;
      const validate = schema === undefined ? undefined : validatorOf(schema);
      const bodyFits = (body: unknown) => validate === undefined || validate(body) === true;
      const requests = fc.sample(requestsOf(route, operation), { numRuns: RUNS, seed: SEED });
      const statuses = new Set<number>();
      for (const [index, request] of requests.entries()) {
        const client = clients[index % clients.length] as Client;
        const sent = request.raw ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
        const answer = await client.send(route.method, request.path, sent);
        statuses.add(answer.status);
        const fault = judge(route, operation, request, answer, bodyFits);
        if (
          fault !== undefined &&
          faults.filter((known) => known.includes(` ${route?.path.split(':')[0]}`)).length < 3
        )
          faults.push(fault);
      }
      reached.set(route.operation, statuses);
    }
  };
  await Promise.all([runner(), runner(), runner()]);
  expect(faults).toEqual([]);
  expect([...(reached.get('revokeApiKey') ?? [])]).toEqual(expect.arrayContaining([200, 404]));
  expect(reached.size).toBe(work.filter((route) => callersOf(route).length > 0).length);
}, 900_000);
