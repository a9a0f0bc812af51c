import { z } from 'zod';
import { type Currency, currencySchema } from '../kernel/index.ts';
import { defineRulebookKind, type TestFailure } from '../rulebooks/index.ts';

const hours = z
  .int()
  .min(1)
  .max(24 * 90);
const rung = z.strictObject({
  afterHours: hours.meta({ description: 'After it was stored' }),
  kind: z.enum(['remind', 'urge', 'final', 'return']),
});
const fees = z
  .strictObject({
    currency: currencySchema,
    perHours: z
      .int()
      .min(1)
      .max(24 * 30)
      .meta({ description: 'One amount for each begun period' }),
    amountMinor: z.int().min(0).max(1_000_000),
    capMinor: z.int().min(0).max(10_000_000),
  })
  .meta({ description: 'After the free time' });

const ladderSchema = z.strictObject({
  freeHours: hours,
  ladder: z.array(rung).min(1).max(8),
  extensionHours: hours,
  fees: z
    .record(z.string().regex(/^[A-Z]{2}$/), fees)
    .meta({ description: 'By country of the point; without an entry storage is free there' }),
});

/** A family and some neighbours; more would be a code that goes around. Our default. */
const FRIENDS = 5;

/** A weekend; nothing is charged for what may still be undone. Our default. */
const CASH_OPEN_HOURS = 72;

/** How long parcels wait at a point, what that costs and when they go home; by kind of point. */
export const pointStorageSchema = z.strictObject({
  byKind: z.strictObject({
    post_office: ladderSchema,
    shop: ladderSchema,
    station: ladderSchema,
    locker: ladderSchema,
  }),
  codes: z.strictObject({
    coolDownHours: z
      .int()
      .min(0)
      .max(24 * 30),
    lockerDigits: z.int().min(6).max(8),
  }),
  notices: z.strictObject({ perDay: z.int().min(1).max(10), inAll: z.int().min(1).max(50) }),
  friends: z
    .int()
    .min(1)
    .max(50)
    .default(FRIENDS)
    .meta({ description: 'Who may collect one parcel at a time besides its recipient' }),
  undoHours: z.int().min(1).max(72),
  leaseHours: z.int().min(1).max(72),
  cashOpenHours: z
    .int()
    .min(1)
    .max(24 * 30)
    .default(CASH_OPEN_HOURS)
    .meta({
      description:
        'How long money for goods may be recorded after a hand-out that said nothing of it; not less than undoHours',
    }),
});
export type PointStorageDocument = z.output<typeof pointStorageSchema>;
export type Ladder = z.output<typeof ladderSchema>;

export const POINT_STORAGE_KIND = defineRulebookKind<PointStorageDocument>({
  kind: 'point_storage',
  title: 'Point storage: how long parcels wait, what it costs and when they go home',
  scopes: ['network', 'platform'],
  schema: pointStorageSchema,
  runTests: documentFaults,
});

function documentFaults(document: PointStorageDocument): readonly TestFailure[] {
  const { byKind, undoHours, cashOpenHours } = document;
  const early: TestFailure = {
    test: 'cash after undo',
    message: 'cash_open_hours: what may still be undone is not charged; at least undo_hours.',
  };
  return [...(cashOpenHours < undoHours ? [early] : []), ...ladderFaults(byKind)];
}

function ladderFaults(byKind: PointStorageDocument['byKind']): readonly TestFailure[] {
  return Object.entries(byKind).flatMap(([kind, { ladder }]) => {
    const faults: TestFailure[] = [];
    if (
      ladder.some(({ afterHours }, index) => index > 0 && afterHours <= (ladder[index - 1]?.afterHours ?? 0))
    )
      faults.push({ test: 'ladder climbs', message: `${kind}: each rung comes after the one before.` });
    if (ladder.at(-1)?.kind !== 'return' || ladder.slice(0, -1).some((one) => one.kind === 'return'))
      faults.push({ test: 'ladder ends', message: `${kind}: the last rung, and no other, is the return.` });
    return faults;
  });
}

const DAY = 24;
const STATION: Ladder = {
  // Five days are free (a published rule of stations and convenience stores); remind, urge and final after 3, 7 and 11
  // days, home after 15 (default of a station program): domain reference 5.5.
  freeHours: 5 * DAY,
  ladder: [
    { afterHours: 3 * DAY, kind: 'remind' },
    { afterHours: 7 * DAY, kind: 'urge' },
    { afterHours: 11 * DAY, kind: 'final' },
    { afterHours: 15 * DAY, kind: 'return' },
  ],
  extensionHours: 3 * DAY,
  fees: {
    CN: { currency: 'CNY' as Currency, perHours: DAY, amountMinor: 50, capMinor: 500 },
    DE: { currency: 'EUR' as Currency, perHours: DAY, amountMinor: 50, capMinor: 500 },
    ES: { currency: 'EUR' as Currency, perHours: DAY, amountMinor: 50, capMinor: 500 },
    FR: { currency: 'EUR' as Currency, perHours: DAY, amountMinor: 50, capMinor: 500 },
  },
};

/** The network's rules when nobody wrote others. Sources: domain reference 5.5; amounts for Europe are ours. */
export const DEFAULT_POINT_STORAGE: PointStorageDocument = {
  byKind: {
    // Posts keep without a fee; the time is that of our ladder.
    post_office: { ...STATION, fees: {} },
    shop: STATION,
    station: STATION,
    // Free 18 to 24 hours, then 0.5 for 12 hours up to 3 (domain reference 5.5); a door is needed for the next parcel.
    locker: {
      freeHours: DAY,
      ladder: [
        { afterHours: DAY, kind: 'remind' },
        { afterHours: 2 * DAY, kind: 'final' },
        { afterHours: 3 * DAY, kind: 'return' },
      ],
      extensionHours: DAY,
      fees: {
        CN: { currency: 'CNY' as Currency, perHours: 12, amountMinor: 50, capMinor: 300 },
        DE: { currency: 'EUR' as Currency, perHours: 12, amountMinor: 50, capMinor: 300 },
      },
    },
  },
  codes: { coolDownHours: 2 * DAY, lockerDigits: 6 },
  notices: { perDay: 2, inAll: 5 },
  friends: FRIENDS,
  undoHours: DAY,
  leaseHours: DAY,
  cashOpenHours: CASH_OPEN_HOURS,
};
