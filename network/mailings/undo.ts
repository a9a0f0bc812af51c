import type { Work } from '../../platform/world/index.ts';
import { refused } from '../kernel/index.ts';
import { cancelWaybill } from '../waybills/index.ts';
import { actOn, type By, type MailingKey, type MailingOutcome } from './handle.ts';
import { lockMailing } from './store.ts';

/** The counter gives parcel and money back, before a courier has it. What was done stays written; this is added. */
export async function undoIntake(
  work: Work,
  ref: MailingKey,
  by: By,
  reason: string,
): Promise<MailingOutcome> {
  const before = await lockMailing(work.db, ref.organisationId, ref.id);
  if (before === undefined) return refused('not_found', '');
  const outcome = await actOn(work, before, by, { kind: 'undo', reason });
  const waybillId = outcome.ok ? before.parcel?.waybillId : undefined;
  if (waybillId === undefined) return outcome;
  const cancelled = await cancelWaybill(work, waybillId);
  // A parcel that was scanned is with the carrier: it is too late to give it back.
  return cancelled.ok ? outcome : refused('mailing_state_conflict', 'Its number was scanned.');
}
