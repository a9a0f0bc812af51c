import { accepted, type CountryCode, isPosition, type Position } from '../kernel/index.ts';
import { placeInChina, placeInWorld } from './address-divisions.ts';
import { type AddressErrors, type AddressParts, addError } from './address-errors.ts';
import { type AddressProfile, profileOf } from './address-profile.policy.ts';
import { findCountry, findCountryByName, listCountries } from './countries.ts';
import { CITY_STATES } from './country-facts.policy.ts';
import type { Address, AddressOutcome, Country } from './model.ts';
import { normalisePostcode } from './postcode-format.ts';
import { divisionsOfPostcode } from './postcodes.ts';
import { cleanText, closestName, foldText, narrowWidth } from './text.ts';

/** Longest text read at all, so that hostile input costs nothing; every profile is shorter. */
const READ_LIMIT = 2000;
const LINES_LIMIT = 20;

/**
 * Checks and normalises an address of unknown shape (camelCase keys, as the wire codec leaves them). `profile`: the
 * country's own unless a line brings another. Accepted: a normalised `Address` that validates to itself again.
 * Refused: `address_invalid` with every field error, JSON pointers in snake_case, a suggestion where one is near.
 * Never throws, whatever the value.
 */
export function validateAddress(raw: unknown, profile?: AddressProfile): AddressOutcome {
  const errors: AddressErrors = [];
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    addError(errors, '', 'not_an_object', 'An address is an object.');
    return refuse(errors);
  }
  const record = raw as Readonly<Record<string, unknown>>;
  const country = readCountry(record, errors);
  if (country === undefined) return refuse(errors);
  const rules = profile ?? profileOf(country.code);
  const parts = readParts(record, errors);
  const postcode = readPostcode(record, country, rules, errors);
  const position = readPosition(record, errors);
  const placed =
    country.code === 'CN'
      ? placeInChina(parts, rules, errors)
      : placeInWorld(country.code, parts, postcode, rules, errors);
  const city = placed.city === '' && CITY_STATES.has(country.code) ? country.name : placed.city;
  if (city === '') addError(errors, '/city', 'city_missing', 'The address names no city.');
  checkLengths({ ...placed, city }, rules, errors);
  checkLines(placed.lines, rules, errors);
  checkPostcodeDivision(country.code, postcode, placed.divisionCodes[0], rules, errors);
  if (errors.length > 0) return refuse(errors);
  const address: Address = {
    country: country.code as CountryCode,
    ...(placed.divisionCodes.length === 0 ? {} : { divisionCodes: placed.divisionCodes }),
    ...(placed.division === '' ? {} : { division: placed.division }),
    city,
    ...(placed.district === '' ? {} : { district: placed.district }),
    ...(placed.town === '' ? {} : { town: placed.town }),
    ...(postcode === undefined ? {} : { postcode }),
    lines: placed.lines,
    ...(position === undefined ? {} : { position }),
  };
  return accepted(address);
}

/**
 * One text per place for equality: addresses that differ in case, diacritics, width, punctuation or in how the postcode
 * is written have the same key. Not a place to read from: hash it. `address` as accepted by `validateAddress`.
 */
export function addressKey(address: Address): string {
  const postcode = (address.postcode ?? '').toUpperCase().replace(/[^A-Z0-9]/gu, '');
  const parts = [
    address.divisionCodes?.at(-1) ?? foldText(address.division ?? ''),
    address.city,
    address.district ?? '',
  ];
  const small = [address.town ?? '', ...address.lines].map((text) =>
    foldText(narrowWidth(text)).replace(/ /gu, ''),
  );
  // A part is never able to run into the next: folded text holds letters and digits only.
  return ['1', address.country, postcode, ...parts.map(foldText), small.join('/')].join('|');
}

function refuse(errors: AddressErrors): AddressOutcome {
  const detail = 'The address cannot be used; mend the fields named in errors.';
  return { ok: false, rejection: { code: 'address_invalid', detail, errors } };
}

function readCountry(record: Readonly<Record<string, unknown>>, errors: AddressErrors): Country | undefined {
  const text = readText(record, 'country', '/country', errors);
  if (text === '') {
    addError(errors, '/country', 'country_missing', 'The address names no country (ISO 3166-1 alpha-2).');
    return undefined;
  }
  const country = findCountry(text);
  if (country !== undefined) return country;
  const meant =
    findCountryByName(text)?.code ??
    findCountryByName(
      closestName(
        text,
        listCountries().map((one) => one.name),
      ) ?? '',
    )?.code;
  addError(errors, '/country', 'country_unknown', 'The country is not an ISO 3166-1 code.', meant);
  return undefined;
}

function readParts(record: Readonly<Record<string, unknown>>, errors: AddressErrors): AddressParts {
  return {
    division: readText(record, 'division', '/division', errors),
    city: readText(record, 'city', '/city', errors),
    district: readText(record, 'district', '/district', errors),
    town: readText(record, 'town', '/town', errors),
    divisionCodes: readList(record, 'divisionCodes', '/division_codes', errors),
    lines: readList(record, 'lines', '/lines', errors),
  };
}

function readText(
  record: Readonly<Record<string, unknown>>,
  key: string,
  pointer: string,
  errors: AddressErrors,
): string {
  const value = Object.hasOwn(record, key) ? record[key] : undefined;
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') {
    addError(errors, pointer, 'wrong_type', 'This field is a text.');
    return '';
  }
  if (value.length > READ_LIMIT) {
    addError(errors, pointer, 'text_too_long', `This field has more than ${READ_LIMIT} characters.`);
    return '';
  }
  return cleanText(narrowWidth(value));
}

function readList(
  record: Readonly<Record<string, unknown>>,
  key: string,
  pointer: string,
  errors: AddressErrors,
): readonly string[] {
  const value = Object.hasOwn(record, key) ? record[key] : undefined;
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    addError(errors, pointer, 'wrong_type', 'This field is a list of texts.');
    return [];
  }
  if (value.length > LINES_LIMIT) {
    addError(errors, pointer, 'too_many_lines', `This list has more than ${LINES_LIMIT} entries.`);
    return [];
  }
  return value.map((_, at) => readText({ item: value[at] }, 'item', `${pointer}/${at}`, errors));
}

function readPostcode(
  record: Readonly<Record<string, unknown>>,
  country: Country,
  rules: AddressProfile,
  errors: AddressErrors,
): string | undefined {
  const text = readText(record, 'postcode', '/postcode', errors);
  // People fill the field of a country without postcodes with 0000 or the like: it is dropped, not refused.
  if (country.postcode === 'none') return undefined;
  if (text === '') {
    if (rules.isPostcodeRequired) {
      addError(errors, '/postcode', 'postcode_missing', `Addresses in ${country.name} need a postcode.`);
    }
    return undefined;
  }
  const postcode = normalisePostcode(country.code, text);
  if (postcode === undefined) {
    addError(errors, '/postcode', 'postcode_malformed', `This is not a postcode of ${country.name}.`);
  }
  return postcode;
}

function readPosition(
  record: Readonly<Record<string, unknown>>,
  errors: AddressErrors,
): Position | undefined {
  const value = Object.hasOwn(record, 'position') ? record.position : undefined;
  if (value === undefined || value === null) return undefined;
  const { latitude, longitude } = (typeof value === 'object' ? value : {}) as Partial<
    Record<keyof Position, unknown>
  >;
  if (typeof latitude === 'number' && typeof longitude === 'number' && isPosition({ latitude, longitude })) {
    // -0 is 0 on the way through JSON.
    return { latitude: latitude + 0, longitude: longitude + 0 };
  }
  addError(
    errors,
    '/position',
    'position_malformed',
    'A position has a latitude and a longitude in degrees (WGS 84).',
  );
  return undefined;
}

function checkLengths(parts: AddressParts, rules: AddressProfile, errors: AddressErrors): void {
  const fields = [
    ['/division', parts.division, rules.divisionLength],
    ['/city', parts.city, rules.cityLength],
    ['/district', parts.district, rules.districtLength],
    ['/town', parts.town, rules.townLength],
  ] as const;
  for (const [pointer, text, limit] of fields) {
    if (text.length > limit) {
      addError(errors, pointer, 'text_too_long', `This field has at most ${limit} characters.`);
    }
  }
}

function checkLines(lines: readonly string[], rules: AddressProfile, errors: AddressErrors): void {
  if (lines.length === 0) {
    addError(errors, '/lines', 'lines_missing', 'The address has no street or detail line.');
  }
  if (lines.length > rules.maxLines) {
    addError(errors, '/lines', 'too_many_lines', `An address has at most ${rules.maxLines} lines here.`);
  }
  for (const [at, line] of lines.entries()) {
    if (line === '') addError(errors, `/lines/${at}`, 'line_empty', 'A line is not empty.');
    if (line.length > rules.lineLength) {
      addError(errors, `/lines/${at}`, 'line_too_long', `A line has at most ${rules.lineLength} characters.`);
    }
  }
}

function checkPostcodeDivision(
  country: string,
  postcode: string | undefined,
  divisionCode: string | undefined,
  rules: AddressProfile,
  errors: AddressErrors,
): void {
  if (postcode === undefined || divisionCode === undefined || !rules.doesDivisionBindPostcode) return;
  const told = divisionsOfPostcode(country, postcode);
  if (told.length === 0 || told.includes(divisionCode)) return;
  const message = `The postcode belongs to ${told.join(' or ')}, not to ${divisionCode}.`;
  addError(errors, '/postcode', 'postcode_outside_division', message);
}
