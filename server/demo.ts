import type { World } from '../platform/world/index.ts';
import { ensureOperator, mintForBootstrap } from './bootstrap.ts';
import { allOf, bodyOf, type DemoApi, demoApi } from './demo-api.ts';
import { type DemoPrincipal, readDemoFile, writeDemoFile } from './demo-file.ts';
import { inviteDemoPeople } from './demo-people.ts';
import { DEMO_OPERATOR_ROLES, type DemoOrganisation, demoOrganisations } from './demo-plan.ts';
import { stockDemo } from './demo-stock.ts';

export type DemoOptions = {
  readonly baseUrl: string;
  readonly worlds: { readonly live: World; readonly test: World };
  readonly dataFolder: string;
};

/** The name of every key that the demo mints: how it finds one of its own to revoke. */
const KEY_NAME = 'demo';

/**
 * Opens the demo's organisations in both worlds, gives each kind of principal a key and writes demo.json. Repeatable:
 * what exists is kept, keys that still work are kept, what is missing is made. Only the operator's first key is minted
 * behind the API, because before it nobody may. Answers the path of the file.
 */
export async function bringUpDemo(options: DemoOptions): Promise<string> {
  const { principals: known, logIns } = await readDemoFile(options.dataFolder);
  const [live, test] = await Promise.all(
    (['live', 'test'] as const).map((world) =>
      bringUpWorld(
        options.baseUrl,
        options.worlds[world],
        known.filter((principal) => principal.world === world),
      ),
    ),
  );
  const people = await inviteDemoPeople(options.baseUrl, live ?? [], logIns);
  return writeDemoFile(options.dataFolder, options.baseUrl, [...(test ?? []), ...(live ?? [])], people);
}

async function bringUpWorld(
  baseUrl: string,
  world: World,
  known: readonly DemoPrincipal[],
): Promise<DemoPrincipal[]> {
  const operator = await operatorOf(baseUrl, world, known);
  const api = demoApi(baseUrl, operator.key);
  const principals: DemoPrincipal[] = [operator];
  const seat = { baseUrl, world: world.name, api, known };
  for (const role of DEMO_OPERATOR_ROLES)
    principals.push(await principalOf(seat, 'operator', operator.organisation_id, role));
  const ids = await openAll(api, demoOrganisations());
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

async function operatorOf(
  baseUrl: string,
  world: World,
  known: readonly DemoPrincipal[],
): Promise<DemoPrincipal> {
  const before = known.find((principal) => principal.role === 'operator');
  if (before !== undefined && (await stillWorks(baseUrl, before))) return before;
  const organisationId = await ensureOperator(world);
  return {
    world: world.name,
    organisation: 'operator',
    organisation_id: organisationId,
    role: 'operator',
    key: await mintForBootstrap(world, organisationId, 'operator', KEY_NAME),
  };
}

/** Ids by slug. An organisation is known by kind, name and carrier: demo.json may be lost, the database is not. */
async function openAll(api: DemoApi, wanted: readonly DemoOrganisation[]): Promise<Map<string, string>> {
  const existing = await allOf(api, '/v1/organisations');
  const ids = new Map<string, string>();
  for (const organisation of wanted) {
    const match = existing.find(
      (candidate) =>
        candidate.kind === organisation.kind &&
        candidate.name === organisation.name &&
        candidate.carrier_code === organisation.carrierCode,
    );
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
