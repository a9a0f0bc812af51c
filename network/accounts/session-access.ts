import type { Clock } from '../../platform/clock/index.ts';
import { hashToken } from '../../platform/crypto/index.ts';
import type { Route } from '../../platform/http/index.ts';
import type { World } from '../../platform/world/index.ts';
import { accepted, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import { judgeProof, type Proof, proofEnds, proofName, readProof } from './device-proof.policy.ts';
import type { Principal } from './model.ts';
import type { Person } from './people-store.ts';
import { forgetProofs, useProof } from './proof-store.ts';
import { CREDENTIAL_CACHE_MS, isDistrusted } from './revocations.ts';
import { isSessionAlive, isTouchDue } from './session.policy.ts';
import { isCsrfProven, proofTokenHash, sessionTokenOf, worldOfSessionToken } from './session-cookie.ts';
import { findSessionByToken, type SessionForCaller, touchSession } from './session-store.ts';
import { findLivePerson, type Worlds } from './twins.ts';

const DONE = accepted(undefined);
type Headers = Readonly<Record<string, string | string[] | undefined>>;
type Known = { readonly until: number; readonly session: SessionForCaller | undefined };

/** More sessions than this are looked up anew from time to time. Our default. */
const CACHED_SESSIONS = 10_000;
/** So often a process throws away what proofs left. Our default. */
const FORGET_EVERY_MS = 60_000;

/**
 * Who stands behind a session cookie; undefined when there is none. What changes something needs the CSRF token
 * of the session besides, because a browser adds the cookie to requests that other sites start.
 */
export function createSessionCheck(options: {
  readonly worlds: Worlds;
  readonly clock: Clock;
  readonly monotonicMs: () => number;
}) {
  const cache = new Map<string, Known>();
  const isFirstUse = createProofMemory(options);

  async function sessionOf(world: World, token: string): Promise<SessionForCaller | undefined> {
    const hash = hashToken(token);
    const key = Buffer.from(hash).toString('base64url');
    const known = cache.get(key);
    const isStale = isDistrusted(known?.session?.id) || isDistrusted(known?.session?.personId);
    if (known !== undefined && known.until > options.monotonicMs() && !isStale) return known.session;
    let session = await world.read('network', (db) => findSessionByToken(db, hash));
    if (session?.isTwin === true)
      session = asLiving(session, await findLivePerson(options.worlds.live, session.personId));
    const now = options.clock.now();
    if (session?.isPersonActive === true && isSessionAlive(session, now) && isTouchDue(session, now)) {
      const seen = session;
      await world.command({ organisationId: seen.organisationId }, async (work) => {
        await touchSession(work.db, seen, now);
        return accepted(undefined);
      });
      session = { ...seen, lastSeenAt: now };
    }
    if (cache.size >= CACHED_SESSIONS) cache.clear();
    cache.set(key, { until: options.monotonicMs() + CREDENTIAL_CACHE_MS, session });
    return session;
  }

  /** A session of a role that needs a device is worth nothing without the signature of its device, once. */
  async function proveDevice(
    world: World,
    session: SessionForCaller,
    token: string,
    { headers, method, url }: { readonly headers: Headers; readonly method: string; readonly url: string },
  ): Promise<Outcome<undefined>> {
    const { thumbprint, boundRoles, role } = session;
    if (thumbprint === undefined) return boundRoles.includes(role) ? refused('device_needed', '') : DONE;
    const read = readProof(headers.dpop);
    if (!read.ok) return read;
    const proof = read.value;
    if (proof.thumbprint !== thumbprint) return refused('device_proof_refused', 'Another device signed it.');
    const now = options.clock.now();
    const path = url.split('?', 1)[0] ?? '';
    const host = typeof headers.host === 'string' ? headers.host : undefined;
    const judged = judgeProof(proof, { method, path, host, now, tokenHash: proofTokenHash(token) });
    if (!judged.ok) return judged;
    return (await isFirstUse(world, session.organisationId, proof))
      ? DONE
      : refused('device_proof_refused', 'jti was used: sign each request anew.');
  }

  return async function check(
    headers: Headers,
    route: Pick<Route, 'method'>,
    url: string,
  ): Promise<Outcome<{ caller: Principal; world: World }> | undefined> {
    const token = sessionTokenOf(headers);
    const name = token === undefined ? undefined : worldOfSessionToken(token);
    if (token === undefined || name === undefined) return undefined;
    const world = options.worlds[name];
    const session = await sessionOf(world, token);
    if (session?.isPersonActive !== true || !isSessionAlive(session, options.clock.now()))
      return refused('unauthenticated', 'This session has ended. Log in again.');
    const proven = await proveDevice(world, session, token, { headers, method: route.method, url });
    if (!proven.ok) return proven;
    if (route.method !== 'GET' && !isCsrfProven(headers, token)) return refused('csrf_refused', '');
    return accepted({ caller: principalOf(session, name), world });
  };
}

/** Each proof is written down before the request is acted on, where all processes look. */
function createProofMemory(options: { readonly clock: Clock; readonly monotonicMs: () => number }) {
  const forgetAt = new Map<World, number>();
  return async function isFirstUse(
    world: World,
    organisationId: OrganisationId,
    proof: Proof,
  ): Promise<boolean> {
    if ((forgetAt.get(world) ?? 0) <= options.monotonicMs()) {
      forgetAt.set(world, options.monotonicMs() + FORGET_EVERY_MS);
      await world.command('network', async (work) =>
        accepted(await forgetProofs(work.db, options.clock.now())),
      );
    }
    const used = { organisationId, proof: proofName(proof), endsAt: proofEnds(proof) };
    const outcome = await world.command({ organisationId }, async (work) =>
      accepted(await useProof(work.db, used)),
    );
    return outcome.ok && outcome.value;
  };
}

/** A twin's session may do what the living person may now, also before the twin has heard of a change. */
function asLiving(
  session: SessionForCaller,
  person: Pick<Person, 'role' | 'state'> | undefined,
): SessionForCaller {
  return person === undefined
    ? { ...session, isPersonActive: false }
    : { ...session, role: person.role, isPersonActive: person.state === 'active' };
}

function principalOf(session: SessionForCaller, world: 'live' | 'test'): Principal {
  return {
    id: session.id,
    role: session.role,
    organisationId: session.organisationId,
    organisationKind: session.organisation.kind,
    clientPlatformId: session.organisation.clientPlatformId,
    carrierCode: session.organisation.carrierCode,
    personId: session.personId,
    deviceId: session.deviceId,
    scopes: [],
    world,
  };
}
