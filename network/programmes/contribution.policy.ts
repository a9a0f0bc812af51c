import type { Instant, Money, OrganisationId } from '../kernel/index.ts';
import type { ServiceClass } from '../lines/index.ts';
import type { Programme, ProgrammeId } from './model.ts';

/** What a programme looks at of a purchase. `total` is the quoted freight. */
export type Purchase = {
  readonly lineCode: string;
  readonly serviceClass: ServiceClass;
  readonly destination: string;
  readonly parcelCount: number;
  readonly total: Money;
};

/** Why a programme does not pay for a purchase: one sentence; undefined when it does. The budget is not looked at. */
export function whyNotApplicable(programme: Programme, purchase: Purchase, at: Instant): string | undefined {
  if (at < programme.validFrom) return `It begins at ${programme.validFrom}.`;
  if (programme.validTo !== undefined && at >= programme.validTo) return `It ended at ${programme.validTo}.`;
  const { lineCodes, serviceClasses, destinations } = programme;
  const isOpen = lineCodes.length === 0 && serviceClasses.length === 0;
  if (!isOpen && !lineCodes.includes(purchase.lineCode) && !serviceClasses.includes(purchase.serviceClass))
    return `It does not pay for the line ${purchase.lineCode}.`;
  if (destinations.length > 0 && !destinations.some((country) => country === purchase.destination))
    return `It does not pay for parcels to ${purchase.destination}.`;
  if (programme.currency !== purchase.total.currency)
    return `It pays in ${programme.currency}, the freight is in ${purchase.total.currency}.`;
  return undefined;
}

/**
 * What the marketplace pays of a quoted freight, in minor units: its share, rounded down, at most its maximum for each
 * parcel. A fixed amount, not a share of what will be charged: a parcel that turns out heavier is its merchant's
 * matter, and so the budget can never be passed by a scale.
 */
export function contributionMinor(programme: Programme, purchase: Purchase): number {
  const share = Number((BigInt(purchase.total.amountMinor) * BigInt(programme.shareBasisPoints)) / 10_000n);
  const most =
    programme.maxPerParcelMinor === undefined ? share : programme.maxPerParcelMinor * purchase.parcelCount;
  return Math.min(share, most);
}

/** A programme that would pay for a purchase, and what is left for the merchant. Money in the currency of the freight. */
export type ProgrammePart = {
  readonly programmeId: ProgrammeId;
  readonly name: string;
  /** The marketplace that pays. */
  readonly payerId: OrganisationId;
  readonly pays: Money;
  readonly merchantPays: Money;
};

/**
 * Which programmes would pay for a purchase now, the most generous first. A programme whose budget no longer covers its
 * part is left out: it would refuse the purchase. Others may take the budget meanwhile, so this promises nothing.
 */
export function programmesPaying(
  programmes: readonly Programme[],
  purchase: Purchase,
  at: Instant,
): readonly ProgrammePart[] {
  const { total } = purchase;
  const parts = programmes.flatMap((programme): ProgrammePart[] => {
    if (whyNotApplicable(programme, purchase, at) !== undefined) return [];
    const paysMinor = contributionMinor(programme, purchase);
    if (paysMinor <= 0 || programme.spentMinor + paysMinor > programme.budgetMinor) return [];
    return [
      {
        programmeId: programme.id,
        name: programme.name,
        payerId: programme.organisationId,
        pays: { ...total, amountMinor: paysMinor },
        merchantPays: { ...total, amountMinor: total.amountMinor - paysMinor },
      },
    ];
  });
  return parts.sort(
    (one, other) =>
      other.pays.amountMinor - one.pays.amountMinor || (one.programmeId < other.programmeId ? -1 : 1),
  );
}
