import { afterAll, beforeAll, expect, test } from 'vitest';
import { sqlState } from '../../platform/db/index.ts';
import { newId } from '../../platform/world/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import {
  accepted,
  addDays,
  addMs,
  type CountryCode,
  type Currency,
  instant,
  type OrganisationId,
  type Outcome,
  refused,
  type ShipmentId,
} from '../kernel/index.ts';
import type { Programme } from './model.ts';
import {
  closeUse,
  endProgrammeAt,
  findProgramme,
  insertProgramme,
  listProgrammes,
  listUses,
  reserveBudget,
} from './store.ts';

const NOW = instant('2026-06-01T00:00:00Z');
const MARKET = newId('org') as OrganisationId;
const RIVAL = newId('org') as OrganisationId;
const MERCHANT = newId('org') as OrganisationId;

let bed: TestWorld;
beforeAll(async () => {
  bed = await startTestWorld({ now: () => NOW });
});
afterAll(() => bed?.stop());

async function within<T>(
  body: (work: Parameters<Parameters<typeof bed.world.command<T, string>>[1]>[0]) => Promise<T>,
  scope: Parameters<typeof bed.world.command>[0] = { organisationId: MARKET },
): Promise<T> {
  const outcome = await bed.world.command(scope, async (work) => accepted(await body(work)));
  if (!outcome.ok) throw new Error('refused');
  return outcome.value;
}

async function open(over: Partial<Programme> = {}): Promise<Programme> {
  const programme: Programme = {
    id: newId('prg'),
    organisationId: MARKET,
    name: 'Free shipping',
    lineCodes: ['l1', 'l2'],
    serviceClasses: ['STANDARD'],
    destinations: ['DE' as CountryCode],
    shareBasisPoints: 10_000,
    currency: 'EUR' as Currency,
    maxPerParcelMinor: 500,
    budgetMinor: 1_000,
    spentMinor: 0,
    validFrom: NOW,
    validTo: undefined,
    openedAt: NOW,
    ...over,
  };
  await within((work) => insertProgramme(work.db, programme, 'key'), {
    organisationId: programme.organisationId,
  });
  return programme;
}

const shipment = () => newId('shp') as ShipmentId;

/** As a purchase does it: taken, or rolled back. */
function reserve(programme: Programme, reservedMinor: number, shipmentId = shipment()) {
  return bed.world.command(
    { organisationId: programme.organisationId },
    async (work): Promise<Outcome<ShipmentId, string>> => {
      const use = {
        organisationId: programme.organisationId,
        programmeId: programme.id,
        shipmentId,
        merchantId: MERCHANT,
        reservedMinor,
      };
      return (await reserveBudget(work.db, use, work.now)) ? accepted(shipmentId) : refused('exhausted', '');
    },
  );
}
const spent = async (programme: Programme) =>
  (await bed.world.read('network', (db) => findProgramme(db, programme.id)))?.spentMinor;
const close = (shipmentId: string, state: 'settled' | 'released', mostMinor: number) =>
  within((work) => closeUse(work.db, shipmentId, state, mostMinor, work.now), 'network');

test('a programme comes back as it was written', async () => {
  const whole = await open({ validTo: addDays(NOW, 1) });
  const bare = await open({
    lineCodes: [],
    serviceClasses: [],
    destinations: [],
    maxPerParcelMinor: undefined,
  });
  await bed.world.read({ organisationId: MARKET }, async (db) => {
    expect(await findProgramme(db, whole.id)).toEqual(whole);
    expect(await findProgramme(db, bare.id)).toEqual(bare);
  });
});

test('64 purchases at once take the budget to its last cent and no further', async () => {
  const programme = await open({ budgetMinor: 1_000 });
  const outcomes = await Promise.all(Array.from({ length: 64 }, () => reserve(programme, 30)));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(33);
  expect(await spent(programme)).toBe(990);
  expect((await reserve(programme, 11)).ok).toBe(false);
  expect((await reserve(programme, 10)).ok).toBe(true);
  expect(await spent(programme)).toBe(1_000);
  // Nothing costs nothing, even when the budget is used up.
  expect((await reserve(programme, 0)).ok).toBe(true);
});

test('a use that ends gives back what it did not need, once, and never costs more than was reserved', async () => {
  const programme = await open();
  const [a, b, c] = [shipment(), shipment(), shipment()];
  for (const id of [a, b, c]) await reserve(programme, 300, id);
  await close(a, 'settled', 120);
  await close(a, 'released', 0);
  await close(a, 'settled', 10);
  await close(b, 'settled', 9_999);
  await close(c, 'released', 0);
  await close(shipment(), 'released', 0);
  expect(await spent(programme)).toBe(120 + 300);
  const uses = await bed.world.read({ organisationId: MARKET }, (db) => listUses(db, programme.id, '', 10));
  expect(new Map(uses.map((use) => [use.shipmentId, [use.state, use.usedMinor, use.closedAt]]))).toEqual(
    new Map([
      [a, ['settled', 120, NOW]],
      [b, ['settled', 300, NOW]],
      [c, ['released', 0, NOW]],
    ]),
  );
});

test('closing one use from many sides at once gives its rest back once', async () => {
  const programme = await open();
  const id = shipment();
  await reserve(programme, 400, id);
  await Promise.all(Array.from({ length: 16 }, () => close(id, 'released', 0)));
  expect(await spent(programme)).toBe(0);
});

test('one shipment is paid for by one programme, and a second try takes nothing', async () => {
  const [one, other] = [await open(), await open()];
  const id = shipment();
  await reserve(one, 100, id);
  expect(await reserve(other, 100, id).catch(sqlState)).toBe('23505');
  expect([await spent(one), await spent(other)]).toEqual([100, 0]);
});

test('the table itself holds the border: no spending below nothing or above the budget', async () => {
  const programme = await open();
  for (const spentMinor of [-1, 1_001]) {
    const forced = bed.owner.query(
      'update programmes.programme set spent_minor = $1 where programme_id = $2',
      [spentMinor, programme.id],
    );
    await expect(forced).rejects.toMatchObject({ code: '23514' });
  }
});

test('a programme is in force from its first instant to just before its last, and ends at the earliest when it began', async () => {
  const owner = newId('org') as OrganisationId;
  const from = addDays(NOW, 1);
  const to = addDays(NOW, 2);
  const bounded = await open({ organisationId: owner, validFrom: from, validTo: to });
  const endless = await open({ organisationId: owner, validFrom: from });
  const inForce = async (at: typeof NOW) =>
    (await bed.world.read({ organisationId: owner }, (db) => listProgrammes(db, owner, at, '', 10))).map(
      (one) => one.id,
    );
  expect(await inForce(addMs(from, -1))).toEqual([]);
  expect(await inForce(from)).toEqual([bounded.id, endless.id]);
  expect(await inForce(addMs(to, -1))).toEqual([bounded.id, endless.id]);
  expect(await inForce(to)).toEqual([endless.id]);
  const ended = await within((work) => endProgrammeAt(work.db, endless, NOW), { organisationId: owner });
  expect(ended.validTo).toBe(from);
  expect(await inForce(from)).toEqual([bounded.id]);
});

test('pages follow each other without a hole or a double', async () => {
  const owner = newId('org') as OrganisationId;
  const made = [];
  for (let index = 0; index < 5; index += 1) made.push((await open({ organisationId: owner })).id);
  const seen: string[] = [];
  for (let after = ''; ; ) {
    const page = await bed.world.read('network', (db) => listProgrammes(db, owner, undefined, after, 2));
    seen.push(...page.map((one) => one.id));
    if (page.length < 2) break;
    after = page.at(-1)?.id ?? '';
  }
  expect(seen).toEqual([...made].sort());
});

test('a rival marketplace sees neither programme nor uses, and cannot take from the budget', async () => {
  const programme = await open();
  await reserve(programme, 100);
  await bed.world.read({ organisationId: RIVAL }, async (db) => {
    expect(await findProgramme(db, programme.id)).toBeUndefined();
    expect(await listProgrammes(db, 'all', undefined, '', 100)).toEqual([]);
    expect(await listUses(db, programme.id, '', 10)).toEqual([]);
  });
  const use = {
    organisationId: MARKET,
    programmeId: programme.id,
    shipmentId: shipment(),
    merchantId: RIVAL,
    reservedMinor: 1,
  };
  expect(await within((work) => reserveBudget(work.db, use, work.now), { organisationId: RIVAL })).toBe(
    false,
  );
  expect(await spent(programme)).toBe(100);
});
