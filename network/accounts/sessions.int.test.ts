import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '../../platform/crypto/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { accepted, addMs, type CountryCode, type Instant, refused } from '../kernel/index.ts';
import { createAccessControl } from './access-control.ts';
import { openOrganisation } from './handle.ts';
import { accountJobs } from './jobs.ts';
import type { Principal } from './model.ts';
import { acceptInvitation, disablePerson, invitePerson } from './people.ts';
import { SESSION_IDLE_MS, SESSION_TOUCH_MS } from './session.policy.ts';
import { csrfTokenOf, SESSION_COOKIE } from './session-cookie.ts';
import { type LogIn, logIn } from './sessions.ts';

/** Sessions and log-ins on a real database with a clock that the test moves. */
let bed: TestWorld;
let now = '2026-11-22T08:00:00.000Z' as Instant;
const clock = { now: () => now };
let elapsedMs = 0;
const PASSWORD = 'three blue parcels 7';
const PROGRAM = { id: 'bootstrap', role: 'operator', scopes: [] } as unknown as Principal;

beforeAll(async () => {
  bed = await startTestWorld(clock);
});
afterAll(() => bed.stop());

const must = <T>(outcome: { ok: true; value: T } | { ok: false; rejection: { code: string } }): T => {
  if (!outcome.ok) throw new Error(outcome.rejection.code);
  return outcome.value;
};

async function makePerson(email: string) {
  const passwordHash = await hashPassword(PASSWORD);
  const outcome = await bed.world.command('network', async (work) => {
    const organisation = must(
      await openOrganisation(work, PROGRAM, { kind: 'merchant', name: 'S', country: 'DE' as CountryCode }),
    );
    const command = { organisation, email, role: 'merchant_clerk' } as const;
    const { token } = must(await invitePerson(work, 'live', PROGRAM, command));
    return accepted({ person: must(await acceptInvitation(work, { token, name: 'Ann', passwordHash })) });
  });
  return must(outcome).person;
}

/** What lives in two worlds is told in twins.int.test.ts. */
const worlds = () => ({ live: bed.world, test: bed.world });
const given = (email: string, more: Partial<LogIn> = {}): LogIn => ({
  world: 'live',
  email,
  password: PASSWORD,
  remoteAddress: '203.0.113.7',
  tokenBefore: undefined,
  ...more,
});
const codeOf = async (command: LogIn) => {
  const outcome = await logIn(worlds(), clock, command);
  return outcome.ok ? 'logged in' : outcome.rejection.code;
};

/** What one process believes: each has its own cache. */
function processOf() {
  return createAccessControl({
    worlds: worlds(),
    relations: {},
    tagOf: () => 'accounts',
    monotonicMs: () => elapsedMs,
    clock,
  });
}
const route = (method: 'GET' | 'POST') => ({ operation: 'readMe', method }) as never;

test('guesses are slowed by account and address, wherever they come from after that by account', async () => {
  const { email } = await makePerson('guessed@shop.example');
  const wrong = (more: Partial<LogIn> = {}) => given(email, { password: 'wrong wrong wrong', ...more });
  for (let tries = 0; tries < 5; tries += 1) expect(await codeOf(wrong())).toBe('log_in_refused');
  expect(await codeOf(given(email))).toBe('log_in_slowed');
  expect(await codeOf(given(email, { remoteAddress: '198.51.100.1' }))).toBe('logged in');
  // The owner's log-in from elsewhere does not free the guesser's address.
  expect(await codeOf(given(email))).toBe('log_in_slowed');
  now = addMs(now, 1_000);
  expect(await codeOf(wrong())).toBe('log_in_refused');
  now = addMs(now, 1_999);
  expect(await codeOf(given(email))).toBe('log_in_slowed');
  now = addMs(now, 1);
  expect(await codeOf(given(email))).toBe('logged in');
  for (let host = 0; host < 50; host += 1)
    expect(await codeOf(wrong({ remoteAddress: `192.0.2.${host}` }))).toBe('log_in_refused');
  expect(await codeOf(wrong({ remoteAddress: '192.0.2.200' }))).toBe('log_in_slowed');
  now = addMs(now, 60_000);
  expect(await codeOf(given(email))).toBe('logged in');
});

test('many guesses at once count as many', async () => {
  const { email } = await makePerson('rushed@shop.example');
  const codes = await Promise.all(
    Array.from({ length: 12 }, (_, index) => codeOf(given(email, { password: `guess number ${index}` }))),
  );
  expect(codes.filter((code) => code === 'log_in_refused').length).toBe(5);
  expect(codes.filter((code) => code === 'log_in_slowed').length).toBe(7);
});

test('a session that is used goes on, an idle one ends, and none outlives fourteen days', async () => {
  const { email } = await makePerson('idle@shop.example');
  const { token } = must(await logIn(worlds(), clock, given(email)));
  const headers = { cookie: `${SESSION_COOKIE}=${token}` };
  const use = async () => {
    elapsedMs += 10_000;
    return (await processOf().authenticate(headers, route('GET'), 'live')).ok;
  };
  for (let days = 0; days < 27; days += 1) {
    now = addMs(now, SESSION_IDLE_MS - SESSION_TOUCH_MS);
    expect(await use(), `${days}`).toBe(true);
  }
  now = addMs(now, 14 * 86_400_000 - 27 * (SESSION_IDLE_MS - SESSION_TOUCH_MS));
  expect(await use()).toBe(false);
  const { token: idle } = must(await logIn(worlds(), clock, given(email)));
  now = addMs(now, SESSION_IDLE_MS);
  const after = await processOf().authenticate({ cookie: `${SESSION_COOKIE}=${idle}` }, route('GET'), 'live');
  expect(after.ok).toBe(false);
});

test('the session authenticates as a key does: a principal with its person', async () => {
  const person = await makePerson('principal@shop.example');
  const { token, session } = must(await logIn(worlds(), clock, given(person.email)));
  const cookie = `${SESSION_COOKIE}=${token}`;
  const found = must(await processOf().authenticate({ cookie }, route('GET'), 'live'));
  expect(found.caller).toMatchObject({
    id: session.id,
    personId: person.id,
    role: 'merchant_clerk',
    organisationId: person.organisationId,
    world: 'live',
  });
  expect(await processOf().authenticate({ cookie }, route('POST'), 'live')).toEqual(
    refused('csrf_refused', ''),
  );
  const proven = { cookie, 'postroad-csrf': csrfTokenOf(token) };
  expect((await processOf().authenticate(proven, route('POST'), 'live')).ok).toBe(true);
});

test('another process sees a disabled person at the latest after two seconds', async () => {
  const person = await makePerson('gone@shop.example');
  const { token } = must(await logIn(worlds(), clock, given(person.email)));
  const headers = { cookie: `${SESSION_COOKIE}=${token}` };
  const elsewhere = processOf();
  const use = async () => (await elsewhere.authenticate(headers, route('GET'), 'live')).ok;
  expect(await use()).toBe(true);
  // What another process does: only the database tells us.
  await bed.owner.query("update accounts.person set state = 'disabled' where person_id = $1", [person.id]);
  expect(await use()).toBe(true);
  elapsedMs += 2_000;
  expect(await use()).toBe(false);
});

test('this process sees it with the next request', async () => {
  const person = await makePerson('gone-here@shop.example');
  const { token } = must(await logIn(worlds(), clock, given(person.email)));
  const headers = { cookie: `${SESSION_COOKIE}=${token}` };
  const here = processOf();
  const use = async () => (await here.authenticate(headers, route('GET'), 'live')).ok;
  expect(await use()).toBe(true);
  must(await bed.world.command('network', (work) => disablePerson(work, PROGRAM, person.id, now)));
  expect(await use()).toBe(false);
});

test('counters of a day ago and sessions that ended a month ago are thrown away', async () => {
  const { email } = await makePerson('old@shop.example');
  must(await logIn(worlds(), clock, given(email)));
  await codeOf(given(email, { password: 'wrong wrong wrong' }));
  const purge = async () => {
    const [job] = accountJobs({ clock });
    await bed.world.command('network', async (work) => {
      await job?.run(work, {} as never, 'hourly');
      return accepted(undefined);
    });
    const left = await bed.owner.query(
      'select (select count(*)::int from accounts.log_in_attempt) as attempts, (select count(*)::int from accounts.session) as sessions',
    );
    return left.rows[0];
  };
  const before = await purge();
  expect(before.attempts).toBeGreaterThan(0);
  expect(before.sessions).toBeGreaterThan(0);
  now = addMs(now, 45 * 86_400_000);
  expect(await purge()).toEqual({ attempts: 0, sessions: 0 });
});
