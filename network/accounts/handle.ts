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
import {
  type AccountErrorCode,
  type Organisation,
  type OrganisationKind,
  type Principal,
  ROLES_OF_KIND,
  type Role,
} from './model.ts';
import {
  countActiveKeys,
  findOrganisation,
  insertApiKey,
  insertOrganisation,
  type KeyRecord,
} from './store.ts';

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
  openings += 1;
  return accepted(organisation);
}

export type MintKey = {
  readonly organisationId: OrganisationId;
  readonly role: Role;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: Instant | undefined;
};

/** Two active keys per role: the old and the new one while a client changes over. The operator may hold more. */
const ACTIVE_KEYS_PER_ROLE = 2;

/** The clear key is answered once and never stored. */
export async function mintKey(
  work: Work,
  world: 'live' | 'test',
  command: MintKey,
): Promise<Outcome<{ key: KeyRecord; secret: string }, AccountErrorCode | 'not_found'>> {
  const organisation = await findOrganisation(work.db, command.organisationId);
  if (organisation === undefined) return refused('not_found', '');
  if (!ROLES_OF_KIND[organisation.kind].includes(command.role)) {
    return refused(
      'role_not_of_organisation',
      `An organisation of kind ${organisation.kind} has the roles ${ROLES_OF_KIND[organisation.kind].join(', ')}.`,
    );
  }
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
  return accepted({ key, secret: minted.text });
}
