import type { CarrierErrorName } from '../../network/tracking/connector-contract.ts';

/** Name of an HTTP status that a carrier repeats in the body of its problem (RFC 9110); `asked` is what 404 means. */
export function httpErrorName(
  status: string | undefined,
  asked: CarrierErrorName = 'number_unknown',
): CarrierErrorName {
  if (status === '401' || status === '403') return 'not_authorised';
  if (status === '404') return asked;
  if (status === '429') return 'rate_limited';
  return /^5\d\d$/.test(status ?? '') ? 'carrier_unavailable' : 'carrier_refused';
}

/** A carrier's error codes under our names; what is in no table is a refusal. */
export function errorNames(names: Readonly<Record<string, CarrierErrorName>>) {
  const known = new Map(Object.entries(names));
  return (code: string | undefined): CarrierErrorName => known.get(code ?? '') ?? 'carrier_refused';
}
