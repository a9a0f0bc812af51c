import { isComplete, judgeCorrections } from './corrections.policy.ts';
import { type FoldState, foldState, lastScanOf, townOf } from './fold-state.ts';
import { actionAfter, legAfter, MILESTONES, substatusAfter } from './milestones.policy.ts';
import type {
  ActionRequired,
  JudgedScan,
  Leg,
  Milestone,
  ParcelStatus,
  ParcelSubstatus,
  QualityFlag,
  QuarantinedEntry,
  QuarantineReason,
  ReachedMilestone,
  Scan,
  ScanEffect,
  ShownScan,
  Timeline,
  TimelineEntry,
} from './model.ts';
import { judgeNewest, judgePlausibility, NOTHING_KNOWN, type ParcelFacts } from './plausibility.policy.ts';
import { byTime, distinctScans } from './scan-order.policy.ts';
import { entryOf, unverifiedOf } from './timeline-entry.ts';

/** The state while walking through the scans; mutable, lives inside one fold. */
type Walk = {
  status: ParcelStatus;
  substatus: ParcelSubstatus | undefined;
  leg: Leg | undefined;
  action: ActionRequired;
  /** The milestone that closed the parcel. */
  closedBy: Milestone | undefined;
  returning: boolean;
  stage: number;
  attempts: number;
  firstScanAt: Scan['occurredAt'] | undefined;
  /**
   * Each milestone once. A parcel has a handful, so that lists are searched and made faster than maps. Never changed in
   * place: most scans change none, and the timeline before keeps its own.
   */
  out: readonly ReachedMilestone[];
  back: readonly ReachedMilestone[];
  /** Each once; never changed in place. */
  flags: readonly QualityFlag[];
};

/** What is stored of a timeline: the official state. Its entries are the scans, folded anew when somebody looks. */
export type OfficialTimeline = Omit<Timeline, 'entries' | 'unverified' | 'quarantined' | 'lastScan'>;

type Place = NonNullable<Scan['place']>;
type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };

/** `scans`: all recognised ones of the parcel, or those that were added. */
export type Folded<T extends JudgedScan = Scan> = {
  readonly official: OfficialTimeline;
  readonly scans: readonly Pick<Scan, 'id' | 'synthetic'>[];
  readonly lastScan: Pick<Scan, 'occurredAt' | 'synthetic'> | undefined;
  readonly at: Pick<Place, 'country' | 'city'> | undefined;
  /** All of the parcel's. */
  readonly quarantined: readonly Quarantined<T>[];
  /** Absent: what comes next is folded together with all that was. */
  readonly state: FoldState | undefined;
};

export type Quarantined<T extends JudgedScan = Scan> = {
  readonly scan: T;
  readonly reason: QuarantineReason;
};

/**
 * One timeline out of any scans of one parcel. Pure: the same set of scans gives the same timeline in any order of
 * arrival and with any repetition. Scans are read by `occurredAt`, then rank, then id. Only recognised sources move
 * the state, and only by what can be true (plausibility.policy.ts); a terminal state is left only by a correction that
 * names author and reason.
 */
export function foldScans(scans: Iterable<ShownScan>, facts: ParcelFacts = NOTHING_KNOWN): Timeline {
  const { ordered, official, isInForce, reasons, walk } = judge(scans, facts);
  const entries: TimelineEntry[] = [];
  const quarantined: QuarantinedEntry[] = [];
  let last: TimelineEntry | undefined;
  for (const scan of official) {
    const reason = reasons.size === 0 ? undefined : reasons.get(scan.id);
    if (reason !== undefined) {
      quarantined.push({ ...unverifiedOf(scan), reason });
      continue;
    }
    const entry = entryOf(scan, isInForce(scan) ? step(walk, scan) : 'corrected');
    entries.push(entry);
    if (isInForce(scan) && isNews(walk, scan)) last = entry;
  }
  return {
    ...officialAfter(walk),
    entries,
    ...(last === undefined ? {} : { lastScan: last }),
    unverified: ordered.filter((scan) => !scan.recognised).map(unverifiedOf),
    quarantined,
  };
}

/**
 * The same for the one who stores it. Corrections and doubts look back and ahead, so after one nothing can be
 * remembered.
 */
export function foldHistory<T extends JudgedScan>(
  scans: Iterable<T>,
  facts: ParcelFacts = NOTHING_KNOWN,
): Folded<T> {
  const { official, hasCorrection, isInForce, reasons, walk, trail } = judge(scans, facts);
  const quarantined: Quarantined<T>[] = [];
  let lastScan: T | undefined;
  let at: Place | undefined;
  for (const scan of official) {
    const reason = reasons.size === 0 ? undefined : reasons.get(scan.id);
    if (reason !== undefined) quarantined.push({ scan, reason });
    if (reason !== undefined || !isInForce(scan)) continue;
    step(walk, scan);
    if (!isNews(walk, scan)) continue;
    at = scan.place ?? at;
    lastScan = scan;
  }
  return {
    official: officialAfter(walk),
    scans: official,
    lastScan,
    at: at === undefined ? undefined : townOf(at),
    quarantined,
    state:
      hasCorrection || trail === undefined
        ? undefined
        : foldState(walk, official.at(-1), lastScan, at === undefined ? undefined : townOf(at), trail),
  };
}

/**
 * Goes on from what was folded: foldHistory of all scans, without those before. Undefined when that cannot be: a scan
 * is a correction, is not newer than the last recognised one, or is in doubt. None may be known already.
 */
export function foldOn(
  before: OfficialTimeline,
  state: FoldState,
  added: readonly Scan[],
  facts: ParcelFacts = NOTHING_KNOWN,
): Folded | undefined {
  if (added.some((scan) => scan.correction !== undefined)) return undefined;
  const official = added.filter((scan) => scan.recognised);
  if (official.length > 1) official.sort(byTime);
  const [first] = official;
  if (first !== undefined && state.last !== undefined && byTime(first, state.last) <= 0) return undefined;
  const trail = judgeNewest(state.trail, state.last === undefined, official, facts);
  if (trail === undefined) return undefined;
  const walk = resume(before, state);
  let at: FoldState['at'] = state.at;
  let lastScan = lastScanOf(state);
  for (const scan of official) {
    step(walk, scan);
    if (!isNews(walk, scan)) continue;
    at = scan.place ?? at;
    lastScan = scan;
  }
  const last = official.at(-1) ?? state.last;
  const coarseAt = at === undefined ? undefined : townOf(at);
  return {
    official: officialAfter(walk),
    scans: official,
    lastScan,
    at: coarseAt,
    quarantined: [],
    state: foldState(walk, last, lastScan, coarseAt, trail),
  };
}

/** What is official of some scans, in order of time, and which of it counts. */
function judge<T extends JudgedScan>(scans: Iterable<T>, facts: ParcelFacts) {
  const ordered = distinctScans(scans).sort(byTime);
  const official = ordered.filter((scan) => scan.recognised);
  const hasCorrection = official.some((scan) => scan.correction !== undefined);
  const rulings = hasCorrection
    ? judgeCorrections(new Map(official.map((scan) => [scan.id, scan])))
    : undefined;
  const isInForce = (scan: T) => rulings === undefined || rulings.standing.get(scan.id) === 'in_force';
  const sightings = hasCorrection
    ? official.filter((scan) => isInForce(scan) && !isWithdrawal(scan))
    : official;
  const { reasons, undecided, trail } = judgePlausibility(sightings, facts);
  const walk = start(rulings?.flags ?? []);
  if (reasons.size > 0) flag(walk, 'implausible_scan');
  if (undecided) flag(walk, 'travel_undecided');
  return { ordered, official, hasCorrection, isInForce, reasons, walk, trail };
}

/** A field that is not known is left out. Built for each scan, so without objects that only pass fields on. */
function officialAfter(walk: Walk): OfficialTimeline {
  const official: Mutable<OfficialTimeline> = {
    status: walk.status,
    terminal: walk.closedBy !== undefined,
    actionRequired: walk.action,
    milestones: walk.out,
    returnMilestones: walk.back,
    attempts: walk.attempts,
    flags: flagsOf(walk),
  };
  const deliveredAt =
    walk.closedBy === 'delivered' ? reachedIn(walk.out, 'delivered')?.occurredAt : undefined;
  if (walk.substatus !== undefined) official.substatus = walk.substatus;
  if (walk.leg !== undefined) official.leg = walk.leg;
  if (walk.firstScanAt !== undefined) official.firstScanAt = walk.firstScanAt;
  if (deliveredAt !== undefined) official.deliveredAt = deliveredAt;
  return official;
}

export function officialOf(timeline: Timeline): OfficialTimeline {
  const {
    entries: _entries,
    unverified: _unverified,
    quarantined: _quarantined,
    lastScan: _lastScan,
    ...official
  } = timeline;
  return official;
}

function resume(before: OfficialTimeline, state: FoldState): Walk {
  return {
    status: before.status,
    substatus: before.substatus,
    leg: before.leg,
    action: before.actionRequired,
    closedBy: state.closedBy,
    returning: state.returning,
    stage: state.stage,
    attempts: before.attempts,
    firstScanAt: before.firstScanAt,
    out: before.milestones,
    back: before.returnMilestones,
    // Judged at the end of each fold: a scan that comes later may take it away.
    flags: before.flags.includes(JUDGED_LAST)
      ? before.flags.filter((known) => known !== JUDGED_LAST)
      : before.flags,
  };
}

function start(flags: Iterable<QualityFlag>): Walk {
  return {
    status: 'not_found',
    substatus: undefined,
    leg: undefined,
    action: 'none',
    closedBy: undefined,
    returning: false,
    stage: 0,
    attempts: 0,
    firstScanAt: undefined,
    out: [],
    back: [],
    flags: [...new Set(flags)],
  };
}

/** One scan in force, in order of time. */
function step(walk: Walk, scan: JudgedScan): ScanEffect {
  if (scan.zoneConfidence === 'unknown') flag(walk, 'unknown_zone');
  if (scan.zoneConfidence === 'assumed') flag(walk, 'assumed_zone');
  const { milestone } = scan;
  if (milestone === 'unmapped') return stepUnmapped(walk, scan);
  if (isSighting(milestone)) walk.firstScanAt ??= scan.occurredAt;
  // Merchants often declare the dispatch after the hand-over; an order younger than its parcel is a contradiction.
  else if (milestone === 'order_created' && walk.firstScanAt !== undefined)
    flag(walk, 'handover_before_order');
  if (walk.closedBy !== undefined) return stepAfterTerminal(walk, scan, milestone);
  if (walk.returning) return stepBack(walk, scan, milestone);
  return stepOut(walk, scan, milestone);
}

/** Somebody had the parcel. Who announces it or calls it off need not have seen it. */
function isSighting(milestone: Milestone): boolean {
  return !MILESTONES[milestone].notice && milestone !== 'cancelled';
}

function stepUnmapped(walk: Walk, scan: JudgedScan): ScanEffect {
  if (isWithdrawal(scan)) return 'recorded';
  flag(walk, 'unmapped_code');
  if (walk.status === 'not_found') walk.status = 'unknown';
  return 'unmapped';
}

/** A closed parcel stays closed; what sources report later is kept, with the contradiction named. A late notice is none. */
function stepAfterTerminal(walk: Walk, scan: JudgedScan, milestone: Milestone): ScanEffect {
  if (milestone === walk.closedBy) return 'after_terminal';
  const { leg, terminal, notice } = MILESTONES[milestone];
  if (!notice) flag(walk, 'scan_after_terminal');
  if (terminal) {
    flag(walk, 'conflicting_terminal');
    return 'after_terminal';
  }
  if (walk.closedBy === 'delivered') {
    if (milestone === 'out_for_delivery') flag(walk, 'delivered_before_out_for_delivery');
    if (milestone === 'picked_up') flag(walk, 'delivered_before_handover');
  }
  if (leg !== 'return') reachOut(walk, scan, milestone);
  return 'after_terminal';
}

/** On the way back every scan belongs to the second list and the parcel stays `returning` until it is closed. */
function stepBack(walk: Walk, scan: JudgedScan, milestone: Milestone): ScanEffect {
  if (milestone === 'delivered') {
    // Carriers report the hand-over to the sender with the same code as one to the recipient: we do not guess.
    flag(walk, 'delivered_while_returning');
    walk.action = 'platform';
    return 'recorded';
  }
  reachBack(walk, scan, milestone);
  if (MILESTONES[milestone].notice) return 'recorded';
  const substatus = substatusAfter(milestone, scan.substatus);
  walk.leg = 'return';
  const action = actionAfter(milestone, substatus);
  // Who gets it on the way back is the one who sent it.
  walk.action = action === 'recipient' ? 'shipper' : action;
  if (MILESTONES[milestone].terminal) {
    walk.status = MILESTONES[milestone].status;
    walk.substatus = substatus;
    walk.closedBy = milestone;
  }
  return 'moved';
}

function stepOut(walk: Walk, scan: JudgedScan, milestone: Milestone): ScanEffect {
  const rule = MILESTONES[milestone];
  if (rule.leg === 'return') {
    walk.returning = true;
    reachBack(walk, scan, milestone);
  } else {
    reachOut(walk, scan, milestone);
  }
  if (rule.notice && walk.firstScanAt !== undefined) return 'recorded';
  if (rule.stage !== undefined) {
    if (rule.stage < walk.stage) flag(walk, 'contradictory_order');
    walk.stage = Math.max(walk.stage, rule.stage);
  }
  if (milestone === 'delivery_attempted' || milestone === 'refused') walk.attempts += 1;
  walk.status = rule.status;
  walk.substatus = substatusAfter(milestone, scan.substatus);
  walk.leg = legAfter(milestone, walk.leg);
  walk.action = actionAfter(milestone, walk.substatus);
  if (rule.terminal) walk.closedBy = milestone;
  return 'moved';
}

const JUDGED_LAST: QualityFlag = 'delivered_without_out_for_delivery';

function flagsOf({ closedBy, flags, out }: Walk): readonly QualityFlag[] {
  if (closedBy === 'delivered' && !out.some(isHandOut)) return [...flags, JUDGED_LAST].sort();
  return flags.length > 1 ? flags.toSorted() : flags;
}

const isHandOut = ({ name }: ReachedMilestone) => name === 'out_for_delivery' || name === 'at_point';

function flag(walk: Walk, name: QualityFlag): void {
  if (!walk.flags.includes(name)) walk.flags = [...walk.flags, name];
}

function reachedIn(list: readonly ReachedMilestone[], name: string): ReachedMilestone | undefined {
  return list.find((one) => one.name === name);
}

function reachOut(walk: Walk, scan: JudgedScan, name: Milestone): void {
  if (reachedIn(walk.out, name) === undefined) walk.out = [...walk.out, reached(scan, name)];
}

function reachBack(walk: Walk, scan: JudgedScan, name: Milestone): void {
  if (reachedIn(walk.back, name) === undefined) walk.back = [...walk.back, reached(scan, name)];
}

const reached = ({ id, occurredAt }: JudgedScan, name: Milestone): ReachedMilestone => ({
  name,
  occurredAt,
  scanId: id,
});

/**
 * Whether a scan that the walk has come past is news of the parcel, so that `lastScan` and the clocks that hang on it go
 * by it. An announcement is until the parcel was seen: what is told late says nothing of where it is.
 */
function isNews({ firstScanAt }: Walk, scan: JudgedScan): boolean {
  if (scan.milestone === 'unmapped') return !isWithdrawal(scan);
  return firstScanAt === undefined || !MILESTONES[scan.milestone].notice;
}

/** A withdrawal says that something did not happen: it is no sighting, and no code that we failed to read. */
function isWithdrawal(scan: JudgedScan): boolean {
  return scan.milestone === 'unmapped' && scan.correction !== undefined && isComplete(scan.correction);
}
