import { z } from 'zod';
import { idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { pageQuerySchema } from './contract.ts';
import { ROLES } from './model.ts';

const personRole = z.enum(ROLES).exclude(['buyer', 'anonymous', 'merchant_app']);

/** What every mail system takes (RFC 5321 without quoted names); addresses beyond ASCII are not taken yet. */
export const emailSchema = z
  .string()
  .max(254)
  .regex(/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}$/, {
    message: 'not an e-mail address',
  })
  .meta({ examples: ['clerk@shop.example'] });

/** The policy of passwords is checked by the handlers: here is only what bounds the work. */
const passwordSchema = z.string().min(1).max(1024);

export const personSchema = z
  .object({
    id: idSchema('per'),
    organisationId: idSchema('org'),
    name: z.string(),
    email: z.string(),
    role: personRole,
    state: z.enum(['active', 'disabled']),
    joinedAt: instantSchema,
    disabledAt: instantSchema.optional(),
  })
  .meta({ id: 'Person' });

export const invitationSchema = z
  .object({
    id: idSchema('inv'),
    organisationId: idSchema('org'),
    email: z.string(),
    role: personRole,
    state: z.enum(['open', 'accepted', 'revoked', 'expired']),
    createdAt: instantSchema,
    expiresAt: instantSchema,
    acceptedAt: instantSchema.optional(),
    revokedAt: instantSchema.optional(),
    personId: idSchema('per').optional(),
  })
  .meta({ id: 'Invitation' });

export const inviteSchema = z.strictObject({
  organisationId: idSchema('org')
    .optional()
    .meta({ description: 'Only for the operator and for a marketplace; else your own.' }),
  email: emailSchema,
  role: personRole,
});

export const invitedSchema = z
  .object({
    invitation: invitationSchema,
    token: z.string().meta({ description: 'Shown once. Give it to the person, who accepts with it.' }),
  })
  .meta({ id: 'Invited' });

export const acceptInvitationSchema = z.strictObject({
  token: z.string().regex(/^pri_(live|test)_[A-Za-z0-9_-]{43}$/),
  name: textSchema(120),
  password: passwordSchema,
});

export const peopleQuerySchema = pageQuerySchema.extend({ organisationId: idSchema('org').optional() });

export const changePersonSchema = z.strictObject({
  name: textSchema(120).optional(),
  role: personRole.optional(),
});

export const logInSchema = z.strictObject({
  email: emailSchema,
  password: passwordSchema,
  world: z.enum(['live', 'test']).default('live'),
});

export const switchWorldSchema = z.strictObject({ world: z.enum(['live', 'test']) });

export const sessionSchema = z
  .object({
    id: idSchema('ses'),
    createdAt: instantSchema,
    lastSeenAt: instantSchema.meta({ description: 'Within five minutes.' }),
    expiresAt: instantSchema,
    deviceId: idSchema('dev').optional().meta({ description: 'The device that it is bound to' }),
    isCurrent: z.boolean(),
  })
  .meta({ id: 'Session' });

export const currentSessionSchema = z
  .object({
    session: sessionSchema,
    person: personSchema,
    world: z.enum(['live', 'test']),
    device: z
      .object({
        id: idSchema('dev'),
        tokenHash: z
          .string()
          .meta({ description: 'ath of the proofs; the token itself stays in the cookie' }),
      })
      .optional()
      .meta({
        description:
          'The device that the session is bound to: each request needs a proof in the header DPoP (RFC 9449, ES256), signed by the key of the log-in.',
      }),
    csrfToken: z.string().meta({
      description: 'Send it as the header postroad-csrf with every request that changes something.',
    }),
  })
  .meta({ id: 'CurrentSession' });

export const changePasswordSchema = z.strictObject({
  currentPassword: passwordSchema,
  newPassword: passwordSchema,
});
