import { findCarrier } from '../carriers/index.ts';
import { addDays, type Instant, type ParcelId } from '../kernel/index.ts';

/** One life of a number. Valid in [from, to); open where undefined. */
export type DirectoryEntry = {
  readonly generation: number;
  /** Empty while nobody said whose number it is. */
  readonly carrierCode: string;
  readonly from: Instant | undefined;
  readonly to: Instant | undefined;
  readonly parcelId: ParcelId;
  /** Minted by a scan that came before its order. */
  readonly provisional: boolean;
};

/** `stated`: the line names the carrier of the number. `preferred`: the carrier that reports. */
export type NumberHint = { readonly stated?: string | undefined; readonly preferred?: string | undefined };

export type Resolution =
  | { readonly kind: 'found'; readonly parcelId: ParcelId }
  | { readonly kind: 'unknown'; readonly from: Instant | undefined; readonly to: Instant | undefined }
  /** Several carriers use the number at that time. */
  | { readonly kind: 'ambiguous'; readonly carriers: readonly string[] };

/**
 * How far before an order a scan with its number still belongs to it when nothing else is known of the number: data
 * of orders is late, and merchants contradict themselves. Half of the year that posts let a number rest (our default).
 */
export const SCAN_BEFORE_ORDER_DAYS = 180;

/**
 * To which parcel a number led at an instant. A stated carrier is strict, because carriers share numbers; the
 * reporting carrier is only a preference, because a last mile reports under the number of the origin. `unknown`
 * answers the gap that a new life may fill.
 */
export function resolveNumber(entries: readonly DirectoryEntry[], at: Instant, hint: NumberHint): Resolution {
  const [only] = entries;
  // Nearly every number has one life.
  if (
    only !== undefined &&
    entries.length === 1 &&
    covers(only, at) &&
    isOf(only, hint.stated ?? only.carrierCode)
  )
    return { kind: 'found', parcelId: only.parcelId };
  const relevant =
    hint.stated === undefined ? entries : entries.filter((entry) => isOf(entry, hint.stated ?? ''));
  const inForce = relevant.filter((entry) => covers(entry, at));
  const preferred = inForce.filter((entry) => entry.carrierCode === (hint.stated ?? hint.preferred));
  const chosen = preferred.length > 0 ? preferred : inForce;
  const parcels = new Set(chosen.map((entry) => entry.parcelId));
  const [parcelId] = parcels;
  if (parcelId === undefined) return { kind: 'unknown', ...gapAround(relevant, at) };
  if (parcels.size > 1)
    return { kind: 'ambiguous', carriers: chosen.map((entry) => entry.carrierCode).sort() };
  return { kind: 'found', parcelId };
}

export function covers(entry: Pick<DirectoryEntry, 'from' | 'to'>, at: Instant): boolean {
  return (entry.from === undefined || entry.from <= at) && (entry.to === undefined || at < entry.to);
}

/** Its parcel was merged: a life of no length answers nothing. */
function isSpent(entry: DirectoryEntry): boolean {
  return entry.from !== undefined && entry.from === entry.to;
}

function isOf(entry: DirectoryEntry, carrierCode: string): boolean {
  return entry.carrierCode === carrierCode || entry.carrierCode === '';
}

/**
 * Begun by a scan that came before this order. Numbers of carriers that take orders here are issued here, each to one
 * of them: what another of them said about it was about this parcel too (promise G8, another carrier's number).
 */
function isEarlyLife(entry: DirectoryEntry, carrierCode: string): boolean {
  if (!entry.provisional) return false;
  return isOf(entry, carrierCode) || (isNative(carrierCode) && isNative(entry.carrierCode));
}

export function isNative(carrierCode: string): boolean {
  return findCarrier(carrierCode)?.orderIntake === 'native';
}

/** Whether a registered parcel has the number at an instant or later: nobody else may take it then. */
export function isTaken(entries: readonly DirectoryEntry[], at: Instant): boolean {
  return entries.some(({ provisional, to }) => !provisional && (to === undefined || to > at));
}

function gapAround(entries: readonly DirectoryEntry[], at: Instant) {
  let from: Instant | undefined;
  let to: Instant | undefined;
  for (const entry of entries) {
    if (entry.to !== undefined && entry.to <= at && (from === undefined || entry.to > from)) from = entry.to;
    if (entry.from !== undefined && entry.from > at && (to === undefined || entry.from < to)) to = entry.from;
  }
  return { from, to };
}

/** What a registration does to the directory of one number. */
export type Registration = {
  readonly from: Instant;
  readonly to: Instant | undefined;
  /** Earlier lives that end where this one begins. */
  readonly closing: readonly DirectoryEntry[];
  /** Minted parcels whose scans since `from` belong to the registered one. */
  readonly merging: readonly DirectoryEntry[];
  /** Lives under other carriers: what this number's own carrier reported went there because it had none of its own. */
  readonly yielding: readonly DirectoryEntry[];
};

/**
 * A parcel with an order takes a number at `at`; undefined when it already has it. After an earlier order the new life
 * begins with its own order; else it reaches back over the scans that came before it.
 */
export function planRegistration(
  entries: readonly DirectoryEntry[],
  carrierCode: string,
  parcelId: ParcelId,
  at: Instant,
): Registration | undefined {
  const relevant = entries.filter((entry) => isOf(entry, carrierCode));
  if (relevant.some((entry) => entry.parcelId === parcelId)) return undefined;
  const ordered = relevant.filter((entry) => !entry.provisional);
  const starts = (entry: DirectoryEntry) => entry.from ?? '';
  const before = ordered.filter((entry) => starts(entry) < at);
  const from = before.length > 0 ? at : addDays(at, -SCAN_BEFORE_ORDER_DAYS);
  let to: Instant | undefined;
  for (const entry of ordered) {
    if (entry.from !== undefined && entry.from >= at && (to === undefined || entry.from < to))
      to = entry.from;
  }
  const within = entries.filter(
    (entry) =>
      !isSpent(entry) &&
      (entry.to === undefined || entry.to > from) &&
      (to === undefined || entry.from === undefined || entry.from < to),
  );
  return {
    from,
    to,
    closing: before.filter((entry) => entry.to === undefined || entry.to > from),
    merging: within.filter((entry) => isEarlyLife(entry, carrierCode)),
    yielding: within.filter(
      (entry) => entry.parcelId !== parcelId && !isOf(entry, carrierCode) && !isEarlyLife(entry, carrierCode),
    ),
  };
}
