import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { amountSchema, countrySchema, idSchema, instantSchema } from '../kernel/index.ts';

const place = z.object({
  country: countrySchema,
  division: z.string().optional(),
  city: z.string().optional(),
  postcode: z.string().optional(),
});
/** Every event of a mailing says whose it is and where it stands; nobody's name or address. */
const subject = {
  mailingId: idSchema('mlg'),
  organisationId: idSchema('org'),
  state: z.string(),
  goodsClass: z.string(),
  from: place,
  to: place,
  lineCode: z.string(),
  payment: z.string(),
  pointId: idSchema('pnt').optional(),
  occurredAt: instantSchema,
};
const withReason = { ...subject, reason: z.string() };
const parcel = { number: z.string(), carrierCode: z.string() };
const by = z.enum(['sender', 'point', 'courier', 'platform', 'rules', 'tracking']);

export const MailingPlaced = defineEvent(
  'MailingPlaced',
  'mailing.placed',
  z.object({ ...subject, quoted: amountSchema, dueAt: instantSchema }),
);
export const MailingModified = defineEvent('MailingModified', 'mailing.modified', z.object(subject));
/** A place at a counter or a courier's window is held. `reason`: why the sender is sent on, where he did not choose it. */
export const MailingRouted = defineEvent(
  'MailingRouted',
  'mailing.routed',
  z.object({
    ...subject,
    method: z.enum(['point', 'door', 'any_point']),
    startsAt: instantSchema.optional(),
    reason: z.string().optional(),
  }),
);
/** What was held is gone and nothing else fits: any counter of the market still takes the parcel. */
export const MailingRouteLost = defineEvent('MailingRouteLost', 'mailing.route_lost', z.object(withReason));
/** A counter or a courier has the parcel. `freight`: what it costs; `collected`: the part that he took from the sender. */
export const MailingAccepted = defineEvent(
  'MailingAccepted',
  'mailing.accepted',
  z.object({
    ...subject,
    ...parcel,
    at: z.enum(['point', 'door']),
    weightGrams: z.int(),
    freight: amountSchema,
    collected: amountSchema,
    paidBy: z.string().optional(),
    dueAt: instantSchema,
  }),
);
export const MailingTurnedAway = defineEvent(
  'MailingTurnedAway',
  'mailing.turned_away',
  z.object(withReason),
);
/** The counter gave parcel and money back before a courier had it. */
export const MailingUndone = defineEvent(
  'MailingUndone',
  'mailing.undone',
  z.object({ ...withReason, ...parcel, freight: amountSchema, collected: amountSchema }),
);
export const MailingHandedOver = defineEvent(
  'MailingHandedOver',
  'mailing.handed_over',
  z.object({ ...subject, ...parcel, by }),
);
/** The counter still has the parcel after the time in which a courier is to take it. */
export const MailingHandoverLate = defineEvent(
  'MailingHandoverLate',
  'mailing.handover_late',
  z.object(subject),
);
export const MailingTransitLate = defineEvent(
  'MailingTransitLate',
  'mailing.transit_late',
  z.object(subject),
);
export const MailingDelivered = defineEvent(
  'MailingDelivered',
  'mailing.delivered',
  z.object({ ...subject, ...parcel }),
);
export const MailingReturned = defineEvent(
  'MailingReturned',
  'mailing.returned',
  z.object({ ...subject, ...parcel }),
);
export const MailingLost = defineEvent('MailingLost', 'mailing.lost', z.object({ ...subject, ...parcel }));
/** Nothing came of it: cancelled, not brought in time, prohibited, or undone. */
export const MailingClosed = defineEvent('MailingClosed', 'mailing.closed', z.object(withReason));

export const MAILING_EVENTS = [
  MailingPlaced,
  MailingModified,
  MailingRouted,
  MailingRouteLost,
  MailingAccepted,
  MailingTurnedAway,
  MailingUndone,
  MailingHandedOver,
  MailingHandoverLate,
  MailingTransitLate,
  MailingDelivered,
  MailingReturned,
  MailingLost,
  MailingClosed,
];
