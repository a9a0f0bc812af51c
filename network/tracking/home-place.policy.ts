import { findCarrier } from '../carriers/index.ts';
import type { CountryCode } from '../kernel/index.ts';
import { countriesWithCity, findCity } from '../places/index.ts';

/** Towns repeat: hubs, depots. Emptied when it is full. */
const KEPT = 10_000;
const known = new Map<string, CountryCode | undefined>();

/**
 * The country of a town that a carrier names without one: the carrier's own, when a town of that name lies there and in
 * no other country. Undefined where that is not certain, and for services that are no carrier.
 */
export function homeCountryOf(carrierCode: string, city: string | undefined): CountryCode | undefined {
  const carrier = findCarrier(carrierCode);
  if (city === undefined || carrier === undefined) return undefined;
  const key = `${carrier.country}|${city}`;
  if (known.has(key)) return known.get(key);
  const { country } = carrier;
  const isHome =
    findCity({ country, name: city }) !== undefined &&
    countriesWithCity(city).every((one) => one === country);
  if (known.size >= KEPT) known.clear();
  known.set(key, isHome ? (country as CountryCode) : undefined);
  return known.get(key);
}
