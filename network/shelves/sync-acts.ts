import type { Instant } from '../kernel/index.ts';
import { findAction } from './action-store.ts';
import { decide, isCashRight } from './decide.ts';
import { feeOf, isRightCode, isSupervisor, open, storeParcel } from './handle.ts';
import type { ShelfParcel } from './model.ts';
import { type Circumstances, settle } from './settle.ts';
import { findLastChange, findUnlockedAt } from './store.ts';
import { type Counted, countedTime, judgeHandOut, judgeStore } from './sync.policy.ts';
import { takeBack } from './take-back.ts';
import { keep, record, type Taken, type Told } from './telling.ts';

/** Who did it on which device, and when; a time that was put right keeps what the device said beside it. */
function about({ device, action }: Told, { at }: Counted, more: object = {}): Circumstances {
  const isPutRight = at !== action.occurredAt;
  return {
    ...{ byCaller: device.clerk.id, occurredAt: at, deviceId: device.deviceId, clientId: action.clientId },
    detail: { ...more, ...(isPutRight ? { device_time: action.occurredAt } : {}) },
  };
}

export async function takeStore(told: Told, standing: ShelfParcel | undefined): Taken {
  const { work, ports, device, action } = told;
  const { recipient, place = '', carrierCode, size, number } = action;
  const { at, isSure } = told.countedFrom(undefined);
  // Its days on the shelf are counted from the first moment that is certain.
  const counted = { at: isSure ? at : work.now, isSure };
  const clock = { now: work.now, deviceNow: device.now };
  const consent = action.consent && {
    ...action.consent,
    givenAt: countedTime(action.consent.givenAt, clock).at,
  };
  const hasConsent = consent !== undefined && recipient !== undefined;
  const verdict = judgeStore(standing, { hasConsent, isTimeSure: counted.isSure });
  if (verdict.kind === 'keep') return keep(told, standing, verdict.conflict);
  const input = { number, carrierCode, place, size, consent, recipient };
  const stored = await storeParcel(work, ports, device.clerk, device.point, input, about(told, counted));
  if (stored.ok) return record(told, stored.value, verdict.conflict, counted);
  const isTaken = stored.rejection.code === 'shelf_place_taken';
  return isTaken ? keep(told, standing, 'place_taken') : stored;
}

export async function takeHandOut(told: Told, standing: ShelfParcel | undefined): Taken {
  const { work, ports, device, action } = told;
  const { deviceId, clerk, point } = device;
  const opened =
    standing === undefined ? undefined : await open(work, ports, point.organisationId, standing.id);
  if (opened === undefined || !opened.ok) return keep(told, undefined, 'unknown_parcel');
  const { scene, parcel } = opened.value;
  const counted = told.countedFrom(parcel.storedAt);
  const feeDue = feeOf(scene, parcel, counted.at);
  const isCodeRight = await isRightCode(scene, parcel, action.code);
  const isFeeOpen = feeDue !== undefined && action.fee === undefined;
  const isAfterOwnUndo = await isBeforeUndoWasKnown(told, parcel, counted.at);
  const isCashOpen = !isCashRight(parcel.cashOnDelivery, action.cash);
  const happened = { counted, deviceId, isCodeRight, isFeeOpen, isCashOpen, isAfterOwnUndo };
  const verdict = judgeHandOut(parcel, happened);
  if (verdict.kind === 'keep') return keep(told, parcel, verdict.conflict);
  const decision = decide(
    parcel,
    {
      kind: 'hand_out',
      way: action.way ?? 'code',
      isCodeRight,
      isSupervisor: isSupervisor(clerk),
      fee: action.fee,
      feeDue,
      cash: action.cash,
      deviceId,
      isFact: true,
    },
    counted.at,
  );
  if (!decision.ok) return decision;
  // Taken back without a network too, it is still held by this device.
  const lease = parcel.lease?.deviceId === deviceId ? { lease_until: parcel.lease.until } : {};
  const settled = await settle(scene, parcel, decision.value, about(told, counted, lease));
  return settled.ok ? record(told, settled.value, verdict.conflict, counted) : settled;
}

/** Did this device take its own hand-out back before, so that nobody could know the code which the parcel got by that? */
async function isBeforeUndoWasKnown({ work, device }: Told, parcel: ShelfParcel, at: Instant) {
  const last = await findLastChange(work.db, parcel);
  return last?.fact === 'hand_out_undone' && last.deviceId === device.deviceId && at <= last.recordedAt;
}

/**
 * A wrong code that the device turned away. It counts like one that the server turned away; which ones count follows from
 * their times alone, in whatever order they arrive.
 */
export async function takeWrongCode(told: Told, standing: ShelfParcel | undefined): Taken {
  const { work, ports, device } = told;
  const opened =
    standing === undefined ? undefined : await open(work, ports, device.point.organisationId, standing.id);
  if (opened === undefined || !opened.ok) return keep(told, undefined, 'unknown_parcel');
  const { scene, parcel } = opened.value;
  const counted = told.countedFrom(undefined);
  const unlockedAt = await findUnlockedAt(work.db, parcel);
  const isPast =
    parcel.storedAt === undefined ||
    counted.at < parcel.storedAt ||
    (unlockedAt !== undefined && counted.at <= unlockedAt);
  const decision = decide(parcel, { kind: 'note_wrong_code', isPast }, counted.at);
  if (!decision.ok) return decision;
  const settled = await settle(scene, parcel, decision.value, about(told, counted));
  return settled.ok ? record(told, settled.value, undefined, counted) : settled;
}

/**
 * Takes back what the same device recorded before, where that counts and is the last that happened to the parcel. An act
 * that was refused, or that something else has followed, leaves nothing to undo. One that has not arrived is waited for.
 */
export async function takeUndo(told: Told): Taken {
  const { work, ports, device, action } = told;
  const { organisationId } = device.point;
  const act =
    action.undoes === undefined
      ? undefined
      : await findAction(work.db, organisationId, device.deviceId, action.undoes);
  if (action.undoes !== undefined && act === undefined) return keep(told, undefined, 'act_missing');
  const id = act?.action.shelfParcelId;
  const opened = id === undefined ? undefined : await open(work, ports, organisationId, id);
  if (opened === undefined || !opened.ok) return keep(told, undefined, 'nothing_to_undo');
  const { scene, parcel } = opened.value;
  const last = await findLastChange(work.db, parcel);
  if (last?.deviceId !== device.deviceId || last.clientId !== action.undoes)
    return keep(told, parcel, 'nothing_to_undo');
  const counted = told.countedFrom(parcel.handedOutAt ?? parcel.storedAt);
  const until = last.detail?.lease_until;
  const lease = until === undefined ? parcel.lease : { deviceId: device.deviceId, until };
  const undone = await takeBack(scene, { ...parcel, lease }, action.place, about(told, counted));
  if (!undone.ok)
    return undone.rejection.code === 'shelf_place_taken' ? keep(told, parcel, 'place_taken') : undone;
  return record(told, undone.value, counted.isSure ? undefined : 'clock_wrong', counted);
}
