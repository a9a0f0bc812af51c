import { z } from 'zod';
import { instantSchema } from '../kernel/index.ts';
import {
  handoverSchema,
  mailingSchema,
  modificationSchema,
  optionsRequestSchema,
  orderSchema,
  quoteRequestSchema,
} from './contract.ts';

/** A prefix and 128 random bits in base64url. */
const token = z.string().regex(/^mlt_(?:live|test)_[A-Za-z0-9_-]{22}$/);
const world = z.enum(['live', 'test']).default('live');

export const portalQuoteSchema = z.strictObject({ world, quote: quoteRequestSchema });
export const portalOptionsSchema = z.strictObject({ world, where: optionsRequestSchema });
export const portalOrderSchema = z.strictObject({
  world,
  order: orderSchema
    .omit({ payment: true, ceiling: true })
    .extend({
      objectId: z
        .string()
        .regex(/^[A-Za-z0-9_-]{16,64}$/)
        .meta({ description: 'A random handle of yours: the same again is the same mailing.' }),
    })
    .meta({ id: 'PersonalMailingOrder' }),
});
export const portalOrderedSchema = z
  .object({
    token: z.string().meta({ description: 'Opens this mailing; keep it, it is shown once.' }),
    expiresAt: instantSchema,
    mailing: mailingSchema,
  })
  .meta({ id: 'PersonalMailing' });
export const portalTokenSchema = z.strictObject({ token });
export const portalChangeSchema = z.strictObject({ token, change: modificationSchema });
export const portalHandoverSchema = z.strictObject({ token, handover: handoverSchema });
