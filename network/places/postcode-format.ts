import { postcodeValidator, postcodeValidatorExistsForCountry } from 'postcode-validator';
import { WITHOUT_POSTCODE } from './country-facts.policy.ts';
import { cleanText, narrowWidth } from './text.ts';

/**
 * How a postcode is written where the parts are set apart: sizes of the parts from the left and the sign between.
 * Source: UPU postal addressing systems of the country.
 */
const WRITTEN: Readonly<
  Record<string, { readonly sizes: readonly (readonly number[])[]; readonly sign: string }>
> = {
  BR: { sizes: [[5, 3]], sign: '-' },
  CA: { sizes: [[3, 3]], sign: ' ' },
  CZ: { sizes: [[3, 2]], sign: ' ' },
  GB: {
    sizes: [
      [2, 3],
      [3, 3],
      [4, 3],
    ],
    sign: ' ',
  },
  GR: { sizes: [[3, 2]], sign: ' ' },
  JP: { sizes: [[3, 4]], sign: '-' },
  KY: { sizes: [[3, 4]], sign: '-' },
  NL: { sizes: [[4, 2]], sign: ' ' },
  PL: { sizes: [[2, 3]], sign: '-' },
  PT: { sizes: [[4, 3]], sign: '-' },
  SE: { sizes: [[3, 2]], sign: ' ' },
  SK: { sizes: [[3, 2]], sign: ' ' },
  US: { sizes: [[5, 4]], sign: '-' },
};

/** Forms that are in use but not in the package: the five-digit CEP before 1992, still the key of open data sets. */
const ALSO: Readonly<Record<string, RegExp>> = { BR: /^\d{5}$/ };

/** No postcode of the world is longer than 10 signs with its separator (US ZIP+4, our bound leaves room for prefixes). */
const LONGEST = 16;

export function hasPostcodePattern(country: string): boolean {
  return postcodeValidatorExistsForCountry(country) && !WITHOUT_POSTCODE.has(country);
}

/** The signs that count: upper case, letters and digits only, narrow. `k1a-0b1` is `K1A0B1`. */
export function compactPostcode(postcode: string): string {
  return narrowWidth(postcode.normalize('NFKC'))
    .toUpperCase()
    .replace(/[^A-Z0-9]/gu, '');
}

/**
 * The postcode in the country's own writing (`K1A 0B1`, `123-4567`, `24710-000`), or undefined when the country has a
 * pattern and this does not fit. Without a pattern the cleaned text is kept. Idempotent.
 */
export function normalisePostcode(country: string, postcode: string): string | undefined {
  const text = cleanText(narrowWidth(postcode.normalize('NFKC'))).toUpperCase();
  if (text === '' || text.length > LONGEST) return undefined;
  if (!hasPostcodePattern(country)) return /^[A-Z0-9][A-Z0-9 -]*$/u.test(text) ? text : undefined;
  const bare = text.replace(/[ -]/gu, '');
  // `D-10115`, `FR-75001`: a prefix of the international habit, dropped when what is left fits.
  const stripped = bare.replace(new RegExp(`^(?:${country}|${country.slice(0, 1)}(?=\\d))`, 'u'), '');
  for (const candidate of [written(country, bare), bare, text, written(country, stripped), stripped]) {
    if (fits(country, candidate)) return candidate;
  }
  return undefined;
}

function fits(country: string, text: string): boolean {
  if (text === '') return false;
  return postcodeValidator(text, country) || ALSO[country]?.test(text) === true;
}

function written(country: string, bare: string): string {
  const habit = WRITTEN[country];
  const sizes = habit?.sizes.find((parts) => parts.reduce((sum, size) => sum + size, 0) === bare.length);
  if (habit === undefined || sizes === undefined) return bare;
  let at = 0;
  return sizes
    .map((size) => {
      at += size;
      return bare.slice(at - size, at);
    })
    .join(habit.sign);
}
