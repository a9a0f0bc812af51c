import type { Route } from '../../platform/http/index.ts';
import { negotiate } from './negotiation.policy.ts';

const HEADERS = {
  'GS1-EPCIS-Version': 'The version of EPCIS that you speak.',
  'GS1-EPCIS-Min': 'The lowest version of EPCIS that you take.',
  'GS1-EPCIS-Max': 'The highest version of EPCIS that you take.',
  'GS1-CBV-Version': 'The version of the Core Business Vocabulary that you speak.',
  'GS1-CBV-Min': 'The lowest version of the Core Business Vocabulary that you take.',
  'GS1-CBV-Max': 'The highest version of the Core Business Vocabulary that you take.',
  'GS1-EPC-Format':
    'No_Preference, Always_GS1_Digital_Link, Always_EPC_URN or Never_Translates; the answer says what was done.',
} as const;

/**
 * An address of the standard, which is asked for in a version. `others`: what it reads besides, by name; its own code checks
 * those.
 */
export function negotiated(route: Route, others: Readonly<Record<string, string>> = {}): Route {
  return {
    ...route,
    requestHeaders: { told: { ...HEADERS, ...others }, check: negotiate },
    refusals: [...(route.refusals ?? []), 'epcis_header_invalid', 'epcis_version_not_acceptable'],
  };
}
