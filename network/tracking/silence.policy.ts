import { findCarrier, findNumberFormat } from '../carriers/index.ts';
import { addDays, type Instant, latest } from '../kernel/index.ts';
import { MILESTONES } from './milestones.policy.ts';
import type { Leg, ParcelStatus, ParcelSubstatus, Timeline } from './model.ts';

/**
 * Silence after which a parcel counts as `expired`: nobody tells anything of it any more, and no carrier says so itself.
 * 30 days: AfterShip's "Expired" (no update for 30 days), 17TRACK likewise. On the line-haul 60: a sea voyage has no scan
 * in between, and Kuaidi100 ends a subscription only then.
 */
const SILENT_DAYS = 30;
const SILENT_LINEHAUL_DAYS = 60;

/** The least that any parcel lives before it can expire. */
export const SHORTEST_SILENCE_DAYS = SILENT_DAYS;

type Silent = {
  readonly timeline: Pick<Timeline, 'terminal' | 'milestones'> & { readonly leg?: Leg };
  /** Of the timeline's `lastScan`; absent before the first. */
  readonly lastScanAt: Instant | undefined;
  readonly createdAt: Instant;
};

/**
 * When a parcel expires if nothing else is heard of it; undefined for one whose life is closed. By the newest scan in
 * force that is news of it (a late notice is none), so that the order of arrival plays no part, but never sooner than its
 * days after it became known here: histories are imported late.
 */
export function expiresAt({ timeline, lastScanAt, createdAt }: Silent): Instant | undefined {
  if (timeline.terminal) return undefined;
  const days = isOnLineHaul(timeline) ? SILENT_LINEHAUL_DAYS : SILENT_DAYS;
  return addDays(lastScanAt === undefined ? createdAt : latest(lastScanAt, createdAt), days);
}

/**
 * A hub that was passed before the import counts as line-haul, because nobody knows better; of a parcel that never left
 * its country it is all there is, and it is on no ship.
 */
const isOnLineHaul = ({ leg, milestones }: Silent['timeline']): boolean =>
  leg === 'linehaul' && milestones.some(({ name }) => MILESTONES[name].leg === 'linehaul');

/** What is judged of a timeline beside its scans. */
type State = {
  readonly status: ParcelStatus;
  readonly substatus?: ParcelSubstatus | undefined;
  readonly actionRequired: Timeline['actionRequired'];
};

/** The same timeline in silence: its milestones stay, and the platform has to ask what became of the parcel. */
export function asExpired<T extends State>(timeline: T): T {
  const { substatus: _substatus, ...rest } = timeline;
  return { ...rest, status: 'expired', actionRequired: 'platform' } as T;
}

/** What the platform itself says of a parcel over a timeline that was folded from its scans alone. */
export function asPlatformSays<T extends State>(
  folded: T,
  parcel: {
    readonly number: string;
    readonly carrierCode: string | undefined;
    readonly timeline: Pick<Timeline, 'status'>;
  },
): T {
  if (parcel.timeline.status === 'expired') return asExpired(folded);
  return folded.status === 'not_found' && isInvalidNumber(parcel.carrierCode, parcel.number)
    ? { ...folded, substatus: 'not_found.invalid_number' }
    : folded;
}

/**
 * The carrier whose number it is said to be prints none of this form, or the check digit fails. Nothing is said of
 * carriers whose forms are not known.
 */
export function isInvalidNumber(carrierCode: string | undefined, number: string): boolean {
  const carrier = carrierCode === undefined ? undefined : findCarrier(carrierCode);
  return (
    carrier !== undefined &&
    carrier.numberFormats.length > 0 &&
    findNumberFormat(carrier, number) === undefined
  );
}
