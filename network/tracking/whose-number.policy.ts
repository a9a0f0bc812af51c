import { findCarrier, findNumberFormat } from '../carriers/index.ts';
import { isNative, type NumberHint } from './directory.policy.ts';
import type { Reporter } from './recognition.policy.ts';

/** `issuer`: whose number a parcel has that this scan mints; empty while nobody knows. */
export type Ownership = { readonly hint: NumberHint; readonly issuer: string };

/**
 * What a reporter's word is worth about whose number it is. A stated carrier is believed, because carriers share
 * numbers; but a carrier that takes orders here cannot say so of itself or of another such carrier: their numbers are
 * issued here, and with its word alone it would have a parcel of its own beside the true one (promise G8, another
 * carrier's number). Its statement is a preference, and the number's own shape says who issued it.
 */
export function whoseNumber(reporter: Reporter, number: string, stated: string | undefined): Ownership {
  const reporting = reporter.kind === 'carrier' ? reporter.carrierCode : undefined;
  if (stated !== undefined && !(reporting !== undefined && isNative(reporting) && isNative(stated)))
    return { hint: { stated, preferred: reporting }, issuer: stated };
  const preferred = stated ?? reporting;
  return { hint: { preferred }, issuer: issuerOf(number, preferred) };
}

/** A carrier owns a number that has the shape and check digit of its own numbers. */
function issuerOf(number: string, carrierCode: string | undefined): string {
  const carrier = carrierCode === undefined ? undefined : findCarrier(carrierCode);
  return carrier !== undefined && findNumberFormat(carrier, number) !== undefined ? carrier.code : '';
}
