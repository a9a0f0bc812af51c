/** AIM identifiers that scanners may send before the content (ISO/IEC 15424), and what separates GS1 fields. */
const AIM = /^\][A-Za-z][0-9A-Za-z]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the group separator of GS1 is one
const NOISE = /[\s\u001d]/g;

/** What a scanner read, as a number can be compared. */
export function plainCode(text: string): string {
  return text.trim().replace(AIM, '').replace(NOISE, '').toUpperCase();
}

/** The one of the numbers that was scanned: the whole code, or the only one that a longer code (a QR address) holds. */
export function numberIn(code: string, numbers: readonly string[]): string | undefined {
  const plain = plainCode(code);
  if (plain === '') return undefined;
  const whole = numbers.find((number) => plainCode(number) === plain);
  if (whole !== undefined) return whole;
  const within = numbers.filter((number) => plain.includes(plainCode(number)));
  return within.length === 1 ? within[0] : undefined;
}

export type Key = { readonly key: string; readonly atMs: number };

/** Keys of a scanner come faster than anybody types. Our default. */
const BETWEEN_KEYS_MS = 60;
const SHORTEST = 4;

/**
 * A hardware scanner is a keyboard that types a code and Enter. Feed it the keys of the page; it answers the code when
 * one was scanned.
 */
export function wedge(): (key: Key) => string | undefined {
  let typed = '';
  let last = Number.NEGATIVE_INFINITY;
  return ({ key, atMs }) => {
    const isQuick = atMs - last <= BETWEEN_KEYS_MS;
    last = atMs;
    if (key === 'Enter') {
      const code = typed;
      typed = '';
      return isQuick && code.length >= SHORTEST ? code : undefined;
    }
    if (key.length === 1) typed = isQuick ? typed + key : key;
    return undefined;
  };
}

const GRAMS: Readonly<Record<string, number>> = { kg: 1_000, g: 1, lb: 453.59237, oz: 28.349523125 };

/** Grams from what a scale types (`ST,GS,+  1.250kg`) or a person: without a unit a fraction is kilograms. */
export function gramsOf(text: string): number | undefined {
  const found = /(\d+(?:[.,]\d+)?)\s*(kg|g|lb|oz)?\s*$/i.exec(text.trim());
  const [, digits, unit] = found ?? [];
  if (digits === undefined) return undefined;
  const value = Number(digits.replace(',', '.'));
  const factor = unit === undefined ? (/[.,]/.test(digits) ? 1_000 : 1) : (GRAMS[unit.toLowerCase()] ?? 1);
  const grams = Math.round(value * factor);
  return grams > 0 ? grams : undefined;
}

/** Millimetres of the three sides from `30x20x12` in centimetres, as it is typed or as a measuring frame sends it. */
export function sidesOf(
  text: string,
): { readonly length_mm: number; readonly width_mm: number; readonly height_mm: number } | undefined {
  const sides = text
    .match(/\d+(?:[.,]\d+)?/g)
    ?.map((side) => Math.round(Number(side.replace(',', '.')) * 10));
  const [length_mm, width_mm, height_mm, more] = sides ?? [];
  if (length_mm === undefined || width_mm === undefined || height_mm === undefined || more !== undefined)
    return undefined;
  return [length_mm, width_mm, height_mm].every((side) => side > 0)
    ? { length_mm, width_mm, height_mm }
    : undefined;
}
