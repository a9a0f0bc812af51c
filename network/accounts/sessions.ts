import { createHash } from 'node:crypto';
import type { Clock } from '../../platform/clock/index.ts';
import { hashPassword, hashToken, needsRehash, verifyPassword } from '../../platform/crypto/index.ts';
import type { World } from '../../platform/world/index.ts';
import { accepted, type Instant, msBetween, type Outcome, refused } from '../kernel/index.ts';
import { PasswordChanged } from './events.ts';
import { networkOf, type SlowedBy, takeAttempt } from './log-in.policy.ts';
import type { AccountErrorCode, Principal } from './model.ts';
import { passwordWeakness, WEAKNESS_ADVICE } from './password.policy.ts';
import { emitPerson } from './people.ts';
import {
  findPersonByEmail,
  findPersonForLogIn,
  lockPerson,
  type Person,
  savePasswordHash,
} from './people-store.ts';
import { distrustCached } from './revocations.ts';
import { newSessionTimes } from './session.policy.ts';
import { newSessionToken, worldOfSessionToken } from './session-cookie.ts';
import {
  forgetAttempts,
  insertSession,
  lockAttempts,
  revokeSessionByToken,
  revokeSessionsOf,
  type Session,
  saveAttempts,
} from './session-store.ts';

export type LogIn = {
  readonly email: string;
  readonly password: string;
  /** Address of the peer; only its hash together with the account is kept, for a day. */
  readonly remoteAddress: string;
  /** The session that the browser still holds: it ends, and its token is never used on. */
  readonly tokenBefore: string | undefined;
};
export type LoggedIn = { readonly session: Session; readonly person: Person; readonly token: string };

/**
 * Opens a session. An unknown e-mail, a wrong password and a disabled person take the same work and get the same
 * answer. `clock` is the wall clock, in the test world too.
 */
export async function logIn(
  world: World,
  clock: Clock,
  command: LogIn,
): Promise<Outcome<LoggedIn, AccountErrorCode>> {
  const keys = attemptKeys(command.email, command.remoteAddress);
  const counted = await countAttempt(world, keys, clock.now());
  if (!counted.ok) return counted;
  const person = await world.read('network', (db) => findPersonByEmail(db, command.email));
  const isRight = await verifyPassword(person?.passwordHash, command.password);
  if (person === undefined || !isRight || person.state !== 'active') return refused('log_in_refused', '');
  const newHash = needsRehash(person.passwordHash) ? await hashPassword(command.password) : undefined;
  const token = newSessionToken(world.name);
  const now = clock.now();
  return world.command('network', async (work): Promise<Outcome<LoggedIn, AccountErrorCode>> => {
    const locked = await lockPerson(work.db, person.id);
    // Disabled, or another password, since we looked.
    if (locked?.state !== 'active' || locked.passwordHash !== person.passwordHash)
      return refused('log_in_refused', '');
    if (newHash !== undefined) await savePasswordHash(work.db, person, newHash, false);
    const { tokenBefore } = command;
    if (tokenBefore !== undefined && worldOfSessionToken(tokenBefore) === world.name) {
      const ended = await revokeSessionByToken(work.db, hashToken(tokenBefore), now);
      if (ended !== undefined) distrustCached(ended);
    }
    const session: Session = {
      id: work.newId('ses'),
      organisationId: person.organisationId,
      personId: person.id,
      ...newSessionTimes(now),
    };
    await insertSession(work.db, session, hashToken(token));
    await forgetAttempts(
      work.db,
      keys.map((entry) => entry.key),
    );
    const { passwordHash: _secret, ...shown } = locked;
    return accepted({ session, person: shown, token });
  });
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
  world: World,
  keys: readonly AttemptKey[],
  now: Instant,
): Promise<Outcome<undefined, 'log_in_slowed'>> {
  return world.command('network', async (work): Promise<Outcome<undefined, 'log_in_slowed'>> => {
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
      return refused(
        'log_in_slowed',
        `Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'} before the next try.`,
      );
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
  world: World,
  clock: Clock,
  caller: Principal,
  command: ChangePassword,
): Promise<Outcome<undefined, AccountErrorCode>> {
  const { personId } = caller;
  if (personId === undefined) return refused('session_needed', '');
  const scope = { organisationId: caller.organisationId };
  const person = await world.read(scope, (db) => findPersonForLogIn(db, personId));
  if (person === undefined) return refused('session_needed', '');
  const weakness = passwordWeakness(command.newPassword, person.email);
  if (weakness !== undefined) return refused('password_too_weak', WEAKNESS_ADVICE[weakness]);
  const keys = attemptKeys(person.email, command.remoteAddress);
  const counted = await countAttempt(world, keys, clock.now());
  if (!counted.ok) return counted;
  if (!(await verifyPassword(person.passwordHash, command.currentPassword)))
    return refused('password_wrong', '');
  const newHash = await hashPassword(command.newPassword);
  return world.command(scope, async (work): Promise<Outcome<undefined, AccountErrorCode>> => {
    const locked = await lockPerson(work.db, personId);
    if (locked?.state !== 'active' || locked.passwordHash !== person.passwordHash)
      return refused('password_wrong', '');
    const version = await savePasswordHash(work.db, person, newHash, true);
    for (const session of await revokeSessionsOf(work.db, person, caller.id, clock.now()))
      distrustCached(session);
    await forgetAttempts(
      work.db,
      keys.map((entry) => entry.key),
    );
    emitPerson(work, PasswordChanged.name, { ...locked, version }, { by: caller.id });
    return accepted(undefined);
  });
}
