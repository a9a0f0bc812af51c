import { describe, expect, it, test } from 'vitest';
import { readPayload } from '../../connectors/index.ts';
import { addMs, instant, msBetween } from '../kernel/index.ts';
import { afterOutcome, breakerOf, type SourceHealth } from './breaker.policy.ts';
import { answerAbout } from './outcome.policy.ts';
import { type PolledNumber, planNext, QUIET_DAYS, UNKNOWN_DAYS } from './plan.policy.ts';
import { afterRequests, type Bucket } from './rate.policy.ts';
import { readRetryAfter } from './retry-after.policy.ts';
import { createTokenShelf } from './token-shelf.ts';

const NOW = instant('2026-03-10T12:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function readingOf(number: string, scans: readonly [string, string][]) {
  const data = scans.map(([time, statusCode]) => ({ time, ftime: time, context: 'x', statusCode }));
  const payload = JSON.stringify({ message: 'ok', nu: number, com: 'yunda', state: '0', data });
  const reading = readPayload('kuaidi100', new TextEncoder().encode(payload), 'application/json');
  if (reading === undefined) throw new Error('kuaidi100 is gone');
  return reading;
}
const told = (scans: readonly [string, string][], known?: string) =>
  answerAbout(
    'YD-1234',
    ['YD-1234'],
    readingOf('YD1234', scans),
    known === undefined ? undefined : instant(known),
  );

describe('what an answer says about a number', () => {
  it('finds it whatever the marks in it', () => {
    expect(told([['2026-03-10 10:00:00', '1']])).toMatchObject({ result: 'news' });
    expect(told([])).toMatchObject({ result: 'no_news' });
    expect(answerAbout('OTHER', ['OTHER'], readingOf('YD1234', []), undefined).result).toBe('not_answered');
  });
  it('knows an older copy of an answer', () => {
    expect(told([['2026-03-10 10:00:00', '1']], '2026-03-10T02:00:00Z').result).toBe('no_news');
    expect(told([['2026-03-09 10:00:00', '1']], '2026-03-10T02:00:00Z').result).toBe('stale');
    expect(told([], '2026-03-10T02:00:00Z').result).toBe('stale');
    expect(told([['2026-03-10 10:00:01', '1']], '2026-03-10T02:00:00Z').result).toBe('news');
  });
  it('takes an error without a number for that of the only one asked', () => {
    const text = '{"result":false,"returnCode":"500","message":"none"}';
    const reading = readPayload('kuaidi100', new TextEncoder().encode(text), 'application/json');
    if (reading === undefined) throw new Error('kuaidi100 is gone');
    expect(answerAbout('A', ['A'], reading, undefined).result).toBe('unknown');
    expect(answerAbout('A', ['A', 'B'], reading, undefined).result).toBe('not_answered');
  });
});

describe('when a number is asked for again', () => {
  const fresh: PolledNumber = {
    wantedAt: NOW,
    changedAt: undefined,
    newestScanAt: undefined,
    quietPolls: 0,
    status: 'not_found',
  };
  const quiet = { result: 'no_news', parcel: undefined, newestScanAt: undefined } as const;
  const hours = (polled: PolledNumber, answer: Parameters<typeof planNext>[1], now = NOW) =>
    msBetween(now, planNext(polled, answer, now, 0.5).nextPollAt) / HOUR;

  it('is soon after news, and ever later without', () => {
    const moved = { ...fresh, changedAt: NOW, status: 'in_transit' } as const;
    expect(hours(fresh, told([['2026-03-10 10:00:00', '1']]))).toBe(3);
    expect([0, 1, 2, 3, 9].map((quietPolls) => hours({ ...moved, quietPolls }, quiet))).toEqual([
      6, 12, 24, 24, 24,
    ]);
    expect(
      planNext({ ...moved, quietPolls: 7 }, told([['2026-03-10 10:00:00', '1']]), NOW, 0).quietPolls,
    ).toBe(0);
  });
  it('is within the hour while the parcel is on the van or the answer was an old one', () => {
    expect(hours(fresh, told([['2026-03-10 10:00:00', '5']]))).toBe(1);
    expect(hours({ ...fresh, quietPolls: 5 }, { ...quiet, result: 'stale' })).toBe(1);
  });
  it('never is after the parcel arrived', () => {
    expect(planNext(fresh, told([['2026-03-10 10:00:00', '3']]), NOW, 0)).toMatchObject({
      endReason: 'terminal',
      status: 'delivered',
    });
  });
  it('never is once nobody has known it for long, or nothing has happened for longer', () => {
    const at = (polled: PolledNumber, days: number) =>
      planNext(polled, quiet, addMs(NOW, days * DAY + 1), 0).endReason;
    const moved = { ...fresh, changedAt: NOW, status: 'in_transit' } as const;
    expect([at(fresh, UNKNOWN_DAYS - 1), at(fresh, UNKNOWN_DAYS)]).toEqual([undefined, 'unknown_too_long']);
    expect([at(moved, QUIET_DAYS - 1), at(moved, QUIET_DAYS)]).toEqual([undefined, 'quiet_too_long']);
  });
  it('differs a little from number to number', () => {
    const [early, late] = [0, 1].map((spread) => planNext(fresh, quiet, NOW, spread).nextPollAt);
    expect(msBetween(early ?? NOW, late ?? NOW)).toBe(36 * 60_000);
  });
});

describe('a source that fails', () => {
  const well: SourceHealth = { errorStreak: 0, resumeAt: undefined };
  it('is left alone ever longer, opens its breaker at the third failure and is tried once when its time comes', () => {
    let health = well;
    const waits: number[] = [];
    for (let failure = 0; failure < 9; failure += 1) {
      health = afterOutcome(health, 'timeout', undefined, NOW);
      waits.push(msBetween(NOW, health.resumeAt ?? NOW) / 1_000);
      expect(breakerOf(health, NOW)).toBe(failure < 2 ? 'closed' : 'open');
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1800, 1800, 1800]);
    expect(breakerOf(health, health.resumeAt ?? NOW)).toBe('half_open');
    expect(afterOutcome(health, 'read', undefined, NOW)).toEqual(well);
  });
  it('gets the time that it asks for, and a wrong credential an hour', () => {
    const wait = (outcome: 'rate_limited' | 'credential_refused', retryAfterMs?: number) =>
      msBetween(NOW, afterOutcome(well, outcome, retryAfterMs, NOW).resumeAt ?? NOW);
    expect(wait('rate_limited', 3_600_000)).toBe(3_600_000);
    expect(wait('rate_limited', 1)).toBe(30_000);
    expect(wait('credential_refused')).toBe(HOUR);
  });
});

test.each([
  ['120', 120_000],
  ['Tue, 10 Mar 2026 12:01:00 GMT', 60_000],
  ['Tue, 10 Mar 2020 12:01:00 GMT', 0],
  ['99999999', DAY],
  ['soon', undefined],
  ['-5', undefined],
  [undefined, undefined],
])('Retry-After: %s is %s ms', (text, ms) => {
  const wait = readRetryAfter(text, Date.parse(NOW));
  expect(wait).toBe(ms);
});

test('a bucket lets a burst go and then one request an interval', () => {
  const rate = { requests: 60, perMs: HOUR, burst: 5 };
  let bucket: Bucket = { fullAt: NOW };
  let now = NOW;
  const gone: number[] = [];
  for (let request = 0; request < 10; request += 1) {
    gone.push(msBetween(NOW, now) / 60_000);
    const next = afterRequests(bucket, rate, now, 1);
    bucket = next.bucket;
    now = next.nextAt;
  }
  expect(gone).toEqual([0, 0, 0, 0, 0, 1, 2, 3, 4, 5]);
});

test('a token is kept until shortly before its end, and only that one is forgotten', () => {
  const shelf = createTokenShelf();
  shelf.keep('a', 'one', 0, 100_000);
  expect([shelf.find('a', 69_999), shelf.find('a', 70_000), shelf.find('b', 0)]).toEqual([
    'one',
    undefined,
    undefined,
  ]);
  shelf.keep('a', 'two', 0, 100_000);
  shelf.forget('a', 'one');
  expect(shelf.find('a', 0)).toBe('two');
  shelf.forget('a', 'two');
  expect(shelf.find('a', 0)).toBeUndefined();
});
