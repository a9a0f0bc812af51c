/** Grams of a unit, by the names that carriers and UN/ECE Recommendation 20 give it. An ounce is 28.349523125 g. */
const GRAMS: Readonly<Record<string, number>> = {
  G: 1,
  GM: 1,
  GR: 1,
  GRM: 1,
  GRAM: 1,
  GRAMS: 1,
  K: 1_000,
  KG: 1_000,
  KGS: 1_000,
  KGM: 1_000,
  KILOGRAM: 1_000,
  KILOGRAMS: 1_000,
  L: 453.59237,
  LB: 453.59237,
  LBS: 453.59237,
  LBR: 453.59237,
  POUND: 453.59237,
  POUNDS: 453.59237,
  OZ: 28.349523125,
  OZS: 28.349523125,
  ONZ: 28.349523125,
  OUNCES: 28.349523125,
};
/** As scans take it: no parcel weighs a tonne. */
const MOST_GRAMS = 1_000_000;

/**
 * Whole grams of a weight as a carrier writes it, at least 1. Undefined for what is no positive number, an unknown unit,
 * or more than a tonne: a weight that is not sure is none. Carriers write 0 where nothing was weighed.
 */
export function readWeight(value: string | undefined, unit: string | undefined): number | undefined {
  const text = value?.trim().replace(/^(\d+),(\d{1,3})$/, '$1.$2') ?? '';
  const factor = GRAMS[unit?.trim().toUpperCase() ?? ''];
  if (factor === undefined || !/^\d{1,9}(?:\.\d{1,9})?$/.test(text)) return undefined;
  const grams = Number(text) * factor;
  if (grams <= 0 || grams > MOST_GRAMS) return undefined;
  return Math.max(1, Math.round(grams));
}
