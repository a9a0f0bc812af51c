import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { amountSchema, countrySchema, idSchema, instantSchema } from '../kernel/index.ts';
import { REFUND_BASES } from './model.ts';

/** Every event of a return says which goods of which order it is about, and where it stands; nobody's name or address. */
const subject = {
  returnId: idSchema('ret'),
  organisationId: idSchema('org'),
  clientPlatformId: idSchema('org').optional(),
  orderId: idSchema('ord'),
  kind: z.enum(['return', 'exchange', 'refund_only']),
  state: z.string(),
  lines: z.array(z.object({ line: z.int(), quantity: z.int(), reason: z.string() })),
  amount: amountSchema,
  freightPayer: z.string(),
  place: z.object({
    country: countrySchema,
    division: z.string().optional(),
    city: z.string().optional(),
    postcode: z.string().optional(),
  }),
  occurredAt: instantSchema,
};
const withReason = { ...subject, reason: z.string() };
const by = z.enum(['buyer', 'seller', 'point', 'courier', 'platform', 'rules', 'tracking']);
const atPoint = { pointId: idSchema('pnt').optional() };

export const ReturnApplied = defineEvent(
  'ReturnApplied',
  'return.applied',
  z.object({ ...subject, dueAt: instantSchema }),
);
export const ReturnAgreed = defineEvent(
  'ReturnAgreed',
  'return.agreed',
  z.object({ ...subject, by, dueAt: instantSchema }),
);
/** The buyer may call the platform until `dueAt`. */
export const ReturnRefused = defineEvent(
  'ReturnRefused',
  'return.refused',
  z.object({ ...withReason, dueAt: instantSchema }),
);
/** `reason`: why the buyer is sent on, where he did not choose it. */
export const ReturnRouted = defineEvent(
  'ReturnRouted',
  'return.routed',
  z.object({
    ...subject,
    ...atPoint,
    method: z.enum(['point', 'door', 'self_post']),
    startsAt: instantSchema.optional(),
    reason: z.string().optional(),
  }),
);
/** The place that was held is gone and no other one fits: the buyer has to choose again. */
export const ReturnRouteLost = defineEvent('ReturnRouteLost', 'return.route_lost', z.object(withReason));
/** A counter or a courier has the goods; `number`: of the parcel that goes back. */
export const ReturnAccepted = defineEvent(
  'ReturnAccepted',
  'return.accepted',
  z.object({
    ...subject,
    ...atPoint,
    at: z.enum(['point', 'door']),
    number: z.string(),
    carrierCode: z.string(),
    weightGrams: z.int(),
    payment: z.string(),
    freight: amountSchema,
    findings: z.array(z.object({ line: z.int(), finding: z.string() })),
  }),
);
/** The counter did not take the goods; the buyer may come again or choose another way. */
export const ReturnTurnedAway = defineEvent(
  'ReturnTurnedAway',
  'return.turned_away',
  z.object({ ...withReason, ...atPoint }),
);
export const ReturnHandedOver = defineEvent(
  'ReturnHandedOver',
  'return.handed_over',
  z.object({ ...subject, ...atPoint, by, number: z.string(), carrierCode: z.string() }),
);
/** The counter still has the goods after the time in which a courier is to take them. */
export const ReturnHandoverLate = defineEvent(
  'ReturnHandoverLate',
  'return.handover_late',
  z.object({ ...subject, ...atPoint }),
);
export const ReturnReceived = defineEvent(
  'ReturnReceived',
  'return.received',
  z.object({ ...subject, dueAt: instantSchema }),
);
export const ReturnScreened = defineEvent(
  'ReturnScreened',
  'return.screened',
  z.object({
    ...subject,
    isAllOk: z.boolean(),
    grades: z.array(
      z.object({
        line: z.int(),
        grade: z.enum(['ok', 'no_ok']),
        quality: z.int(),
        reason: z.string().optional(),
        refund: amountSchema,
      }),
    ),
  }),
);
/** The marketplace is to pay this to the buyer. Once for each return, ever. */
export const RefundInstructed = defineEvent(
  'RefundInstructed',
  'return.refund_instructed',
  z.object({ ...subject, refundId: idSchema('rfd'), refund: amountSchema, basis: z.enum(REFUND_BASES) }),
);
export const ExchangeAmendmentAsked = defineEvent(
  'ExchangeAmendmentAsked',
  'return.amendment_asked',
  z.object({ ...withReason, dueAt: instantSchema }),
);
export const ExchangeReplacementDue = defineEvent(
  'ExchangeReplacementDue',
  'return.replacement_due',
  z.object({ ...subject, dueAt: instantSchema }),
);
export const ExchangeReplacementSent = defineEvent(
  'ExchangeReplacementSent',
  'return.replacement_sent',
  z.object({ ...subject, number: z.string(), carrierCode: z.string() }),
);
export const ReturnEscalated = defineEvent(
  'ReturnEscalated',
  'return.escalated',
  z.object({ ...withReason, about: z.string() }),
);
const claimed = {
  ...subject,
  claimId: idSchema('rcl'),
  insuranceId: idSchema('rin'),
  claim: amountSchema,
  /** Who is to get it: the network of the point, or the merchant. */
  payTo: idSchema('org'),
};
/** The freight of the way back is claimed from the insurer. Once for each order and return. */
export const InsuranceReported = defineEvent(
  'InsuranceReported',
  'return.insurance_reported',
  z.object({ ...claimed, insurer: z.string(), uncovered: amountSchema }),
);
export const InsuranceAccepted = defineEvent(
  'InsuranceAccepted',
  'return.insurance_accepted',
  z.object(claimed),
);
export const InsurancePaid = defineEvent('InsurancePaid', 'return.insurance_paid', z.object(claimed));
/** It is over: `refunded`, `exchanged`, or why nothing followed. */
export const ReturnClosed = defineEvent(
  'ReturnClosed',
  'return.closed',
  z.object({ ...subject, outcome: z.string() }),
);

export const RETURN_EVENTS = [
  ReturnApplied,
  ReturnAgreed,
  ReturnRefused,
  ReturnRouted,
  ReturnRouteLost,
  ReturnAccepted,
  ReturnTurnedAway,
  ReturnHandedOver,
  ReturnHandoverLate,
  ReturnReceived,
  ReturnScreened,
  RefundInstructed,
  ExchangeAmendmentAsked,
  ExchangeReplacementDue,
  ExchangeReplacementSent,
  ReturnEscalated,
  InsuranceReported,
  InsuranceAccepted,
  InsurancePaid,
  ReturnClosed,
];
