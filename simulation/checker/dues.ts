import { PROGRAMMES } from '../programmes.ts';
import type { TruthOrder } from '../truth.ts';
import { type PublishedLine, priceOf } from './price.ts';

/** What is owed for an order, and by whom; minor units. Undefined: the line's table prices no such journey. */
export type Dues = {
  /** By declared weights, to where it was sold to: what is held until it leaves. */
  readonly quotedMinor: number | undefined;
  /** By measured weights, to where it was going when it left. */
  readonly chargedMinor: number | undefined;
  readonly merchant: Part;
  /** Of a programme; nothing without one. */
  readonly marketplace: Part;
  /** Of an interception: what it costs, and what of it stays paid. */
  readonly stopFeeMinor: number;
  readonly stopPaidMinor: number;
};
type Part = { readonly paidMinor: number; readonly heldMinor: number };

/**
 * A programme pays its share of what was offered, rounded down and at most so much a parcel, and never more than was
 * charged; all else is the merchant's (what a programme says of itself). An interception is the merchant's alone.
 */
export function duesOf(order: TruthOrder, line: PublishedLine): Dues {
  const quotedMinor = priceOf(line, asDeclared(order));
  const isCharged = order.freight === 'charged';
  const chargedMinor = isCharged ? priceOf(line, { ...order, to: order.chargedTo ?? order.to }) : undefined;
  const promised = contributionOf(order, quotedMinor ?? 0);
  const held = order.freight === 'reserved' ? (quotedMinor ?? 0) : 0;
  const byMarketplace = Math.min(promised, chargedMinor ?? 0);
  const stopFeeMinor = order.stop === undefined ? 0 : stopFeeOf(order.stop.wish, quotedMinor ?? 0);
  return {
    quotedMinor,
    chargedMinor,
    merchant: {
      paidMinor: (chargedMinor ?? 0) - byMarketplace,
      heldMinor: held - Math.min(promised, held),
    },
    marketplace: { paidMinor: byMarketplace, heldMinor: Math.min(promised, held) },
    stopFeeMinor,
    stopPaidMinor: order.stop?.isPaid === true ? stopFeeMinor : 0,
  };
}

export function contributionOf(order: TruthOrder, quotedMinor: number): number {
  const programme = PROGRAMMES.find((one) => one.name === order.programme);
  if (programme === undefined) return 0;
  const most = (programme.maxPerParcelMinor ?? Number.POSITIVE_INFINITY) * order.parcels.length;
  return Math.min(most, Math.floor((quotedMinor * programme.shareBasisPoints) / 10_000));
}

/** Half of the quoted freight for a parcel that turns round, three tenths for another door (docs/simulation.md). */
export function stopFeeOf(wish: 'return' | 'address_change', quotedMinor: number): number {
  return Math.floor((quotedMinor * (wish === 'return' ? 5 : 3)) / 10 + 0.5);
}

const asDeclared = (order: TruthOrder): TruthOrder => ({
  ...order,
  parcels: order.parcels.map(({ measuredGrams: _grams, measuredSize: _size, ...parcel }) => parcel),
});
