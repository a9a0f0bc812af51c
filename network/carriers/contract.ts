import { z } from 'zod';
import { idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { CARRIER_KINDS, GRADES, PAPER_KINDS, QUALIFICATIONS, SOURCE_KINDS } from './model.ts';

const carrierCode = z.string().regex(/^[a-z0-9_]{2,40}$/);
export const carrierParams = z.strictObject({ carrierCode });
export const sourceParams = z.strictObject({ sourceId: carrierCode });

export const carrierSchema = z
  .object({
    code: carrierCode,
    names: z.object({ en: z.string(), zh: z.string() }),
    kind: z.enum(CARRIER_KINDS),
    country: z.string(),
    orderIntake: z.enum(['native', 'connector', 'tracking_only']),
    numberFormats: z.array(
      z.object({
        name: z.string(),
        shape: z.string().meta({ description: 'Regular expression over the number without blanks.' }),
        checkRule: z.string(),
        example: z.string().meta({ description: 'Made up; it passes the check.' }),
      }),
    ),
    sourceKind: z.enum(SOURCE_KINDS),
    trackingUrl: z.string().optional().meta({ description: '{number} stands for the number.' }),
    status: z
      .string()
      .meta({ description: 'State of its membership; none for a carrier that is no member.' }),
    grade: z.enum(GRADES).optional(),
    trafficPercent: z.number(),
    takesOrders: z
      .boolean()
      .meta({ description: 'Whether its lines are offered: an organisation works as it, in good standing.' }),
    until: instantSchema
      .optional()
      .meta({ description: 'End of its trial, improvement, cool-off or notice.' }),
  })
  .meta({ id: 'Carrier' });
export const carriersSchema = z.object({ data: z.array(carrierSchema) });
export const carrierListQuery = z.strictObject({
  orderIntake: z.enum(['native', 'connector', 'tracking_only']).optional(),
});

const reason = textSchema(500);
export const decisionSchema = z
  .discriminatedUnion('decision', [
    z.strictObject({ decision: z.literal('apply') }),
    z.strictObject({ decision: z.literal('start_qualification') }),
    z.strictObject({
      decision: z.literal('pass_qualification'),
      item: z.enum(QUALIFICATIONS),
      proof: textSchema(500),
    }),
    z.strictObject({ decision: z.literal('start_trial') }),
    z.strictObject({ decision: z.literal('activate'), grade: z.enum(GRADES) }),
    z.strictObject({ decision: z.literal('grade'), grade: z.enum(GRADES) }),
    z.strictObject({ decision: z.literal('warn'), reason }),
    z.strictObject({ decision: z.literal('start_improvement'), reason }),
    z.strictObject({ decision: z.literal('restrict'), reason }),
    z.strictObject({ decision: z.literal('suspend'), reason }),
    z.strictObject({ decision: z.literal('reinstate'), reason }),
    z.strictObject({ decision: z.literal('eliminate'), reason }),
    z.strictObject({ decision: z.literal('reapply') }),
    z.strictObject({ decision: z.literal('announce_exit'), lastDay: instantSchema }),
    z.strictObject({ decision: z.literal('complete_exit') }),
  ])
  .meta({ id: 'CarrierDecision' });

export const decisionsSchema = z.object({
  data: z.array(
    z.object({
      version: z.number(),
      event: z.string(),
      at: instantSchema,
      reason: z.string().optional(),
      grade: z.enum(GRADES).optional(),
      item: z.enum(QUALIFICATIONS).optional(),
      proof: z.string().optional(),
      byCaller: z.string(),
    }),
  ),
});

export const paperInputSchema = z
  .strictObject({
    kind: z.enum(PAPER_KINDS),
    number: textSchema(80),
    issuer: textSchema(120),
    validFrom: instantSchema,
    validTo: instantSchema.optional(),
    note: textSchema(500).optional(),
  })
  .meta({ id: 'CarrierPaperInput' });
export const paperSchema = z
  .object({
    id: idSchema('cpr'),
    carrierCode,
    kind: z.enum(PAPER_KINDS),
    number: z.string(),
    issuer: z.string(),
    validFrom: instantSchema,
    validTo: instantSchema.optional(),
    note: z.string().optional(),
    recordedAt: instantSchema,
  })
  .meta({ id: 'CarrierPaper' });

export const sourceInputSchema = z
  .strictObject({
    recognised: z.boolean(),
    from: instantSchema.optional().meta({ description: 'Not before now; now, when left out.' }),
    to: instantSchema.optional().meta({ description: 'From then on what held before holds again.' }),
    proof: textSchema(500).meta({ description: 'Why: a contract, an official site, a notice.' }),
  })
  .meta({ id: 'RecogniseSource' });

const sourceRow = z.object({
  recognised: z.boolean(),
  from: instantSchema,
  to: instantSchema.optional(),
  proof: z.string(),
});
export const sourceSchema = z
  .object({
    id: carrierCode,
    kind: z.enum(SOURCE_KINDS),
    recognised: z.boolean().meta({ description: 'Now, for you: your own rows, else the default.' }),
    decidedBy: z.enum(['own', 'default']),
    own: z.array(sourceRow),
    default: z.array(sourceRow),
  })
  .meta({ id: 'RecognisedSource' });
export const sourcesSchema = z.object({ data: z.array(sourceSchema) });
