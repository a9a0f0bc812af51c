import { placeZone } from './place-zone.policy.ts';

/** Where a parcel goes, as coarse as it is told. `division`: ISO 3166-2 (`US-GA`) or the country's own code. */
export type Destination = {
  readonly country: string;
  readonly division?: string | undefined;
  readonly postcode?: string | undefined;
  readonly city?: string | undefined;
};

/**
 * IANA zone of the clock that a promise counts its days by: that of where the parcel goes, whoever asks. Undefined when the
 * place does not tell it without doubt.
 */
export function destinationZone({ country, division, postcode, city }: Destination): string | undefined {
  const region = division?.startsWith(`${country}-`) ? division.slice(country.length + 1) : division;
  return placeZone({ country, region, postcode, city });
}

/** That of a tracked parcel: told with its promise by who knew the postcode, else by what is kept of where it goes. */
export function zoneOfParcel({
  promise,
  destination,
}: {
  readonly promise: { readonly zone?: string | undefined } | undefined;
  readonly destination: Destination | undefined;
}): string | undefined {
  return promise?.zone ?? (destination && destinationZone(destination));
}
