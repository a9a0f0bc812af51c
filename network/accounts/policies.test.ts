import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, type Instant, type OrganisationId } from '../kernel/index.ts';
import { type Attempts, networkOf, SLOWING, takeAttempt, waitMs } from './log-in.policy.ts';
import { ORGANISATION_KINDS, type Principal, ROLES_OF_KIND } from './model.ts';
import { passwordWeakness } from './password.policy.ts';
import { ADMIN_ROLE_OF_KIND, peopleRelation, personRolesOf, widens } from './people.policy.ts';
import { isSessionAlive, newSessionTimes, SESSION_IDLE_MS, SESSION_LONGEST_MS } from './session.policy.ts';
import {
  csrfTokenOf,
  isCsrfProven,
  isFromForeignPage,
  newSessionToken,
  sessionTokenOf,
  worldOfSessionToken,
} from './session-cookie.ts';

const NOW = '2026-11-22T08:00:00.000Z' as Instant;

describe('a password', () => {
  it.each([
    ['elevenchars', 'too_short'],
    ['电池电池', 'too_short'],
    // Four ligatures become twelve letters: what counts is what is hashed.
    ['ﬀﬁﬂﬃ', 'too_short'],
    ['x'.repeat(1025), 'too_long'],
    [`${'电池马钉'.repeat(86)}`, 'too_long'],
    ['Clerk.Person@Shop.example', 'is_email'],
    ['clerk.person', 'is_email'],
    ['Password-1234', 'too_common'],
    ['1qaz 2wsx 3edc', 'too_common'],
    ['aaaaaaaaaaaa', 'too_plain'],
    ['abababababab', 'too_plain'],
    ['123456789012', 'too_plain'],
    ['987654321098', 'too_plain'],
    ['abcdefghijkl', 'too_plain'],
    ['three blue parcels', undefined],
    ['correct-horse-battery', undefined],
    ['电池马钉电池马钉电池马钉', undefined],
    ['y2-'.repeat(70), 'too_plain'],
    ['y2-x'.repeat(70), undefined],
  ])('%s is %s', (password, expected) => {
    expect(passwordWeakness(password, 'Clerk.Person@shop.example')).toBe(expected);
  });

  it('of random characters and at least twelve of them is taken, up to 200 and more', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 24, maxLength: 260, unit: 'grapheme-ascii' }), (text) => {
        const found = passwordWeakness(text, 'a@b.example');
        // Few different characters are the only fault that such a text can have.
        if (new Set(text).size >= 4) expect(found).toBeUndefined();
      }),
    );
  });
});

describe('failed log-ins', () => {
  const fresh: readonly Attempts[] = (['pair', 'account'] as const).map((by) => ({
    key: by,
    by,
    failures: 0,
    lastAt: NOW,
    blockedUntil: NOW,
  }));

  it('cost nothing at first, then double up to the longest wait', () => {
    expect([1, 4, 5, 6, 7, 15, 1e6].map((failures) => waitMs('pair', failures))).toEqual([
      0, 0, 1_000, 2_000, 4_000, 900_000, 900_000,
    ]);
    expect(waitMs('account', 49)).toBe(0);
    expect(waitMs('account', 1e6)).toBe(60_000);
  });

  it('never let through more guesses than the schedule, however they are timed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5_000 }), { maxLength: 200 }), (gaps) => {
        let known = fresh;
        let now = NOW;
        let counted = 0;
        let elapsedMs = 0;
        for (const gap of gaps) {
          now = addMs(now, gap);
          elapsedMs += gap;
          const taken = takeAttempt(known, now);
          if ('slowedUntil' in taken) {
            expect(taken.slowedUntil > now).toBe(true);
            continue;
          }
          known = taken.counted;
          counted += 1;
        }
        const { free, firstWaitMs } = SLOWING.pair;
        const longest = Math.log2(1 + elapsedMs / firstWaitMs);
        expect(counted).toBeLessThanOrEqual(free + Math.floor(longest) + 1);
      }),
    );
  });

  it('at the same time do not slow each other, whichever is counted first', () => {
    const later = takeAttempt(fresh, addMs(NOW, 3));
    const first = 'counted' in later ? later.counted : [];
    expect('counted' in takeAttempt(first, NOW)).toBe(true);
    const many = first.map((entry) => ({ ...entry, failures: 5, blockedUntil: addMs(NOW, 3) }));
    expect(takeAttempt(many, NOW)).toEqual({ slowedUntil: addMs(NOW, 3) });
  });

  it('are forgotten a day after the last one', () => {
    const many = fresh.map((entry) => ({ ...entry, failures: 12 }));
    const later = takeAttempt(many, addMs(NOW, 86_400_001));
    expect('counted' in later && later.counted.map((entry) => entry.failures)).toEqual([1, 1]);
    const sooner = takeAttempt(many, addMs(NOW, 86_400_000));
    expect('counted' in sooner && sooner.counted.map((entry) => entry.failures)).toEqual([13, 13]);
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:ffff::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('from %s count for %s', (address, expected) => {
    expect(networkOf(address)).toBe(expected);
  });
});

describe('a session', () => {
  it('ends after twelve idle hours, fourteen days, or when it is revoked', () => {
    const times = newSessionTimes(NOW);
    expect(isSessionAlive(times, addMs(NOW, SESSION_IDLE_MS - 1))).toBe(true);
    expect(isSessionAlive(times, addMs(NOW, SESSION_IDLE_MS))).toBe(false);
    const used = { ...times, lastSeenAt: addMs(NOW, SESSION_LONGEST_MS - 1) };
    expect(isSessionAlive(used, addMs(NOW, SESSION_LONGEST_MS - 1))).toBe(true);
    expect(isSessionAlive(used, addMs(NOW, SESSION_LONGEST_MS))).toBe(false);
    expect(isSessionAlive({ ...times, revokedAt: NOW }, NOW)).toBe(false);
  });

  it('is found in the cookie header among others, and not when there are two', () => {
    const token = newSessionToken('test');
    expect(worldOfSessionToken(token)).toBe('test');
    expect(sessionTokenOf({ cookie: `a=b; __Host-postroad=${token};c=d` })).toBe(token);
    for (const cookie of [
      undefined,
      '',
      `x__Host-postroad=${token}`,
      `__Host-postroad=${token}x`,
      `__Host-postroad=${token}; __Host-postroad=${token}`,
      '__Host-postroad=prs_other_x',
    ])
      expect(sessionTokenOf({ cookie }), cookie).toBeUndefined();
  });

  it('has a CSRF token of its own that does not show the session', () => {
    const [one, two] = [newSessionToken('live'), newSessionToken('live')];
    expect(csrfTokenOf(one)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(one).not.toContain(csrfTokenOf(one));
    expect(isCsrfProven({ 'postroad-csrf': csrfTokenOf(one) }, one)).toBe(true);
    expect(isCsrfProven({ 'postroad-csrf': csrfTokenOf(two) }, one)).toBe(false);
    expect(isCsrfProven({ 'postroad-csrf': one }, one)).toBe(false);
    expect(isCsrfProven({}, one)).toBe(false);
  });
});

describe('a page', () => {
  it.each([
    [{}, false],
    [{ 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ 'sec-fetch-site': 'same-site' }, true],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://a.example', host: 'a.example' }, true],
    [{ origin: 'https://a.example', host: 'a.example' }, false],
    [{ origin: 'https://a.example:444', host: 'a.example' }, true],
    [{ origin: 'null', host: 'a.example' }, true],
    [{ origin: 'https://b.example', host: 'a.example' }, true],
  ])('that sends %j is foreign: %s', (headers, expected) => {
    expect(isFromForeignPage(headers)).toBe(expected);
  });
});

describe('people', () => {
  const org = (name: string) => `org_${name.padEnd(26, '0')}` as OrganisationId;
  const caller = (role: Principal['role'], kind: Principal['organisationKind']): Principal => ({
    id: 'key',
    role,
    organisationId: org('a'),
    organisationKind: kind,
    clientPlatformId: undefined,
    carrierCode: undefined,
    personId: undefined,
    scopes: [],
    world: 'live',
  });

  it('are looked after by one role of each kind of organisation, whatever other roles it has', () => {
    for (const kind of ORGANISATION_KINDS) {
      expect(personRolesOf(kind)).toContain(ADMIN_ROLE_OF_KIND[kind]);
      expect(personRolesOf(kind)).not.toContain('merchant_app');
      for (const role of ROLES_OF_KIND[kind]) {
        const own = peopleRelation(caller(role, kind), { id: org('a'), clientPlatformId: undefined });
        expect(own, `${role} of ${kind}`).toBe(role === ADMIN_ROLE_OF_KIND[kind] ? 'own' : undefined);
      }
    }
  });

  it('of another organisation are for the operator, and for the marketplace of the merchant', () => {
    const client = { id: org('b'), clientPlatformId: org('a') };
    expect(peopleRelation(caller('operator', 'operator'), client)).toBe('any');
    expect(peopleRelation(caller('marketplace_staff', 'marketplace'), client)).toBe('client');
    expect(peopleRelation(caller('merchant_admin', 'merchant'), client)).toBeUndefined();
    expect(
      peopleRelation(caller('marketplace_staff', 'marketplace'), {
        id: org('b'),
        clientPlatformId: org('c'),
      }),
    ).toBeUndefined();
  });

  it('and keys are never made wider than the key that makes them', () => {
    expect(widens({ scopes: [] }, [])).toBe(false);
    expect(widens({ scopes: ['accounts'] }, ['accounts'])).toBe(false);
    expect(widens({ scopes: ['accounts'] }, [])).toBe(true);
    expect(widens({ scopes: ['accounts'] }, ['accounts', 'ledger'])).toBe(true);
    expect(widens({ scopes: ['accounts'] }, undefined)).toBe(true);
  });
});
