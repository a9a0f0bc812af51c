export {
  amountSchema,
  countrySchema,
  currencySchema,
  dimensionsSchema,
  idSchema,
  instantSchema,
  moneySchema,
  paragraphsSchema,
  positionSchema,
  textSchema,
} from './contract.ts';
export { type CountryCode, EU_COUNTRIES, isCountryShape } from './country.ts';
export { distanceMeters, isPosition, type Position } from './geo.ts';
export {
  type Id,
  type IdSource,
  idFromUuid,
  isId,
  type OfferId,
  type OrganisationId,
  type ParcelId,
  type PartyRef,
  type PersonId,
  type PickupId,
  type PointId,
  type ShipmentId,
  type WaybillId,
} from './id.ts';
export {
  addDays,
  addMs,
  earliest,
  type Instant,
  instant,
  instantFromMs,
  latest,
  msBetween,
  msOf,
  parseInstant,
} from './instant.ts';
export { type Dimensions, lengthPlusGirthMm, sortedSides, volumeMm3, volumetricGrams } from './measure.ts';
export {
  addMoney,
  type Currency,
  isCurrency,
  type Money,
  minorDigits,
  money,
  scaleMinor,
  splitMoney,
  subtractMoney,
  zero,
} from './money.ts';
export {
  accepted,
  type Catalogue,
  type CatalogueEntry,
  type FieldError,
  type Outcome,
  type Rejection,
  refused,
  refusedFor,
  unreachable,
  withErrorsAt,
} from './outcome.ts';
export { inOnePiece } from './text.ts';
export {
  addCalendarDays,
  addWorkingDays,
  instantAt,
  isAmbiguousTime,
  isWorkingDate,
  isZone,
  localDate,
  startOfDate,
  type WorkingCalendar,
} from './working-calendar.ts';
