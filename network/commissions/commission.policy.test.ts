import { describe, expect, test } from 'vitest';
import { type CountryCode, instant, money, type PointId } from '../kernel/index.ts';
import { counterLine, linesOf, linesToReverse, type PointFact } from './accrual.policy.ts';
import { commissionFor, deductionFor, documentFor, tariffFor, tierFor } from './commission.policy.ts';
import { decide } from './decide.ts';
import type { Line } from './model.ts';
import { DEFAULT_POINT_COMMISSION, POINT_COMMISSION_KIND, pointCommissionSchema } from './rulebook.ts';
import { closesAt, monthOf, weekFrom, weekOf, weeksOf } from './week.policy.ts';

const CN = tariffFor(DEFAULT_POINT_COMMISSION, 'CN');
const DE = tariffFor(DEFAULT_POINT_COMMISSION, 'DE');

describe('the rules', () => {
  test('that are shipped are a document and pass their tests', () => {
    expect(pointCommissionSchema.parse(DEFAULT_POINT_COMMISSION)).toEqual(DEFAULT_POINT_COMMISSION);
    expect(POINT_COMMISSION_KIND.runTests(DEFAULT_POINT_COMMISSION)).toEqual([]);
  });

  test('need tiers that begin at 1, climb, and say one thing each', () => {
    const wrong = (tiers: object[]) =>
      POINT_COMMISSION_KIND.runTests({
        ...DEFAULT_POINT_COMMISSION,
        otherwise: { ...DE, work: { ...DE.work, parcel_stored: tiers as never } },
      }).map(({ test: name, ruleId }) => [name, ruleId]);
    const rule = 'otherwise.parcel_stored';
    expect(wrong([{ from: 2, amountMinor: 1 }])).toEqual([['tiers begin', rule]]);
    expect(
      wrong([
        { from: 1, amountMinor: 1 },
        { from: 1, amountMinor: 2 },
      ]),
    ).toEqual([['tiers climb', rule]]);
    expect(wrong([{ from: 1 }])).toEqual([['tiers pay', rule]]);
    expect(wrong([{ from: 1, amountMinor: 1, shareBasisPoints: 1 }])).toEqual([['tiers pay', rule]]);
  });

  test('of a network with an agreement of its own come before the general ones, and say nothing of others', () => {
    const [post, rival, third] = ['1', '2', '3'].map((n) => `org_${n.repeat(26)}`) as [
      string,
      string,
      string,
    ];
    const own = { ...CN, storageShareBasisPoints: 1 };
    const document = {
      ...DEFAULT_POINT_COMMISSION,
      networks: { [post]: { tariffs: { CN: own } }, [rival]: { tariffs: {}, otherwise: own } },
    };
    const share = (network: string, country: string) =>
      tariffFor(documentFor(document, network), country).storageShareBasisPoints;
    const general = (country: string) => tariffFor(DEFAULT_POINT_COMMISSION, country).storageShareBasisPoints;
    expect([share(post, 'CN'), share(post, 'DE')]).toEqual([1, general('DE')]);
    expect([share(rival, 'CN'), share(rival, 'DE')]).toEqual([1, 1]);
    expect(documentFor(document, third)).toEqual(DEFAULT_POINT_COMMISSION);
    expect(documentFor(document, post).networks).toBeUndefined();
    expect(POINT_COMMISSION_KIND.runTests(document)).toEqual([]);
    const broken = { ...own, work: { ...own.work, parcel_stored: [{ from: 2, amountMinor: 1 }] } };
    const networks = { [post]: { tariffs: { CN: broken } } };
    expect(POINT_COMMISSION_KIND.runTests({ ...document, networks })).toMatchObject([
      { test: 'tiers begin', ruleId: `${post}.CN.parcel_stored` },
    ]);
  });

  test('a country without a tariff of its own has the one for elsewhere', () => {
    expect(CN.currency).toBe('CNY');
    expect(tariffFor(DEFAULT_POINT_COMMISSION, 'BR')).toBe(DEFAULT_POINT_COMMISSION.otherwise);
  });
});

describe('an amount', () => {
  test.each([
    [1, 15],
    [3_000, 15],
    [3_001, 20],
    [30_000, 20],
    [30_001, 25],
    [9_000_000, 25],
  ])('the %d. stored parcel of the month earns %d', (monthCount, amountMinor) => {
    expect(tierFor(CN.work.parcel_stored, monthCount).amountMinor).toBe(amountMinor);
    expect(commissionFor(CN, 'parcel_stored', monthCount, undefined).commission.amountMinor).toBe(
      amountMinor,
    );
  });

  test('the place in the month begins at 1', () => {
    expect(() => tierFor(CN.work.parcel_stored, 0)).toThrow(RangeError);
  });

  test('a share is of the freight in its currency, half away from zero; the outlet has its part', () => {
    const { commission, isShare } = commissionFor(CN, 'return_accepted', 1, money(1_235, 'EUR'));
    // 123.5 -> 124; 70 % of 124 = 86.8 -> 87.
    expect(commission).toEqual({ currency: 'EUR', amountMinor: 124, outletMinor: 87 });
    expect(isShare).toBe(true);
  });

  test('a share without freight is nothing, and counts all the same', () => {
    expect(commissionFor(CN, 'return_accepted', 7, undefined).commission).toEqual({
      currency: 'CNY',
      amountMinor: 0,
      outletMinor: 0,
    });
  });

  test('a deduction is what the rules say for its reason, all of it the outlet’s', () => {
    expect(deductionFor(CN, 'lost')).toEqual({ currency: 'CNY', amountMinor: -20_000, outletMinor: -20_000 });
  });
});

const fact = {
  eventId: 'evt_1',
  eventType: 'x',
  pointId: 'pnt_1' as PointId,
  subject: { kind: 'return', id: 'ret_1' },
  occurredAt: instant('2026-11-30T10:00:00Z'),
} as const;
const draftsOf = (more: object) =>
  linesOf(
    { ...fact, ...more } as Extract<PointFact, { kind: 'work' | 'storage_fee' }>,
    DEFAULT_POINT_COMMISSION,
    'CN' as CountryCode,
    () => ({ month: '2026-11', monthCount: 3 }),
  );

describe('lines of what happened', () => {
  test('work gives its line, with the figures that it came from', () => {
    expect(draftsOf({ kind: 'work', work: 'parcel_stored' })).toEqual([
      {
        kind: 'accrual',
        rule: 'parcel_stored',
        currency: 'CNY',
        amountMinor: 15,
        outletMinor: 11,
        inputs: { month: '2026-11', monthCount: 3 },
      },
    ]);
  });

  test('a return whose freight the counter took owes the freight and earns a share of it', () => {
    const freight = money(1_000, 'CNY');
    const drafts = draftsOf({ kind: 'work', work: 'return_accepted', freight, collected: freight });
    expect(drafts.map(({ rule, amountMinor, outletMinor }) => [rule, amountMinor, outletMinor])).toEqual([
      ['return_accepted', 100, 70],
      ['freight_collected', -1_000, -1_000],
    ]);
    expect(drafts.map((draft) => draft.inputs.baseMinor)).toEqual([1_000, 1_000]);
  });

  test('a storage fee is the operator’s but for the network’s share', () => {
    const drafts = draftsOf({ kind: 'storage_fee', fee: money(101, 'CNY') });
    expect(drafts.map(({ rule, amountMinor, outletMinor }) => [rule, amountMinor, outletMinor])).toEqual([
      ['storage_collected', -101, -101],
      ['storage_share', 51, 36],
    ]);
  });

  test('what was undone is taken back once, and only what its rules name', () => {
    const line = (id: string, rule: string, more = {}) =>
      ({
        id,
        rule,
        kind: 'accrual',
        amountMinor: 15,
        outletMinor: 11,
        inputs: {},
        ...more,
      }) as unknown as Line;
    const stored = line('1', 'parcel_stored');
    const first = line('2', 'parcel_handed_out');
    const counter = line('3', 'parcel_handed_out', { kind: 'counter', reverses: '2' });
    const second = line('4', 'parcel_handed_out');
    const all = [stored, first, counter, second];
    expect(linesToReverse(all, ['parcel_handed_out'])).toEqual([second]);
    expect(
      linesToReverse(
        [...all, line('5', 'parcel_handed_out', { kind: 'counter', reverses: '4' })],
        ['parcel_handed_out'],
      ),
    ).toEqual([]);
    expect(counterLine(second)).toMatchObject({ kind: 'counter', amountMinor: -15, outletMinor: -11 });
  });
});

describe('a week', () => {
  test('runs from Monday to Sunday in the zone of the network', () => {
    // Sunday 23:30 in Berlin, Monday 06:30 in Shanghai.
    const at = instant('2026-11-29T22:30:00Z');
    expect(weekOf(at, 'Europe/Berlin').week).toBe('2026-11-23');
    expect(weekOf(at, 'Asia/Shanghai').week).toBe('2026-11-30');
    expect(monthOf(instant('2026-11-30T20:00:00Z'), 'Asia/Shanghai')).toBe('2026-12');
  });

  test('is an hour shorter when the clocks go forward, and closes some hours after', () => {
    const week = weekFrom('2026-03-23', 'Europe/Berlin');
    expect(week.startsAt).toBe('2026-03-22T23:00:00.000Z');
    expect(week.endsAt).toBe('2026-03-29T22:00:00.000Z');
    expect(closesAt(week, 6)).toBe('2026-03-30T04:00:00.000Z');
  });

  test('takes what was told after its close into the week that runs, each week once', () => {
    const happened = ['2026-03-24', '2026-03-26', '2026-03-10'].map((day) => instant(`${day}T12:00:00Z`));
    const at = (now: string) =>
      weeksOf(happened, { now: instant(now), zone: 'Europe/Berlin', closeAfterHours: 6 }).map(
        ({ week }) => week,
      );
    expect(at('2026-03-30T03:59:00Z')).toEqual(['2026-03-23', '2026-03-30']);
    expect(at('2026-03-30T04:00:00Z')).toEqual(['2026-03-30']);
    expect(at('2026-03-28T12:00:00Z')).toEqual(['2026-03-23']);
  });
});

describe('a deduction', () => {
  const until = instant('2026-12-10T00:00:00Z');
  const now = instant('2026-12-01T00:00:00Z');
  const of = (state: 'imposed' | 'appealed' | 'upheld' | 'overturned') =>
    ({ state, amountMinor: 500, appealUntil: until }) as const;
  const overturn = { kind: 'decide', decision: 'overturned' } as const;
  const uphold = { kind: 'decide', decision: 'upheld' } as const;
  const answerOf = (outcome: ReturnType<typeof decide>) =>
    outcome.ok ? [outcome.value.state, outcome.value.recoveredMinor] : outcome.rejection.code;

  test.each([
    ['imposed', { kind: 'appeal' }, now, ['appealed', 0]],
    ['imposed', { kind: 'appeal' }, until, 'deduction_appeal_over'],
    ['imposed', overturn, now, 'deduction_state_conflict'],
    ['appealed', { kind: 'appeal' }, now, 'deduction_state_conflict'],
    ['appealed', overturn, now, ['overturned', 500]],
    ['appealed', uphold, until, ['upheld', 0]],
    ['upheld', overturn, now, 'deduction_state_conflict'],
    ['overturned', uphold, now, 'deduction_state_conflict'],
  ] as const)('that is %s, told %o at %s: %o', (state, command, at, expected) => {
    expect(answerOf(decide(of(state), command, at))).toEqual(expected);
  });
});
