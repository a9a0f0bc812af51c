import { type Currency, type Money, scaleMinor } from '../kernel/index.ts';
import type { PaidWork, PointCommissionDocument, PricedReason, Tariff, Tier } from './rulebook.ts';

/** Amount and the outlet's part of it, in minor units of `currency`; the rest is the network's. */
export type Commission = {
  readonly currency: Currency;
  readonly amountMinor: number;
  readonly outletMinor: number;
};

/**
 * The rules as they are for one point network: its own tariffs before the general ones, and nothing of other networks. It
 * is this document that a network reads and works its statements out by.
 */
export function documentFor(
  { networks, ...general }: PointCommissionDocument,
  organisationId: string,
): PointCommissionDocument {
  const own = networks?.[organisationId];
  if (own === undefined) return general;
  return {
    ...general,
    tariffs: own.otherwise === undefined ? { ...general.tariffs, ...own.tariffs } : own.tariffs,
    otherwise: own.otherwise ?? general.otherwise,
  };
}

export function tariffFor(document: PointCommissionDocument, country: string): Tariff {
  return document.tariffs[country] ?? document.otherwise;
}

/** The highest tier that the place in the month reaches: each is paid by its own place, earlier ones are not changed. */
export function tierFor(tiers: readonly Tier[], monthCount: number): Tier {
  const reached = tiers.findLast((tier) => tier.from <= monthCount);
  if (reached === undefined)
    throw new RangeError('the first tier is from 1, and so is the place in the month');
  return reached;
}

/**
 * What work earns. `isShare`: it is one of the freight, in its currency, rounded half away from zero; without freight
 * it is 0 in the tariff's currency.
 */
export function commissionFor(
  tariff: Tariff,
  work: PaidWork,
  monthCount: number,
  freight: Money | undefined,
): { readonly commission: Commission; readonly isShare: boolean } {
  const { amountMinor, shareBasisPoints = 0 } = tierFor(tariff.work[work], monthCount);
  if (amountMinor !== undefined)
    return { commission: splitOff(tariff, tariff.currency, amountMinor), isShare: false };
  const { currency, amountMinor: baseMinor } = freight ?? { currency: tariff.currency, amountMinor: 0 };
  const shareMinor = scaleMinor(baseMinor, shareBasisPoints, 10_000);
  return { commission: splitOff(tariff, currency, shareMinor), isShare: true };
}

/** Money that the counter took for the operator: all of it lies in the drawer of the outlet. */
export function collectedFor({ currency, amountMinor }: Money): Commission {
  return { currency, amountMinor: 0 - amountMinor, outletMinor: 0 - amountMinor };
}

/** What the network keeps of a storage fee that its counter took. */
export function storageShareOf(tariff: Tariff, { currency, amountMinor }: Money): Commission {
  return splitOff(tariff, currency, scaleMinor(amountMinor, tariff.storageShareBasisPoints, 10_000));
}

/** A deduction is wholly the outlet's where it happened. */
export function deductionFor(tariff: Tariff, reason: PricedReason): Commission {
  const amountMinor = tariff.deductions[reason];
  return { currency: tariff.currency, amountMinor: 0 - amountMinor, outletMinor: 0 - amountMinor };
}

function splitOff(tariff: Tariff, currency: Currency, amountMinor: number): Commission {
  return {
    currency,
    amountMinor,
    outletMinor: scaleMinor(amountMinor, tariff.outletShareBasisPoints, 10_000),
  };
}
