import { z } from 'zod';
import { pageQuerySchema } from '../accounts/index.ts';
import { idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { MilestoneName, ParcelStatusName } from './contract.ts';
import type { ParcelSubstatus } from './model.ts';
import { SUBSTATUSES } from './vocabularies.policy.ts';

/** As scans have them: one line, no control characters. */
const word = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, { message: 'control characters are not text' });
const codeWords = {
  source: word(80).min(1).meta({ description: 'Whose word it is, as in the entries of a timeline' }),
  format: word(40).meta({
    description: 'The format of docs/connectors.md that the payload was read by; empty for our own API',
  }),
  code: word(64).min(1).meta({ description: "The source's own code, exactly" }),
};
const codeAnswers = { source: z.string(), format: z.string(), code: z.string() };

const Substatus = z.enum(SUBSTATUSES as readonly [ParcelSubstatus, ...ParcelSubstatus[]]).meta({
  id: 'ParcelSubstatus',
  description: 'A detail of a status, in our words',
});

export const CodeQuery = pageQuerySchema.extend({
  source: codeWords.source.optional(),
  format: codeWords.format.optional(),
  code: codeWords.code.optional(),
});

const meaning = {
  milestone: MilestoneName,
  substatus: Substatus.optional(),
  occurredFrom: instantSchema
    .optional()
    .meta({ description: 'What happened earlier stays unmapped; without it all of the code is meant' }),
};
const note = textSchema(500).meta({ description: 'Why it means that: the source of the knowledge' });

export const MeaningPreview = z.strictObject({ ...codeWords, ...meaning });
export const CodeMappingBody = z
  .strictObject({ ...codeWords, ...meaning, note })
  .meta({ id: 'NewCodeMapping' });
export const RetirementBody = z.strictObject({ note }).meta({ id: 'CodeMappingRetirement' });

export const UnmappedCodeAnswer = z
  .object({
    ...codeAnswers,
    scans: z.int().meta({ description: 'That nobody understands now' }),
    firstReceivedAt: instantSchema,
    lastReceivedAt: instantSchema,
    mappingId: idSchema('cmp').optional().meta({ description: 'Retired, or of scans since a later instant' }),
    examples: z
      .array(
        z.object({
          scanId: z.string(),
          parcelId: idSchema('pcl'),
          number: z.string(),
          text: z.string().optional(),
          occurredAt: instantSchema,
          receivedAt: instantSchema,
        }),
      )
      .meta({ description: 'The newest three' }),
  })
  .meta({ id: 'UnmappedCode' });

const CodeMappingVersionAnswer = z
  .object({
    version: z.int(),
    milestone: MilestoneName.optional().meta({ description: 'Absent: retired' }),
    substatus: Substatus.optional(),
    occurredFrom: instantSchema.optional(),
    note: z.string(),
    author: z.string(),
    createdAt: instantSchema.meta({ description: 'From this instant on scans are read by it' }),
  })
  .meta({ id: 'CodeMappingVersion' });

export const CodeMappingAnswer = z
  .object({
    id: idSchema('cmp'),
    ...codeAnswers,
    versions: z
      .array(CodeMappingVersionAnswer)
      .min(1)
      .meta({ description: 'Newest first: that one is in force' }),
    scans: z.object({
      mapped: z.int(),
      open: z.int(),
      waiting: z.int().meta({ description: 'Not read by the newest version yet; a job is at it' }),
    }),
  })
  .meta({ id: 'CodeMapping' });

export const CodeMappingPreviewAnswer = z
  .object({
    scans: z.int().meta({ description: 'Stored scans that would count as this' }),
    parcels: z.int(),
    sample: z
      .object({ parcels: z.int(), changed: z.int() })
      .meta({ description: 'Of the newest parcels: how many would have another status' }),
    examples: z.array(
      z.object({
        parcelId: idSchema('pcl'),
        number: z.string(),
        before: ParcelStatusName,
        after: ParcelStatusName,
      }),
    ),
  })
  .meta({ id: 'CodeMappingPreview' });
