export { addressKey, validateAddress } from './address.ts';
export { PLACES_REFUSALS } from './catalogue.ts';
export { type ParsedChineseAddress, parseChineseAddress } from './chinese-address.ts';
export { countriesWithCity, findCity, listCities, nearestCity, searchCities } from './cities.ts';
export { AddressInput } from './contract.ts';
export { findCountry, findCountryByName, listCountries } from './countries.ts';
export { type Disc, discOf } from './disc.ts';
export { findDivision, findDivisionsByName, lineageOf, listDivisions } from './divisions.ts';
export { distanceBetween, divisionOf, locate } from './locate.ts';
export type { Address, City, Country, Division, Located, Precision } from './model.ts';
export { isMaskedPhone, normalisePhone, type Phone, type PhoneRefusal } from './phone.ts';
export { compactPostcode, normalisePostcode } from './postcode-format.ts';
export { divisionsOfPostcode, positionOfPostcode } from './postcodes.ts';
export {
  coarsePlaceOf,
  type PartyInput,
  partyInputSchema,
  readParty,
  withoutPosition,
} from './read-party.ts';
export { placeRoutes } from './routes.ts';
export { ATTRIBUTION } from './sources.ts';
export { foldText, hasHan } from './text.ts';
export { warmPlaces } from './warm.ts';
export {
  type AreaMatcher,
  type CompiledZones,
  compileZones,
  type Zone,
  type ZoneHit,
  type ZoneMatcher,
  type ZoneSubject,
  type ZoneTable,
  zoneOf,
} from './zones.ts';
