import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };

const BY_ALPHA3: ReadonlyMap<string, string> = new Map(
  codes.map(([alpha2 = '', alpha3 = '']) => [alpha3, alpha2]),
);

/** ISO 3166-1 alpha-3 to alpha-2; undefined when there is no such country. */
export function countryOfAlpha3(code: string | undefined): string | undefined {
  return BY_ALPHA3.get(code?.toUpperCase() ?? '');
}
