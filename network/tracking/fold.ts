import { isComplete, judgeCorrections } from './corrections.policy.ts';
import { actionAfter, legAfter, MILESTONES, orderOf, substatusAfter } from './milestones.policy.ts';
import type {
  ActionRequired,
  Leg,
  Milestone,
  ParcelStatus,
  ParcelSubstatus,
  QualityFlag,
  ReachedMilestone,
  Scan,
  ScanEffect,
  ScanId,
  Timeline,
  TimelineEntry,
  UnverifiedEntry,
} from './model.ts';

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

/**
 * One timeline out of any scans of one parcel. Pure: the same set of scans gives the same timeline in any order of
 * arrival and with any repetition. Scans are read by `occurredAt`, then rank, then id. Only recognised sources move
 * the state; a terminal state is left only by a correction that names author and reason.
 */
export function foldScans(scans: Iterable<Scan>): Timeline {
  const distinct = distinctScans(scans);
  const ordered = [...distinct.values()].sort(byTime);
  const official = new Map(ordered.filter((scan) => scan.recognised).map((scan) => [scan.id, scan]));
  const rulings = judgeCorrections(official);
  const walk = start(rulings.flags);
  const entries: TimelineEntry[] = [];
  let last: TimelineEntry | undefined;
  for (const scan of official.values()) {
    const inForce = rulings.standing.get(scan.id) === 'in_force';
    const entry = entryOf(scan, inForce ? step(walk, scan) : 'corrected');
    entries.push(entry);
    if (inForce && !isWithdrawal(scan)) last = entry;
  }
  finish(walk);
  return {
    status: walk.status,
    ...optional('substatus', walk.substatus),
    ...optional('leg', walk.leg),
    terminal: walk.closedBy !== undefined,
    actionRequired: walk.action,
    milestones: [...walk.out.values()],
    returnMilestones: [...walk.back.values()],
    entries,
    ...optional('lastScan', last),
    ...optional('firstScanAt', walk.firstScanAt),
    ...optional(
      'deliveredAt',
      walk.closedBy === 'delivered' ? walk.out.get('delivered')?.occurredAt : undefined,
    ),
    attempts: walk.attempts,
    flags: [...walk.flags].sort(),
    unverified: ordered.filter((scan) => !scan.recognised).map(unverifiedOf),
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

function finish(walk: Walk): void {
  const handedOut = walk.out.has('out_for_delivery') || walk.out.has('at_point');
  if (walk.closedBy === 'delivered' && !handedOut) walk.flags.add('delivered_without_out_for_delivery');
}

function reach(list: Map<Milestone, ReachedMilestone>, scan: Scan, name: Milestone): void {
  if (!list.has(name)) list.set(name, { name, occurredAt: scan.occurredAt, scanId: scan.id });
}

/** A withdrawal says that something did not happen: it is no sighting, and no code that we failed to read. */
function isWithdrawal(scan: Scan): boolean {
  return scan.milestone === 'unmapped' && scan.correction !== undefined && isComplete(scan.correction);
}

function distinctScans(scans: Iterable<Scan>): Map<ScanId, Scan> {
  const distinct = new Map<ScanId, Scan>();
  for (const scan of scans) {
    const known = distinct.get(scan.id);
    if (known === undefined || isBetterCopy(scan, known)) distinct.set(scan.id, scan);
  }
  return distinct;
}

/** Copies of one observation may differ beside the identity. A recognised one wins, then the first received. */
function isBetterCopy(copy: Scan, known: Scan): boolean {
  if (copy.recognised !== known.recognised) return copy.recognised;
  if (copy.receivedAt !== known.receivedAt) return copy.receivedAt < known.receivedAt;
  return JSON.stringify(copy) < JSON.stringify(known);
}

function byTime(first: Scan, second: Scan): number {
  if (first.occurredAt !== second.occurredAt) return first.occurredAt < second.occurredAt ? -1 : 1;
  return orderOf(first.milestone) - orderOf(second.milestone) || (first.id < second.id ? -1 : 1);
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
  };
}

function entryOf(scan: Scan, effect: ScanEffect): TimelineEntry {
  return { ...unverifiedOf(scan), effect, ...optional('correction', scan.correction) };
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}
