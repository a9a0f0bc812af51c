import { hashSecret, mintApiKey } from '../../platform/crypto/index.ts';
import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  type CountryCode,
  type Instant,
  type OrganisationId,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import { ApiKeyMinted, ApiKeyRevoked, OrganisationOpened, OrganisationRenamed } from './events.ts';
import {
  type AccountErrorCode,
  type Organisation,
  type OrganisationKind,
  type Principal,
  ROLES_OF_KIND,
  type Role,
} from './model.ts';
import { widens } from './people.policy.ts';
import { distrustCached } from './revocations.ts';
import {
  countActiveKeys,
  findOrganisation,
  insertApiKey,
  insertOrganisation,
  type KeyRecord,
  lockApiKey,
  renameOrganisation,
  revokeApiKey,
} from './store.ts';
import { isTwinOrganisation } from './twin-store.ts';

let openings = 0;

/** Grows with each organisation that this process opened: caches of organisations compare it. */
export function openingsHere(): number {
  return openings;
}

export type OpenOrganisation = {
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly country: CountryCode;
  readonly clientPlatformId?: OrganisationId | undefined;
  readonly carrierCode?: string | undefined;
};

/** For what opens organisations elsewhere, such as the twins of the test world. */
export function noteOpening(): void {
  openings += 1;
}

/** Opens an organisation. A marketplace opens merchants of its own; the operator opens all. */
export async function openOrganisation(
  work: Work,
  caller: Principal,
  command: OpenOrganisation,
): Promise<Outcome<Organisation, AccountErrorCode>> {
  const byMarketplace = caller.role === 'marketplace_staff';
  if (byMarketplace && command.kind !== 'merchant') {
    return refused('organisation_kind_not_allowed', 'A marketplace opens merchants only.');
  }
  const clientPlatformId = byMarketplace ? caller.organisationId : command.clientPlatformId;
  if (clientPlatformId !== undefined && !byMarketplace) {
    const platform = await findOrganisation(work.db, clientPlatformId);
    if (platform?.kind !== 'marketplace') return refused('client_platform_unknown', '');
  }
  const organisation: Organisation = {
    id: work.newId('org'),
    kind: command.kind,
    name: command.name,
    country: command.country,
    clientPlatformId,
    carrierCode: command.carrierCode,
  };
  await insertOrganisation(work.db, organisation, work.now);
  noteOpening();
  work.emit({
    type: OrganisationOpened.name,
    group: { organisationId: organisation.id },
    subjectId: organisation.id,
    subjectSequence: 1,
    audience: audienceOf(caller.id, [organisation.id, organisation.clientPlatformId]),
    payload: {
      organisationId: organisation.id,
      kind: organisation.kind,
      country: organisation.country,
      clientPlatformId: organisation.clientPlatformId,
      carrierCode: organisation.carrierCode,
      by: caller.id,
    },
  });
  return accepted(organisation);
}

/** Stands in events for the program itself, which sets up what must be there before anybody can act. */
const PROGRAM = 'bootstrap';

/** What the program itself does at its first start is on record, but news for nobody: it has no audience. */
function audienceOf(by: string, organisations: readonly (string | undefined)[]): string[] {
  return by === PROGRAM ? [] : organisations.filter((id) => id !== undefined);
}

export async function changeOrganisationName(
  work: Work,
  caller: Principal,
  id: string,
  name: string,
): Promise<Outcome<Organisation, 'not_found' | 'twin_of_live'>> {
  if (await isTwinOrganisation(work.db, id)) return refused('twin_of_live', '');
  const renamed = await renameOrganisation(work.db, id, name);
  if (renamed === undefined) return refused('not_found', '');
  const { organisation, version } = renamed;
  work.emit({
    type: OrganisationRenamed.name,
    group: { organisationId: organisation.id },
    subjectId: organisation.id,
    subjectSequence: version,
    audience: audienceOf(caller.id, [organisation.id, organisation.clientPlatformId]),
    payload: { organisationId: organisation.id, by: caller.id },
  });
  return accepted(organisation);
}

export type MintKey = {
  readonly organisationId: OrganisationId;
  readonly role: Role;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: Instant | undefined;
  /** Who mints; absent: the program itself. */
  readonly caller?: Pick<Principal, 'id' | 'scopes'> | undefined;
};

export type MintedKey = { readonly key: KeyRecord; readonly secret: string };

/** Two active keys per role: the old and the new one while a client changes over. The operator may hold more. */
const ACTIVE_KEYS_PER_ROLE = 2;

/** The clear key is answered once and never stored. */
export async function mintKey(
  work: Work,
  world: 'live' | 'test',
  command: MintKey,
): Promise<Outcome<MintedKey, AccountErrorCode | 'not_found'>> {
  const organisation = await findOrganisation(work.db, command.organisationId);
  if (organisation === undefined) return refused('not_found', '');
  if (!ROLES_OF_KIND[organisation.kind].includes(command.role)) {
    return refused(
      'role_not_of_organisation',
      `An organisation of kind ${organisation.kind} has the roles ${ROLES_OF_KIND[organisation.kind].join(', ')}.`,
    );
  }
  const by = command.caller ?? { id: PROGRAM, scopes: [] };
  if (widens(by, command.scopes)) return refused('key_too_narrow', '');
  const active = await countActiveKeys(work.db, organisation.id, command.role, work.now);
  if (active >= ACTIVE_KEYS_PER_ROLE && organisation.kind !== 'operator')
    return refused('key_limit_reached', '');
  const minted = mintApiKey({ world });
  const key: KeyRecord = {
    id: work.newId('key'),
    organisationId: organisation.id,
    role: command.role,
    name: command.name,
    scopes: command.scopes,
    createdAt: work.now,
    expiresAt: command.expiresAt,
    revokedAt: undefined,
  };
  await insertApiKey(work.db, { ...key, lookup: minted.keyId, secretHash: hashSecret(minted.text) });
  emitKey(work, ApiKeyMinted.name, key, 1, { scopes: key.scopes, by: by.id });
  return accepted({ key, secret: minted.text });
}

/** Here it works with the next request, elsewhere within two seconds. Harmless when the key is revoked already. */
export async function revokeKey(
  work: Work,
  caller: Principal,
  id: string,
): Promise<Outcome<KeyRecord, 'not_found'>> {
  const key = await lockApiKey(work.db, id);
  if (key === undefined) return refused('not_found', '');
  distrustCached(key.id);
  if (key.revokedAt !== undefined) return accepted(key);
  await revokeApiKey(work.db, id, work.now);
  emitKey(work, ApiKeyRevoked.name, key, 2, { by: caller.id });
  return accepted({ ...key, revokedAt: work.now });
}

function emitKey(
  work: Work,
  type: string,
  key: KeyRecord,
  sequence: number,
  more: { readonly by: string; readonly scopes?: readonly string[] },
): void {
  work.emit({
    type,
    group: { organisationId: key.organisationId },
    subjectId: key.id,
    subjectSequence: sequence,
    audience: audienceOf(more.by, [key.organisationId]),
    payload: { apiKeyId: key.id, organisationId: key.organisationId, role: key.role, ...more },
  });
}
