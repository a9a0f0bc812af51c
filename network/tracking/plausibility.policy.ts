import { type CountryCode, msOf, type Position } from '../kernel/index.ts';
import { isNotice, MILESTONES } from './milestones.policy.ts';
import { type JudgedScan, OWN_SOURCE, type QuarantineReason, type ScanId, type ScanPlace } from './model.ts';
import { goOn, judgeTravel, type Stop, type Trail, type Visit } from './travel.policy.ts';

/** How far a clock of the outside may run ahead of ours (source: promises G8, "more than 10 min in the future"). */
export const FUTURE_TOLERANCE_MS = 10 * 60_000;
/** How long before its label a parcel may seem to have been scanned. Our default: a device whose clock is an hour off. */
const LABEL_TOLERANCE_MS = 60 * 60_000;
/** What a time may be off when its zone is not known: clocks on earth show UTC-12 to UTC+14. */
const BEHIND_MS = 14 * 3_600_000;
const AHEAD_MS = 12 * 3_600_000;

/**
 * What is known of a parcel beside its scans.
 * `route`: the countries that its line touches, as told when it was registered; absent: any place may be right.
 * `discOf`: a circle that surely holds a place; absent: only positions that the sources state themselves are judged.
 */
export type ParcelFacts = {
  readonly route?: readonly CountryCode[] | undefined;
  readonly discOf?: ((place: ScanPlace) => Disc | undefined) | undefined;
};
type Disc = { readonly position: Position; readonly radiusMeters: number };

export const NOTHING_KNOWN: ParcelFacts = {};

export type Judgement = {
  readonly reasons: ReadonlyMap<ScanId, QuarantineReason>;
  /** See TravelVerdict. */
  readonly undecided: boolean;
  /** From where judging goes on without what was; absent when something was in doubt. */
  readonly trail: Trail | undefined;
};

/**
 * Which of a parcel's scans cannot be true. `scans`: those of recognised sources that no correction stands against, in
 * order of time. Judged by when things happened and by the whole set, so that the order of arrival plays no part. What
 * this program itself recorded is evidence and never judged. Where a notice was made, nobody need have had the parcel: its
 * place is not judged, and is no evidence for or against others.
 */
export function judgePlausibility(scans: readonly JudgedScan[], facts: ParcelFacts): Judgement {
  const labelMs = labelInstant(scans);
  const reasons = new Map<ScanId, QuarantineReason>();
  for (const scan of scans) {
    const reason = implausibleAlone(scan) ?? (isBeforeLabel(scan, labelMs) ? 'before_label' : undefined);
    if (reason !== undefined) reasons.set(scan.id, reason);
  }
  // A map interns each id that it is asked for; nearly always it is empty.
  const isDoubtless = reasons.size === 0;
  const seen = scans.filter((scan) => !isNotice(scan.milestone) && (isDoubtless || !reasons.has(scan.id)));
  const astray = new Set(strays(seen, facts));
  for (const { id } of astray) reasons.set(id, 'outside_route');
  const onRoute = astray.size === 0 ? seen : seen.filter((scan) => !astray.has(scan));
  const { refuted, undecided, trail } = judgeTravel(visitsOf(onRoute, facts));
  for (const { scan } of refuted) reasons.set(scan.id, 'faster_than_travel');
  return { reasons, undecided, trail: reasons.size > 0 ? undefined : trail };
}

/**
 * The same for scans that are newer than all that were judged before, when none of those was in doubt. Undefined when
 * one of them is: then the whole set decides.
 */
export function judgeNewest(
  trail: Trail,
  isFirst: boolean,
  added: readonly JudgedScan[],
  facts: ParcelFacts,
) {
  let reached: Trail | undefined = trail;
  for (const scan of added) {
    // A label that becomes known late judges what was before it.
    if (isLabel(scan) && !(isFirst && scan === added[0])) return undefined;
    if (implausibleAlone(scan) !== undefined) return undefined;
    if (scan.place === undefined || isNotice(scan.milestone)) continue;
    if (isOutside(scan, facts)) return undefined;
    const stop = stopOf(scan, facts);
    if (stop !== undefined) reached = goOn(reached, stop);
    if (reached === undefined) return undefined;
  }
  return reached;
}

const isEnd = ({ milestone }: JudgedScan) => milestone !== 'unmapped' && MILESTONES[milestone].terminal;

const isOwn = (scan: JudgedScan) => scan.source === OWN_SOURCE;

/** The order as this program issued its label; merchants and carriers announce theirs later. */
const isLabel = (scan: JudgedScan) => scan.milestone === 'order_created' && isOwn(scan);

function labelInstant(scans: readonly JudgedScan[]): number | undefined {
  const label = scans.find(isLabel);
  return label === undefined ? undefined : msOf(label.occurredAt);
}

function implausibleAlone(scan: JudgedScan): QuarantineReason | undefined {
  if (isOwn(scan)) return undefined;
  if (scan.facilityUnknown === true) return 'unknown_facility';
  return isInFuture(scan) ? 'in_future' : undefined;
}

/** Later than its own receipt can be. */
export function isInFuture({
  occurredAt,
  receivedAt,
  zoneConfidence,
}: Pick<JudgedScan, 'occurredAt' | 'receivedAt' | 'zoneConfidence'>): boolean {
  if (receivedAt === undefined || occurredAt <= receivedAt) return false;
  return earliestMs({ occurredAt, zoneConfidence }) > msOf(receivedAt) + FUTURE_TOLERANCE_MS;
}

/** Announcements come before the parcel; hands on it do not come before its label. */
function isBeforeLabel(scan: JudgedScan, labelMs: number | undefined): boolean {
  if (labelMs === undefined || isOwn(scan)) return false;
  if (isNotice(scan.milestone)) return false;
  return latestMs(scan) < labelMs - LABEL_TOLERANCE_MS;
}

/** Where the zone is known, the instant itself. */
type Timed = Pick<JudgedScan, 'occurredAt' | 'zoneConfidence'>;

function isTimeSure({ zoneConfidence }: Pick<JudgedScan, 'zoneConfidence'>): boolean {
  return zoneConfidence === 'stated' || zoneConfidence === 'resolved_from_place';
}

function earliestMs(scan: Timed): number {
  return msOf(scan.occurredAt) - (isTimeSure(scan) ? 0 : BEHIND_MS);
}

function latestMs(scan: Timed): number {
  return msOf(scan.occurredAt) + (isTimeSure(scan) ? 0 : AHEAD_MS);
}

/** Parcels out of China leave by these as if they lay in it (domain reference 6.4: line-haul from Hong Kong). */
const GATEWAYS: Readonly<Record<string, string>> = { HK: 'CN', MO: 'CN' };
/** Across borders these happen wherever a plane is changed or a customs union is entered. */
const ANYWHERE: ReadonlySet<string> = new Set(['export', 'linehaul', 'import']);

/** A domestic parcel stays in its country; one across borders is held at both ends only. */
function isOutside(scan: JudgedScan, { route }: ParcelFacts): boolean {
  if (route === undefined || scan.place === undefined || isOwn(scan)) return false;
  const { country } = scan.place;
  if (route.includes(country) || route.includes(GATEWAYS[country] as CountryCode)) return false;
  const isBetween = scan.milestone !== 'unmapped' && ANYWHERE.has(MILESTONES[scan.milestone].leg);
  return !(isBetween && route.length > 1);
}

/** So many ends of a life are looked at; more of them are a flood. Our default. */
const ENDS = 8;

/**
 * Scans off the route that nothing bears out. A parcel that really went astray is seen there more than once, or
 * somebody on its route says that it was missorted; a single scan between scans of the route is what a forgery looks
 * like too, so that alone does not free it. What comes after the end of the parcel's life bears nothing out.
 */
function strays(scans: readonly JudgedScan[], facts: ParcelFacts): JudgedScan[] {
  const outside = new Set(scans.filter((scan) => isOutside(scan, facts)));
  if (outside.size === 0) return [];
  const inside = scans.filter((scan) => !outside.has(scan));
  const refuted = new Set(judgeTravel(visitsOf(inside, facts)).refuted.map(({ scan }) => scan));
  const ends = [...scans.entries()].filter(([, scan]) => isEnd(scan) && !refuted.has(scan)).slice(0, ENDS);
  for (const [last, end] of ends) {
    const isBorneOut = bearingOut(scans.slice(0, last + 1), outside);
    if (!outside.has(end) || isBorneOut(end)) return [...outside].filter((scan) => !isBorneOut(scan));
  }
  const isBorneOut = bearingOut(scans, outside);
  return [...outside].filter((scan) => !isBorneOut(scan));
}

/** Whether the evidence bears out a scan off the route. */
function bearingOut(
  evidence: readonly JudgedScan[],
  outside: ReadonlySet<JudgedScan>,
): (scan: JudgedScan) => boolean {
  const isMissort = (scan: JudgedScan) => scan.substatus === 'exception.missorted';
  if (evidence.some((scan) => isMissort(scan) && !outside.has(scan))) return () => true;
  const seen = new Map<CountryCode | undefined, Set<string>>();
  for (const scan of evidence) {
    const country = scan.place?.country;
    if (outside.has(scan)) seen.set(country, (seen.get(country) ?? new Set()).add(scan.occurredAt));
  }
  return ({ place }) => (seen.get(place?.country)?.size ?? 0) > 1;
}

type ScanVisit = Visit & { readonly scan: JudgedScan };

function visitsOf(scans: readonly JudgedScan[], facts: ParcelFacts): ScanVisit[] {
  return scans.flatMap((scan) => {
    const stop = stopOf(scan, facts);
    return stop === undefined ? [] : [{ scan, stop, isOwn: isOwn(scan), closes: isEnd(scan) }];
  });
}

function stopOf(scan: JudgedScan, { discOf }: ParcelFacts): Stop | undefined {
  const { place } = scan;
  if (place === undefined) return undefined;
  const disc = discOf === undefined ? statedDisc(place) : discOf(place);
  if (disc === undefined) return undefined;
  const { latitude, longitude } = disc.position;
  const ms = msOf(scan.occurredAt);
  return isTimeSure(scan)
    ? [ms, ms, latitude, longitude, disc.radiusMeters]
    : [ms - BEHIND_MS, ms + AHEAD_MS, latitude, longitude, disc.radiusMeters];
}

/** A device's position, to about a kilometre. */
function statedDisc({ position }: ScanPlace): Disc | undefined {
  return position === undefined ? undefined : { position, radiusMeters: 2_000 };
}
