import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { idSchema, instantSchema } from '../kernel/index.ts';
import { VERIFICATION_STATES } from './model.ts';

export { VERIFICATION_STATES };

const subject = {
  verificationId: idSchema('vrf'),
  externalShipmentId: idSchema('ext'),
  orderId: idSchema('ord'),
  organisationId: idSchema('org'),
  clientPlatformId: idSchema('org').optional(),
  carrierCode: z.string(),
  number: z.string(),
  occurredAt: instantSchema,
};
const level = z.enum(['general', 'serious', 'especially_serious']);
const judge = z.enum(['rules', 'marketplace', 'operator']);

/** The rules speak against a declared number. It settles by itself, or goes under review at `settlesAt`. */
export const VerificationSuspected = defineEvent(
  'VerificationSuspected',
  'verification.suspected',
  z.object({ ...subject, rules: z.array(z.string()), settlesAt: instantSchema }),
);
/** The merchant may prove it until `proofDueAt`. */
export const VerificationUnderReview = defineEvent(
  'VerificationUnderReview',
  'verification.under_review',
  z.object({ ...subject, rules: z.array(z.string()), proofDueAt: instantSchema }),
);
/** Suspicion is over: by later evidence (`rules`), or because a person believed the merchant. */
export const VerificationCleared = defineEvent(
  'VerificationCleared',
  'verification.cleared',
  z.object({ ...subject, by: judge }),
);
export const VerificationConfirmed = defineEvent(
  'VerificationConfirmed',
  'verification.confirmed',
  z.object({ ...subject, by: judge, level, appealDueAt: instantSchema }),
);
/** Every state that a case gets to. For the room that keeps the declaration, without an audience. */
export const VerificationMoved = defineEvent(
  'VerificationMoved',
  'verification.moved',
  z.object({ ...subject, state: z.enum(VERIFICATION_STATES) }),
);
const penalty = {
  ...subject,
  penaltyId: idSchema('pen'),
  level,
  points: z.int(),
  total: z.int(),
  /** How often the merchant's points have changed: of two words that with more is the later one. Earlier versions did not say. */
  changes: z.int().optional(),
  /** The merchant declares nothing until then; absent: he may. */
  suspendedUntil: instantSchema.optional(),
};
/** `total`: points of the merchant that count now, of the last 365 days. */
export const PenaltyImposed = defineEvent('PenaltyImposed', 'penalty.imposed', z.object(penalty));
/** Gives back exactly the points of the penalty. */
export const PenaltyRevoked = defineEvent(
  'PenaltyRevoked',
  'penalty.revoked',
  z.object({ ...penalty, by: judge }),
);

export const AUTHENTICITY_EVENTS = [
  VerificationMoved,
  VerificationSuspected,
  VerificationUnderReview,
  VerificationCleared,
  VerificationConfirmed,
  PenaltyImposed,
  PenaltyRevoked,
] as const;
