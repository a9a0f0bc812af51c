import type { ActionRequired, Leg, Milestone, ParcelStatus, ParcelSubstatus } from './model.ts';

/**
 * What we know about a milestone.
 * `leg`: `current` stays where the parcel is; `local` is the last mile once the parcel is imported, line-haul before.
 * `rank`: order inside the leg, decides between scans of the same instant.
 * `stage`: place on the way out; a smaller stage after a larger one is a contradiction. Absent where a parcel may
 *  legitimately come back to it (hubs, attempts, trouble).
 * `notice`: somebody announced something; nobody held the parcel.
 * `mandatory`: counts for the completeness of tracking (domain 3.5, TC); which ones is our default.
 */
export type MilestoneRule = {
  readonly leg: Leg | 'current' | 'local';
  readonly rank: number;
  readonly stage?: number;
  readonly status: ParcelStatus;
  readonly substatus?: ParcelSubstatus;
  readonly action: ActionRequired;
  readonly terminal: boolean;
  readonly notice: boolean;
  readonly mandatory: 'always' | 'cross_border' | 'never';
};

type Extra = Partial<Omit<MilestoneRule, 'leg' | 'rank' | 'status'>>;

function rule(
  leg: MilestoneRule['leg'],
  rank: number,
  status: ParcelStatus | ParcelSubstatus,
  extra: Extra = {},
): MilestoneRule {
  const detail = status.includes('.') ? { substatus: status as ParcelSubstatus } : {};
  return {
    leg,
    rank,
    status: statusOf(status),
    ...detail,
    action: 'none',
    terminal: false,
    notice: false,
    mandatory: 'never',
    ...extra,
  };
}

function statusOf(name: ParcelStatus | ParcelSubstatus): ParcelStatus {
  return name.split('.', 1)[0] as ParcelStatus;
}

const NOTICE = { notice: true, stage: 0 } as const;
const CUSTOMS = { mandatory: 'cross_border' } as const;

/**
 * Milestone -> leg, rank, status. Names: domain 6.3; statuses and legs: our tracking status model.
 * Who has to act is our default; a market may want another one.
 */
export const MILESTONES: Readonly<Record<Milestone, MilestoneRule>> = {
  order_created: rule('origin', 10, 'info_received', NOTICE),
  warehouse_accepted: rule('origin', 20, 'info_received', NOTICE),
  warehouse_processing: rule('origin', 30, 'info_received.packed', NOTICE),
  dispatch_declared: rule('origin', 40, 'info_received', NOTICE),
  // Nobody held the parcel, so it is no first scan; the next scan ends it.
  pickup_failed: rule('origin', 45, 'exception', { notice: true, action: 'shipper' }),
  picked_up: rule('origin', 50, 'picked_up', { stage: 1, mandatory: 'always' }),
  warehouse_received: rule('origin', 60, 'in_transit.arrived_facility', { stage: 1 }),
  warehouse_outbound: rule('origin', 70, 'in_transit.left_warehouse', { stage: 1 }),

  // Hand-over to line-haul and export customs interleave in practice, so they share a stage.
  linehaul: rule('linehaul', 10, 'in_transit.handed_to_linehaul', { stage: 2 }),
  export_customs_in: rule('export', 10, 'in_transit.customs_export_started', { stage: 2 }),
  export_customs_held: rule('export', 20, 'exception.customs_export_held', { stage: 2, action: 'shipper' }),
  export_customs_out: rule('export', 30, 'in_transit.customs_export_cleared', { stage: 2, ...CUSTOMS }),
  departed_origin: rule('linehaul', 20, 'in_transit.departed_origin_country', { stage: 3, ...CUSTOMS }),
  transit_arrived: rule('linehaul', 30, 'in_transit.arrived_transit_country', { stage: 3 }),
  transit_departed: rule('linehaul', 40, 'in_transit.departed_transit_country', { stage: 3 }),
  arrived_destination: rule('import', 10, 'in_transit.arrived_destination_country', { stage: 4, ...CUSTOMS }),
  import_customs_in: rule('import', 20, 'in_transit.customs_import_started', { stage: 4 }),
  import_customs_held: rule('import', 30, 'exception.customs_import_held', { stage: 4, action: 'recipient' }),
  import_customs_out: rule('import', 40, 'in_transit.customs_import_cleared', { stage: 4, ...CUSTOMS }),

  handed_to_last_mile: rule('last_mile', 10, 'in_transit.handed_to_last_mile', { stage: 5 }),
  in_transit_local: rule('local', 20, 'in_transit'),
  arrived_delivery_depot: rule('last_mile', 30, 'in_transit.arrived_delivery_depot', { stage: 5 }),
  redirected: rule('current', 40, 'in_transit.forwarded'),
  out_for_delivery: rule('last_mile', 50, 'out_for_delivery', { stage: 5, mandatory: 'always' }),
  delivery_attempted: rule('last_mile', 60, 'delivery_attempted', { stage: 5, action: 'recipient' }),
  refused: rule('last_mile', 65, 'delivery_attempted.refused', { stage: 5, action: 'shipper' }),
  // A point that takes the parcel in has signed for itself, not for the recipient.
  at_point: rule('last_mile', 70, 'available_for_pickup', { stage: 5, action: 'recipient' }),
  delivered: rule('last_mile', 90, 'delivered', { stage: 5, terminal: true, mandatory: 'always' }),

  customs_processing: rule('current', 15, 'in_transit'),
  resumed: rule('current', 45, 'in_transit.resumed'),
  exception: rule('current', 80, 'exception', { action: 'carrier' }),
  damaged: rule('current', 81, 'exception.damaged', { action: 'platform' }),
  // Of the same instant a delivery is read first, so that it is not lost to a blanket write-off.
  lost: rule('current', 95, 'exception.lost', { terminal: true, action: 'platform' }),
  disposed: rule('current', 96, 'exception.destroyed', { terminal: true, action: 'platform' }),
  cancelled: rule('current', 97, 'cancelled', { terminal: true }),

  returning: rule('return', 10, 'returning'),
  returned: rule('return', 90, 'returned', { terminal: true }),
};

/** Who has to act when the detail says more than the milestone. Our default. */
const ACTION_OF_DETAIL: Partial<Record<ParcelSubstatus, ActionRequired>> = {
  'delivery_attempted.address_problem': 'shipper',
  'delivery_attempted.refused': 'shipper',
  'exception.payment_due': 'recipient',
  'exception.unclaimed': 'recipient',
  'exception.rejected_by_carrier': 'shipper',
  'exception.import_terminated': 'shipper',
  'exception.intercepted': 'platform',
  'exception.delayed_weather': 'none',
  'exception.delayed_external': 'none',
};

export const MILESTONE_NAMES = Object.keys(MILESTONES) as readonly Milestone[];

/** An announcement: nobody held the parcel. Of a code that nobody can read it is not known. */
export function isNotice(milestone: Milestone | 'unmapped'): boolean {
  return milestone !== 'unmapped' && MILESTONES[milestone].notice;
}

/** These belong to their own milestone: as a mere detail of another one they would smuggle in a verdict. */
const OWN_MILESTONE: ReadonlySet<ParcelSubstatus> = new Set(
  MILESTONE_NAMES.flatMap((name) => {
    const { status, substatus } = MILESTONES[name];
    return status === 'exception' && substatus !== undefined ? [substatus] : [];
  }),
);

const LEGS: readonly Leg[] = ['origin', 'export', 'linehaul', 'import', 'last_mile', 'return'];

/** Order of milestones of the same instant: by leg, then by rank; `unmapped` comes last. */
export function orderOf(milestone: Milestone | 'unmapped'): number {
  if (milestone === 'unmapped') return 10_000;
  const { leg, rank } = MILESTONES[milestone];
  const index = leg === 'current' || leg === 'local' ? LEGS.indexOf('last_mile') : LEGS.indexOf(leg);
  return index * 100 + rank;
}

/** The leg a parcel is on after a milestone, when it was on `current` before. */
export function legAfter(milestone: Milestone, current: Leg | undefined): Leg {
  const { leg } = MILESTONES[milestone];
  if (leg === 'current') return current ?? 'origin';
  if (leg === 'local') return current === 'import' || current === 'last_mile' ? 'last_mile' : 'linehaul';
  return leg;
}

/** The more exact of what the milestone says and what the source says; a detail of another status is dropped. */
export function substatusAfter(
  milestone: Milestone,
  told: ParcelSubstatus | undefined,
): ParcelSubstatus | undefined {
  const { status, substatus } = MILESTONES[milestone];
  if (told === undefined || statusOf(told) !== status) return substatus;
  if (OWN_MILESTONE.has(told) || (substatus !== undefined && OWN_MILESTONE.has(substatus))) return substatus;
  return told;
}

export function actionAfter(milestone: Milestone, substatus: ParcelSubstatus | undefined): ActionRequired {
  const told = substatus === undefined ? undefined : ACTION_OF_DETAIL[substatus];
  return told ?? MILESTONES[milestone].action;
}
