import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { countrySchema, idSchema, instantSchema } from '../kernel/index.ts';

const subject = {
  pointId: idSchema('pnt'),
  organisationId: idSchema('org'),
  outletCode: z.string(),
  country: countrySchema,
  state: z.string(),
  occurredAt: instantSchema,
  /** What happened, in one word: a command of the room, or what was changed. */
  fact: z.string(),
  reason: z.string().optional(),
  pausedFrom: instantSchema.optional(),
  pausedUntil: instantSchema.optional(),
  exitsAt: instantSchema.optional(),
};
const ofPoint = (name: string, publicName: string) => defineEvent(name, publicName, z.object(subject));

export const PointApplied = ofPoint('PointApplied', 'point.applied');
/** The application went through; training follows. */
export const PointApproved = ofPoint('PointApproved', 'point.approved');
export const PointRejected = ofPoint('PointRejected', 'point.rejected');
/** Opens: on trial first, then without a term. */
export const PointActivated = ofPoint('PointActivated', 'point.activated');
export const PointChanged = ofPoint('PointChanged', 'point.changed');
export const PointPaused = ofPoint('PointPaused', 'point.paused');
export const PointResumed = ofPoint('PointResumed', 'point.resumed');
export const PointRestricted = ofPoint('PointRestricted', 'point.restricted');
export const PointSuspended = ofPoint('PointSuspended', 'point.suspended');
/** The outlet has been open for 20 days and no filing with the authority is recorded. */
export const PointFilingDue = ofPoint('PointFilingDue', 'point.filing_due');
export const PointExited = ofPoint('PointExited', 'point.exited');

export const POINT_EVENTS = [
  PointApplied,
  PointApproved,
  PointRejected,
  PointActivated,
  PointChanged,
  PointPaused,
  PointResumed,
  PointRestricted,
  PointSuspended,
  PointFilingDue,
  PointExited,
] as const;
