import type { JobHandler } from '../../platform/jobs/index.ts';
import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { addDays, type Instant, latest, type OrganisationId, type WaybillId } from '../kernel/index.ts';
import { TimelineRevised } from '../tracking/events.ts';
import {
  type DirectoryEntry,
  endNumber,
  enterFirstNumbers,
  enterNumber,
  FIRST_EPOCH,
} from './directory-store.ts';
import {
  WaybillActivated,
  WaybillCancelled,
  WaybillClosed,
  WaybillExpired,
  WaybillIssued,
  type WaybillPayload,
  WaybillPrinted,
} from './events.ts';
import { EXPIRE_JOB } from './expiry.ts';
import { followTimelines } from './follow-timeline.ts';
import { CLOSE_BLOCK_JOB } from './number-issuer.ts';
import { EXPIRY_DAYS } from './request.policy.ts';
import { addToCounts, closeBlocks } from './segment-store.ts';
import type { SegmentCount } from './stock.policy.ts';
import { expireUnscanned } from './transitions.ts';

const NOTHING: SegmentCount = { used: 0, cancelled: 0, printed: 0, expired: 0 };
const DELTAS: Readonly<Record<string, SegmentCount>> = {
  [WaybillIssued.name]: { ...NOTHING, used: 1 },
  [WaybillCancelled.name]: { ...NOTHING, cancelled: 1 },
  [WaybillPrinted.name]: { ...NOTHING, printed: 1 },
  [WaybillExpired.name]: { ...NOTHING, expired: 1 },
  [WaybillActivated.name]: NOTHING,
  [WaybillClosed.name]: NOTHING,
};

/** What an event changes in the counters of its segment: the counters are the fold of this. */
export function countDelta(type: string, payload: { readonly previousStatus?: string }): SegmentCount {
  const delta = DELTAS[type] ?? NOTHING;
  // A late scan brings an expired waybill back.
  return type === WaybillActivated.name && payload.previousStatus === 'expired'
    ? { ...delta, expired: -1 }
    : delta;
}

type Told = WaybillPayload & { readonly previousStatus?: string };

export const waybillReactions: readonly Reaction[] = [
  reactionOfAll('waybills.directory', [WaybillIssued.name, WaybillCancelled.name], keepDirectory),
  reactionOfAll('waybills.stock_counters', Object.keys(DELTAS), countStock),
  reactionOfAll('waybills.follow_timeline', [TimelineRevised.name], followTimelines),
];

/** First lives are entered together; what ends another life comes after those before it. */
async function keepDirectory(work: Work, events: readonly PublishedEvent<Told>[]): Promise<void> {
  let first: DirectoryEntry[] = [];
  const enter = async () => {
    if (first.length > 0) await enterFirstNumbers(work.db, first);
    first = [];
  };
  for (const { type, payload: told } of events) {
    if (type === WaybillIssued.name && told.epoch === FIRST_EPOCH) {
      first.push(entryOf(told));
      continue;
    }
    await enter();
    if (type === WaybillCancelled.name) await endNumber(work.db, told, told.at as Instant);
    else await enterNumber(work.db, entryOf(told));
  }
  await enter();
}

function entryOf(told: Told): DirectoryEntry {
  return {
    carrierCode: told.carrierCode,
    number: told.number,
    epoch: told.epoch,
    organisationId: told.organisationId as OrganisationId,
    waybillId: told.waybillId as WaybillId,
    parcelRef: told.parcelRef,
    validFrom: told.at as Instant,
    validTo: undefined,
  };
}

/** One write for each segment, in an order that all writers share. */
async function countStock(work: Work, events: readonly PublishedEvent<Told>[]): Promise<void> {
  const sums = new Map<string, { told: Told; delta: SegmentCount; at: Instant }>();
  for (const { type, payload: told } of events) {
    const key = `${told.segmentHolder} ${told.segmentId}`;
    const delta = countDelta(type, told);
    const at = told.at as Instant;
    const known = sums.get(key);
    sums.set(
      key,
      known === undefined
        ? { told, delta, at }
        : { told, delta: sumOf(known.delta, delta), at: latest(known.at, at) },
    );
  }
  for (const [, { told, delta, at }] of [...sums].sort(([a], [b]) => (a < b ? -1 : 1)))
    await addToCounts(work.db, told.segmentHolder, told.segmentId, delta, at);
}

function sumOf(a: SegmentCount, b: SegmentCount): SegmentCount {
  return {
    used: a.used + b.used,
    cancelled: a.cancelled + b.cancelled,
    printed: a.printed + b.printed,
    expired: a.expired + b.expired,
  };
}

export const waybillJobs: readonly JobHandler[] = [
  {
    kind: CLOSE_BLOCK_JOB,
    run: async (work, payload: { segmentId: string; fromSerial: number }) =>
      closeBlocks(work.db, payload, work.now),
  },
  {
    kind: EXPIRE_JOB,
    run: async (work, payload: { organisationId: OrganisationId }) => {
      await expireUnscanned(work, payload.organisationId, addDays(work.now, -EXPIRY_DAYS));
    },
  },
];
