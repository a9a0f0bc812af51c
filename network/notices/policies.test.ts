import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { addMs, instant } from '../kernel/index.ts';
import { afterAttempt, type EndpointHealth, logText } from './attempt.policy.ts';
import { findUnknownType, isWanted } from './event-types.policy.ts';
import { JITTER, RETRY_MS, retryAfterMs, waitAfter } from './retry.policy.ts';
import { secretText, signedHeaders } from './signature.policy.ts';

const NOW = instant('2026-03-01T12:00:00Z');
const NOW_MS = Date.parse(NOW);
const HEALTHY: EndpointHealth = {
  state: 'enabled',
  disabledReason: undefined,
  disabledAt: undefined,
  failingSince: undefined,
  isSlow: false,
  failures: 0,
  resumeAt: undefined,
};
const answered = (status: number, retryAfter?: string) => ({
  status,
  failure: undefined,
  retryAfter,
  durationMs: 20,
});
const fate = (health: EndpointHealth, status: number, attempt = 1, retryAfter?: string) =>
  afterAttempt(health, { id: 'whd_a', attempt }, answered(status, retryAfter), NOW, NOW_MS);

describe('the schedule', () => {
  test('ten attempts: at once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h', () => {
    expect(RETRY_MS.map((ms) => ms / 1000)).toEqual([
      5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
    ]);
    expect(waitAfter(10, 'a', undefined)).toBeUndefined();
  });

  test('jitter is never early, at most a tenth late, and the same for the same seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.string(), (attempt, seed) => {
        const wait = waitAfter(attempt, seed, undefined)!;
        const planned = RETRY_MS[attempt - 1]!;
        expect(wait).toBeGreaterThanOrEqual(planned);
        expect(wait).toBeLessThanOrEqual(planned * (1 + JITTER) + 1);
        expect(waitAfter(attempt, seed, undefined)).toBe(wait);
      }),
    );
    const waits = new Set(Array.from({ length: 50 }, (_, index) => waitAfter(3, `d${index}`, undefined)));
    expect(waits.size).toBeGreaterThan(40);
  });

  test.each<[string | undefined, number | undefined]>([
    [undefined, undefined],
    ['120', 120_000],
    [' 0 ', 0],
    ['-5', undefined],
    ['1e9', undefined],
    ['soon', undefined],
    ['9999999999', undefined],
    ['Sun, 01 Mar 2026 12:01:00 GMT', 60_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['2026-03-01', undefined],
  ])('Retry-After %s is %s ms', (header, expected) => {
    expect(retryAfterMs(header, NOW_MS)).toBe(expected);
  });

  test('Retry-After moves an attempt back, never forth, and at most a day', () => {
    expect(fate(HEALTHY, 503, 1, '3600').delivery.nextAttemptAt).toBe(addMs(NOW, 3_600_000));
    expect(fate(HEALTHY, 503, 1, '99999999').delivery.nextAttemptAt).toBe(addMs(NOW, 86_400_000));
    expect(fate(HEALTHY, 429, 5, '1').delivery.nextAttemptAt >= addMs(NOW, RETRY_MS[4]!)).toBe(true);
  });
});

describe('after an attempt', () => {
  test.each([200, 201, 202, 204, 299])('%i is success and ends a time of failures', (status) => {
    const failing = { ...HEALTHY, failingSince: addMs(NOW, -1000), isSlow: true };
    expect(fate(failing, status)).toEqual({
      delivery: { state: 'delivered', nextAttemptAt: NOW },
      endpoint: HEALTHY,
    });
  });

  test.each([100, 199, 300, 301, 302, 304, 307, 400, 401, 404, 429, 500, 503])(
    '%i is a failure',
    (status) => {
      const { delivery, endpoint } = fate(HEALTHY, status);
      expect(delivery.state).toBe('pending');
      expect(endpoint).toMatchObject({ state: 'enabled', failingSince: NOW, isSlow: true });
    },
  );

  test('the tenth failure gives a delivery up', () => {
    expect(fate(HEALTHY, 500, 9).delivery.state).toBe('pending');
    expect(fate(HEALTHY, 500, 10).delivery.state).toBe('failed');
  });

  test('410 switches the endpoint off', () => {
    expect(fate(HEALTHY, 410)).toMatchObject({
      delivery: { state: 'failed' },
      endpoint: { state: 'disabled', disabledReason: 'gone', disabledAt: NOW },
    });
  });

  test('five days of failures switch the endpoint off, a moment less does not', () => {
    const days = (ms: number) => ({ ...HEALTHY, failingSince: addMs(NOW, -ms) });
    expect(fate(days(5 * 86_400_000), 500).endpoint.disabledReason).toBe('failing');
    expect(fate(days(5 * 86_400_000 - 1), 500).endpoint.state).toBe('enabled');
  });

  test('a slow success moves the endpoint to the slow lane, a quick one back', () => {
    const slow = { ...answered(200), durationMs: 2_001 };
    expect(afterAttempt(HEALTHY, { id: 'a', attempt: 1 }, slow, NOW, NOW_MS).endpoint.isSlow).toBe(true);
    expect(fate({ ...HEALTHY, isSlow: true }, 200).endpoint.isSlow).toBe(false);
  });

  test('the log keeps 1,000 whole characters and no control characters', () => {
    expect(logText('a\u0000b\u001b[31m\r\n\u202ec\u2028d')).toBe('a b [31m c d');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        const kept = logText(text);
        expect(Array.from(kept).length).toBeLessThanOrEqual(1000);
        expect(kept).not.toMatch(/\p{Cc}/u);
        expect(kept.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('signatures', () => {
  const secret = (byte: number) => new Uint8Array(32).fill(byte);
  const verify = (key: Uint8Array, body: Buffer, headers: Record<string, string>) =>
    new Webhook(secretText(key)).verify(body, headers);

  test('the library of Standard Webhooks takes every body, with the old and the new secret', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const body = Buffer.from(json);
        const headers = signedHeaders('evt_a', Date.now(), body, [secret(2), secret(1)]);
        expect(verify(secret(1), body, headers)).toEqual(JSON.parse(json));
        expect(verify(secret(2), body, headers)).toEqual(JSON.parse(json));
        expect(() => verify(secret(3), body, headers)).toThrow();
      }),
    );
  });

  test('another body, id or time does not verify, and an old message is a replay', () => {
    const body = Buffer.from('{"a":1}');
    const headers = signedHeaders('evt_a', Date.now(), body, [secret(1)]);
    expect(() => verify(secret(1), Buffer.from('{"a":2}'), headers)).toThrow();
    expect(() => verify(secret(1), body, { ...headers, 'webhook-id': 'evt_b' })).toThrow();
    const later = String(Number(headers['webhook-timestamp']) + 1);
    expect(() => verify(secret(1), body, { ...headers, 'webhook-timestamp': later })).toThrow();
    const old = signedHeaders('evt_a', Date.now() - 301_000, body, [secret(1)]);
    expect(() => verify(secret(1), body, old)).toThrow('too old');
  });
});

describe('filters', () => {
  test('empty lets all through, a prefix its family, a name itself', () => {
    expect(isWanted([], 'a.b')).toBe(true);
    expect(isWanted(['a.*'], 'a.b')).toBe(true);
    expect(isWanted(['a.*'], 'aa.b')).toBe(false);
    expect(isWanted(['a.b'], 'a.bc')).toBe(false);
    expect(findUnknownType(['a.b', 'c.*'], ['a.b'])).toBe('c.*');
    expect(findUnknownType(['a.*'], ['a.b'])).toBeUndefined();
  });
});
