import * as z from 'zod';

/** Bodies and answers of the places routes in camelCase; platform/http makes the snake_case wire form. */

const CountryText = z
  .string()
  .trim()
  .min(2)
  .max(3)
  .meta({ description: 'ISO 3166-1 alpha-2, alpha-3 or numeric' });
/** Wider than every profile on purpose: lengths are judged by `validateAddress`, with a pointer and a code. */
const Text = z.string().max(2000);

export const PositionShape = z
  .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
  .meta({ id: 'Position', description: 'WGS 84 degrees' });

export const AddressShape = z
  .strictObject({
    country: z.string().length(2),
    divisionCodes: z.array(z.string().max(12)).max(4).optional(),
    division: z.string().max(80).optional(),
    city: z.string().min(1).max(100),
    district: z.string().max(100).optional(),
    town: z.string().max(100).optional(),
    postcode: z.string().max(16).optional(),
    lines: z.array(z.string().min(1).max(255)).min(1).max(4),
    position: PositionShape.optional(),
  })
  .meta({ id: 'Address', description: 'A postal address without the person' });

/** An address as people send it: anything of the right types, judged field by field. */
export const AddressInput = z
  .strictObject({
    country: Text.optional(),
    divisionCodes: z.array(Text).max(20).optional(),
    division: Text.optional(),
    city: Text.optional(),
    district: Text.optional(),
    town: Text.optional(),
    postcode: Text.optional(),
    lines: z.array(Text).max(20).optional(),
    position: z.strictObject({ latitude: z.number(), longitude: z.number() }).optional(),
  })
  .meta({ id: 'AddressInput' });

export const CountryView = z
  .strictObject({
    code: z.string(),
    alpha3: z.string(),
    numeric: z.string(),
    name: z.string(),
    nameZh: z.string(),
    capital: z.string().optional(),
    currencies: z.array(z.string()),
    callingCode: z.string().optional(),
    postcode: z.enum(['used', 'none', 'unknown']),
    isEu: z.boolean(),
    zone: z.string().optional(),
    zones: z.array(z.string()),
  })
  .meta({ id: 'Country' });

export const CountryListView = z
  .strictObject({ data: z.array(CountryView), attribution: z.string() })
  .meta({ id: 'CountryList' });

export const DivisionListQuery = z.strictObject({
  country: CountryText,
  parentCode: z.string().min(1).max(12).optional(),
});

export const DivisionView = z
  .strictObject({
    country: z.string(),
    code: z.string(),
    scheme: z.enum(['gbt2260', 'iso3166_2', 'geonames']),
    level: z.int().min(1).max(4),
    name: z.string(),
    nameLatin: z.string().optional(),
    parentCode: z.string().optional(),
  })
  .meta({ id: 'Division' });

export const DivisionListView = z
  .strictObject({ data: z.array(DivisionView), attribution: z.string() })
  .meta({ id: 'DivisionList' });

export const CitySearchQuery = z.strictObject({
  text: z.string().trim().min(1).max(200),
  country: CountryText.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const CityView = z
  .strictObject({
    country: z.string(),
    name: z.string(),
    divisionCode: z.string().optional(),
    position: PositionShape,
    population: z.int().min(0),
  })
  .meta({ id: 'City' });

export const CityListView = z
  .strictObject({ data: z.array(CityView), attribution: z.string() })
  .meta({ id: 'CityList' });

export const AddressValidationBody = z
  .strictObject({
    addresses: z
      .array(z.strictObject({ objectId: z.string().min(1).max(100), address: AddressInput }))
      .min(1)
      .max(100),
  })
  .meta({ id: 'AddressValidationRequest' });

export const AddressErrorView = z
  .strictObject({
    pointer: z.string(),
    code: z.string(),
    message: z.string(),
    suggestion: z.string().optional(),
  })
  .meta({ id: 'AddressError' });

export const LocatedView = z
  .strictObject({
    position: PositionShape,
    precision: z.enum(['address', 'postcode', 'city', 'division', 'country']),
    source: z.enum(['caller', 'zipcodes', 'geonames']),
  })
  .meta({ id: 'Located' });

export const AddressCheckView = z
  .strictObject({
    objectId: z.string(),
    isValid: z.boolean(),
    address: AddressShape.optional(),
    located: LocatedView.optional(),
    errors: z.array(AddressErrorView),
  })
  .meta({ id: 'AddressCheck' });

export const AddressValidationView = z
  .strictObject({ data: z.array(AddressCheckView), attribution: z.string() })
  .meta({ id: 'AddressValidation' });
