import { COMPLETE_DIVISIONS, POSTCODE_REQUIRED } from './country-facts.policy.ts';
import { DIVISION_BINDS_POSTCODE } from './postcode-ranges.policy.ts';

/** What an address must have and how long its parts may be. Lengths in UTF-16 units after cleaning, all "at most". */
export type AddressProfile = {
  readonly divisionLength: number;
  readonly cityLength: number;
  readonly districtLength: number;
  readonly townLength: number;
  readonly lineLength: number;
  readonly maxLines: number;
  readonly isDivisionRequired: boolean;
  readonly isDistrictRequired: boolean;
  readonly isPostcodeRequired: boolean;
  /** Refuse a postcode that lies in another division; otherwise it is accepted. */
  readonly doesDivisionBindPostcode: boolean;
};

/**
 * China. Lengths: province, city, district < 20, town < 30, detail < 256 [domain.md 1.2, electronic waybill get].
 * The detail may come as two lines. District is not required: some cities have none (东莞市).
 */
export const CHINA_PROFILE: AddressProfile = {
  divisionLength: 19,
  cityLength: 19,
  districtLength: 19,
  townLength: 29,
  lineLength: 255,
  maxLines: 2,
  isDivisionRequired: true,
  isDistrictRequired: false,
  isPostcodeRequired: false,
  doesDivisionBindPostcode: false,
};

/**
 * The rest of the world. Lengths are our default: wide enough for every name of GeoNames (the longest admin1 has 70),
 * lines that fit a 100 mm label in two rows.
 */
export const INTERNATIONAL_PROFILE: AddressProfile = {
  divisionLength: 80,
  cityLength: 100,
  districtLength: 100,
  townLength: 100,
  lineLength: 120,
  maxLines: 4,
  isDivisionRequired: false,
  isDistrictRequired: false,
  isPostcodeRequired: false,
  doesDivisionBindPostcode: false,
};

/** The profile of a country (our default; a line may bring a stricter one). */
export function profileOf(country: string): AddressProfile {
  if (country === 'CN') return CHINA_PROFILE;
  return {
    ...INTERNATIONAL_PROFILE,
    // BR: the CEP tells the state; MX: the postcode alone is enough for carriers. US, CA, AU labels need the state.
    isDivisionRequired: COMPLETE_DIVISIONS.has(country) && country !== 'BR' && country !== 'MX',
    isPostcodeRequired: POSTCODE_REQUIRED.has(country),
    doesDivisionBindPostcode: DIVISION_BINDS_POSTCODE.has(country),
  };
}
