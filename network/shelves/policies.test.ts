import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, type CountryCode, instant } from '../kernel/index.ts';
import {
  CODE_TRIES,
  type CodeScheme,
  codesOfScope,
  codeText,
  isFairDraw,
  normaliseCode,
  placeText,
  readCompartment,
  readPlace,
  scopeKey,
  sequenceToTry,
} from './code.policy.ts';
import { DEFAULT_POINT_STORAGE, POINT_STORAGE_KIND, pointStorageSchema } from './rulebook.ts';
import { rungsAhead, storageFee, termsFrom } from './storage.policy.ts';
import { countedTime, judgeHandOut, judgeStore } from './sync.policy.ts';

const ROW: CodeScheme = { form: 'place', scope: 'row' };
const SECRET: CodeScheme = { form: 'digits', digits: 6 };
const NOON = instant('2026-11-02T12:00:00Z');
const HOUR = 3_600_000;
const DE = 'DE' as CountryCode;
const { station, post_office: postOffice, locker } = DEFAULT_POINT_STORAGE.byKind;

describe('places and codes', () => {
  it.each([
    ['15-1', '15-1'],
    ['015-01', '15-1'],
    [' a3-2 ', 'A3-2'],
    ['A03-02', 'A3-2'],
    ['0-0', '0-0'],
  ])('%j is the place %s', (text, place) => {
    const read = readPlace(text);
    expect(read && placeText(read)).toBe(place);
  });
  it.each(['', '15', '15-1-3', 'shelf-1', '1234-1', '15-123', '15--1'])('%j is no place', (text) => {
    expect(readPlace(text)).toBeUndefined();
  });
  it.each([
    ['l12', 'L12'],
    ['B-07', 'B-07'],
    ['-7', undefined],
    ['seven doors!', undefined],
  ])('%j is the compartment %s', (text, name) => {
    expect(readCompartment(text)).toBe(name);
  });
  it('a code of a station names the place and goes on from the last one', () => {
    const place = readPlace('15-1');
    expect(codeText(ROW, place, sequenceToTry(ROW, 0, 730, 99))).toBe('15-1-731');
    expect(sequenceToTry(ROW, 0, undefined, 99)).toBe(1);
    expect(sequenceToTry(ROW, 0, codesOfScope(ROW), 99)).toBe(1);
  });
  it('a scope is the row, the shelf or the whole point, and the whole point for secret digits', () => {
    const place = readPlace('15-1');
    expect(scopeKey(ROW, place)).toBe('15-1');
    expect(scopeKey({ form: 'place', scope: 'shelf' }, place)).toBe('15');
    expect(scopeKey({ form: 'place', scope: 'full' }, place)).toBe('full');
    expect(scopeKey(SECRET, place)).toBe('full');
  });
  it.each([
    ['15-1-731', '015-01-0731'],
    ['15-1-731', ' 15 - 1 - 731 '],
    ['15-1-731', '15.1.731'],
    ['A3-2-5', 'a03-2-05'],
  ])('%s is also said as %j', (code, said) => {
    expect(normaliseCode(ROW, said)).toBe(code);
  });
  it('secret digits keep their zeros and lose their blanks', () => {
    expect(normaliseCode(SECRET, ' 004 217 ')).toBe('004217');
    expect(normaliseCode(SECRET, '4217')).not.toBe('004217');
    expect(codeText(SECRET, undefined, 4_217)).toBe('004217');
  });
  it('what a code says is read back as itself', () => {
    fc.assert(
      fc.property(fc.nat(999), fc.nat(99), fc.integer({ min: 1, max: 9_999 }), (shelf, row, sequence) => {
        const place = readPlace(`${shelf}-${row}`);
        const code = codeText(ROW, place, sequence);
        expect(normaliseCode(ROW, code)).toBe(code);
      }),
    );
  });
  it('every sequence lies in its scope, whatever was drawn', () => {
    const scheme = fc.constantFrom<CodeScheme>(ROW, SECRET, { form: 'digits', digits: 4 });
    const last = fc.option(fc.integer({ min: 1, max: 9_999 }), { nil: undefined });
    fc.assert(
      fc.property(scheme, fc.nat(CODE_TRIES), last, fc.nat(2 ** 32 - 1), (one, attempt, before, drawn) => {
        const sequence = sequenceToTry(one, attempt, before, drawn);
        const lowest = one.form === 'digits' ? 0 : 1;
        expect(sequence).toBeGreaterThanOrEqual(lowest);
        expect(sequence).toBeLessThan(codesOfScope(one) + lowest);
      }),
    );
  });
  it('eight clerks who collide at once do not collide again in lock-step', () => {
    const drawn = [3, 1_000, 77, 40_001, 5, 912, 65_535, 8];
    const seconds = drawn.map((one) => sequenceToTry(ROW, 2, 100, one));
    expect(new Set(seconds).size).toBeGreaterThan(4);
  });
  it('digits are drawn fairly: the rest of the range is thrown away', () => {
    expect(isFairDraw(SECRET, 2 ** 32 - 1)).toBe(false);
    expect(isFairDraw(SECRET, 0)).toBe(true);
    expect(isFairDraw(ROW, 2 ** 32 - 1)).toBe(true);
  });
});

describe('the stay', () => {
  it('a station keeps five days free and sends home after fifteen', () => {
    expect(termsFrom(station, NOON)).toEqual({
      freeUntil: '2026-11-07T12:00:00.000Z',
      returnAt: '2026-11-17T12:00:00.000Z',
    });
  });
  it('the rungs come in their order, those that were climbed are gone', () => {
    const { returnAt } = termsFrom(station, NOON);
    const kinds = (climbed: number) =>
      rungsAhead(station, { storedAt: NOON, returnAt, climbed }).map(({ kind, index }) => `${index} ${kind}`);
    expect(kinds(0)).toEqual(['0 remind', '1 urge', '2 final', '3 return']);
    expect(kinds(2)).toEqual(['2 final', '3 return']);
    expect(kinds(4)).toEqual([]);
  });
  it('an extension moves the last call and the return, and no reminder', () => {
    const { returnAt } = termsFrom(station, NOON);
    const extended = addMs(returnAt, 72 * HOUR);
    const rungs = rungsAhead(station, { storedAt: NOON, returnAt: extended, climbed: 0 });
    expect(rungs.map(({ at }) => at.slice(0, 10))).toEqual([
      '2026-11-05',
      '2026-11-09',
      '2026-11-16',
      '2026-11-20',
    ]);
  });
  it.each([
    ['inside the free time', station, 5 * 24, undefined],
    ['a moment later', station, 5 * 24 + 0.01, 50],
    ['two days later', station, 7 * 24, 100],
    ['up to the cap', station, 40 * 24, 500],
    ['a locker by half days', locker, 24 + 13, 100],
    ['a post office for nothing', postOffice, 40 * 24, undefined],
  ])('storage %s', (_when, ladder, hours, minor) => {
    const { freeUntil } = termsFrom(ladder, NOON);
    expect(storageFee(ladder, freeUntil, addMs(NOON, hours * HOUR), DE)?.amountMinor).toBe(minor);
  });
  it('storage is free where no fee stands, and never falls with time', () => {
    const { freeUntil } = termsFrom(station, NOON);
    expect(storageFee(station, freeUntil, addMs(NOON, 400 * HOUR), 'BR' as CountryCode)).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), (first, more) => {
        const fee = (hours: number) =>
          storageFee(station, freeUntil, addMs(NOON, hours * HOUR), DE)?.amountMinor ?? 0;
        expect(fee(first + more)).toBeGreaterThanOrEqual(fee(first));
      }),
    );
  });
});

describe('the rulebook', () => {
  it('the shipped document passes its own tests', () => {
    expect(POINT_STORAGE_KIND.runTests?.(pointStorageSchema.parse(DEFAULT_POINT_STORAGE))).toEqual([]);
  });
  it('a ladder that does not climb or does not end is refused', () => {
    const ladder = [
      { afterHours: 48, kind: 'return' as const },
      { afterHours: 24, kind: 'remind' as const },
    ];
    const document = {
      ...DEFAULT_POINT_STORAGE,
      byKind: { ...DEFAULT_POINT_STORAGE.byKind, shop: { ...station, ladder } },
    };
    expect(POINT_STORAGE_KIND.runTests?.(document).map(({ test }) => test)).toEqual([
      'ladder climbs',
      'ladder ends',
    ]);
  });
  it('nothing is charged for a hand-out that may still be undone', () => {
    const document = { ...DEFAULT_POINT_STORAGE, undoHours: 48, cashOpenHours: 47 };
    expect(POINT_STORAGE_KIND.runTests?.(document).map(({ test }) => test)).toEqual(['cash after undo']);
  });
});

describe('what a device recorded without a network', () => {
  const waits = {
    state: 'stored' as const,
    consent: undefined,
    wrongTries: 0,
    storedAt: NOON,
    handedOutAt: undefined,
    isExtended: false,
    changedAt: NOON,
    cashOnDelivery: undefined,
    cashPaidBy: undefined,
    cashChargedAt: undefined,
    lease: { deviceId: 'phone-01', until: addMs(NOON, 24 * HOUR) },
  };
  const gone = {
    ...{ deviceId: 'phone-01', counted: { at: addMs(NOON, HOUR), isSure: true } },
    ...{ isCodeRight: true, isFeeOpen: false, isCashOpen: false, isAfterOwnUndo: false },
  };
  const unsure = { counted: { at: NOON, isSure: false } };
  const locked = { ...waits, wrongTries: 5 };
  it.each([
    ['by its holder', waits, gone, 'record', undefined],
    ['with the storage fee open', waits, { ...gone, isFeeOpen: true }, 'record', 'fee_open'],
    ['with the goods not paid', waits, { ...gone, isFeeOpen: true, isCashOpen: true }, 'record', 'cash_open'],
    ['with a wrong code', waits, { ...gone, isCodeRight: false }, 'record', 'code_wrong'],
    ['without a code', waits, { ...gone, isCodeRight: undefined }, 'record', undefined],
    ['by a code that was locked', locked, gone, 'record', 'code_locked'],
    ['by identity after wrong codes', locked, { ...gone, isCodeRight: undefined }, 'record', undefined],
    ['by another device', waits, { ...gone, deviceId: 'phone-02' }, 'record', 'not_leased'],
    ['without a lease', { ...waits, lease: undefined }, gone, 'record', 'not_leased'],
    [
      'after it was taken back by the same device',
      waits,
      { ...gone, isCodeRight: false, isAfterOwnUndo: true },
      'record',
      undefined,
    ],
    [
      'after the lease was over',
      waits,
      { ...gone, counted: { at: addMs(NOON, 25 * HOUR), isSure: true } },
      'record',
      'not_leased',
    ],
    ['at a time that cannot be', waits, { ...gone, ...unsure }, 'record', 'clock_wrong'],
    ['of two faults the weightier', waits, { ...gone, ...unsure, isFeeOpen: true }, 'record', 'fee_open'],
    [
      'of what was handed out meanwhile',
      { ...waits, state: 'handed_out' as const },
      gone,
      'keep',
      'handed_out_elsewhere',
    ],
    ['of what went home', { ...waits, state: 'returning' as const }, gone, 'keep', 'gone_home'],
    ['of what never came', { ...waits, state: 'announced' as const }, gone, 'keep', 'cancelled'],
    ['of an unknown number', undefined, gone, 'keep', 'unknown_parcel'],
  ])('a hand-out %s', (_how, standing, action, kind, conflict) => {
    expect(judgeHandOut(standing, action)).toEqual({ kind, conflict });
  });
  it.each([
    [
      'of an announced one with consent',
      { ...waits, state: 'announced' as const, consent: {} },
      false,
      'record',
      undefined,
    ],
    [
      'of an announced one without',
      { ...waits, state: 'announced' as const },
      false,
      'keep',
      'consent_missing',
    ],
    ['of an unknown one with consent', undefined, true, 'record', undefined],
    ['of an unknown one without', undefined, false, 'keep', 'unknown_parcel'],
    ['of what lies there', waits, true, 'keep', 'stored_already'],
  ])('a storing %s', (_how, standing, hasConsent, kind, conflict) => {
    expect(judgeStore(standing as never, { hasConsent, isTimeSure: true })).toEqual({ kind, conflict });
  });
  it('a storing at a time that cannot be is recorded, and a person looks', () => {
    const announced = { ...waits, state: 'announced' as const, consent: {} as never };
    expect(judgeStore(announced, { hasConsent: false, isTimeSure: false })).toEqual({
      ...{ kind: 'record', conflict: 'clock_wrong' },
    });
  });
});

describe('the time of what a device recorded', () => {
  const MINUTE = 60_000;
  const now = addMs(NOON, 10 * HOUR);
  const timed = (saidMs: number, deviceOffMs: number | undefined, notBefore = NOON) => {
    const deviceNow = deviceOffMs === undefined ? undefined : addMs(now, deviceOffMs);
    const { at, isSure } = countedTime(addMs(NOON, saidMs), { now, deviceNow, notBefore });
    return [(Date.parse(at) - Date.parse(NOON)) / MINUTE, isSure];
  };
  it.each([
    ['a clock that is right', 2 * HOUR, 0, [120, true]],
    ['one that does not say what it shows', 2 * HOUR, undefined, [120, true]],
    ['a slow answer is no wrong clock', 2 * HOUR, -50_000, [120, true]],
    ['one an hour behind', 2 * HOUR, -HOUR, [180, true]],
    ['one a year ahead', 2 * HOUR + 365 * 24 * HOUR, 365 * 24 * HOUR, [120, true]],
    ['a bit after now, as clocks differ', 10 * HOUR + 5 * MINUTE, undefined, [600, true]],
    ['a bit before what it follows', -5 * MINUTE, undefined, [0, true]],
    ['far after now: it went right meanwhile', 20 * HOUR, 0, [600, false]],
    ['far before what it follows', -20 * HOUR, 0, [0, false]],
  ])('%s', (_clock, said, off, expected) => {
    expect(timed(said, off)).toEqual(expected);
  });
  it('is two months ago at most where nothing is known before', () => {
    const told = (said: string) => countedTime(instant(said), { now, deviceNow: undefined });
    expect(told('0001-01-01T00:00:00Z')).toEqual({ at: addMs(now, -60 * 24 * HOUR), isSure: false });
    const strange = { now, deviceNow: instant('9999-12-31T23:59:59Z') };
    expect(countedTime(instant('0001-01-01T00:00:00Z'), strange).isSure).toBe(false);
  });
  it('is possible whatever a device says, and keeps its order', () => {
    const ms = fc.integer({ min: -400 * 24 * HOUR, max: 400 * 24 * HOUR });
    fc.assert(
      fc.property(ms, fc.nat(HOUR), ms, (first, later, off) => {
        const [one, other] = [timed(first, off)[0], timed(first + later, off)[0]] as [number, number];
        expect(one).toBeGreaterThanOrEqual(0);
        expect(other).toBeLessThanOrEqual(600);
        expect(other).toBeGreaterThanOrEqual(one);
      }),
    );
  });
});
