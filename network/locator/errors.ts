import type { Catalogue } from '../kernel/index.ts';

export const LOCATOR_ERRORS = {
  point_index_loading: {
    status: 503,
    title: 'The points are still being read',
    advice: 'Ask again in a few seconds.',
  },
  point_place_unknown: {
    status: 422,
    title: 'This place is not known',
    advice: 'Check postcode, city and country, or send latitude and longitude.',
  },
} as const satisfies Catalogue;
export type LocatorErrorCode = keyof typeof LOCATOR_ERRORS;
