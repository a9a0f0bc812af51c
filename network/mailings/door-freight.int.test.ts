import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId, type Work } from '../../platform/world/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { accepted, type Currency, type Instant, instant, type OrganisationId } from '../kernel/index.ts';
import {
  type DoorFreight,
  insertDoorFreight,
  pageDoorFreight,
  pageDoorFreightDays,
  sumDoorFreight,
} from './door-freight-store.ts';

const CARRIER = newId('org') as OrganisationId;
const RIVAL = newId('org') as OrganisationId;
const [ANNA, BO] = [newId('cou'), newId('cou')];
const CNY = 'CNY' as Currency;
const EUR = 'EUR' as Currency;

let bed: TestWorld;
let now: Instant = instant('2027-03-02T08:00:00Z');
beforeAll(async () => {
  bed = await startTestWorld({ now: () => now });
});
afterAll(() => bed?.stop());

async function within<T>(body: (work: Work) => Promise<T>, organisationId = CARRIER): Promise<T> {
  const outcome = await bed.world.command({ organisationId }, async (work) => accepted(await body(work)));
  if (!outcome.ok) throw new Error('refused');
  return outcome.value;
}

const line = (more: Partial<DoorFreight>): DoorFreight => ({
  id: newId('dfl'),
  organisationId: CARRIER,
  mailingId: newId('mlg'),
  kind: 'taken',
  courierId: ANNA,
  number: 'YT1',
  day: '2027-03-02',
  occurredAt: now,
  paidBy: 'cash',
  currency: CNY,
  amountMinor: 1_000,
  ...more,
});

describe('what couriers took at doors', () => {
  test('stands once for a mailing, by courier and day, and whatever the page its sums are those of its lines', async () => {
    const twice = line({ courierId: BO, amountMinor: 700 });
    const all = [
      line({}),
      line({ paidBy: 'card', amountMinor: 500 }),
      twice,
      { ...twice, id: newId('dfl'), kind: 'given_back' as const, amountMinor: -700 },
      line({ day: '2027-03-03', amountMinor: 300 }),
      line({ day: '2027-03-03', courierId: undefined, amountMinor: 40 }),
      line({ day: '2027-03-03', currency: EUR, amountMinor: 9 }),
    ];
    await within(async ({ db }) => {
      for (const one of [...all, ...all.map((one) => ({ ...one, id: newId('dfl') }))])
        await insertDoorFreight(db, one);
    });
    now = instant('2027-03-04T08:00:00Z');
    const of = { organisationId: CARRIER };
    const pages: Awaited<ReturnType<typeof pageDoorFreightDays>> = [];
    for (;;) {
      const last = pages.at(-1);
      const after = last && { ...last, courierId: last.courierId ?? '' };
      const page = await within(({ db }) => pageDoorFreightDays(db, of, after, 2));
      pages.push(...page);
      if (page.length < 2) break;
    }
    const sums = { taken: 1, cashMinor: 0, cardMinor: 0, givenBackMinor: 0, currency: CNY };
    const third = { ...sums, day: '2027-03-03' };
    const second = { ...sums, day: '2027-03-02' };
    const expected = [
      { ...third, courierId: ANNA, cashMinor: 300 },
      { ...third, courierId: ANNA, currency: EUR, cashMinor: 9 },
      { ...third, courierId: undefined, cashMinor: 40 },
      { ...second, courierId: ANNA, taken: 2, cashMinor: 1_000, cardMinor: 500 },
      { ...second, courierId: BO, cashMinor: 700, givenBackMinor: 700 },
    ];
    expect(pages).toHaveLength(expected.length);
    expect(pages).toEqual(expect.arrayContaining(expected));
    expect(await within(({ db }) => sumDoorFreight(db, of))).toEqual([
      { currency: CNY, amountMinor: 1_840 },
      { currency: EUR, amountMinor: 9 },
    ]);
    const lines = await within(({ db }) => pageDoorFreight(db, of, '', 50));
    expect(lines.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    const behind = await within(({ db }) => pageDoorFreight(db, of, lines[4]?.id ?? '', 50));
    expect(behind).toEqual(lines.slice(5));
  });

  test('of one courier, of one day, and of no other carrier', async () => {
    const read = (more: object, organisationId = CARRIER) =>
      within(({ db }) => pageDoorFreight(db, { organisationId: CARRIER, ...more }, '', 50), organisationId);
    expect(await read({ courierId: BO })).toHaveLength(2);
    expect(await read({ day: '2027-03-03' })).toHaveLength(3);
    expect(await read({}, RIVAL)).toEqual([]);
  });

  test('is never rewritten', async () => {
    const rows = await within(({ db }) => pageDoorFreight(db, { organisationId: CARRIER }, '', 1));
    const changed = { ...(rows[0] as DoorFreight), amountMinor: 1 };
    await within(({ db }) => insertDoorFreight(db, changed));
    expect(await within(({ db }) => pageDoorFreight(db, { organisationId: CARRIER }, '', 1))).toEqual(rows);
  });
});
