import { createHash } from 'node:crypto';
import type { Clock } from '../../platform/clock/index.ts';
import { hashPassword, hashToken, needsRehash, verifyPassword } from '../../platform/crypto/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import { accepted, type Instant, msBetween, type Outcome, refused, refusedFor } from '../kernel/index.ts';
import { findDeviceKey } from './device-store.ts';
import { bindDevice, type OfferedDevice } from './devices.ts';
import { PasswordChanged } from './events.ts';
import { networkOf, type SlowedBy, takeAttempt } from './log-in.policy.ts';
import type { AccountErrorCode, Principal } from './model.ts';
import { passwordWeakness, WEAKNESS_ADVICE } from './password.policy.ts';
import { emitPerson } from './people.ts';
import {
  findPerson,
  findPersonByEmail,
  findPersonForLogIn,
  lockPerson,
  type Person,
  type PersonForLogIn,
  savePasswordHash,
} from './people-store.ts';
import { distrustCached } from './revocations.ts';
import { newSessionTimes } from './session.policy.ts';
import { newSessionToken, worldOfSessionToken } from './session-cookie.ts';
import {
  findSession,
  forgetAttempts,
  insertSession,
  lockAttempts,
  revokeSessionByToken,
  revokeSessionsOf,
  type Session,
  saveAttempts,
} from './session-store.ts';
import { ensureTwinPerson, type Worlds } from './twins.ts';

export type LogIn = {
  readonly world: 'live' | 'test';
  readonly email: string;
  readonly password: string;
  /** Address of the peer; only its hash together with the account is kept, for a day. */
  readonly remoteAddress: string;
  /** The session that the browser still holds: it ends, and its token is never used on. */
  readonly tokenBefore: string | undefined;
  /** Counts only where the person's role needs a device. */
  readonly device?: OfferedDevice;
};
export type LoggedIn = { readonly session: Session; readonly person: Person; readonly token: string };
type OpenedSession = Outcome<LoggedIn, AccountErrorCode>;

/**
 * Opens a session. An unknown e-mail, a wrong password and a disabled person take the same work and get the same
 * answer. `clock` is the wall clock, in the test world too. Failures of both worlds are counted in the live one, so
 * that nobody guesses a password of the live world twice as fast by way of the test world.
 */
export async function logIn(worlds: Worlds, clock: Clock, command: LogIn): Promise<OpenedSession> {
  const keys = attemptKeys(command.email, command.remoteAddress);
  const counted = await countAttempt(worlds.live, keys, clock.now());
  if (!counted.ok) return counted;
  const found = await findByPassword(worlds, command);
  if (found === undefined) return refused('log_in_refused', '');
  const { home, person } = found;
  const newHash = needsRehash(person.passwordHash) ? await hashPassword(command.password) : undefined;
  const opened = await worlds[home].command('network', async (work): Promise<OpenedSession> => {
    const locked = await lockPerson(work.db, person.id);
    // Disabled, or another password, since we looked.
    if (locked?.state !== 'active' || locked.passwordHash !== person.passwordHash)
      return refused('log_in_refused', '');
    if (newHash !== undefined) await savePasswordHash(work.db, person, newHash, false);
    const { world, device } = command;
    return openSession(worlds, work, { home, person: locked, world, device, now: clock.now() });
  });
  if (!opened.ok && opened.rejection.code === 'log_in_refused') return opened;
  // The password was right, also when the device was not.
  await forgetFailures(worlds.live, keys);
  if (opened.ok && command.tokenBefore !== undefined)
    await endSession(worlds, command.tokenBefore, clock.now());
  return opened;
}

/**
 * Whose e-mail and password these are, and where he lives. The test world has people of the live world and its own;
 * of two with one e-mail the password tells who is meant.
 */
async function findByPassword(
  worlds: Worlds,
  command: LogIn,
): Promise<{ readonly home: 'live' | 'test'; readonly person: PersonForLogIn } | undefined> {
  let found: { readonly home: 'live' | 'test'; readonly person: PersonForLogIn } | undefined;
  for (const home of command.world === 'test' ? (['live', 'test'] as const) : (['live'] as const)) {
    const person = await worlds[home].read('network', (db) => findPersonByEmail(db, command.email));
    // Also when he is found already: the time must not tell where somebody lives.
    const isRight = await verifyPassword(person?.passwordHash, command.password);
    if (found === undefined && person?.state === 'active' && isRight) found = { home, person };
  }
  return found;
}

type NewSession = {
  readonly home: 'live' | 'test';
  readonly person: Person;
  readonly world: 'live' | 'test';
  readonly now: Instant;
  readonly device: OfferedDevice;
  /** Of a session that goes on in the other world: it does not live longer by that. */
  readonly expiresAt?: Instant;
};

/** `work` is of the person's home and holds his row: nobody disables him before the session is there. */
async function openSession(worlds: Worlds, work: Work, asked: NewSession): Promise<OpenedSession> {
  const { passwordHash: _secret, ...person } = asked.person as PersonForLogIn;
  if (asked.home === asked.world) return insertNewSession(work, asked, person);
  const twin = await ensureTwinPerson(work.db, worlds.test, person);
  return worlds.test.command('network', (twinWork) => insertNewSession(twinWork, asked, twin));
}

async function insertNewSession(work: Work, asked: NewSession, person: Person): Promise<OpenedSession> {
  const device = await bindDevice(work, person, asked.device, asked.now);
  if (!device.ok) return device;
  const token = newSessionToken(asked.world);
  const times = newSessionTimes(asked.now);
  const session: Session = {
    id: work.newId('ses'),
    organisationId: person.organisationId,
    personId: person.id,
    deviceId: device.value,
    ...times,
    expiresAt: asked.expiresAt ?? times.expiresAt,
  };
  await insertSession(work.db, session, hashToken(token));
  return accepted({ session, person, token });
}

async function endSession(worlds: Worlds, token: string, now: Instant): Promise<void> {
  const name = worldOfSessionToken(token);
  if (name === undefined) return;
  await worlds[name].command('network', async (work) => {
    const ended = await revokeSessionByToken(work.db, hashToken(token), now);
    if (ended !== undefined) distrustCached(ended);
    return accepted(undefined);
  });
}

async function forgetFailures(live: World, keys: readonly AttemptKey[]): Promise<void> {
  await live.command('network', async (work) => {
    await forgetAttempts(
      work.db,
      keys.map((entry) => entry.key),
    );
    return accepted(undefined);
  });
}

export type SwitchWorld = { readonly world: 'live' | 'test'; readonly token: string };

/**
 * Goes on in a world with a new session, without the password: who lives in the live world has both. The session of
 * before ends, and the new one ends when that would have.
 */
export async function switchWorld(
  worlds: Worlds,
  clock: Clock,
  caller: Principal,
  command: SwitchWorld,
): Promise<OpenedSession> {
  const { personId } = caller;
  if (personId === undefined) return refused('session_needed', '');
  const here = await worlds[caller.world].read('network', async (db) => ({
    person: await findPerson(db, personId),
    session: await findSession(db, caller.id),
    key: caller.deviceId === undefined ? undefined : await findDeviceKey(db, caller.deviceId),
  }));
  if (here.person === undefined || here.session === undefined) return refused('session_needed', '');
  const { expiresAt } = here.session;
  // This request has proven it, or it would not be here.
  const device = here.key === undefined ? undefined : accepted(here.key);
  const home = caller.world === 'live' || here.person.isTwin ? 'live' : 'test';
  if (home === 'test' && command.world === 'live') return refused('lives_in_test_world', '');
  const opened = await worlds[home].command('network', async (work): Promise<OpenedSession> => {
    const person = await lockPerson(work.db, personId);
    if (person?.state !== 'active') return refused('session_needed', '');
    const { world } = command;
    return openSession(worlds, work, { home, person, world, device, now: clock.now(), expiresAt });
  });
  if (opened.ok) await endSession(worlds, command.token, clock.now());
  return opened;
}

type AttemptKey = { readonly key: string; readonly by: SlowedBy };

function attemptKeys(email: string, remoteAddress: string): readonly AttemptKey[] {
  const account = email.toLowerCase();
  const keyed = (by: SlowedBy, parts: readonly string[]): AttemptKey => ({
    by,
    key: createHash('sha256')
      .update(JSON.stringify([by, ...parts]))
      .digest('hex'),
  });
  return [keyed('pair', [account, networkOf(remoteAddress)]), keyed('account', [account])];
}

async function countAttempt(
  live: World,
  keys: readonly AttemptKey[],
  now: Instant,
): Promise<Outcome<undefined, 'log_in_slowed'>> {
  return live.command('network', async (work): Promise<Outcome<undefined, 'log_in_slowed'>> => {
    const rows = await lockAttempts(
      work.db,
      keys.map((entry) => entry.key),
      now,
    );
    const known = rows.map((row) => ({
      ...row,
      by: keys.find((entry) => entry.key === row.key)?.by ?? ('pair' as const),
    }));
    const taken = takeAttempt(known, now);
    if ('slowedUntil' in taken) {
      const seconds = Math.max(1, Math.ceil(msBetween(now, taken.slowedUntil) / 1000));
      const detail = `Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'} before the next try.`;
      return refusedFor('log_in_slowed', detail, seconds);
    }
    await saveAttempts(work.db, taken.counted);
    return accepted(undefined);
  });
}

export type ChangePassword = {
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly remoteAddress: string;
};

/** Changes the caller's own password and ends his other sessions. Wrong current ones are slowed as log-ins are. */
export async function changePassword(
  worlds: Worlds,
  clock: Clock,
  caller: Principal,
  command: ChangePassword,
  note: (work: Work) => Promise<void>,
): Promise<Outcome<undefined, AccountErrorCode>> {
  const { personId } = caller;
  if (personId === undefined) return refused('session_needed', '');
  const world = worlds[caller.world];
  const scope = { organisationId: caller.organisationId };
  const person = await world.read(scope, (db) => findPersonForLogIn(db, personId));
  if (person === undefined) return refused('session_needed', '');
  if (person.isTwin) return refused('twin_of_live', '');
  const weakness = passwordWeakness(command.newPassword, person.email);
  if (weakness !== undefined) return refused('password_too_weak', WEAKNESS_ADVICE[weakness]);
  const keys = attemptKeys(person.email, command.remoteAddress);
  const counted = await countAttempt(worlds.live, keys, clock.now());
  if (!counted.ok) return counted;
  if (!(await verifyPassword(person.passwordHash, command.currentPassword)))
    return refused('password_wrong', '');
  const newHash = await hashPassword(command.newPassword);
  const changed = await world.command(scope, async (work): Promise<Outcome<undefined, AccountErrorCode>> => {
    const locked = await lockPerson(work.db, personId);
    if (locked?.state !== 'active' || locked.passwordHash !== person.passwordHash)
      return refused('password_wrong', '');
    const version = await savePasswordHash(work.db, person, newHash, true);
    for (const session of await revokeSessionsOf(work.db, person, caller.id, clock.now()))
      distrustCached(session);
    emitPerson(work, PasswordChanged.name, { ...locked, version }, { by: caller.id });
    await note(work);
    return accepted(undefined);
  });
  if (changed.ok) await forgetFailures(worlds.live, keys);
  return changed;
}
