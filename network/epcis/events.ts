import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { idSchema } from '../kernel/index.ts';

/** Events of a captured document were stored. */
export const EpcisEventsCaptured = defineEvent(
  'EpcisEventsCaptured',
  'epcis.captured',
  z.object({
    organisationId: idSchema('org'),
    captureId: idSchema('cap'),
    /** How many events; those that were known already are not counted. */
    captured: z.int(),
  }),
);

export const EPCIS_EVENTS = [EpcisEventsCaptured] as const;
