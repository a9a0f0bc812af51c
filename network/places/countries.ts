import { countries as facts } from 'countries-list';
import * as z from 'zod';
import { type CountryCode, EU_COUNTRIES } from '../kernel/index.ts';
import { MAIN_ZONE, WITHOUT_POSTCODE } from './country-facts.policy.ts';
import type { Country, PostcodeUse } from './model.ts';
import { hasPostcodePattern } from './postcode-format.ts';
import { readPackageJson } from './sources.ts';
import { foldText } from './text.ts';

const CODES = z.array(z.tuple([z.string(), z.string(), z.string()]).rest(z.unknown()));
const NAMES = z.object({ countries: z.record(z.string(), z.union([z.string(), z.array(z.string())])) });

type Atlas = {
  readonly list: readonly Country[];
  readonly byCode: ReadonlyMap<string, Country>;
  readonly byName: ReadonlyMap<string, Country>;
};

let atlas: Atlas | undefined;

/** By ISO 3166-1 alpha-2, alpha-3 or numeric code (`CN`, `chn`, `156`), in any case. */
export function findCountry(code: string): Country | undefined {
  return loadAtlas().byCode.get(code.trim().toUpperCase());
}

/** By English or Chinese name, official, usual or former; tolerant of case, diacritics and punctuation. */
export function findCountryByName(name: string): Country | undefined {
  return loadAtlas().byName.get(foldText(name));
}

/** Every country of ISO 3166-1 and Kosovo (XK), by code. */
export function listCountries(): readonly Country[] {
  return loadAtlas().list;
}

function loadAtlas(): Atlas {
  atlas ??= buildAtlas();
  return atlas;
}

function buildAtlas(): Atlas {
  const english = readPackageJson('i18n-iso-countries/langs/en.json', NAMES).countries;
  const chinese = readPackageJson('i18n-iso-countries/langs/zh.json', NAMES).countries;
  const byCode = new Map<string, Country>();
  const byName = new Map<string, Country>();
  const list: Country[] = [];
  for (const [alpha2, alpha3, numeric] of readPackageJson('i18n-iso-countries/codes.json', CODES)) {
    const names = [english[alpha2] ?? alpha2].flat();
    const namesZh = [chinese[alpha2] ?? names[0] ?? alpha2].flat();
    const fact = factsOf(alpha2);
    const zones = zonesOf(alpha2);
    const country: Country = {
      code: alpha2 as CountryCode,
      alpha3,
      numeric,
      name: fact?.name ?? names[0] ?? alpha2,
      nameZh: namesZh[0] ?? alpha2,
      capital: fact?.capital || undefined,
      currencies: fact?.currency ?? [],
      callingCode: fact?.phone[0]?.toString(),
      postcode: postcodeUse(alpha2),
      isEu: EU_COUNTRIES.has(alpha2),
      zone: MAIN_ZONE[alpha2] ?? zones[0],
      zones,
    };
    list.push(country);
    for (const code of [alpha2, alpha3, numeric]) byCode.set(code, country);
    for (const name of [fact?.name ?? '', fact?.native ?? '', ...(fact?.alias ?? []), ...names, ...namesZh]) {
      // An earlier owner keeps a former name that two countries share.
      if (foldText(name) !== '' && !byName.has(foldText(name))) byName.set(foldText(name), country);
    }
    byName.set(foldText(country.name), country);
    byName.set(foldText(country.nameZh), country);
  }
  list.sort((a, b) => (a.code < b.code ? -1 : 1));
  return { list, byCode, byName };
}

function factsOf(
  alpha2: string,
):
  | { name: string; native: string; capital: string; currency: string[]; phone: number[]; alias?: string[] }
  | undefined {
  return Object.hasOwn(facts, alpha2) ? facts[alpha2 as keyof typeof facts] : undefined;
}

function postcodeUse(alpha2: string): PostcodeUse {
  if (WITHOUT_POSTCODE.has(alpha2)) return 'none';
  return hasPostcodePattern(alpha2) ? 'used' : 'unknown';
}

function zonesOf(alpha2: string): readonly string[] {
  const locale: Intl.Locale & { getTimeZones?: () => string[] | undefined } = new Intl.Locale(
    `und-${alpha2}`,
  );
  return locale.getTimeZones?.() ?? [];
}
