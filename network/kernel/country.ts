/** ISO 3166-1 alpha-2 code. Which codes exist is known by `places`; this is the shape. */
declare const countryBrand: unique symbol;
export type CountryCode = string & { readonly [countryBrand]: true };

const SHAPE = /^[A-Z]{2}$/;

export function isCountryShape(text: string): text is CountryCode {
  return SHAPE.test(text);
}

/** Member states of the European Union (since 2020-02-01). */
export const EU_COUNTRIES: ReadonlySet<string> = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '),
);
