import { cityIndexOf } from './city-index.ts';
import { findCountry } from './countries.ts';
import { listDivisions } from './divisions.ts';
import { positionOfPostcode } from './postcodes.ts';

/**
 * Reads the knowledge of these countries now, so that the first parcel does not wait for it (20 to 150 ms a country).
 * Unknown codes are passed over. Without a call everything is read at the first question.
 */
export function warmPlaces(countries: readonly string[]): void {
  for (const code of countries) {
    const country = findCountry(code);
    if (country === undefined) continue;
    listDivisions(country.code);
    cityIndexOf(country.code);
    positionOfPostcode(country.code, '');
  }
}
