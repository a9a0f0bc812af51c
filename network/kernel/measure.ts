/** Outer size of a parcel in whole millimetres. */
export type Dimensions = { readonly lengthMm: number; readonly widthMm: number; readonly heightMm: number };

/** Volume in cubic millimetres. */
export function volumeMm3(size: Dimensions): number {
  return size.lengthMm * size.widthMm * size.heightMm;
}

/**
 * Volumetric weight in grams: cm3 divided by the line's divisor gives kilograms.
 * `divisorCm3PerKg`: 5000 air express, 6000 postal and domestic CN, 8000 some lines (docs of each line name it).
 * Rounded up to a whole gram.
 */
export function volumetricGrams(size: Dimensions, divisorCm3PerKg: number): number {
  return Math.ceil(volumeMm3(size) / divisorCm3PerKg);
}

/** Sides from longest to shortest. */
export function sortedSides(size: Dimensions): readonly [number, number, number] {
  const [longest = 0, middle = 0, shortest = 0] = [size.lengthMm, size.widthMm, size.heightMm].sort(
    (a, b) => b - a,
  );
  return [longest, middle, shortest];
}

/** Length plus girth, the measure of USPS, UPS and FedEx limits: longest + 2 x (the other two). */
export function lengthPlusGirthMm(size: Dimensions): number {
  const [longest, middle, shortest] = sortedSides(size);
  return longest + 2 * (middle + shortest);
}
