import type { Caller } from './caller.ts';
import type { Order } from './plan.ts';
import { randomOf } from './random.ts';

/** What a marketplace pays of the freight of its merchants. Names are unique in the world. */
export type Programme = {
  readonly name: string;
  /** Index of its marketplace. */
  readonly marketplace: number;
  /** What its merchants use it for: the network does not ask. */
  readonly use: 'sales' | 'returns';
  readonly currency: string;
  /** None: everywhere. */
  readonly destinations: readonly string[];
  /** None: all. */
  readonly classes: readonly ('ECONOMY' | 'SIMPLE' | 'STANDARD' | 'FAST')[];
  /** 10,000 is all of it; rounded down. */
  readonly shareBasisPoints: number;
  readonly maxPerParcelMinor?: number;
};

export const PROGRAMMES: readonly Programme[] = [
  {
    ...{ name: 'Free shipping to Spain and France', marketplace: 0, use: 'sales', currency: 'CNY' },
    ...{ destinations: ['ES', 'FR'], classes: ['STANDARD'], shareBasisPoints: 10_000 },
  },
  {
    ...{ name: 'Half of fast shipping, up to 30 yuan', marketplace: 0, use: 'sales', currency: 'CNY' },
    ...{ destinations: [], classes: ['FAST'], shareBasisPoints: 5_000, maxPerParcelMinor: 3_000 },
  },
  {
    ...{ name: 'Free returns in China', marketplace: 0, use: 'returns', currency: 'CNY' },
    ...{ destinations: ['CN'], classes: [], shareBasisPoints: 10_000 },
  },
  {
    ...{ name: 'Frete com um terço de desconto', marketplace: 1, use: 'sales', currency: 'BRL' },
    ...{ destinations: ['BR'], classes: [], shareBasisPoints: 3_333 },
  },
  {
    ...{ name: 'Devolução grátis', marketplace: 1, use: 'returns', currency: 'BRL' },
    ...{ destinations: ['BR'], classes: [], shareBasisPoints: 10_000 },
  },
  {
    ...{ name: 'Free shipping up to 4 euros', marketplace: 2, use: 'sales', currency: 'EUR' },
    ...{ destinations: [], classes: ['STANDARD'], shareBasisPoints: 10_000, maxPerParcelMinor: 400 },
  },
  {
    ...{ name: 'Free returns in Europe', marketplace: 2, use: 'returns', currency: 'EUR' },
    ...{ destinations: [], classes: [], shareBasisPoints: 10_000 },
  },
];

/** Larger than any world spends: which order a budget fails would hang on the network's speed. */
const BUDGET_MINOR = 1_000_000_000;
/** Merchants who let their marketplace pay when it would. Our assumption. */
const USED = 0.75;

/** Opens what a marketplace has not opened yet. */
export async function openProgrammes(marketplace: number, staff: Caller): Promise<void> {
  const known = new Set((await Array.fromAsync(staff.listAll('/v1/programmes'))).map((one) => one.name));
  for (const one of PROGRAMMES) {
    if (one.marketplace !== marketplace || known.has(one.name)) continue;
    const { name, classes, destinations, shareBasisPoints, maxPerParcelMinor, currency } = one;
    await staff.post('/v1/programmes', {
      body: {
        name,
        service_classes: classes,
        destinations,
        share_basis_points: shareBasisPoints,
        ...(maxPerParcelMinor === undefined
          ? {}
          : { max_per_parcel: { amount_minor: maxPerParcelMinor, currency } }),
        budget: { amount_minor: BUDGET_MINOR, currency },
      } as never,
    });
  }
}

/** The most generous of those that an offer lists and that are meant for such an order. */
export function programmeFor(
  seed: number,
  order: Order,
  listed: readonly { readonly programme_id: string; readonly name: string }[],
): { readonly id: string; readonly name: string } | undefined {
  const use = order.isReturn ? 'returns' : 'sales';
  const fitting = listed.find(({ name }) => PROGRAMMES.some((one) => one.name === name && one.use === use));
  if (fitting === undefined) return undefined;
  if (!order.isReturn && !randomOf(seed, `programme/${order.index}`).chance(USED)) return undefined;
  return { id: fitting.programme_id, name: fitting.name };
}
