import type { Discovery } from '../../platform/http/index.ts';
import { MAX_CAPTURE_BYTES, MAX_EVENTS } from './capture.ts';
import type { Namespaces } from './event-hash.policy.ts';
import { OWN_NAMESPACE } from './event-scans.policy.ts';
import { ERROR_BEHAVIOURS } from './model.ts';
import { headerOfNamespaces, NO_NAMESPACES } from './namespaces.policy.ts';
import { EPC_FORMAT, SPOKEN } from './negotiation.policy.ts';

export const TAG = 'epcis';

/** What the standard wants to see on answers of capture and query (EPCIS 2.0, 12.3). */
export const GS1_HEADERS = {
  'gs1-epcis-version': SPOKEN.EPCIS,
  'gs1-cbv-version': SPOKEN.CBV,
  // Events are answered in the notation in which they came.
  'gs1-epc-format': EPC_FORMAT,
  'gs1-epcis-capture-limit': String(MAX_EVENTS),
  'gs1-epcis-capture-file-size-limit': String(MAX_CAPTURE_BYTES),
} as const;

/**
 * The extensions that an answer goes by: our own, whose fields are read, and those that its request states. Fields of any
 * namespace are kept, answered and found, so that no extension has to be refused.
 */
export function extensionHeaders(stated: Namespaces = NO_NAMESPACES) {
  return { 'gs1-extensions': headerOfNamespaces(new Map([['pr', OWN_NAMESPACE], ...stated])) };
}

/** Of openapi.json. */
export const EXTENSIONS = {
  'GS1-Extensions': 'Namespaces of fields of your own, as prefix=namespace with commas between; at most 50.',
} as const;

/** What the standard has OPTIONS answer (OpenAPI of EPCIS 2.0, "Discovery"). */
export const epcisDiscovery = (vendorVersion: string): Discovery => ({
  prefix: '/epcis',
  tag: TAG,
  headers: {
    ...GS1_HEADERS,
    'gs1-epcis-min': SPOKEN.EPCIS,
    'gs1-epcis-max': SPOKEN.EPCIS,
    'gs1-cbv-min': SPOKEN.CBV,
    'gs1-cbv-max': SPOKEN.CBV,
    'gs1-capture-error-behaviour': ERROR_BEHAVIOURS[0],
    ...extensionHeaders(),
    'gs1-vendor-version': vendorVersion,
  },
});
