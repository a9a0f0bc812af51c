import { z } from 'zod';
import { amountSchema, idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { lineErrorSchema } from '../orders/index.ts';
import { withRecipientQuestion } from '../tracking/index.ts';
import { CODE_SCOPES } from './code.policy.ts';
import {
  CASH_METHODS,
  EXCEPTION_KINDS,
  HAND_OUT_WAYS,
  RESOLUTIONS,
  RETURN_REASONS,
  SHELF_STATES,
  SIZES,
} from './model.ts';
import { CONFLICTS } from './sync.policy.ts';

const objectId = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/);
const carrierCode = z.string().regex(/^[a-z0-9_]{1,40}$/);
const number = textSchema(64);
const deviceId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/)
  .meta({
    description:
      'What the device calls itself, for ever; of a log-in that is bound to a device its id counts instead',
  });
const clientId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);
const code = textSchema(24);
const note = textSchema(300).optional();
const cash = z
  .strictObject({ method: z.enum(CASH_METHODS), amount: amountSchema })
  .meta({ description: 'What was paid for the goods, exactly what they ask for' });

export const consentSchema = z
  .strictObject({
    givenBy: z.enum(['recipient', 'recipient_by_phone', 'recipient_at_counter', 'standing_order']),
    givenAt: instantSchema,
    channel: z.enum(['checkout', 'tracking_page', 'app', 'phone', 'counter']),
    wording: textSchema(60).meta({ description: 'Version of the words that were agreed to' }),
  })
  .meta({ id: 'PointConsent', description: 'The law asks for it before a parcel is left at a point' });

const recipientSchema = z
  .strictObject({
    name: textSchema(80),
    phone: textSchema(40).optional(),
    email: z.email().max(254).optional(),
  })
  .meta({ id: 'PointRecipient', description: 'Goes to the vault; answers show it masked' });

export const announcementSchema = z
  .strictObject({
    pointId: idSchema('pnt'),
    number,
    carrierCode: carrierCode.optional(),
    recipient: recipientSchema,
    consent: consentSchema,
    reservationId: idSchema('rsv').optional(),
    size: z.enum(SIZES).default('m'),
    cashOnDelivery: amountSchema.optional().meta({
      description: 'Collected at the counter before it is handed out; the network owes it on to you',
    }),
  })
  .meta({ id: 'PointDeliveryAnnouncement' });
export type AnnouncementInput = z.output<typeof announcementSchema>;

export const announcementBatchSchema = z.strictObject({
  parcels: z
    .array(z.strictObject({ objectId, parcel: announcementSchema }))
    .min(1)
    .max(500),
});

export const announcementAnswerSchema = z
  .object({
    created: z.int(),
    existing: z.int(),
    refused: z.int(),
    results: z.array(
      z.object({
        objectId: z.string(),
        outcome: z.enum(['created', 'existing', 'refused']),
        shelfParcelId: idSchema('spc').optional(),
        error: lineErrorSchema.optional(),
      }),
    ),
  })
  .meta({ id: 'PointDeliveryAnnouncements' });

export const storeSchema = z.strictObject({
  number,
  carrierCode: carrierCode.optional(),
  place: textSchema(16).meta({ description: 'Shelf and row like 15-1, or the compartment of a locker' }),
  size: z.enum(SIZES).optional(),
  recipient: recipientSchema.omit({ email: true }).optional(),
  consent: consentSchema.optional(),
  deviceId: deviceId.optional(),
});
export const handOutSchema = z.strictObject({
  way: z.enum(HAND_OUT_WAYS).default('code'),
  code: code.optional(),
  friendToken: textSchema(32).optional(),
  fee: z
    .enum(['collected', 'waived'])
    .optional()
    .meta({ description: 'What became of a storage fee that is due' }),
  cash: cash.optional(),
  identity: z
    .strictObject({ document: z.enum(['identity_card', 'passport', 'driving_licence', 'other']) })
    .optional()
    .meta({ description: 'Which document was looked at; never its number' }),
  deviceId: deviceId.optional(),
  clientId: clientId.optional().meta({
    description:
      'Names this try for the device: a wrong code counts once, also when it is told again or synchronised later',
  }),
  note,
});
export const cashSchema = z.strictObject({ cash, note }).meta({ id: 'ShelfCashInput' });
export const moveSchema = z.strictObject({ place: textSchema(16) });
export const reasonSchema = z.strictObject({ reason: textSchema(100) });
export const undoSchema = z.strictObject({
  reason: textSchema(100),
  place: textSchema(16)
    .optional()
    .meta({ description: 'Where it lies after a hand-out that was none, if not where it lay before' }),
});
export const noteSchema = z.strictObject({ note });
export const exceptionSchema = z.strictObject({ exception: z.enum(EXCEPTION_KINDS), note });
export const resolutionSchema = z.strictObject({ resolution: z.enum(RESOLUTIONS), note });
export const returnSchema = z.strictObject({ reason: z.enum(RETURN_REASONS), note });
export const sendBackSchema = z.strictObject({
  carrierCode: carrierCode.optional(),
  number: number.optional().meta({ description: 'Of the way home, if it is another one' }),
});
export const noticeSchema = z.strictObject({ kind: z.enum(['resend', 'urge']).default('resend') });

const shown = {
  id: idSchema('spc'),
  organisationId: idSchema('org').meta({ description: 'The point network' }),
  pointId: idSchema('pnt'),
  state: z.enum(SHELF_STATES),
  number: z.string(),
  carrierCode: z.string().optional(),
  parcelId: idSchema('pcl').optional(),
  announcedBy: idSchema('org'),
  recipientName: z.string().optional().meta({ description: 'Masked' }),
  recipientPhone: z.string().optional().meta({ description: 'Masked' }),
  consent: consentSchema.optional(),
  reservationId: idSchema('rsv').optional(),
  size: z.enum(SIZES),
  place: z.string().optional(),
  wrongTries: z.int(),
  storedAt: instantSchema.optional(),
  freeUntil: instantSchema.optional(),
  returnAt: instantSchema.optional(),
  isExtended: z.boolean(),
  feeDue: amountSchema.optional().meta({ description: 'Storage, if it is collected now' }),
  cashOnDelivery: amountSchema.optional().meta({ description: 'Collected before it is handed out' }),
  cashPaidBy: z.enum(CASH_METHODS).optional(),
  cashOpenUntil: instantSchema.optional().meta({
    description:
      'The hand-out said nothing of the cash: it is recorded until then, or charged to the network',
  }),
  cashChargedAt: instantSchema.optional(),
  handedOutAt: instantSchema.optional(),
  handedOutBy: z.enum(HAND_OUT_WAYS).optional(),
  storageFee: amountSchema.optional(),
  exception: z.enum(EXCEPTION_KINDS).optional(),
  reason: z.string().optional(),
  notices: z.int(),
  lease: z.object({ deviceId: z.string(), until: instantSchema }).optional(),
  announcedAt: instantSchema,
  changedAt: instantSchema,
};
export const shelfParcelSchema = z.object(shown).meta({ id: 'ShelfParcel' });
export const shelfParcelStepsSchema = z
  .object({
    ...shown,
    steps: z.array(
      z.object({
        fact: z.string(),
        state: z.enum(SHELF_STATES),
        detail: z.record(z.string(), z.unknown()).optional(),
        deviceId: z.string().optional(),
        occurredAt: instantSchema,
        recordedAt: instantSchema,
      }),
    ),
  })
  .meta({ id: 'ShelfParcelWithSteps' });
export const codeAnswerSchema = z.object({ code: z.string() }).meta({ id: 'PickUpCode' });

export const shelfListQuery = z.strictObject({
  pointId: idSchema('pnt').optional(),
  state: z.enum(SHELF_STATES).optional(),
  number: number.optional(),
  code: z
    .string()
    .regex(/^[A-Za-z0-9]{1,4}-\d{1,2}-\d{1,4}$/)
    .optional()
    .meta({ description: 'As it is written on the parcel; secret digits are looked up by nobody' }),
  overdue: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Those alone whose free time is over' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});

export const shelfMapSchema = z
  .object({
    places: z.array(z.object({ place: z.string(), size: z.enum(SIZES), parcels: z.int() })),
    capacity: z.int(),
    parcels: z.int(),
  })
  .meta({ id: 'ShelfMap' });

export const schemeSchema = z
  .discriminatedUnion('form', [
    z.strictObject({ form: z.literal('place'), scope: z.enum(CODE_SCOPES) }),
    z.strictObject({ form: z.literal('digits'), digits: z.int().min(4).max(8) }),
  ])
  .meta({
    id: 'PickUpCodeScheme',
    description: 'place: shelf-row-sequence, unique in the row, shelf or point. digits: a secret number',
  });

export const leaseSchema = z.strictObject({
  deviceId,
  shelfParcelIds: z.array(idSchema('spc')).min(1).max(500).optional(),
});
/** Who resolves what a device did names it so. */
const calledDevice = z
  .string()
  .meta({ description: 'As the device is called here: by its log-in if it is bound to one' });
export const leaseAnswerSchema = z
  .object({
    deviceId: calledDevice,
    until: instantSchema,
    codeCheck: z
      .object({ salt: z.string(), iterations: z.int() })
      .meta({ description: 'PBKDF2 with SHA-256 to 32 bytes, base64, over the code in its plain form' }),
    parcels: z.array(z.object({ ...shown, codeHash: z.string() })),
  })
  .meta({ id: 'DeviceLease' });
export const leaseReleaseSchema = z.strictObject({ deviceId });
export const leaseReleaseAnswerSchema = z.object({ released: z.int() }).meta({ id: 'DeviceLeaseReleased' });

export const deviceActionSchema = z
  .strictObject({
    clientId,
    kind: z.enum(['store', 'hand_out', 'wrong_code', 'undo']).meta({
      description:
        'wrong_code: one that the device turned away, without the code. undo: takes back a store or hand_out of this device',
    }),
    number,
    occurredAt: instantSchema.meta({ description: "By the device's clock" }),
    undoes: clientId.optional().meta({
      description: 'Of an undo: the client_id of the act; its place: where it lies, if not where it lay',
    }),
    carrierCode: carrierCode.optional(),
    place: textSchema(16).optional(),
    size: z.enum(SIZES).optional(),
    recipient: recipientSchema.omit({ email: true }).optional(),
    consent: consentSchema.optional(),
    way: z.enum(HAND_OUT_WAYS).optional(),
    code: code.optional(),
    fee: z.enum(['collected', 'waived']).optional(),
    cash: cash.optional(),
  })
  .meta({ id: 'DeviceAction' });
export type DeviceActionInput = z.output<typeof deviceActionSchema>;
export const syncSchema = z.strictObject({
  deviceId,
  actions: z.array(deviceActionSchema).min(1).max(200),
  deviceTime: instantSchema
    .optional()
    .meta({ description: "What the device's clock shows as it sends this" }),
});
export const syncAnswerSchema = z
  .object({
    deviceId: calledDevice,
    results: z.array(
      z.object({
        clientId: z.string(),
        outcome: z.enum(['done', 'already', 'conflict', 'refused']),
        shelfParcelId: idSchema('spc').optional(),
        conflict: z.enum(CONFLICTS).optional(),
        detail: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'DeviceSync' });

const actionView = z
  .object({
    pointId: idSchema('pnt'),
    deviceId: z.string(),
    clientId: z.string(),
    kind: z.string(),
    number: z.string(),
    shelfParcelId: idSchema('spc').optional(),
    outcome: z.enum(['done', 'conflict']),
    conflict: z.enum(CONFLICTS).optional(),
    detail: z.record(z.string(), z.unknown()),
    occurredAt: instantSchema.meta({ description: "By the device's clock" }),
    countedAt: instantSchema
      .optional()
      .meta({ description: 'When it counts as having happened, where that clock was wrong' }),
    receivedAt: instantSchema,
    resolvedAt: instantSchema.optional(),
    resolvedBy: z.string().optional(),
    resolution: z.string().optional(),
  })
  .meta({ id: 'SyncConflict' });
export const conflictsQuery = z.strictObject({
  open: z.enum(['true', 'false']).default('true'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const conflictsSchema = z.object({ data: z.array(actionView) }).meta({ id: 'SyncConflicts' });
export const conflictResolutionSchema = z.strictObject({ deviceId, clientId, resolution: textSchema(300) });

const shelfParcelId = idSchema('spc').meta({
  description: 'Of the answer before; the question must lead to it',
});
/** The question is that of `POST /v1/track`. */
export const buyerShelfQuestion = withRecipientQuestion({});
export const buyerShelfCommand = withRecipientQuestion({ shelfParcelId });
export const buyerFriendCommand = withRecipientQuestion({ shelfParcelId, friendId: idSchema('frn') });
export const buyerShelfSchema = z
  .object({
    isProven: z.boolean().meta({
      description:
        'False: opened by a link alone. With phone_last4 beside the token the code is shown, and commands are taken',
    }),
    parcels: z.array(
      z.object({
        id: idSchema('spc'),
        state: z.enum(SHELF_STATES),
        number: z.string(),
        code: z.string().optional(),
        point: z.object({
          id: idSchema('pnt'),
          name: z.string(),
          kind: z.string(),
          country: z.string(),
          city: z.string(),
          addressLines: z.array(z.string()),
          position: z.object({ latitude: z.number(), longitude: z.number() }),
          isOpen: z.boolean(),
        }),
        storedAt: instantSchema.optional(),
        freeUntil: instantSchema.optional(),
        returnAt: instantSchema.optional(),
        feeDue: amountSchema.optional(),
        cashOnDelivery: amountSchema.optional(),
        canExtend: z.boolean(),
        friends: z.array(
          z.object({
            id: idSchema('frn'),
            state: z.enum(['active', 'revoked', 'used']),
            madeAt: instantSchema,
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'BuyerShelf' });
export const buyerFriendAnswerSchema = z
  .object({ friendId: idSchema('frn'), token: z.string() })
  .meta({ id: 'FriendAuthorisation', description: 'Shown once; the friend shows it at the counter' });
