import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { instantSchema } from '../kernel/index.ts';

/** A decision about a carrier's membership; the reason is text of people and stays with the carrier. */
export const CarrierStandingChanged = defineEvent(
  'CarrierStandingChanged',
  'carrier.standing_changed',
  z.object({
    carrierCode: z.string(),
    decision: z.string(),
    status: z.string(),
    previousStatus: z.string(),
    trafficPercent: z.number(),
    occurredAt: instantSchema,
  }),
);

export const CARRIER_EVENTS = [CarrierStandingChanged] as const;
