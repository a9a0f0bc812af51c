import type * as z from 'zod';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { validateAddress } from './address.ts';
import { searchCities } from './cities.ts';
import type {
  AddressCheckView,
  AddressValidationBody,
  AddressValidationView,
  CityListView,
  CitySearchQuery,
  CountryListView,
  DivisionListQuery,
  DivisionListView,
} from './contract.ts';
import { findCountry, listCountries } from './countries.ts';
import { findDivision, listDivisions } from './divisions.ts';
import { locate } from './locate.ts';
import { ATTRIBUTION } from './sources.ts';

/** Pure reads behind the places routes; everybody may see them. Empty parts are left out, as the contracts say. */

export function countriesView(): z.output<typeof CountryListView> {
  const data = listCountries().map(({ capital, callingCode, zone, currencies, zones, ...country }) => ({
    ...country,
    currencies: [...currencies],
    zones: [...zones],
    ...(capital === undefined ? {} : { capital }),
    ...(callingCode === undefined ? {} : { callingCode }),
    ...(zone === undefined ? {} : { zone }),
  }));
  return { data, attribution: ATTRIBUTION };
}

export type PlaceRefusal = 'country_unknown' | 'division_unknown';

/** Children of a division, or level 1 of the country. Refused for a country or parent that does not exist. */
export function divisionsView(
  query: z.output<typeof DivisionListQuery>,
): Outcome<z.output<typeof DivisionListView>, PlaceRefusal> {
  const country = findCountry(query.country);
  if (country === undefined) return unknownCountry();
  if (query.parentCode !== undefined && findDivision(country.code, query.parentCode) === undefined) {
    return refused('division_unknown', 'The country has no division of this code; list its divisions first.');
  }
  const data = listDivisions(country.code, query.parentCode?.trim().toUpperCase()).map((division) => ({
    ...division,
  }));
  return accepted({ data, attribution: ATTRIBUTION });
}

/** Cities by the beginning of their name or of a word in it. Refused for a country that does not exist. */
export function citiesView(
  query: z.output<typeof CitySearchQuery>,
): Outcome<z.output<typeof CityListView>, 'country_unknown'> {
  const country = query.country === undefined ? undefined : findCountry(query.country);
  if (query.country !== undefined && country === undefined) return unknownCountry();
  const data = searchCities(query.text, country?.code, query.limit).map((city) => ({ ...city }));
  return accepted({ data, attribution: ATTRIBUTION });
}

/** Checks up to 100 addresses, each answered under the caller's own id in the caller's order. */
export function addressValidationView(
  body: z.output<typeof AddressValidationBody>,
): z.output<typeof AddressValidationView> {
  const data = body.addresses.map(({ objectId, address }) => checkOne(objectId, address));
  return { data, attribution: ATTRIBUTION };
}

function checkOne(objectId: string, input: unknown): z.output<typeof AddressCheckView> {
  const outcome = validateAddress(input);
  if (!outcome.ok) {
    return { objectId, isValid: false, errors: outcome.rejection.errors.map((error) => ({ ...error })) };
  }
  const { divisionCodes, lines, ...rest } = outcome.value;
  const located = locate(outcome.value);
  return {
    objectId,
    isValid: true,
    address: {
      ...rest,
      ...(divisionCodes === undefined ? {} : { divisionCodes: [...divisionCodes] }),
      lines: [...lines],
    },
    ...(located === undefined ? {} : { located }),
    errors: [],
  };
}

function unknownCountry(): Outcome<never, 'country_unknown'> {
  return refused('country_unknown', 'The country is not an ISO 3166-1 code; GET the list of countries.');
}
