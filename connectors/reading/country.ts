import countries from 'i18n-iso-countries';

/** ISO 3166-1 alpha-3 to alpha-2; undefined when there is no such country. */
export function countryOfAlpha3(code: string | undefined): string | undefined {
  return code === undefined || !/^[A-Za-z]{3}$/.test(code)
    ? undefined
    : countries.alpha3ToAlpha2(code.toUpperCase());
}
