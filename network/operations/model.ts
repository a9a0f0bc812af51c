import type { Catalogue } from '../kernel/index.ts';

export const OPERATIONS_ERRORS = {
  dead_letter_not_replayable: {
    status: 422,
    title: 'This event cannot be given to its reaction any more',
    advice:
      'The detail says why: it was purged, or the reaction is gone. Look into what it should have done.',
  },
  dead_letter_failed_again: {
    status: 422,
    title: 'The reaction fails at this event as before',
    advice: 'Mend the cause that the detail names, then replay it again. Nothing was changed.',
  },
} as const satisfies Catalogue;
