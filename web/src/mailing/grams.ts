/** Kilograms as people write them, with a point or a comma; undefined when it is no weight. */
export function gramsOf(text: string): number | undefined {
  const written = text.trim().replace(',', '.');
  if (!/^\d{1,3}(\.\d{1,3})?$/.test(written)) return undefined;
  const grams = Math.round(Number(written) * 1_000);
  return grams >= 1 ? grams : undefined;
}
