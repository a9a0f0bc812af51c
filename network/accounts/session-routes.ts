import { z } from 'zod';
import type { Clock } from '../../platform/clock/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { accepted, type Instant, idSchema, refused } from '../kernel/index.ts';
import { pageQuerySchema, pageSchema } from './contract.ts';
import { judgeProof, readProof } from './device-proof.policy.ts';
import { keyOf, type OfferedDevice } from './devices.ts';
import { afterId, pageOf } from './paging.ts';
import {
  changePasswordSchema,
  currentSessionSchema,
  logInSchema,
  sessionSchema,
  switchWorldSchema,
} from './people-contract.ts';
import { findPerson, type Person } from './people-store.ts';
import { distrustCached } from './revocations.ts';
import { openRoute, readRoute, writeRoute } from './routing.ts';
import {
  csrfTokenOf,
  endedSessionCookie,
  isFromForeignPage,
  proofTokenHash,
  sessionCookie,
  sessionTokenOf,
} from './session-cookie.ts';
import { findSession, listSessions, revokeSession, type Session } from './session-store.ts';
import { changePassword, type LoggedIn, logIn, switchWorld } from './sessions.ts';
import type { Worlds } from './twins.ts';

const TAG = 'accounts';
const LOG_IN = '/v1/sessions';
type Headers = Readonly<Record<string, string | string[] | undefined>>;

function shown(session: Session, currentId: string) {
  return { ...session, isCurrent: session.id === currentId };
}

function current(session: Session, person: Person, world: 'live' | 'test', token: string) {
  const { deviceId: id } = session;
  const device = id === undefined ? undefined : { id, tokenHash: proofTokenHash(token) };
  return { session: shown(session, session.id), person, world, device, csrfToken: csrfTokenOf(token) };
}

/** The world that a log-in names, before the body was checked; live for whatever is no JSON. */
export function worldOfLogIn(body: Uint8Array): 'live' | 'test' {
  try {
    const json: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return (json as { world?: unknown } | null)?.world === 'test' ? 'test' : 'live';
  } catch {
    return 'live';
  }
}

export type SessionPorts = { readonly clock: Clock; readonly worlds: Worlds };

export function sessionRoutes(ports: SessionPorts): readonly Route[] {
  return [
    logInRoute(ports),
    switchWorldRoute(ports),
    ...currentSessionRoutes(ports.clock),
    ...sessionListRoutes(ports.clock),
    changePasswordRoute(ports),
  ];
}

function logInRoute({ clock, worlds }: SessionPorts): Route {
  return openRoute({
    operation: 'logIn',
    method: 'POST',
    path: LOG_IN,
    tag: TAG,
    summary: 'Log in: opens a session and sets its cookie',
    description:
      'The cookie __Host-postroad (Secure, HttpOnly, SameSite=Lax) authenticates as a key does. Every request but GET ' +
      'also needs the header postroad-csrf with csrf_token of this answer. A session ends after 12 hours without use, ' +
      'after 14 days, or when it is revoked. Failed log-ins are slowed. People of the live world log in to the test world ' +
      'with the same e-mail and password. Roles that work at a counter (point_clerk, unless their network says otherwise) log ' +
      'in with a proof of a device key in the header DPoP (RFC 9449; typ dpop+jwt, alg ES256, htm, htu, iat, jti) and sign ' +
      'each request with that key, ath being device.token_hash of this answer.',
    effect: 'own',
    body: logInSchema,
    worldOf: ({ body }) => worldOfLogIn(body),
    answers: { 201: { description: 'Logged in', body: currentSessionSchema } },
    refusals: [
      'log_in_refused',
      'log_in_slowed',
      'csrf_refused',
      'device_needed',
      'device_proof_refused',
      'device_blocked',
    ],
    handle: async ({ world, body, headers, remoteAddress }) => {
      // Else another site could log its visitor in as somebody else (login CSRF).
      if (isFromForeignPage(headers)) return refused('csrf_refused', '');
      const { email, password } = body;
      const tokenBefore = sessionTokenOf(headers);
      const device = offeredDevice(headers, clock.now());
      const command = { world: world.name, email, password, remoteAddress, tokenBefore, device };
      const outcome = await logIn(worlds, clock, command);
      return outcome.ok ? accepted(replyOf(outcome.value, world.name)) : outcome;
    },
  });
}

/** What the header DPoP of a log-in proves. It has no token to name yet, and shown again it opens nothing without the key. */
function offeredDevice(headers: Headers, now: Instant): OfferedDevice {
  if (headers.dpop === undefined) return undefined;
  const proof = readProof(headers.dpop);
  if (!proof.ok) return proof;
  const host = typeof headers.host === 'string' ? headers.host : undefined;
  const use = { method: 'POST', path: LOG_IN, host, now, tokenHash: undefined };
  const judged = judgeProof(proof.value, use);
  return judged.ok ? accepted(keyOf(proof.value)) : judged;
}

function replyOf({ session, person, token }: LoggedIn, world: 'live' | 'test') {
  return replyWith(201, current(session, person, world, token), { 'set-cookie': sessionCookie(token) });
}

function switchWorldRoute({ clock, worlds }: SessionPorts): Route {
  return openRoute({
    operation: 'switchWorld',
    method: 'POST',
    path: '/v1/sessions/current/world',
    tag: TAG,
    summary: 'Go on in the other world, without the password',
    description:
      'Opens a session in the world that is named, sets its cookie and ends the session of before. The new session ends ' +
      'when that one would have. Only people of the live world have both worlds.',
    effect: 'own',
    body: switchWorldSchema,
    answers: { 201: { description: 'The session in that world', body: currentSessionSchema } },
    refusals: ['session_needed', 'lives_in_test_world', 'device_needed', 'device_blocked'],
    handle: async ({ caller, body, headers }) => {
      const token = sessionTokenOf(headers);
      if (token === undefined) return refused('session_needed', '');
      const outcome = await switchWorld(worlds, clock, caller, { world: body.world, token });
      return outcome.ok ? accepted(replyOf(outcome.value, body.world)) : outcome;
    },
  });
}

function currentSessionRoutes(clock: Clock): readonly Route[] {
  return [
    readRoute({
      operation: 'readCurrentSession',
      method: 'GET',
      path: '/v1/sessions/current',
      tag: TAG,
      summary: 'The session of this request, with its CSRF token',
      effect: 'read',
      answers: { 200: { description: 'The session', body: currentSessionSchema } },
      refusals: ['session_needed'],
      handle: async ({ db, caller, world, headers }) => {
        const token = sessionTokenOf(headers);
        const session = caller.personId === undefined ? undefined : await findSession(db, caller.id);
        const person = session === undefined ? undefined : await findPerson(db, session.personId);
        if (token === undefined || session === undefined || person === undefined)
          return refused('session_needed', '');
        return accepted(replyWith(200, current(session, person, world.name, token)));
      },
    }),
    writeRoute({
      operation: 'logOut',
      method: 'DELETE',
      path: '/v1/sessions/current',
      tag: TAG,
      summary: 'Log out: ends this session and takes its cookie back',
      effect: 'write',
      answers: { 204: { description: 'Logged out' } },
      refusals: ['session_needed'],
      handle: async ({ work, caller }) => {
        if (caller.personId === undefined) return refused('session_needed', '');
        await work.actFor({ organisationId: caller.organisationId });
        distrustCached(caller.id);
        await revokeSession(work.db, caller.id, clock.now());
        return accepted(replyWith(204, undefined, { 'set-cookie': endedSessionCookie() }));
      },
    }),
  ];
}

function sessionListRoutes(clock: Clock): readonly Route[] {
  return [
    readRoute({
      operation: 'listSessions',
      method: 'GET',
      path: '/v1/sessions',
      tag: TAG,
      summary: 'Your own sessions; none for a key',
      effect: 'read',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(sessionSchema) } },
      handle: async ({ db, caller, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const list =
          caller.personId === undefined
            ? []
            : await listSessions(db, caller.personId, clock.now(), after.value, query.limit + 1);
        return accepted(
          replyWith(
            200,
            pageOf(
              list.map((session) => shown(session, caller.id)),
              query.limit,
            ),
          ),
        );
      },
    }),
    writeRoute({
      operation: 'revokeSession',
      method: 'DELETE',
      path: '/v1/sessions/:session_id',
      tag: TAG,
      summary: 'End one of your own sessions',
      effect: 'write',
      params: z.strictObject({ sessionId: idSchema('ses') }),
      resource: { kind: 'session', param: 'sessionId' },
      answers: { 204: { description: 'Ended' } },
      handle: async ({ work, params }) => {
        distrustCached(params.sessionId);
        await revokeSession(work.db, params.sessionId, clock.now());
        return accepted(replyWith(204));
      },
    }),
  ];
}

function changePasswordRoute({ clock, worlds }: SessionPorts): Route {
  return openRoute({
    operation: 'changePassword',
    method: 'POST',
    path: '/v1/me/password',
    tag: TAG,
    summary: 'Change your own password; your other sessions end',
    effect: 'own',
    body: changePasswordSchema,
    answers: { 204: { description: 'Changed' } },
    refusals: ['session_needed', 'password_wrong', 'password_too_weak', 'log_in_slowed', 'twin_of_live'],
    handle: async ({ caller, body, remoteAddress, note }) => {
      const command = { ...body, remoteAddress };
      const outcome = await changePassword(worlds, clock, caller, command, (work) =>
        note(work, { id: caller.personId }),
      );
      return outcome.ok ? accepted(replyWith(204)) : outcome;
    },
  });
}
