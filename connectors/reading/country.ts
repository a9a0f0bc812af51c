import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import names from 'i18n-iso-countries/langs/en.json' with { type: 'json' };

const BY_ALPHA3: ReadonlyMap<string, string> = new Map(
  codes.map(([alpha2 = '', alpha3 = '']) => [alpha3, alpha2]),
);

/** ISO 3166-1 alpha-3 to alpha-2; undefined when there is no such country. */
export function countryOfAlpha3(code: string | undefined): string | undefined {
  return BY_ALPHA3.get(code?.toUpperCase() ?? '');
}

const ALPHA2: ReadonlySet<string> = new Set(BY_ALPHA3.values());

/**
 * ISO 3166-1 alpha-2 of a code of two or three letters in any case. `UK` is reserved for the United Kingdom by the
 * same standard. Undefined when there is no such country.
 */
export function countryOfCode(code: string | undefined): string | undefined {
  const plain = code?.toUpperCase() ?? '';
  if (plain === 'UK') return 'GB';
  return ALPHA2.has(plain) ? plain : BY_ALPHA3.get(plain);
}

/** Names that ISO does not write. Source: USPS International Mail Manual, country listings; DHL Express, country list. */
const POSTAL_NAMES: Readonly<Record<string, string>> = {
  'GREAT BRITAIN': 'GB',
  'GREAT BRITAIN AND NORTHERN IRELAND': 'GB',
  'MAINLAND CHINA': 'CN',
  "CHINA, PEOPLE'S REPUBLIC": 'CN',
  'KOREA, REPUBLIC OF (SOUTH KOREA)': 'KR',
};
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ...Object.entries(names.countries).flatMap(([code, given]) =>
    [given].flat().map((name) => [plainName(name), code] as const),
  ),
  ...Object.entries(POSTAL_NAMES),
]);

/** ISO 3166-1 alpha-2 of a country's English name or code, in any case; undefined for any other text. */
export function countryOfName(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (BY_NAME.get(plainName(text)) ?? countryOfCode(text));
}

function plainName(name: string): string {
  return name.slice(0, 80).toUpperCase().normalize('NFD').replaceAll(/\p{M}/gu, '').trim();
}
