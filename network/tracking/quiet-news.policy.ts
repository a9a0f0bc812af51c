import { EvidenceAdded, ParcelWeighed } from './events.ts';
import type { OfficialTimeline } from './fold.ts';
import { MILESTONES } from './milestones.policy.ts';
import type { Scan } from './model.ts';
import type { TrackedParcel } from './parcel.ts';

export type QuietNews = typeof ParcelWeighed | typeof EvidenceAdded;
type Told = Pick<Scan, 'recognised' | 'milestone' | 'weightGrams'>;

export const isDoubted = ({ flags }: Pick<OfficialTimeline, 'flags'>) => flags.includes('implausible_scan');

/**
 * What the judge of numbers has to know of scans that may be no news for anybody else: a weight; of a parcel that the
 * network does not bring, what is not believed and whatever tells where it was brought to. So a verdict does not depend on
 * which of its scans came last (promise G4).
 */
export function quietNewsOf(
  parcel: Pick<TrackedParcel, 'organisationId' | 'shipmentId'> & {
    readonly timeline: Pick<OfficialTimeline, 'flags'>;
  },
  added: readonly Told[],
  after: Pick<OfficialTimeline, 'flags'>,
): QuietNews | undefined {
  if (added.some(({ weightGrams }) => weightGrams !== undefined)) return ParcelWeighed;
  if (parcel.organisationId === undefined || parcel.shipmentId !== undefined) return undefined;
  return isDoubted(after) || isDoubted(parcel.timeline) || added.some(isEvidence) ? EvidenceAdded : undefined;
}

function isEvidence({ recognised, milestone }: Told): boolean {
  return !recognised || (milestone !== 'unmapped' && MILESTONES[milestone].leg === 'last_mile');
}
