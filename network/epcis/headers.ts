import type { Discovery } from '../../platform/http/index.ts';
import { MAX_CAPTURE_BYTES, MAX_EVENTS } from './capture.ts';
import { OWN_NAMESPACE } from './event-scans.policy.ts';
import { ERROR_BEHAVIOURS } from './model.ts';

export const TAG = 'epcis';

/** What the standard wants to see on answers of capture and query (EPCIS 2.0, 12.3). */
export const GS1_HEADERS = {
  'gs1-epcis-version': '2.0',
  'gs1-cbv-version': '2.0',
  'gs1-epcis-capture-limit': String(MAX_EVENTS),
  'gs1-epcis-capture-file-size-limit': String(MAX_CAPTURE_BYTES),
} as const;

/** What the standard has OPTIONS answer (OpenAPI of EPCIS 2.0, "Discovery"). */
export const epcisDiscovery = (vendorVersion: string): Discovery => ({
  prefix: '/epcis',
  tag: TAG,
  headers: {
    ...GS1_HEADERS,
    'gs1-epcis-min': '2.0',
    'gs1-epcis-max': '2.0',
    'gs1-cbv-min': '2.0',
    'gs1-cbv-max': '2.0',
    // Events are answered in the notation in which they came.
    'gs1-epc-format': 'Never_Translates',
    'gs1-capture-error-behaviour': ERROR_BEHAVIOURS[0],
    'gs1-extensions': `pr=${OWN_NAMESPACE}`,
    'gs1-vendor-version': vendorVersion,
  },
});
