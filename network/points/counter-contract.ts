import { z } from 'zod';
import { idSchema } from '../kernel/index.ts';

export const codeReadSchema = z.strictObject({
  pointId: idSchema('pnt')
    .optional()
    .meta({ description: 'Where you stand; a courier at the door leaves it out.' }),
  code: z
    .string()
    .min(1)
    .max(80)
    .meta({ description: 'As typed, or all that the QR holds.', examples: ['7K3M-PQ9C'] }),
});
/** The number of a parcel that a counter takes in. */
export const numberedParcelSchema = z.strictObject({
  number: z.string().regex(/^[A-Z0-9]{5,40}$/),
  carrierCode: z.string().regex(/^[a-z0-9_]{2,64}$/),
});
