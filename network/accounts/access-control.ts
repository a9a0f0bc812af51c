import { type Clock, wallClock } from '../../platform/clock/index.ts';
import { hashSecret, headOfApiKey, isSameSecret, parseApiKey } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { AccessControl } from '../../platform/http/index.ts';
import type { World } from '../../platform/world/index.ts';
import { accepted, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import { isPublicOperation, relationsOf } from './access-table.ts';
import type { Principal } from './model.ts';
import { peopleRelation } from './people.policy.ts';
import { findInvitation, findPerson } from './people-store.ts';
import { CREDENTIAL_CACHE_MS, isDistrusted } from './revocations.ts';
import { createSessionCheck } from './session-access.ts';
import { findSession } from './session-store.ts';
import { findKeyByLookup, findKeyOwner, findOrganisation, type KeyForLogin } from './store.ts';

/** Owner of a thing and what the caller is to it; undefined when there is none. Modules give one per kind of id. */
export type RelationFinder = (
  db: Queryable,
  id: string,
  caller: Principal,
) => Promise<{ owner: string; relations: readonly string[] } | undefined>;

/** Owner, or the marketplace of the owner. For things that an organisation simply owns. */
export function ownerRelations(
  owner: Pick<Principal, 'organisationId'> & { clientPlatformId?: string | undefined },
  caller: Principal,
): string[] {
  if (owner.organisationId === caller.organisationId) return ['own'];
  return owner.clientPlatformId !== undefined && owner.clientPlatformId === caller.organisationId
    ? ['client']
    : [];
}

export const accountRelations: Readonly<Record<string, RelationFinder>> = {
  organisation: async (db, id, caller) => {
    const found = await findOrganisation(db, id);
    if (found === undefined) return undefined;
    return {
      owner: found.id,
      relations: ownerRelations(
        { organisationId: found.id, clientPlatformId: found.clientPlatformId },
        caller,
      ),
    };
  },
  api_key: async (db, id, caller) => {
    const owner = await findKeyOwner(db, id);
    return owner === undefined
      ? undefined
      : { owner, relations: owner === caller.organisationId ? ['own'] : [] };
  },
  person: async (db, id, caller) => ofPeople(db, (await findPerson(db, id))?.organisationId, caller),
  invitation: async (db, id, caller) => ofPeople(db, (await findInvitation(db, id))?.organisationId, caller),
  session: async (db, id, caller) => {
    const session = await findSession(db, id);
    return session === undefined
      ? undefined
      : { owner: session.organisationId, relations: session.personId === caller.personId ? ['own'] : [] };
  },
};

/** Who runs an organisation, or is the marketplace of the merchant, looks after its people. */
async function ofPeople(db: Queryable, organisationId: string | undefined, caller: Principal) {
  const organisation = organisationId === undefined ? undefined : await findOrganisation(db, organisationId);
  if (organisation === undefined) return undefined;
  const relation = peopleRelation(caller, organisation);
  return { owner: organisation.id, relations: relation === undefined ? [] : [relation] };
}

const NOBODY = 'org_00000000000000000000000000' as OrganisationId;

const NO_KEY = 'This is not an API key of Postroad.';
const DEAD_KEY = 'This key is unknown, revoked or expired.';

export function createAccessControl(options: {
  readonly worlds: { readonly live: World; readonly test: World };
  readonly relations: Readonly<Record<string, RelationFinder>>;
  readonly tagOf: (operation: string) => string;
  /** Milliseconds that only grow, for the cache. */
  readonly monotonicMs: () => number;
  /** Of sessions: the wall clock in both worlds; tests bring their own. */
  readonly clock?: Clock;
}): AccessControl<Principal> {
  const bySession = createSessionCheck({ ...options, clock: options.clock ?? wallClock });
  type Looked = { readonly until: number; readonly world: World; readonly key: KeyForLogin | undefined };
  /** By what a key begins with. */
  const cache = new Map<string, Looked>();

  function cachedOf(head: string): Looked | undefined {
    const cached = cache.get(head);
    if (cached === undefined || cached.until <= options.monotonicMs()) return undefined;
    return isDistrusted(cached.key?.id) ? undefined : cached;
  }

  /** Undefined: the text is no key, which nobody has to look up. */
  async function lookUp(text: string, head: string): Promise<Looked | undefined> {
    const parsed = parseApiKey(text);
    if (parsed === undefined) return undefined;
    const world = options.worlds[parsed.world];
    const key = await world.read('network', (db) => findKeyByLookup(db, parsed.keyId));
    if (cache.size > 10_000) cache.clear();
    const looked = { until: options.monotonicMs() + CREDENTIAL_CACHE_MS, world, key };
    cache.set(head, looked);
    return looked;
  }

  async function byKey(text: string): Promise<Outcome<{ caller: Principal; world: World }>> {
    const head = headOfApiKey(text);
    const looked = cachedOf(head) ?? (await lookUp(text, head));
    if (looked === undefined) return refused('unauthenticated', NO_KEY);
    const { world, key } = looked;
    // A text with the hash of a key is that key: the form is read of others only.
    if (key === undefined || !isSameSecret(key.secretHash, hashSecret(text)))
      return refused('unauthenticated', parseApiKey(text) === undefined ? NO_KEY : DEAD_KEY);
    const isOver = key.expiresAt !== undefined && key.expiresAt <= world.clock.now();
    if (key.revokedAt !== undefined || isOver) return refused('unauthenticated', DEAD_KEY);
    return accepted({ caller: principalOf(key, world.name), world });
  }

  return {
    authenticate: async (headers, route, anonymousWorld, url) => {
      const authorization = headers.authorization;
      if (authorization === undefined) {
        // What is open to all is answered alike with and without a cookie: it needs no CSRF token, such as a form
        // on a tracking page, and its world is the one that the request names.
        if (isPublicOperation(route.operation))
          return accepted({ caller: anonymous(anonymousWorld), world: options.worlds[anonymousWorld] });
        return (await bySession(headers, route, url ?? route.path)) ?? refused('unauthenticated', '');
      }
      const match = /^Bearer ([!-~]{1,200})$/.exec(authorization);
      if (match?.[1] === undefined)
        return refused('unauthenticated', 'Send Authorization: Bearer with an API key.');
      return byKey(match[1]);
    },
    relationsAllowed: (caller, operation) => {
      if (caller.scopes.length > 0 && !caller.scopes.includes(options.tagOf(operation))) return [];
      return relationsOf(caller.role, operation);
    },
    findRelation: (db, kind, id, caller) => {
      const finder = options.relations[kind];
      if (finder === undefined) throw new Error(`no module knows whose ${kind} it is`);
      return finder(db, id, caller);
    },
  };
}

function principalOf(key: KeyForLogin, world: 'live' | 'test'): Principal {
  return {
    id: key.id,
    role: key.role,
    organisationId: key.organisationId,
    organisationKind: key.organisation.kind,
    clientPlatformId: key.organisation.clientPlatformId,
    carrierCode: key.organisation.carrierCode,
    personId: undefined,
    scopes: key.scopes,
    world,
  };
}

function anonymous(world: 'live' | 'test'): Principal {
  return {
    id: 'anonymous',
    role: 'anonymous',
    organisationId: NOBODY,
    organisationKind: 'merchant',
    clientPlatformId: undefined,
    carrierCode: undefined,
    personId: undefined,
    scopes: [],
    world,
  };
}
