import { type Dimensions, type Instant, instant } from '../kernel/index.ts';
import { compileLine } from './compiled-line.ts';
import type { ServiceLine } from './model.ts';
import { type PriceContext, type PricedParcel, priceParcels } from './price.policy.ts';

export const AT = instant('2026-03-02T10:00:00Z');
export const TO_DE: PriceContext = {
  origin: { country: 'NL' },
  destination: { country: 'DE', postcode: '10115' },
};
export const box = (lengthMm: number, widthMm: number, heightMm: number): Dimensions => ({
  lengthMm,
  widthMm,
  heightMm,
});
export const piece = (weightGrams: number, part: Partial<PricedParcel> = {}): PricedParcel => ({
  weightGrams,
  goodsClasses: ['normal'],
  ...part,
});

export function price(
  line: ServiceLine,
  parcels: PricedParcel[],
  context = TO_DE,
  at: Instant = AT,
  which: 'selling' | 'buying' = 'selling',
) {
  const outcome = priceParcels(compileLine(line), which, parcels, context, at);
  if (!outcome.ok) throw new Error(`${outcome.rejection.code}: ${outcome.rejection.detail}`);
  return outcome.value;
}

/** Kinds and amounts of what a parcel costs, in order. */
export const lines = (line: ServiceLine, parcels: PricedParcel[], context = TO_DE, at: Instant = AT) =>
  price(line, parcels, context, at).charges.map((charge) => [charge.type, charge.amount.amountMinor]);
