import { gramsOf, sidesOf } from '../field/scanned.ts';
import type { Weighed } from './tasks.ts';

/** What was typed, by somebody or by a scale. */
export type Read = { readonly weight: string; readonly sides: string };

/** A whole reading; undefined as long as the weight is missing or the sides are half typed. */
export function readingOf(parcelId: string, read: Read | undefined): Weighed | undefined {
  const weight_grams = gramsOf(read?.weight ?? '');
  const size = sidesOf(read?.sides ?? '');
  if (weight_grams === undefined || (size === undefined && (read?.sides ?? '') !== '')) return undefined;
  return { parcel_id: parcelId, weight_grams, ...(size === undefined ? {} : { size }) };
}

/** Worth a second look before it is charged: a tenth and 50 grams. Our default. */
export function differsMuch(grams: number, declaredGrams: number): boolean {
  return Math.abs(grams - declaredGrams) > Math.max(50, declaredGrams / 10);
}
