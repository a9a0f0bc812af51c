import { type CountryCode, isCountryShape } from '../../network/kernel/index.ts';
import type { PlaceReading } from '../../network/tracking/connector-contract.ts';
import { countryOfCode } from './country.ts';

export type PlaceParts = {
  readonly city?: string | undefined;
  readonly region?: string | undefined;
  readonly postcode?: string | undefined;
  /** ISO 3166-1 alpha-2 or alpha-3; anything else stays in the text only. */
  readonly country?: string | undefined;
  readonly facility?: string | undefined;
  /** How the carrier writes it on one line; else made of the parts. */
  readonly text?: string | undefined;
};

/** `CITY, ST 12345`; the country stands alone only where nothing else is known. Undefined for an empty place. */
export function readPlace(parts: PlaceParts): PlaceReading | undefined {
  const { city, region, postcode, facility } = parts;
  const country = countryOf(parts.country);
  const area = [region, postcode].filter((part) => part !== undefined).join(' ');
  const composed = [facility, city, area].filter((part) => part !== undefined && part !== '').join(', ');
  const text = parts.text ?? (composed === '' ? parts.country : composed);
  if (text === undefined || text === '') return undefined;
  return {
    text,
    ...(country === undefined ? {} : { country }),
    ...(region === undefined ? {} : { region }),
    ...(postcode === undefined ? {} : { postcode }),
    ...(city === undefined ? {} : { city }),
    ...(facility === undefined ? {} : { facility }),
  };
}

function countryOf(text: string | undefined): CountryCode | undefined {
  const code = countryOfCode(text);
  return code !== undefined && isCountryShape(code) ? code : undefined;
}
