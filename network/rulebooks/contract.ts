import { z } from 'zod';
import { idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { NETWORK, VERSION_STATES } from './model.ts';

const kind = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);
const scope = z
  .union([z.literal(NETWORK), idSchema('org')])
  .meta({ description: 'The client platform whose rules these are, or `network`.' });

/** A document in the names of the wire; its schema is that of its kind. */
const document = z
  .record(z.string(), z.unknown())
  .meta({ description: 'Fits document_schema of its kind (GET /v1/rulebook-kinds).' });

export const rulebookKindSchema = z
  .object({
    kind,
    title: z.string(),
    scopes: z.array(z.enum(['network', 'platform'])),
    hasDryRun: z.boolean(),
    documentSchema: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema 2020-12' }),
  })
  .meta({ id: 'RulebookKind' });

export const rulebookSchema = z
  .object({ id: idSchema('rbk'), organisationId: scope, kind, openedAt: instantSchema })
  .meta({ id: 'Rulebook' });

const versionFields = {
  id: idSchema('rbv'),
  rulebookId: idSchema('rbk'),
  organisationId: scope,
  kind,
  number: z.int().min(1),
  digest: z.string(),
  author: z.string(),
  note: z.string(),
  draftedAt: instantSchema,
  state: z.enum(VERSION_STATES),
  validFrom: instantSchema.optional(),
  validTo: instantSchema.optional().meta({ description: 'Exclusive; absent: until further notice.' }),
};

export const versionSchema = z.object(versionFields).meta({ id: 'RulebookVersion' });
export const versionWithDocumentSchema = z
  .object({ ...versionFields, document })
  .meta({ id: 'RulebookVersionWithDocument' });

export const draftSchema = z.strictObject({ kind, document, note: textSchema(500).default('-') });

export const testRunSchema = z
  .object({
    version: versionSchema,
    passed: z.boolean(),
    failures: z.array(z.object({ test: z.string(), message: z.string(), ruleId: z.string().optional() })),
  })
  .meta({ id: 'RulebookTestRun' });

export const dryRunBodySchema = z
  .strictObject({ from: instantSchema, to: instantSchema })
  .refine((span) => span.from < span.to, { path: ['to'], message: 'to lies after from' });

export const dryRunSchema = z
  .object({
    againstVersionId: idSchema('rbv').optional(),
    cases: z.int(),
    same: z.int(),
    different: z.int(),
    answers: z.record(z.string(), z.int()),
    differences: z.array(z.object({ caseId: z.string(), before: z.string(), after: z.string() })),
    quality: z
      .array(
        z.object({
          version: z.enum(['before', 'after']),
          labelled: z.int(),
          truePositives: z.int(),
          falsePositives: z.int(),
          falseNegatives: z.int(),
          trueNegatives: z.int(),
          precision: z.number().optional(),
          recall: z.number().optional(),
        }),
      )
      .optional()
      .meta({
        description: 'On cases that people decided: the version in force (before) and the tried one (after).',
      }),
  })
  .meta({ id: 'RulebookDryRun' });

export const activationSchema = z.strictObject({
  at: instantSchema.optional().meta({ description: 'When it comes into force; absent: now.' }),
});

export const inForceQuerySchema = z.strictObject({ at: instantSchema.optional() });
export const kindParamsSchema = z.strictObject({ kind });
export const rulebookParamsSchema = z.strictObject({ rulebookId: idSchema('rbk') });
export const versionParamsSchema = z.strictObject({ rulebookVersionId: idSchema('rbv') });
