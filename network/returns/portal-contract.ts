import { z } from 'zod';
import { idSchema, instantSchema } from '../kernel/index.ts';
import {
  applicationSchema,
  buyerActionSchema,
  returnSchema,
  routeInputSchema,
  whereSchema,
} from './contract.ts';
import { FAULTS, RETURN_KINDS } from './model.ts';

/** A prefix and 128 random bits in base64url. */
const token = z.string().regex(/^rtn_(?:live|test)_[A-Za-z0-9_-]{22}$/);
const world = z.enum(['live', 'test']).default('live');

export const openPortalSchema = z
  .strictObject({
    orderNumber: z.string().trim().min(1).max(64),
    email: z.email().max(200).optional(),
    phoneLast4: z
      .string()
      .regex(/^\d{4}$/)
      .optional(),
    world,
  })
  .refine((body) => (body.email === undefined) !== (body.phoneLast4 === undefined), {
    message: 'give the e-mail address or the last four digits of the phone',
  });
export const openedPortalSchema = z
  .object({
    token: z.string().meta({ description: 'Opens this order\u2019s returns for a short time.' }),
    expiresAt: instantSchema,
  })
  .meta({ id: 'ReturnPortalToken' });

export const portalSchema = z.strictObject({ token });
export const portalViewSchema = z
  .object({
    orderReference: z.string(),
    orderState: z.string(),
    lines: z.array(
      z.object({
        line: z.int(),
        description: z.string(),
        quantity: z.int(),
        returnable: z.int().meta({ description: 'Pieces that no return speaks for yet.' }),
        onlyIfFaulty: z
          .boolean()
          .meta({ description: 'Not taken back for a reason that is the buyer\u2019s own.' }),
      }),
    ),
    reasons: z.array(
      z.object({
        code: z.string(),
        fault: z.enum(FAULTS),
        kinds: z.array(z.enum(RETURN_KINDS)),
        needsPicture: z.boolean(),
      }),
    ),
    windowEndsAt: instantSchema.optional(),
    now: instantSchema.meta({ description: 'By the clock of the world that was asked.' }),
    returns: z.array(returnSchema),
  })
  .meta({ id: 'ReturnPortal' });

const returnId = idSchema('ret');
export const portalApplySchema = z.strictObject({ token, application: applicationSchema });
export const portalOptionsSchema = z.strictObject({ token, returnId, where: whereSchema.default({}) });
export const portalRouteSchema = z.strictObject({ token, returnId, route: routeInputSchema });
export const portalActionSchema = z.strictObject({ token, returnId, act: buyerActionSchema });
export const portalPictureSchema = z.strictObject({
  token,
  picture: z
    .string()
    .max(2_900_000)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/)
    .meta({ description: 'JPEG or PNG of at most 2 MiB in base64.' }),
});
