import type { World } from '../platform/world/index.ts';
import { ensureOperators, mintForBootstrap } from './bootstrap.ts';
import { allOf, bodyOf, type DemoApi, demoApi } from './demo-api.ts';
import { type DemoPrincipal, readDemoFile, writeDemoFile } from './demo-file.ts';
import { inviteDemoPeople } from './demo-people.ts';
import { DEMO_OPERATOR_ROLES, type DemoOrganisation, demoOrganisations } from './demo-plan.ts';
import { stockDemo } from './demo-stock.ts';
import { waitForTwins } from './demo-twins.ts';
import { startInThePast } from './demo-world.ts';

export type DemoOptions = {
  readonly baseUrl: string;
  readonly worlds: { readonly live: World; readonly test: World };
  readonly dataFolder: string;
  /** A simulated world will live in the test world: at the first start its clock is set back. */
  readonly livingWorld?: boolean;
  /** Told when it has to wait. */
  readonly say?: (line: string) => void;
};

/** The name of every key that the demo mints: how it finds one of its own to revoke. */
const KEY_NAME = 'demo';

/**
 * Opens the demo's organisations in both worlds, gives each kind of principal a key and writes demo.json. Repeatable:
 * what exists is kept, keys that still work are kept, what is missing is made. Only the operator's first key is minted
 * behind the API, because before it nobody may. Answers the path of the file.
 */
export async function bringUpDemo(options: DemoOptions): Promise<string> {
  const { principals, logIns } = await readDemoFile(options.dataFolder);
  const operators = await ensureOperators(options.worlds);
  const known =
    options.livingWorld === true ? await withPast(options, principals, operators.test) : principals;
  const bringUp = (world: 'live' | 'test', liveIds: ReadonlySet<string>) =>
    bringUpWorld({
      baseUrl: options.baseUrl,
      world: options.worlds[world],
      operatorId: operators[world],
      known: known.filter((principal) => principal.world === world),
      liveIds,
      say: options.say ?? (() => undefined),
    });
  // The live world first: its organisations have twins in the test world, which the demo must not open again.
  const live = await bringUp('live', new Set());
  const test = await bringUp('test', new Set(live.map((principal) => principal.organisation_id)));
  const people = await inviteDemoPeople(options.baseUrl, live, logIns);
  const lookIn = options.livingWorld === true ? 'test' : 'live';
  return writeDemoFile(options.dataFolder, options.baseUrl, [...test, ...live], people, lookIn);
}

/** A living world has a past: at the first start, before anything else happens in it, its clock is set back. */
async function withPast(
  { baseUrl, worlds }: DemoOptions,
  known: readonly DemoPrincipal[],
  operatorId: string,
): Promise<readonly DemoPrincipal[]> {
  if (known.length > 0) return known;
  const operator = await operatorOf({ baseUrl, world: worlds.test, operatorId, known });
  await startInThePast(baseUrl, operator.key, worlds.test.clock.now());
  return [operator];
}

type Bringing = {
  readonly baseUrl: string;
  readonly world: World;
  readonly operatorId: string;
  readonly known: readonly DemoPrincipal[];
  /** Organisations whose twins are on their way into this world. */
  readonly liveIds: ReadonlySet<string>;
  readonly say: (line: string) => void;
};

async function bringUpWorld(bringing: Bringing): Promise<DemoPrincipal[]> {
  const { baseUrl, world, known } = bringing;
  const operator = await operatorOf(bringing);
  const api = demoApi(baseUrl, operator.key);
  const principals: DemoPrincipal[] = [operator];
  const seat = { baseUrl, world: world.name, api, known };
  for (const role of DEMO_OPERATOR_ROLES)
    principals.push(await principalOf(seat, 'operator', operator.organisation_id, role));
  await waitForTwins({
    here: async () => new Set((await allOf(api, '/v1/organisations')).map(({ id }) => String(id))),
    liveIds: bringing.liveIds,
    isKnown: known.some((principal) => principal.organisation !== 'operator'),
    say: bringing.say,
  });
  const ids = await openAll(api, demoOrganisations(), bringing.liveIds);
  for (const organisation of demoOrganisations()) {
    const id = ids.get(organisation.slug) ?? '';
    principals.push(
      ...(await Promise.all(
        organisation.roles.map((role) => principalOf(seat, organisation.slug, id, role)),
      )),
    );
  }
  await stockDemo({ baseUrl, world: world.name, now: world.clock.now(), principals });
  return principals;
}

async function operatorOf({
  baseUrl,
  world,
  operatorId,
  known,
}: Pick<Bringing, 'baseUrl' | 'world' | 'operatorId' | 'known'>): Promise<DemoPrincipal> {
  const before = known.find((principal) => principal.role === 'operator');
  if (before !== undefined && (await stillWorks(baseUrl, before))) return before;
  return {
    world: world.name,
    organisation: 'operator',
    organisation_id: operatorId,
    role: 'operator',
    key: await mintForBootstrap(world, operatorId, 'operator', KEY_NAME),
  };
}

/**
 * Ids by slug. An organisation is known by kind, name and carrier: demo.json may be lost, the database is not. A twin
 * of the live world's comes before others that fit.
 */
async function openAll(
  api: DemoApi,
  wanted: readonly DemoOrganisation[],
  liveIds: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const existing = await allOf(api, '/v1/organisations');
  const ids = new Map<string, string>();
  for (const organisation of wanted) {
    const fitting = existing.filter(
      (candidate) =>
        candidate.kind === organisation.kind &&
        candidate.name === organisation.name &&
        candidate.carrier_code === organisation.carrierCode,
    );
    const match = fitting.find((candidate) => liveIds.has(String(candidate.id))) ?? fitting[0];
    ids.set(organisation.slug, match === undefined ? await open(api, organisation, ids) : String(match.id));
  }
  return ids;
}

async function open(
  api: DemoApi,
  organisation: DemoOrganisation,
  ids: ReadonlyMap<string, string>,
): Promise<string> {
  const { kind, name, country, carrierCode, clientOf } = organisation;
  const opened = await api.post('/v1/organisations', {
    kind,
    name,
    country,
    ...(carrierCode === undefined ? {} : { carrier_code: carrierCode }),
    ...(clientOf === undefined ? {} : { client_platform_id: ids.get(clientOf) }),
  });
  return String(bodyOf(`open ${name}`, opened).id);
}

type Seat = {
  readonly baseUrl: string;
  readonly world: 'live' | 'test';
  readonly api: DemoApi;
  readonly known: readonly DemoPrincipal[];
};

async function principalOf(
  seat: Seat,
  organisation: string,
  organisationId: string,
  role: string,
): Promise<DemoPrincipal> {
  const before = seat.known.find(
    (principal) => principal.organisation_id === organisationId && principal.role === role,
  );
  if (before !== undefined && (await stillWorks(seat.baseUrl, before))) return { ...before, organisation };
  return {
    world: seat.world,
    organisation,
    organisation_id: organisationId,
    role,
    key: await mint(seat.api, organisationId, role),
  };
}

async function stillWorks(baseUrl: string, principal: DemoPrincipal): Promise<boolean> {
  const me = await demoApi(baseUrl, principal.key).get('/v1/me');
  const organisation = me.body.organisation as { id?: unknown } | undefined;
  return (
    me.status === 200 && organisation?.id === principal.organisation_id && me.body.role === principal.role
  );
}

/** A role may hold two active keys; when demo.json was lost twice, one of the demo's own makes room. */
async function mint(api: DemoApi, organisationId: string, role: string): Promise<string> {
  const order = { organisation_id: organisationId, role, name: KEY_NAME };
  const first = await api.post('/v1/api-keys', order);
  if (first.status !== 422 || first.body.code !== 'key_limit_reached')
    return String(bodyOf(`mint a key for ${role}`, first).secret);
  const spare = (await allOf(api, '/v1/api-keys')).find(
    (key) =>
      key.organisation_id === organisationId &&
      key.role === role &&
      key.name === KEY_NAME &&
      key.revoked_at === undefined,
  );
  if (spare !== undefined)
    bodyOf('revoke a key of its own', await api.delete(`/v1/api-keys/${String(spare.id)}`));
  return String(bodyOf(`mint a key for ${role}`, await api.post('/v1/api-keys', order)).secret);
}
