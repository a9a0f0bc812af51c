import { isComplete, judgeCorrections } from './corrections.policy.ts';
import { actionAfter, legAfter, MILESTONES, substatusAfter } from './milestones.policy.ts';
import type {
  ActionRequired,
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
  Timeline,
  TimelineEntry,
  UnverifiedEntry,
} from './model.ts';
import { judgeNewest, judgePlausibility, NOTHING_KNOWN, type ParcelFacts } from './plausibility.policy.ts';
import { byTime, distinctScans } from './scan-order.policy.ts';
import type { Trail } from './travel.policy.ts';

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
  readonly out: Map<Milestone, ReachedMilestone>;
  readonly back: Map<Milestone, ReachedMilestone>;
  readonly flags: Set<QualityFlag>;
};

/** What is stored of a timeline: the official state. Its entries are the scans, folded anew when somebody looks. */
export type OfficialTimeline = Omit<Timeline, 'entries' | 'unverified' | 'quarantined' | 'lastScan'>;

type Place = NonNullable<Scan['place']>;

/**
 * What a fold has to remember beside the official timeline, so that a scan which is the newest is judged without those
 * before it. Plain JSON. `last`: the last recognised scan in order; absent before the first.
 */
export type FoldState = {
  readonly closedBy?: Milestone;
  readonly returning: boolean;
  readonly stage: number;
  readonly last?: Pick<Scan, 'id' | 'milestone' | 'occurredAt' | 'synthetic'>;
  /** The last place that was told. */
  readonly at?: Pick<Place, 'country' | 'city'>;
  /** What the next place is measured against; absent in what was remembered before places were judged. */
  readonly trail?: Trail;
};

/** `entries`: all of the parcel's, or those of the scans that were added. */
export type Folded = {
  readonly official: OfficialTimeline;
  readonly entries: readonly Pick<TimelineEntry, 'scanId' | 'synthetic'>[];
  readonly lastScan: Pick<Scan, 'occurredAt' | 'synthetic'> | undefined;
  readonly at: Pick<Place, 'country' | 'city'> | undefined;
  /** All of the parcel's. */
  readonly quarantined: readonly Quarantined[];
  /** Absent: what comes next is folded together with all that was. */
  readonly state: FoldState | undefined;
};

export type Quarantined = { readonly scan: Scan; readonly reason: QuarantineReason };

/**
 * One timeline out of any scans of one parcel. Pure: the same set of scans gives the same timeline in any order of
 * arrival and with any repetition. Scans are read by `occurredAt`, then rank, then id. Only recognised sources move
 * the state, and only by what can be true (plausibility.policy.ts); a terminal state is left only by a correction that
 * names author and reason.
 */
export function foldScans(scans: Iterable<Scan>, facts: ParcelFacts = NOTHING_KNOWN): Timeline {
  return foldAll(scans, facts).timeline;
}

/**
 * The same for the one who stores it. Corrections and doubts look back and ahead, so after one nothing can be
 * remembered.
 */
export function foldHistory(scans: Iterable<Scan>, facts: ParcelFacts = NOTHING_KNOWN): Folded {
  const { timeline, walk, official, quarantined, trail } = foldAll(scans, facts);
  const { entries, lastScan } = timeline;
  const at = entries.findLast((entry) => entry.place !== undefined && entry.effect !== 'corrected')?.place;
  const isSimple = official.every((scan) => scan.correction === undefined);
  return {
    official: officialOf(timeline),
    entries,
    lastScan,
    at: at === undefined ? undefined : coarse(at),
    quarantined,
    state: isSimple && trail !== undefined ? stateOf(walk, official.at(-1), at, trail) : undefined,
  };
}

/** Before the first scan. */
export const START_OF_FOLD: FoldState = { returning: false, stage: 0, trail: {} };

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
  if (state.trail === undefined || added.some((scan) => scan.correction !== undefined)) return undefined;
  const official = added.filter((scan) => scan.recognised).sort(byTime);
  const [first] = official;
  if (first !== undefined && state.last !== undefined && byTime(first, state.last) <= 0) return undefined;
  const trail = judgeNewest(state.trail, state.last === undefined, official, facts);
  if (trail === undefined) return undefined;
  const walk = resume(before, state);
  for (const scan of official) step(walk, scan);
  const at = official.findLast((scan) => scan.place !== undefined)?.place ?? state.at;
  const last = official.at(-1) ?? state.last;
  return {
    official: officialAfter(walk),
    entries: official.map(({ id, synthetic }) => ({ scanId: id, synthetic })),
    lastScan: last,
    at: at === undefined ? undefined : coarse(at),
    quarantined: [],
    state: stateOf(walk, last, at, trail),
  };
}

function foldAll(scans: Iterable<Scan>, facts: ParcelFacts) {
  const ordered = [...distinctScans(scans).values()].sort(byTime);
  const official = new Map(ordered.filter((scan) => scan.recognised).map((scan) => [scan.id, scan]));
  const rulings = judgeCorrections(official);
  const isInForce = (scan: Scan) => rulings.standing.get(scan.id) === 'in_force';
  const sightings = [...official.values()].filter((scan) => isInForce(scan) && !isWithdrawal(scan));
  const judgement = judgePlausibility(sightings, facts);
  const walk = start(rulings.flags);
  if (judgement.reasons.size > 0) walk.flags.add('implausible_scan');
  if (judgement.undecided) walk.flags.add('travel_undecided');
  const entries: TimelineEntry[] = [];
  const quarantined: Quarantined[] = [];
  let last: TimelineEntry | undefined;
  for (const scan of official.values()) {
    const reason = judgement.reasons.get(scan.id);
    if (reason !== undefined) {
      quarantined.push({ scan, reason });
      continue;
    }
    const entry = entryOf(scan, isInForce(scan) ? step(walk, scan) : 'corrected');
    entries.push(entry);
    if (isInForce(scan) && !isWithdrawal(scan)) last = entry;
  }
  const timeline: Timeline = {
    ...officialAfter(walk),
    entries,
    ...optional('lastScan', last),
    unverified: ordered.filter((scan) => !scan.recognised).map(unverifiedOf),
    quarantined: quarantined.map(({ scan, reason }): QuarantinedEntry => ({ ...unverifiedOf(scan), reason })),
  };
  return { timeline, walk, official: [...official.values()], quarantined, trail: judgement.trail };
}

function officialAfter(walk: Walk): OfficialTimeline {
  return {
    status: walk.status,
    ...optional('substatus', walk.substatus),
    ...optional('leg', walk.leg),
    terminal: walk.closedBy !== undefined,
    actionRequired: walk.action,
    milestones: [...walk.out.values()],
    returnMilestones: [...walk.back.values()],
    ...optional('firstScanAt', walk.firstScanAt),
    ...optional(
      'deliveredAt',
      walk.closedBy === 'delivered' ? walk.out.get('delivered')?.occurredAt : undefined,
    ),
    attempts: walk.attempts,
    flags: flagsOf(walk),
  };
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

function stateOf(walk: Walk, last: FoldState['last'], at: FoldState['at'], trail: Trail): FoldState {
  return {
    ...optional('closedBy', walk.closedBy),
    returning: walk.returning,
    stage: walk.stage,
    ...(last === undefined
      ? {}
      : {
          last: {
            id: last.id,
            milestone: last.milestone,
            occurredAt: last.occurredAt,
            synthetic: last.synthetic,
          },
        }),
    ...(at === undefined ? {} : { at: coarse(at) }),
    trail,
  };
}

function coarse({ country, city }: Pick<Place, 'country' | 'city'>): Pick<Place, 'country' | 'city'> {
  return city === undefined ? { country } : { country, city };
}

function resume(before: OfficialTimeline, state: FoldState): Walk {
  const byName = (reached: readonly ReachedMilestone[]) => new Map(reached.map((one) => [one.name, one]));
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
    out: byName(before.milestones),
    back: byName(before.returnMilestones),
    // Judged at the end of each fold: a scan that comes later may take it away.
    flags: new Set(before.flags.filter((flag) => flag !== JUDGED_LAST)),
  };
}

function start(flags: ReadonlySet<QualityFlag>): Walk {
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
    out: new Map(),
    back: new Map(),
    flags: new Set(flags),
  };
}

/** One scan in force, in order of time. */
function step(walk: Walk, scan: Scan): ScanEffect {
  if (scan.zoneConfidence === 'unknown') walk.flags.add('unknown_zone');
  if (scan.zoneConfidence === 'assumed') walk.flags.add('assumed_zone');
  const { milestone } = scan;
  if (milestone === 'unmapped') return stepUnmapped(walk, scan);
  if (!MILESTONES[milestone].notice) walk.firstScanAt ??= scan.occurredAt;
  if (walk.closedBy !== undefined) return stepAfterTerminal(walk, scan, milestone);
  if (walk.returning) return stepBack(walk, scan, milestone);
  return stepOut(walk, scan, milestone);
}

function stepUnmapped(walk: Walk, scan: Scan): ScanEffect {
  if (isWithdrawal(scan)) return 'recorded';
  walk.flags.add('unmapped_code');
  if (walk.status === 'not_found') walk.status = 'unknown';
  return 'unmapped';
}

/** A closed parcel stays closed; what sources report later is kept, with the contradiction named. */
function stepAfterTerminal(walk: Walk, scan: Scan, milestone: Milestone): ScanEffect {
  if (milestone === walk.closedBy) return 'after_terminal';
  walk.flags.add('scan_after_terminal');
  if (MILESTONES[milestone].terminal) {
    walk.flags.add('conflicting_terminal');
    return 'after_terminal';
  }
  if (walk.closedBy === 'delivered') {
    if (milestone === 'out_for_delivery') walk.flags.add('delivered_before_out_for_delivery');
    if (milestone === 'picked_up') walk.flags.add('delivered_before_handover');
  }
  if (milestone === 'order_created') walk.flags.add('handover_before_order');
  if (MILESTONES[milestone].leg !== 'return') reach(walk.out, scan, milestone);
  return 'after_terminal';
}

/** On the way back every scan belongs to the second list and the parcel stays `returning` until it is closed. */
function stepBack(walk: Walk, scan: Scan, milestone: Milestone): ScanEffect {
  if (milestone === 'delivered') {
    // Carriers report the hand-over to the sender with the same code as one to the recipient: we do not guess.
    walk.flags.add('delivered_while_returning');
    walk.action = 'platform';
    return 'recorded';
  }
  reach(walk.back, scan, milestone);
  if (MILESTONES[milestone].notice) return 'recorded';
  const substatus = substatusAfter(milestone, scan.substatus);
  walk.leg = 'return';
  walk.action = actionAfter(milestone, substatus);
  if (MILESTONES[milestone].terminal) {
    walk.status = MILESTONES[milestone].status;
    walk.substatus = substatus;
    walk.closedBy = milestone;
  }
  return 'moved';
}

function stepOut(walk: Walk, scan: Scan, milestone: Milestone): ScanEffect {
  const rule = MILESTONES[milestone];
  if (rule.leg === 'return') {
    walk.returning = true;
    reach(walk.back, scan, milestone);
  } else {
    reach(walk.out, scan, milestone);
  }
  if (rule.notice && walk.firstScanAt !== undefined) {
    // Merchants often declare the dispatch after the hand-over; an order younger than its parcel is a contradiction.
    if (milestone === 'order_created') walk.flags.add('handover_before_order');
    return 'recorded';
  }
  if (rule.stage !== undefined) {
    if (rule.stage < walk.stage) walk.flags.add('contradictory_order');
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

const JUDGED_LAST = 'delivered_without_out_for_delivery';

function flagsOf(walk: Walk): QualityFlag[] {
  const handedOut = walk.out.has('out_for_delivery') || walk.out.has('at_point');
  const flags = [...walk.flags];
  if (walk.closedBy === 'delivered' && !handedOut) flags.push(JUDGED_LAST);
  return flags.sort();
}

function reach(list: Map<Milestone, ReachedMilestone>, scan: Scan, name: Milestone): void {
  if (!list.has(name)) list.set(name, { name, occurredAt: scan.occurredAt, scanId: scan.id });
}

/** A withdrawal says that something did not happen: it is no sighting, and no code that we failed to read. */
function isWithdrawal(scan: Scan): boolean {
  return scan.milestone === 'unmapped' && scan.correction !== undefined && isComplete(scan.correction);
}

function unverifiedOf(scan: Scan): UnverifiedEntry {
  const { id, source, milestone, code, occurredAt, zoneConfidence, synthetic } = scan;
  return {
    scanId: id,
    source,
    milestone,
    code,
    occurredAt,
    zoneConfidence,
    synthetic,
    ...optional('text', scan.text),
    ...optional('place', scan.place),
    ...optional('placeText', scan.placeText),
  };
}

function entryOf(scan: Scan, effect: ScanEffect): TimelineEntry {
  return { ...unverifiedOf(scan), effect, ...optional('correction', scan.correction) };
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}
