import { z } from 'zod';
import { idSchema, instantSchema, paragraphsSchema, textSchema } from '../kernel/index.ts';
import { LEVELS, RULE_NAMES, SUPPORT_NAMES, VERIFICATION_STATES } from './model.ts';

const level = z.enum(LEVELS);
const judge = z.enum(['rules', 'marketplace', 'operator']);
const place = z.object({ country: z.string(), city: z.string().optional(), postcode: z.string().optional() });

const evidence = {
  points: z.int().meta({ description: 'What it weighs by the rulebook.' }),
  compared: z.string().meta({ description: 'The two things that were compared.' }),
  declared: z.string().optional(),
  observed: z.string().optional(),
  scanIds: z.array(z.string()),
  instants: z.array(instantSchema),
  places: z.array(place),
  aboutOthers: z
    .boolean()
    .optional()
    .meta({ description: 'It rests on what belongs to somebody else; details are for the network alone.' }),
};
export const findingSchema = z
  .object({ rule: z.enum(RULE_NAMES), ...evidence })
  .meta({ id: 'VerificationFinding' });
const supportSchema = z
  .object({ rule: z.enum(SUPPORT_NAMES), ...evidence })
  .meta({ id: 'VerificationSupport' });

const fields = {
  id: idSchema('vrf'),
  state: z.enum(VERIFICATION_STATES),
  externalShipmentId: idSchema('ext'),
  orderId: idSchema('ord'),
  organisationId: idSchema('org'),
  clientPlatformId: idSchema('org').optional(),
  carrierCode: z.string(),
  number: z.string(),
  score: z.int().meta({ description: 'Sum of the points of its findings.' }),
  findings: z.array(findingSchema).meta({ description: 'What speaks against it, heaviest first.' }),
  supports: z.array(supportSchema).meta({ description: 'What speaks for it.' }),
  proposedLevel: level.meta({ description: 'How serious it would be by the rulebook.' }),
  level: level.optional(),
  rulebookVersionId: z.string().meta({ description: '`shipped` where no version was in force' }),
  declaredAt: instantSchema,
  firstScanDueAt: instantSchema,
  suspectedAt: instantSchema.optional(),
  settlesAt: instantSchema
    .optional()
    .meta({ description: 'Until then late scans may clear it by themselves.' }),
  reviewAt: instantSchema.optional(),
  proofDueAt: instantSchema.optional(),
  decidedAt: instantSchema.optional(),
  decidedBy: judge.optional(),
  appealDueAt: instantSchema.optional(),
  proofCount: z.int(),
  changedAt: instantSchema,
};

const statementSchema = z.object({
  kind: z.enum(['proof', 'appeal']),
  text: z.string(),
  pictureIds: z.array(z.string()),
  givenAt: instantSchema,
});

export const verificationSummarySchema = z.object(fields).meta({ id: 'VerificationSummary' });
export const verificationSchema = z
  .object({
    ...fields,
    statements: z.array(statementSchema).meta({ description: 'Proofs and the appeal of the merchant.' }),
    steps: z.array(
      z.object({
        name: z.enum([...VERIFICATION_STATES, 'confirmed', 'proof_given']),
        by: judge.optional().meta({ description: 'Absent: the merchant.' }),
        reason: z.string().optional(),
        occurredAt: instantSchema,
      }),
    ),
  })
  .meta({ id: 'Verification' });

export const verificationParams = z.strictObject({ verificationId: idSchema('vrf') });
export const verificationListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(400).optional(),
  state: z.enum(VERIFICATION_STATES).optional(),
  externalShipmentId: idSchema('ext').optional(),
  organisationId: idSchema('org').optional(),
});

const statementText = paragraphsSchema(2_000);

export const proofBodySchema = z.strictObject({
  text: statementText,
  pictureIds: z.array(idSchema('vpi')).max(10).default([]),
});
export const pictureSchema = z
  .object({
    id: idSchema('vpi'),
    contentType: z.string(),
    sizeBytes: z.int(),
    storedAt: instantSchema,
  })
  .meta({ id: 'VerificationPicture' });
export const pictureParams = z.strictObject({
  verificationId: idSchema('vrf'),
  pictureId: idSchema('vpi'),
});
export const appealBodySchema = z.strictObject({ text: statementText });
export const decisionBodySchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('cleared'), reason: textSchema(500) }),
  z.strictObject({ outcome: z.literal('confirmed'), level, reason: textSchema(500) }),
]);
export const appealDecisionBodySchema = z.strictObject({
  outcome: z.enum(['upheld', 'revoked']),
  reason: textSchema(500),
});

export const penaltyPointsQuery = z.strictObject({ organisationId: idSchema('org').optional() });
export const penaltyPointsSchema = z
  .object({
    organisationId: idSchema('org'),
    points: z.int().meta({ description: 'Of the last 365 days, without what was revoked.' }),
    suspendedUntil: instantSchema
      .optional()
      .meta({ description: 'Too many points: nothing more can be declared until then.' }),
    penalties: z.array(
      z.object({
        id: idSchema('pen'),
        verificationId: idSchema('vrf'),
        level,
        points: z.int(),
        imposedAt: instantSchema,
        revokedAt: instantSchema.optional(),
      }),
    ),
  })
  .meta({ id: 'PenaltyPoints' });
