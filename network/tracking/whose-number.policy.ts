import { findCarrier, findNumberFormat } from '../carriers/index.ts';
import { isNative, type NumberHint } from './directory.policy.ts';
import type { Reporter } from './recognition.policy.ts';

/**
 * What a reporter's word is worth about whose number it is. A stated carrier is believed, because carriers share
 * numbers; but a carrier that takes orders here cannot say so of itself or of another such carrier: their numbers are
 * issued here, and with its word alone it would have a parcel of its own beside the true one (promise G8, another
 * carrier's number). Its statement is a preference, and the number's own shape says who issued it (`issuerOf`).
 */
export function hintOf(reporter: Reporter, stated: string | undefined): NumberHint {
  const reporting = reporter.kind === 'carrier' ? reporter.carrierCode : undefined;
  if (stated !== undefined && !(reporting !== undefined && isNative(reporting) && isNative(stated)))
    return { stated, preferred: reporting };
  return { preferred: stated ?? reporting };
}

/**
 * Whose number a parcel has that this scan mints; empty while nobody knows. A carrier owns a number that has the shape
 * and check digit of its own numbers.
 */
export function issuerOf(number: string, { stated, preferred }: NumberHint): string {
  if (stated !== undefined) return stated;
  const carrier = preferred === undefined ? undefined : findCarrier(preferred);
  return carrier !== undefined && findNumberFormat(carrier, number) !== undefined ? carrier.code : '';
}
