import { z } from 'zod';
import { idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { CONTAINER_KINDS, CONTAINMENT_ACTIONS } from './containment.policy.ts';
import { MAX_CONTENTS } from './containment.ts';
import { MilestoneName, ParcelStatusName } from './contract.ts';
import { LINE_REFUSALS } from './errors.ts';

const number = textSchema(64);
const carrier = z
  .string()
  .regex(/^[a-z0-9_]{1,40}$/)
  .meta({ description: 'Narrows a number that several carriers use' });
const containerKind = z.enum(CONTAINER_KINDS).meta({
  id: 'ContainerKind',
  description:
    'receptacle: a bag, box or pallet of parcels of different people. consignment: the parent number of the pieces of one sending',
});

export const ContainmentBody = z
  .strictObject({
    container: z.strictObject({
      number,
      carrier: carrier.optional(),
      kind: containerKind.default('receptacle'),
    }),
    action: z.enum(CONTAINMENT_ACTIONS),
    occurredAt: instantSchema,
    contents: z
      .array(z.strictObject({ number, carrier: carrier.optional() }))
      .min(1)
      .max(MAX_CONTENTS)
      .optional()
      .meta({
        description: 'Numbers of parcels or of other containers. Without it everything was taken out',
      }),
  })
  .superRefine((body, context) => {
    if (body.action === 'pack' && body.contents === undefined)
      context.addIssue({ code: 'custom', path: ['contents'], message: 'say what was put inside' });
  })
  .meta({ id: 'Containment', description: 'What was put into a container or taken out. May be sent again' });

export const ContainmentAnswer = z
  .object({
    containerParcelId: idSchema('pcl'),
    accepted: z.int(),
    duplicates: z.int(),
    refused: z.int(),
    data: z.array(
      z
        .object({
          index: z.int().meta({ description: 'Position in contents, from 0' }),
          result: z.enum(['accepted', 'duplicate', 'refused']),
          parcelId: idSchema('pcl').optional(),
          code: z.enum(LINE_REFUSALS).optional(),
          message: z.string().optional(),
        })
        .meta({ id: 'ContainmentReceipt' }),
    ),
  })
  .meta({ id: 'ContainmentReceipts' });

export const PiecesAnswer = z
  .object({
    status: z
      .union([ParcelStatusName, z.literal('partially_delivered')])
      .meta({ description: 'The slowest of the pieces; delivered only when all are' }),
    terminal: z.boolean(),
    total: z.int(),
    delivered: z.int(),
    deliveredAt: instantSchema.optional().meta({ description: 'When the last piece was' }),
    milestones: z
      .array(z.object({ name: MilestoneName, occurredAt: instantSchema }))
      .meta({ description: 'What every piece has reached, when the last one did' }),
    pieces: z.array(
      z.object({
        parcelId: idSchema('pcl'),
        number: z.string(),
        status: ParcelStatusName,
        isTroubled: z
          .boolean()
          .meta({ description: 'In an exception, on its way back, or closed without delivery' }),
      }),
    ),
  })
  .meta({ id: 'Pieces' });

export const ContainerQuery = z.strictObject({ number, carrier: carrier.optional() });
export const ContainerAnswer = z
  .object({
    number: z.string(),
    kind: containerKind,
    parcelId: idSchema('pcl'),
    contents: z.array(
      z.object({
        number: z.string(),
        parcelId: idSchema('pcl'),
        from: instantSchema,
        to: instantSchema.optional().meta({ description: 'Absent: it is inside' }),
      }),
    ),
  })
  .meta({ id: 'Container' });
