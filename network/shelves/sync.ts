import type { Work, World } from '../../platform/world/index.ts';
import { accepted, addMs, type Instant, msBetween, refused } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import { type DeviceAction, findAction, listKept, lockActs } from './action-store.ts';
import type { DeviceActionInput } from './contract.ts';
import { digestOf } from './device-action.ts';
import type { ShelfParcel } from './model.ts';
import type { ShelfPorts } from './ports.ts';
import { findLatestChange, lockByNumber, lockNewestOfNumber } from './store.ts';
import { countedTime, MAY_FIT_LATER } from './sync.policy.ts';
import { takeHandOut, takeStore, takeUndo, takeWrongCode } from './sync-acts.ts';
import { asBefore, type Device, keep, type SyncResult, type Taken, type Told } from './telling.ts';

/**
 * One action that a device recorded without a network, in a transaction of its own. The same again is answered as it
 * was; the same name with another content is refused. What happened is never lost: it is recorded, or kept as a conflict.
 * After its own result come those of acts that were kept before and fit now.
 */
export async function takeAction(
  world: World,
  ports: ShelfPorts,
  device: Device,
  action: DeviceActionInput,
): Promise<readonly [SyncResult, ...SyncResult[]]> {
  const result = await judge(world, device, { ports, action });
  if (result.outcome === 'refused') return [result];
  return [result, ...(await judgeLater(world, ports, device, action))];
}

type Judged = {
  readonly ports: ShelfPorts;
  readonly action: DeviceActionInput;
  readonly before?: DeviceAction;
};

async function judge(world: World, device: Device, judged: Judged): Promise<SyncResult> {
  const scope = { organisationId: device.point.organisationId };
  const { clientId } = judged.action;
  const outcome = await world.command(scope, (work) => takeOnce(toldOf(work, device, judged)));
  if (outcome.ok) return outcome.value;
  // What the rules refuse still happened at the counter: it is kept, and nothing else of it.
  const kept = await world.command(scope, async (work) => {
    const told = toldOf(work, device, judged);
    return (await knownBefore(told)) ?? keep(told, undefined, 'refused', outcome.rejection.code);
  });
  return kept.ok ? kept.value : { clientId, outcome: 'refused', detail: kept.rejection.code };
}

function toldOf(work: Work, device: Device, { ports, action, before }: Judged): Told {
  // Judged again, it is put right by what the clock showed when it was sent.
  const deviceNow = before === undefined ? device.now : clockNow(before, work.now);
  return {
    ...{ work, ports, device, action, before },
    countedFrom: (notBefore) => countedTime(action.occurredAt, { now: work.now, deviceNow, notBefore }),
  };
}

/** What the device's clock would show now, as far off as it was when it sent this. */
function clockNow({ detail, receivedAt }: DeviceAction, now: Instant): Instant | undefined {
  const { deviceClock } = detail as Noted;
  return deviceClock === undefined ? undefined : addMs(now, msBetween(receivedAt, deviceClock));
}

type Noted = Partial<DeviceActionInput> & {
  readonly deviceClock?: DeviceActionInput['occurredAt'];
  readonly refusal?: string;
};

/**
 * Judges again what the same device did with the same parcel and was kept. Whatever fits by that may make way for more. In
 * transactions of their own: when one is lost, the device has no answer and tells it again.
 */
async function judgeLater(
  world: World,
  ports: ShelfPorts,
  device: Device,
  arrived: Pick<DeviceAction, 'clientId' | 'number'>,
): Promise<readonly SyncResult[]> {
  const { organisationId } = device.point;
  const number = normaliseNumber(arrived.number) ?? arrived.number;
  const kept = await world.read({ organisationId }, (db) =>
    listKept(db, organisationId, { deviceId: device.deviceId, number }, MAY_FIT_LATER),
  );
  const results: SyncResult[] = [];
  for (const before of kept) {
    if (before.clientId === arrived.clientId) continue;
    const { deviceClock: _clock, refusal: _refusal, ...said } = before.detail as Noted;
    const { clientId, occurredAt } = before;
    const action = { ...said, clientId, occurredAt, number, kind: before.kind } as DeviceActionInput;
    const result = await judge(world, device, { ports, action, before });
    if (result.outcome === 'already' || result.conflict === before.conflict) continue;
    results.push(result, ...(await judgeLater(world, ports, device, before)));
  }
  return results;
}

/** What became of it before, if that is all that is to be said. */
async function knownBefore({ work, device, action, before }: Told): Promise<Awaited<Taken> | undefined> {
  const { organisationId } = device.point;
  const known = await findAction(work.db, organisationId, device.deviceId, action.clientId);
  if (known === undefined) return undefined;
  const { shelfParcelId, conflict } = known.action;
  const { clientId } = action;
  // Another request may have judged it again meanwhile.
  if (before !== undefined && conflict === before.conflict) return undefined;
  const isSame = before !== undefined || Buffer.compare(known.digest, digestOf(action)) === 0;
  return accepted(
    isSame
      ? { clientId, outcome: 'already', shelfParcelId, conflict }
      : { clientId, outcome: 'refused', detail: 'client_id_reused' },
  );
}

async function takeOnce(told: Told): Taken {
  const { work, device, action } = told;
  const { organisationId } = device.point;
  const number = normaliseNumber(action.number);
  if (number !== undefined) await lockActs(work.db, organisationId, device.deviceId, number);
  const known = await knownBefore(told);
  if (known !== undefined) return known;
  if (number === undefined) return refused('unknown_parcel', action.number);
  const current = await lockByNumber(work.db, organisationId, number);
  const standing = current ?? (await lockNewestOfNumber(work.db, organisationId, number));
  if (await hasGoneOn(told, standing)) return accepted(asBefore(told.before as DeviceAction));
  if (action.kind === 'store') return takeStore(told, current);
  switch (action.kind) {
    case 'hand_out':
      return takeHandOut(told, standing);
    case 'wrong_code':
      return takeWrongCode(told, standing);
    case 'undo':
      return takeUndo(told);
  }
}

/** Judged again, a storing or handing out is too late for what happened after it and is on record. */
async function hasGoneOn(
  { work, action, before, countedFrom }: Told,
  standing: ShelfParcel | undefined,
): Promise<boolean> {
  if (before === undefined || standing === undefined) return false;
  if (action.kind !== 'store' && action.kind !== 'hand_out') return false;
  const changedAt = await findLatestChange(work.db, standing);
  return changedAt !== undefined && countedFrom(undefined).at < changedAt;
}
