import { createHash } from 'node:crypto';
import type { CarrierCode } from './model.ts';

/** Draws lie in 0 to 99: one for each percent of the demand. */
const DRAWS = 100;

/**
 * The draw of one piece of demand for one carrier. It hangs on nothing but the two, so that the same order is answered
 * alike whenever, however often and in however large a batch it is asked for. The carrier's code is part of what is
 * hashed: who is drawn for one carrier on trial is not more likely drawn for the next.
 */
export function drawOf(carrierCode: CarrierCode, demand: string): number {
  const digest = createHash('sha256').update(carrierCode).update('\0').update(demand).digest();
  // Of 2^48 values, so that 100 divides them to within one in a trillion.
  return digest.readUIntBE(0, 6) % DRAWS;
}

/**
 * Whether a carrier that may have `percent` of its demand is given this piece of it. A larger share keeps all that a
 * smaller one had. `demand` names what is to be carried and for whom: an order of a merchant, else the parcels.
 */
export function isInsideShare(percent: number, carrierCode: CarrierCode, demand: string): boolean {
  if (percent >= DRAWS) return true;
  return percent > 0 && drawOf(carrierCode, demand) < percent;
}
