import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CountryCode, OrganisationId } from '../kernel/index.ts';
import { instant } from '../kernel/index.ts';
import { createAreaSchema } from './area-contract.ts';
import { areasOf, findBlock, leastLoaded } from './assignment.policy.ts';
import { isSameCode, newCode } from './code.policy.ts';
import type { Area, AreaId, Block, Courier, CourierId } from './model.ts';
import { datesFrom, isInTime, windowsOf } from './window.policy.ts';

const AREA: Area = {
  id: 'par_1' as AreaId,
  organisationId: 'org_1' as OrganisationId,
  code: 'a',
  servesNetwork: false,
  country: 'DE' as CountryCode,
  divisions: [],
  postcodePrefixes: [],
  zone: 'Europe/Berlin',
  workingHours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromHour: 8, toHour: 18 })),
  exceptions: [],
  slot: 'one_hour',
  leadMinutes: 60,
  horizonDays: 7,
  isOn: true,
  hasCapacities: true,
};
const courier = (id: string, more: Partial<Courier> = {}): Courier => ({
  id: id as CourierId,
  organisationId: AREA.organisationId,
  name: id,
  phoneTail: undefined,
  areaIds: [AREA.id],
  isOn: true,
  callerId: undefined,
  personId: undefined,
  ...more,
});

test.each([
  ['one_hour', 10],
  ['two_hours', 5],
  ['half_day', 2],
  ['day', 1],
] as const)('slots of %s cut a day of ten hours into %i windows that cover it', (slot, count) => {
  const windows = windowsOf({ ...AREA, slot }, '2026-06-01');
  expect(windows).toHaveLength(count);
  expect(windows[0]?.startsAt).toBe('2026-06-01T06:00:00.000Z');
  expect(windows.at(-1)?.endsAt).toBe('2026-06-01T16:00:00.000Z');
  expect(windows.flatMap((window) => window.hours)).toHaveLength(10);
  for (const [index, window] of windows.entries()) {
    if (index > 0) expect(window.startsAt).toBe(windows[index - 1]?.endsAt);
  }
});

test('a date may be closed or have other hours, and an hour that clocks leave out is no hour', () => {
  const area: Area = {
    ...AREA,
    exceptions: [{ date: '2026-06-01' }, { date: '2026-06-02', fromHour: 10, toHour: 12 }],
  };
  expect(windowsOf(area, '2026-06-01')).toEqual([]);
  expect(windowsOf(area, '2026-06-02')).toHaveLength(2);
  const night: Area = { ...AREA, slot: 'day', workingHours: [{ weekday: 7, fromHour: 0, toHour: 24 }] };
  expect(windowsOf(night, '2026-03-29')[0]?.hours).toHaveLength(23);
  expect(windowsOf(night, '2026-06-01')).toEqual([]);
});

test('lead time and horizon bound what can be chosen, and dates are counted by the calendar', () => {
  const [window] = windowsOf(AREA, '2026-06-01');
  expect(isInTime(AREA, window!, instant('2026-06-01T05:00:00Z'))).toBe(true);
  expect(isInTime(AREA, window!, instant('2026-06-01T05:00:01Z'))).toBe(false);
  expect(isInTime(AREA, window!, instant('2026-05-25T05:59:59Z'))).toBe(false);
  expect(datesFrom('2026-02-27', 3)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
});

test('the least loaded courier comes; of equals the first; who is off or elsewhere never', () => {
  const staff = [
    courier('cou_c'),
    courier('cou_a'),
    courier('cou_b', { isOn: false }),
    courier('cou_0', { areaIds: [] }),
  ];
  expect(leastLoaded(staff, AREA.id, new Map())?.id).toBe('cou_a');
  expect(leastLoaded([...staff].reverse(), AREA.id, new Map([['cou_a', 1]]))?.id).toBe('cou_c');
  expect(leastLoaded([], AREA.id, new Map())).toBeUndefined();
});

test('of one carrier’s areas the most specific serves a place, and each carrier has one', () => {
  const wide = { ...AREA, id: 'par_w' as AreaId };
  const near = { ...AREA, id: 'par_n' as AreaId, postcodePrefixes: ['101'] };
  const rival = {
    ...AREA,
    id: 'par_r' as AreaId,
    organisationId: 'org_2' as OrganisationId,
    divisions: ['BE'],
  };
  const at = (postcode: string, division?: string) =>
    areasOf([wide, near, rival], { country: AREA.country, postcode, division }).map((area) => area.id);
  expect(at('10115')).toEqual(['par_n']);
  expect(at('80331')).toEqual(['par_w']);
  expect(at('10115', 'BE')).toEqual(['par_n', 'par_r']);
});

test('a block keeps away from the customer, the postcode or the very door it names', () => {
  const door = {
    organisationId: 'org_9',
    senderRef: 'pty_1',
    place: { country: AREA.country, postcode: '10115' },
  };
  const block = (more: object) => ({ kind: 'address', reason: 'other', ...more }) as Block;
  expect(findBlock([block({ kind: 'user', blockedOrganisationId: 'org_9' })], door)).toBeDefined();
  expect(findBlock([block({ kind: 'user', blockedOrganisationId: 'org_8' })], door)).toBeUndefined();
  expect(findBlock([block({ country: 'DE', postcode: '10115' })], door)).toBeDefined();
  expect(findBlock([block({ country: 'DE', postcode: '10117' })], door)).toBeUndefined();
  expect(findBlock([block({ partyRef: 'pty_1', blockedOrganisationId: 'org_9' })], door)).toBeDefined();
  expect(findBlock([block({ partyRef: 'pty_2', blockedOrganisationId: 'org_9' })], door)).toBeUndefined();
});

test('a code is four digits whatever bytes come, and unfair draws are thrown away', () => {
  const draws = [Uint8Array.of(255, 255), Uint8Array.of(0, 7)];
  expect(newCode(() => draws.shift()!)).toBe('0007');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 59_999 }), (drawn) => {
      expect(newCode(() => Uint8Array.of(drawn >> 8, drawn & 255))).toMatch(/^\d{4}$/);
    }),
  );
  const text = (value: string) => new TextEncoder().encode(value);
  expect(isSameCode(text('0123'), text('0123'))).toBe(true);
  expect(isSameCode(text('0123'), text('0124'))).toBe(false);
  expect(isSameCode(text('0123'), text('012'))).toBe(false);
});

test('a date has one exception: a second one is refused, whichever of both was meant', () => {
  const area = (exceptions: object[]) =>
    createAreaSchema.safeParse({
      code: 'north',
      country: 'DE',
      zone: 'Europe/Berlin',
      workingHours: [{ weekday: 1, fromHour: 8, toHour: 18 }],
      exceptions,
    });
  const open = { date: '2026-06-01', fromHour: 10, toHour: 12 };
  expect(area([open, { date: '2026-06-02' }]).success).toBe(true);
  const twice = area([open, { date: '2026-06-01' }]);
  expect(twice.error?.issues.map((issue) => [issue.path.join('/'), issue.message])).toEqual([
    ['exceptions', 'a date has one exception: send the one that holds'],
  ]);
});
