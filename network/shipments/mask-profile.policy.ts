import { EU_COUNTRIES } from '../kernel/index.ts';
import type { MaskProfileName } from '../vault/index.ts';

/** Which mask a label uses: that of the country in which it is handled by couriers, the destination. */
export function maskProfileOf(country: string): MaskProfileName {
  if (country === 'CN') return 'cn_gbt41833';
  if (country === 'US') return 'us';
  return EU_COUNTRIES.has(country) || country === 'GB' || country === 'BR' ? 'eu' : 'us';
}

/** Callers who know the party anyhow, or stand at its door: the merchant whose it is, and the courier of the stop. */
const WITH_A_TASK: ReadonlySet<string> = new Set(['own', 'courier']);

/**
 * Which mask a page uses for a caller with this relation to the thing that names the party. Staff of the network, a
 * marketplace, a carrier's office and a warehouse have nothing to do at the door: they see whom it is about, not who it
 * is, wherever the parcel goes; the rest needs a logged reveal.
 */
export function pageProfileOf(relation: string, country: string): MaskProfileName {
  return WITH_A_TASK.has(relation) ? maskProfileOf(country) : 'without_task';
}
