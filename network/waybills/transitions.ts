import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import { decideStep, type WaybillCommand } from './decide.ts';
import {
  WaybillActivated,
  WaybillCancelled,
  WaybillClosed,
  WaybillExpired,
  WaybillIntercepted,
  WaybillIntercepting,
  WaybillInterceptionEnded,
  type WaybillPayload,
  WaybillUpdated,
} from './events.ts';
import type { Waybill, WaybillChange, WaybillErrorCode, WaybillStatus } from './model.ts';
import { announceUnrouted, type RuleBook, resolveAreas, waybillRoutingOf } from './routing-handle.ts';
import { leaveQueue } from './routing-store.ts';
import {
  countLivingPieces,
  expireAll,
  lockUnscannedIssuedBefore,
  lockWaybill,
  releasePackages,
  saveWaybill,
} from './store.ts';

type Changed = Outcome<Waybill, WaybillErrorCode | 'not_found'>;

export function payloadOf(waybill: Waybill, at: Instant): WaybillPayload {
  return {
    waybillId: waybill.id,
    organisationId: waybill.organisationId,
    carrierCode: waybill.carrierCode,
    number: waybill.number,
    epoch: waybill.epoch,
    segmentId: waybill.segmentId,
    segmentHolder: waybill.segmentHolder,
    status: waybill.status,
    ...(waybill.shipmentRef === undefined ? {} : { shipmentRef: waybill.shipmentRef }),
    ...(waybill.parcelRef === undefined ? {} : { parcelRef: waybill.parcelRef }),
    ...(waybill.parentNumber === undefined ? {} : { parentNumber: waybill.parentNumber }),
    at,
  };
}

/** Where it goes, as coarse as events are told. */
export function destinationOf({ to }: Pick<WaybillChange, 'to'>): {
  to?: { country: string; city?: string };
} {
  if (to === undefined) return {};
  return { to: { country: to.country, ...(to.city === undefined ? {} : { city: to.city }) } };
}

export function announce(
  work: Work,
  type: { readonly name: string },
  waybill: Waybill,
  extra: object = {},
): void {
  work.emit({
    type: type.name,
    group: { organisationId: waybill.organisationId },
    subjectId: waybill.id,
    subjectSequence: waybill.version,
    audience: [waybill.organisationId],
    payload: { ...payloadOf(waybill, work.now), ...extra },
  });
}

const EVENT_OF: Readonly<Partial<Record<WaybillStatus, { readonly name: string }>>> = {
  active: WaybillActivated,
  closed: WaybillClosed,
  cancelled: WaybillCancelled,
  intercepting: WaybillIntercepting,
  intercepted: WaybillIntercepted,
};
const TERMINAL: ReadonlySet<WaybillStatus> = new Set(['closed', 'cancelled', 'expired', 'intercepted']);

async function step(work: Work, waybillId: string, command: WaybillCommand): Promise<Changed> {
  const waybill = await lockWaybill(work.db, waybillId);
  return waybill === undefined ? refused('not_found', '') : takeStep(work, waybill, command);
}

/** One step of a waybill that the caller has locked. */
export async function takeStep(work: Work, waybill: Waybill, command: WaybillCommand): Promise<Changed> {
  const next = decideStep(waybill.status, command);
  if (!next.ok) return next;
  if (next.value === waybill.status) return accepted(waybill);
  if (next.value === 'cancelled' && waybill.parentNumber === undefined) {
    if ((await countLivingPieces(work.db, waybill.organisationId, waybill.number)) > 0)
      return refused('waybill_has_pieces', '');
  }
  const changed: Waybill = {
    ...waybill,
    status: next.value,
    version: waybill.version + 1,
    updatedAt: work.now,
    activatedAt: next.value === 'active' ? (waybill.activatedAt ?? work.now) : waybill.activatedAt,
    endedAt: TERMINAL.has(next.value) ? work.now : undefined,
  };
  await saveWaybill(work.db, changed);
  const back = command === 'end_interception';
  const event = back ? WaybillInterceptionEnded : EVENT_OF[next.value];
  if (event !== undefined) announce(work, event, changed, { previousStatus: waybill.status });
  return accepted(changed);
}

/** Gives a number back before its first scan; the stock counts it again, yet the number is never issued again. */
export async function cancelWaybill(work: Work, waybillId: string): Promise<Changed> {
  const outcome = await step(work, waybillId, 'cancel');
  if (outcome.ok) {
    await releasePackages(work.db, outcome.value.organisationId, [outcome.value.id]);
    await leaveQueue(work.db, outcome.value.organisationId, [outcome.value.id], 'cancellation', work.now);
  }
  return outcome;
}

/** The first scan of the carrier: from now on neither update nor cancellation. Repeating it changes nothing. */
export function activateWaybill(work: Work, waybillId: string): Promise<Changed> {
  return step(work, waybillId, 'scan');
}

/** Delivered or returned. */
export function closeWaybill(work: Work, waybillId: string): Promise<Changed> {
  return step(work, waybillId, 'close');
}

export function requestInterception(work: Work, waybillId: string): Promise<Changed> {
  return step(work, waybillId, 'request_interception');
}

export function confirmInterception(work: Work, waybillId: string): Promise<Changed> {
  return step(work, waybillId, 'confirm_interception');
}

/** The interception failed or was called off: the parcel goes on. */
export function endInterception(work: Work, waybillId: string): Promise<Changed> {
  return step(work, waybillId, 'end_interception');
}

/** Changes what is given, until the first scan. A new destination is routed anew. */
export async function updateWaybill(
  work: Work,
  rules: RuleBook,
  waybillId: string,
  change: WaybillChange,
  expectedVersion?: number,
): Promise<Changed> {
  const waybill = await lockWaybill(work.db, waybillId);
  if (waybill === undefined) return refused('not_found', '');
  const allowed = decideStep(waybill.status, 'update');
  if (!allowed.ok) return allowed;
  if (expectedVersion !== undefined && expectedVersion !== waybill.version)
    return refused('waybill_version_conflict', `It is at version ${waybill.version}.`);
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  let changed: Waybill = { ...waybill, ...given, version: waybill.version + 1, updatedAt: work.now };
  if (change.to !== undefined) {
    const [resolution] = await resolveAreas(work.db, rules, waybill.carrierCode, [change.to], work.now);
    if (resolution !== undefined) {
      changed = { ...changed, routing: waybillRoutingOf(resolution) };
      if (resolution.ok) await leaveQueue(work.db, waybill.organisationId, [waybill.id], 'update', work.now);
      else await announceUnrouted(work, [{ waybill: changed, resolution }], [waybill.organisationId]);
    }
  }
  await saveWaybill(work.db, changed);
  announce(work, WaybillUpdated, changed, destinationOf(change));
  return accepted(changed);
}

const EXPIRY_BATCH = 1_000;

/** Expires what was issued up to an instant and never scanned. Answers how many. */
export async function expireUnscanned(
  work: Work,
  organisationId: OrganisationId,
  issuedUpTo: Instant,
): Promise<number> {
  let total = 0;
  for (;;) {
    const due = await lockUnscannedIssuedBefore(work.db, organisationId, issuedUpTo, EXPIRY_BATCH);
    const ids = due.map((waybill) => waybill.id);
    if (ids.length === 0) return total;
    await expireAll(work.db, organisationId, ids, work.now);
    await leaveQueue(work.db, organisationId, ids, 'expiry', work.now);
    for (const waybill of due)
      announce(work, WaybillExpired, { ...waybill, status: 'expired', version: waybill.version + 1 });
    total += due.length;
  }
}
