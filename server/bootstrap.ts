import {
  ensureTwin,
  findOperatorOrganisation,
  mintKey,
  type OpenOrganisation,
  type Organisation,
  openOrganisation,
  type Principal,
  type Role,
  type Worlds,
} from '../network/accounts/index.ts';
import type { CountryCode, Outcome } from '../network/kernel/index.ts';
import type { World } from '../platform/world/index.ts';

/** Acts for the program itself while no operator exists; never reachable over HTTP. */
const BOOTSTRAP: Principal = {
  id: 'bootstrap',
  role: 'operator',
  organisationId: 'org_00000000000000000000000000' as Principal['organisationId'],
  organisationKind: 'operator',
  clientPlatformId: undefined,
  carrierCode: undefined,
  personId: undefined,
  scopes: [],
  world: 'live',
};

export function findOperator(world: World): Promise<string | undefined> {
  return world.read('network', findOperatorOrganisation);
}

/** Opens the operator's organisation when the live world has none. Answers its id. */
export async function ensureOperator(world: World): Promise<string> {
  const known = await findOperator(world);
  if (known !== undefined) return known;
  const operator = acceptedValue(
    await world.command('network', (work) =>
      openOrganisation(work, BOOTSTRAP, {
        kind: 'operator',
        name: 'Postroad operator',
        country: 'NL' as CountryCode,
      }),
    ),
  );
  return operator.id;
}

/** The operator of both worlds: that of the test world is the twin, unless it had its own before. Answers their ids. */
export async function ensureOperators(
  worlds: Worlds,
): Promise<{ readonly live: string; readonly test: string }> {
  const live = await ensureOperator(worlds.live);
  const twin = await worlds.live.read('network', (db) => ensureTwin(db, worlds.test, live));
  if (twin === undefined) throw new Error('the operator has no twin in the test world');
  return { live, test: twin.id };
}

export async function openForBootstrap(world: World, command: OpenOrganisation): Promise<Organisation> {
  return acceptedValue(await world.command('network', (work) => openOrganisation(work, BOOTSTRAP, command)));
}

/** Mints a key without a caller. Answers the secret. */
export async function mintForBootstrap(
  world: World,
  organisationId: string,
  role: Role,
  name: string,
): Promise<string> {
  const minted = acceptedValue(
    await world.command('network', (work) =>
      mintKey(work, world.name, {
        organisationId: organisationId as Organisation['id'],
        role,
        name,
        scopes: [],
      }),
    ),
  );
  return minted.secret;
}

function acceptedValue<T>(outcome: Outcome<T>): T {
  if (!outcome.ok)
    throw new Error(`bootstrap was refused: ${outcome.rejection.code} ${outcome.rejection.detail}`);
  return outcome.value;
}
