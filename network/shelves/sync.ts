import type { Work, World } from '../../platform/world/index.ts';
import { accepted, refused } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import { type DeviceAction, findAction } from './action-store.ts';
import type { DeviceActionInput } from './contract.ts';
import { digestOf } from './device-action.ts';
import type { ShelfPorts } from './ports.ts';
import { lockByNumber, lockNewestOfNumber } from './store.ts';
import { countedTime } from './sync.policy.ts';
import { takeHandOut, takeStore, takeUndo, takeWrongCode } from './sync-acts.ts';
import { type Device, keep, type SyncResult, type Taken, type Told } from './telling.ts';

/**
 * One action that a device recorded without a network, in a transaction of its own. The same again is answered as it
 * was; the same name with another content is refused. What happened is never lost: it is recorded, or kept as a conflict.
 */
export async function takeAction(
  world: World,
  ports: ShelfPorts,
  device: Device,
  action: DeviceActionInput,
): Promise<SyncResult> {
  const scope = { organisationId: device.point.organisationId };
  const { clientId } = action;
  const telling = (work: Work): Told => ({
    ...{ work, ports, device, action },
    countedFrom: (notBefore) =>
      countedTime(action.occurredAt, { now: work.now, deviceNow: device.now, notBefore }),
  });
  const outcome = await world.command(scope, (work) => takeOnce(telling(work)));
  if (outcome.ok) return outcome.value;
  // What the rules refuse still happened at the counter: it is kept, and nothing else of it.
  const kept = await world.command(scope, async (work) => {
    const known = await findAction(work.db, scope.organisationId, device.deviceId, clientId);
    if (known !== undefined) return accepted(answerTo(known, action));
    return keep(telling(work), undefined, 'refused', outcome.rejection.code);
  });
  return kept.ok ? kept.value : { clientId, outcome: 'refused', detail: kept.rejection.code };
}

function answerTo(
  known: { readonly action: DeviceAction; readonly digest: Uint8Array },
  action: DeviceActionInput,
): SyncResult {
  const { clientId } = action;
  if (Buffer.compare(known.digest, digestOf(action)) !== 0)
    return { clientId, outcome: 'refused', detail: 'client_id_reused' };
  const { shelfParcelId, conflict } = known.action;
  return { clientId, outcome: 'already', shelfParcelId, conflict };
}

async function takeOnce(told: Told): Taken {
  const { work, device, action } = told;
  const { organisationId } = device.point;
  const known = await findAction(work.db, organisationId, device.deviceId, action.clientId);
  if (known !== undefined) return accepted(answerTo(known, action));
  const number = normaliseNumber(action.number);
  if (number === undefined) return refused('unknown_parcel', action.number);
  const current = await lockByNumber(work.db, organisationId, number);
  if (action.kind === 'store') return takeStore(told, current);
  const standing = current ?? (await lockNewestOfNumber(work.db, organisationId, number));
  switch (action.kind) {
    case 'hand_out':
      return takeHandOut(told, standing);
    case 'wrong_code':
      return takeWrongCode(told, standing);
    case 'undo':
      return takeUndo(told);
  }
}
