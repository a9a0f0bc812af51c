import type { JobHandler } from '../../platform/jobs/index.ts';
import type { PublishedEvent, Reaction } from '../../platform/outbox/index.ts';
import { addDays, type Instant, type OrganisationId, type WaybillId } from '../kernel/index.ts';
import { endNumber, enterNumber } from './directory-store.ts';
import {
  WaybillActivated,
  WaybillCancelled,
  WaybillClosed,
  WaybillExpired,
  WaybillIssued,
  type WaybillPayload,
  WaybillPrinted,
} from './events.ts';
import { EXPIRE_JOB } from './issue.ts';
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
  {
    name: 'waybills.directory',
    on: [WaybillIssued.name, WaybillCancelled.name],
    run: async (work, event: PublishedEvent<Told>) => {
      const told = event.payload;
      if (event.type === WaybillCancelled.name) return endNumber(work.db, told, told.at as Instant);
      return enterNumber(work.db, {
        carrierCode: told.carrierCode,
        number: told.number,
        epoch: told.epoch,
        organisationId: told.organisationId as OrganisationId,
        waybillId: told.waybillId as WaybillId,
        parcelRef: told.parcelRef,
        validFrom: told.at as Instant,
      });
    },
  },
  {
    name: 'waybills.stock_counters',
    on: Object.keys(DELTAS),
    run: async (work, event: PublishedEvent<Told>) => {
      const { segmentHolder, segmentId, at } = event.payload;
      const delta = countDelta(event.type, event.payload);
      await addToCounts(work.db, segmentHolder, segmentId, delta, at as Instant);
    },
  },
];

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
