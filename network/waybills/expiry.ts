import type { Work } from '../../platform/world/index.ts';
import { addDays, addMs, type OrganisationId } from '../kernel/index.ts';
import { EXPIRY_DAYS } from './request.policy.ts';

export const EXPIRE_JOB = 'waybills.expire';

/** One job per organisation and hour of issue sweeps what was not scanned, so that a waybill costs no job of its own. */
export function scheduleExpiry(work: Work, organisationId: OrganisationId): void {
  const hour = work.now.slice(0, 13);
  work.schedule({
    kind: EXPIRE_JOB,
    key: `${organisationId}:${hour}`,
    runAt: addDays(addMs(`${hour}:00:00.000Z` as typeof work.now, 3_600_000), EXPIRY_DAYS),
    payload: { organisationId },
  });
}
