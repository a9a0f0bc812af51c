import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMs, instant, localDate, money } from '../kernel/index.ts';
import { compileLine } from './compiled-line.ts';
import { findCompensation, findPromisedInterval } from './promise-days.policy.ts';
import { sampleLine } from './sample-line.fixture.ts';
import { SHIPPED_LINES } from './shipped-lines.ts';

const line = compileLine(sampleLine());
const AMSTERDAM = 'Europe/Amsterdam';
const promised = (at: string, destination: string | undefined = AMSTERDAM) => {
  const interval = findPromisedInterval(line, 'near', instant(at), destination);
  return [interval?.earliest, interval?.latest];
};

// Amsterdam is UTC+1 in winter; the cut-off is 16:00 there. 2026-03-02 is a Monday. Near: 1 to 2 working days.
test('before the cut-off the day itself is day zero', () => {
  expect(promised('2026-03-02T14:59:59.999Z')).toEqual([
    '2026-03-02T23:00:00.000Z',
    '2026-03-04T22:59:59.999Z',
  ]);
});

test('at the cut-off the next day is day zero', () => {
  expect(promised('2026-03-02T15:00:00Z')).toEqual(['2026-03-03T23:00:00.000Z', '2026-03-05T22:59:59.999Z']);
});

test('working days leave out the weekend: handed over on Saturday counts from Monday', () => {
  expect(promised('2026-03-07T09:00:00Z')).toEqual(['2026-03-09T23:00:00.000Z', '2026-03-11T22:59:59.999Z']);
});

test('a holiday is not counted, and summer time moves the instant, not the day', () => {
  // Friday 2026-04-24; Monday the 27th is free: days one and two are the 28th and 29th, UTC+2.
  expect(promised('2026-04-24T08:00:00Z')).toEqual(['2026-04-27T22:00:00.000Z', '2026-04-29T21:59:59.999Z']);
});

test('a zone without days of its own takes those of the star', () => {
  expect(findPromisedInterval(line, 'elsewhere', instant('2026-03-02T08:00:00Z'), AMSTERDAM)).toMatchObject({
    minDays: 3,
    maxDays: 5,
    kind: 'PROMISE',
  });
});

test('a line that says nothing about a zone promises nothing', () => {
  const { promise } = sampleLine();
  const silent = compileLine(
    sampleLine({ promise: { ...promise, days: [{ zone: 'near', minDays: 1, maxDays: 1 }] } }),
  );
  expect(findPromisedInterval(silent, 'far', instant('2026-03-02T08:00:00Z'), AMSTERDAM)).toBeUndefined();
});

// Handed over on Monday the 2nd: the 3rd and 4th, wherever that is.
test.each([
  ['Europe/Lisbon', '2026-03-03T00:00:00.000Z', '2026-03-04T23:59:59.999Z'],
  ['Asia/Tokyo', '2026-03-02T15:00:00.000Z', '2026-03-04T14:59:59.999Z'],
  ['America/Los_Angeles', '2026-03-03T08:00:00.000Z', '2026-03-05T07:59:59.999Z'],
  ['Pacific/Auckland', '2026-03-02T11:00:00.000Z', '2026-03-04T10:59:59.999Z'],
])('the dates that the line counts are dates of the destination: in %s', (zone, earliest, latest) => {
  expect(promised('2026-03-02T08:00:00Z', zone)).toEqual([earliest, latest]);
  expect([localDate(instant(earliest), zone), localDate(instant(latest), zone)]).toEqual([
    '2026-03-03',
    '2026-03-04',
  ]);
});

test('the cut-off and the working days stay those of the line, however late it is at the destination', () => {
  // Friday 15:30 in Amsterdam, Saturday in Auckland: Monday and Tuesday.
  const [earliest, latest] = promised('2026-03-06T14:30:00Z', 'Pacific/Auckland');
  expect([earliest, latest].map((at) => localDate(at!, 'Pacific/Auckland'))).toEqual([
    '2026-03-09',
    '2026-03-10',
  ]);
});

test('where nobody knows the clock of the destination a date is one of the line', () => {
  const at = instant('2026-03-02T08:00:00Z');
  expect(findPromisedInterval(line, 'near', at, undefined)).toEqual(
    findPromisedInterval(line, 'near', at, AMSTERDAM),
  );
});

test('calendar days in São Paulo count every day', () => {
  const brazil = compileLine(SHIPPED_LINES.find((shipped) => shipped.code === 'br_domestic_standard')!);
  // Saturday 2018-02-03 12:00 local (UTC-2 in summer time): state zone 2 to 14 days; summer time ends on the 18th.
  expect(
    findPromisedInterval(brazil, 'state', instant('2018-02-03T14:00:00Z'), 'America/Sao_Paulo'),
  ).toMatchObject({
    earliest: '2018-02-05T02:00:00.000Z',
    latest: '2018-02-18T02:59:59.999Z',
  });
});

test('handing over later never promises earlier', () => {
  const compiled = SHIPPED_LINES.map(compileLine);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 3 * 365 * 24 * 60 }),
      fc.integer({ min: 0, max: 10_000 }),
      fc.constantFrom(undefined, 'Europe/Berlin', 'Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Auckland'),
      (minute, more, zone) => {
        const first = addMs(instant('2024-01-01T00:00:00Z'), minute * 60_000);
        for (const each of compiled) {
          const a = findPromisedInterval(each, '*', first, zone);
          const b = findPromisedInterval(each, '*', addMs(first, more * 60_000), zone);
          if (a === undefined || b === undefined) continue;
          if (zone === undefined) expect(a.earliest >= first || a.minDays === 0).toBe(true);
          expect(a.earliest < a.latest).toBe(true);
          expect(b.earliest >= a.earliest && b.latest >= a.latest).toBe(true);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('a calendar without working days is a programming error', () => {
  const { promise } = sampleLine();
  const never = compileLine(sampleLine({ promise: { ...promise, weekend: [1, 2, 3, 4, 5, 6, 7] } }));
  expect(() => findPromisedInterval(never, 'near', instant('2026-03-02T08:00:00Z'), AMSTERDAM)).toThrow(
    RangeError,
  );
});

test('compensation is the rule up to the cap, in one currency', () => {
  const cap = money(500, 'EUR');
  const share = { rule: { kind: 'percent_of_order', rateBp: 1000 }, cap } as const;
  expect(findCompensation(share, money(3_333, 'EUR'))).toEqual(money(333, 'EUR'));
  expect(findCompensation(share, money(5_001, 'EUR'))).toEqual(cap);
  expect(findCompensation(share, money(5_000, 'USD'))).toBeUndefined();
  expect(
    findCompensation({ rule: { kind: 'fixed', amount: money(600, 'EUR') }, cap }, money(1, 'USD')),
  ).toEqual(cap);
});
