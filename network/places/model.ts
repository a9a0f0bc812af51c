import type { CountryCode, FieldError, Position, Rejection } from '../kernel/index.ts';

/** `used`: letters carry one; `none`: the country has no postcodes; `unknown`: no package tells. */
export type PostcodeUse = 'used' | 'none' | 'unknown';

export type Country = {
  readonly code: CountryCode;
  /** ISO 3166-1 alpha-3. */
  readonly alpha3: string;
  /** ISO 3166-1 numeric, three digits as text. */
  readonly numeric: string;
  readonly name: string;
  readonly nameZh: string;
  readonly capital: string | undefined;
  /** ISO 4217, the usual one first; empty for Antarctica. */
  readonly currencies: readonly string[];
  /** ITU-T E.164 country code without the plus sign, such as `86`. */
  readonly callingCode: string | undefined;
  readonly postcode: PostcodeUse;
  readonly isEu: boolean;
  /** IANA zone of the most populous part, the one assumed where an address is known only by country. */
  readonly zone: string | undefined;
  readonly zones: readonly string[];
};

/** Whose codes: Chinese statistical codes, ISO 3166-2 without the country, or GeoNames admin1. */
export type DivisionScheme = 'gbt2260' | 'iso3166_2' | 'geonames';

/**
 * A part of a country. `level`: 1 province or state, 2 Chinese prefecture or city, 3 district or county, 4 town.
 * `code` is unique inside the country: `330000`, `330100`, `330110`, `330110001` in CN, `SP` in BR, `CA` in US.
 */
export type Division = {
  readonly country: CountryCode;
  readonly code: string;
  readonly scheme: DivisionScheme;
  readonly level: 1 | 2 | 3 | 4;
  readonly name: string;
  /** Name in Latin letters where the data has one and `name` is not already Latin. */
  readonly nameLatin?: string;
  readonly parentCode?: string;
};

export type City = {
  readonly country: CountryCode;
  readonly name: string;
  /** Code of the level 1 division, absent where GeoNames knows none. */
  readonly divisionCode?: string;
  readonly position: Position;
  /** Inhabitants; 0 where GeoNames does not know. */
  readonly population: number;
};

/**
 * A postal address without the person: names and phones live in the vault.
 * `divisionCodes` from the largest to the smallest; `lines` is the rest of the address, house and street.
 * In China `division` is the province and `lines` the detail behind the town.
 */
export type Address = {
  readonly country: CountryCode;
  readonly divisionCodes?: readonly string[];
  readonly division?: string;
  readonly city: string;
  readonly district?: string;
  readonly town?: string;
  readonly postcode?: string;
  readonly lines: readonly string[];
  readonly position?: Position;
};

/** What is known of a place when only part of an address is at hand; every `Address` is one. */
export type Whereabouts = {
  readonly country: string;
  readonly divisionCodes?: readonly string[] | undefined;
  readonly division?: string | undefined;
  readonly city?: string | undefined;
  readonly district?: string | undefined;
  readonly postcode?: string | undefined;
  readonly position?: Position | undefined;
};

/** `address`: the caller gave the position; the others name the unit whose centre stands for the address. */
export type Precision = 'address' | 'postcode' | 'city' | 'division' | 'country';

export type Located = {
  readonly position: Position;
  readonly precision: Precision;
  /** Package or party the position comes from. */
  readonly source: 'caller' | 'zipcodes' | 'geonames';
};

export type AddressErrorCode =
  | 'not_an_object'
  | 'wrong_type'
  | 'country_missing'
  | 'country_unknown'
  | 'division_missing'
  | 'division_unknown'
  | 'division_mismatch'
  | 'city_missing'
  | 'city_unknown'
  | 'district_missing'
  | 'district_unknown'
  | 'text_too_long'
  | 'lines_missing'
  | 'too_many_lines'
  | 'line_empty'
  | 'line_too_long'
  | 'postcode_missing'
  | 'postcode_malformed'
  | 'postcode_outside_division'
  | 'position_malformed';

/** `pointer`: JSON pointer into the address as sent (snake_case). `suggestion`: what was probably meant. */
export type AddressFieldError = FieldError & {
  readonly code: AddressErrorCode;
  readonly suggestion?: string;
};

export type AddressRejection = Omit<Rejection<'address_invalid'>, 'errors'> & {
  readonly errors: readonly AddressFieldError[];
};

/** An `Outcome<Address, 'address_invalid'>` whose field errors may carry a suggestion. */
export type AddressOutcome =
  | { readonly ok: true; readonly value: Address }
  | { readonly ok: false; readonly rejection: AddressRejection };
