import { z } from 'zod';
import { idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { documentKind, weightGrams } from './counter-contract.ts';

const deviceId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);
const clientId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);

export const unreadSchema = z
  .strictObject({
    deviceId: deviceId.meta({ description: 'Of a log-in that is bound to a device its id counts instead' }),
    clientId: clientId.meta({ description: 'Names it for the device: told again, it counts once' }),
    code: z.string().min(1).max(80).meta({ description: 'As typed, or all that the QR holds' }),
    weightGrams,
    documentKind: documentKind
      .optional()
      .meta({ description: 'Of a document that was seen; never its number' }),
    note: textSchema(300).optional().meta({ description: 'What the goods are, and from whom' }),
    occurredAt: instantSchema.meta({ description: "By the device's clock" }),
    deviceTime: instantSchema
      .optional()
      .meta({ description: "What the device's clock shows as it sends this" }),
  })
  .meta({ id: 'UnreadReturnIntake' });
export type UnreadInput = z.output<typeof unreadSchema>;

export const unreadViewSchema = z
  .object({
    id: idSchema('unr'),
    pointId: idSchema('pnt'),
    state: z.enum(['open', 'matched', 'taken_in', 'settled']).meta({
      description:
        'open: the code opens nothing, a person is to look. matched: it opens `return_id`, whose intake is to be finished',
    }),
    code: z.string(),
    note: z.string().optional(),
    weightGrams: z.int(),
    documentKind: z.string().optional(),
    returnId: idSchema('ret').optional(),
    pictureIds: z.array(idSchema('rpi')),
    occurredAt: instantSchema,
    deviceTime: instantSchema
      .optional()
      .meta({ description: 'What the clock of the device said, where that was wrong' }),
    receivedAt: instantSchema,
    endedAt: instantSchema.optional(),
    resolution: z.string().optional(),
  })
  .meta({ id: 'UnreadReturn' });
export const unreadListSchema = z.object({ data: z.array(unreadViewSchema) }).meta({ id: 'UnreadReturns' });
export const unreadQuery = z.strictObject({
  open: z
    .enum(['true', 'false'])
    .default('true')
    .meta({ description: 'Those alone that somebody has to look at' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const unreadParams = z.strictObject({ unreadId: idSchema('unr') });
export const unreadPictureParams = z.strictObject({ unreadId: idSchema('unr'), pictureId: idSchema('rpi') });
export const unreadResolutionSchema = z.strictObject({ resolution: textSchema(300) });
