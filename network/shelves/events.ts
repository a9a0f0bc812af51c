import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { amountSchema, idSchema, instantSchema } from '../kernel/index.ts';

const subject = {
  shelfParcelId: idSchema('spc'),
  /** The point network. */
  organisationId: idSchema('org'),
  pointId: idSchema('pnt'),
  announcedBy: idSchema('org'),
  number: z.string(),
  carrierCode: z.string().optional(),
  parcelId: idSchema('pcl').optional(),
  state: z.string(),
  occurredAt: instantSchema,
  /** Where the point is. */
  place: z.object({ country: z.string(), city: z.string().optional() }),
  pointKind: z.string(),
};
const of = <More extends z.ZodRawShape>(name: string, publicName: string, more: More) =>
  defineEvent(name, publicName, z.object({ ...subject, ...more }));

export const ShelfParcelAnnounced = of('ShelfParcelAnnounced', 'shelf_parcel.announced', {});
export const ShelfParcelCancelled = of('ShelfParcelCancelled', 'shelf_parcel.cancelled', {
  reason: z.string(),
});
/** It lies at the point. The recipient is to be told where, until when and by which code (GET .../code). */
export const ParcelStored = of('ParcelStored', 'shelf_parcel.stored', {
  freeUntil: instantSchema,
  returnAt: instantSchema,
});
/** A code was given: the first one, or another after an undone hand-out. It is read by itself and stands in no event. */
export const PointCodeIssued = of('PointCodeIssued', 'shelf_parcel.code_issued', {});
/** The code is free for another parcel from then on. */
export const PointCodeReleased = of('PointCodeReleased', 'shelf_parcel.code_released', {
  freeFrom: instantSchema,
});
export const PointCodeLocked = of('PointCodeLocked', 'shelf_parcel.code_locked', {});
export const PickedUpFromPoint = of('PickedUpFromPoint', 'shelf_parcel.handed_out', {
  way: z.enum(['code', 'friend', 'identity', 'locker']),
  fee: z.enum(['none', 'collected', 'waived', 'open']),
  amount: amountSchema.optional(),
  /** Of the goods, for who announced the parcel. */
  cashCollected: amountSchema.optional(),
  cashPaidBy: z.enum(['cash', 'card']).optional(),
});
/** What was recorded is not so: the earlier events stay. */
export const ShelfParcelUndone = of('ShelfParcelUndone', 'shelf_parcel.undone', {
  undone: z.enum(['stored', 'handed_out']),
  undoneAt: instantSchema,
});
export const PointExceptionFound = of('PointExceptionFound', 'shelf_parcel.exception', {
  exception: z.enum(['damaged', 'misdelivered', 'unclaimed', 'rejected', 'oversized']),
});
export const PointExceptionResolved = of('PointExceptionResolved', 'shelf_parcel.exception_resolved', {
  resolution: z.enum(['restock', 'void']),
});
/** The ladder of a parcel that is not collected; the marketplace tells its buyer. */
export const OverdueNoticed = of('OverdueNoticed', 'shelf_parcel.overdue', {
  rung: z.enum(['remind', 'urge', 'final']),
  returnAt: instantSchema,
});
/** Somebody asked that the recipient is told once more. */
export const NoticeRequested = of('NoticeRequested', 'shelf_parcel.notice_requested', {
  kind: z.enum(['resend', 'urge']),
});
export const StorageExtended = of('StorageExtended', 'shelf_parcel.extended', { returnAt: instantSchema });
export const ShelfReturnStarted = of('ShelfReturnStarted', 'shelf_parcel.returning', { reason: z.string() });
/** Handed to the courier who takes it home. */
export const OverdueReturned = of('OverdueReturned', 'shelf_parcel.returned', { reason: z.string() });
/** What a device recorded without a network does not fit what is known: a person of the network looks. */
export const ShelfConflictFound = of('ShelfConflictFound', 'shelf_parcel.conflict', {
  conflict: z.string(),
  deviceId: z.string(),
});

/** What was paid for goods whose hand-out had said nothing of it. */
export const CashRecorded = of('CashRecorded', 'shelf_parcel.cash_recorded', {
  cashCollected: amountSchema,
  cashPaidBy: z.enum(['cash', 'card']),
});
/** Nobody recorded it in time: the network is answerable for it. */
export const CashCharged = of('CashCharged', 'shelf_parcel.cash_charged', { cashOpen: amountSchema });

export const SHELF_EVENTS = [
  ShelfParcelAnnounced,
  ShelfParcelCancelled,
  ParcelStored,
  PointCodeIssued,
  PointCodeReleased,
  PointCodeLocked,
  PickedUpFromPoint,
  ShelfParcelUndone,
  PointExceptionFound,
  PointExceptionResolved,
  OverdueNoticed,
  NoticeRequested,
  StorageExtended,
  ShelfReturnStarted,
  OverdueReturned,
  ShelfConflictFound,
  CashRecorded,
  CashCharged,
] as const;
