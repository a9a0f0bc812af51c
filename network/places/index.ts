export { addressKey, validateAddress } from './address.ts';
export {
  type AddressProfile,
  CHINA_PROFILE,
  INTERNATIONAL_PROFILE,
  profileOf,
} from './address-profile.policy.ts';
export { PLACES_REFUSALS } from './catalogue.ts';
export { type ParsedChineseAddress, parseChineseAddress } from './chinese-address.ts';
export { findCity, nearestCity, searchCities } from './cities.ts';
export { findCountry, findCountryByName, listCountries } from './countries.ts';
export { findDivision, findDivisionsByName, lineageOf, listDivisions } from './divisions.ts';
export { distanceBetween, divisionOf, locate } from './locate.ts';
export type {
  Address,
  AddressErrorCode,
  AddressFieldError,
  AddressOutcome,
  City,
  Country,
  Division,
  Located,
  Precision,
  Whereabouts,
} from './model.ts';
export { isMaskedPhone, normalisePhone, type Phone, type PhoneRefusal } from './phone.ts';
export { compactPostcode, normalisePostcode } from './postcode-format.ts';
export { divisionsOfPostcode, positionOfPostcode } from './postcodes.ts';
export { ATTRIBUTION } from './sources.ts';
export { warmPlaces } from './warm.ts';
export type {
  AreaMatcher,
  CompiledZones,
  Zone,
  ZoneHit,
  ZoneMatcher,
  ZoneSubject,
  ZoneTable,
} from './zones.ts';
export { compileZones, zoneOf } from './zones.ts';
