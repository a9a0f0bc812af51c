import type { Dimensions, Instant, Money } from '../kernel/index.ts';
import { destinationZone } from '../tracking/index.ts';
import type { CompiledLine } from './compiled-line.ts';
import { type Reason, whyNot } from './limits.policy.ts';
import type { GoodsClass, Place } from './model.ts';
import { marginOf, type Price, priceParcels } from './price.policy.ts';
import { findPromisedInterval, type PromisedInterval } from './promise-days.policy.ts';

/** One parcel that a draft is tried with. */
export type TriedParcel = {
  readonly from: Place;
  readonly to: Place;
  readonly weightGrams: number;
  readonly size?: Dimensions | undefined;
  readonly goodsClass: GoodsClass;
};

/** What a line would say to one parcel; it carries it when there are no reasons against it. */
export type ParcelPreview = {
  readonly reasons: readonly Reason[];
  readonly price: Price | undefined;
  /** Net; absent where no buying table prices the parcel, or in another currency. */
  readonly buying: Money | undefined;
  readonly margin: Money | undefined;
  readonly promise: PromisedInterval | undefined;
};

/**
 * Judges and prices one parcel over a line that need not be published, at `at`. Whether the carrier takes orders is
 * left out: that is no matter of the document. Without value, cash and insurance, so that no exchange rate is needed.
 */
export function previewParcel(line: CompiledLine, parcel: TriedParcel, at: Instant): ParcelPreview {
  const { from: origin, to: destination, weightGrams, size: dimensions, goodsClass } = parcel;
  const parcels = [{ weightGrams, dimensions, goodsClasses: [goodsClass] }];
  const reasons = whyNot(line, { at, origin, destination, parcels }, true);
  const selling = priceParcels(line, 'selling', parcels, { origin, destination }, at);
  if (!selling.ok || reasons.length > 0)
    return { reasons, price: undefined, buying: undefined, margin: undefined, promise: undefined };
  const bought = priceParcels(line, 'buying', parcels, { origin, destination }, at);
  return {
    reasons,
    price: selling.value,
    buying: bought.ok ? bought.value.net : undefined,
    margin: bought.ok ? marginOf(selling.value, bought.value) : undefined,
    promise: findPromisedInterval(line, selling.value.zone, at, destinationZone(destination)),
  };
}
