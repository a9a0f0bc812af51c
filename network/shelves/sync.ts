import { createHash } from 'node:crypto';
import type { Work, World } from '../../platform/world/index.ts';
import { accepted, addMs, type Instant, type Outcome, refused } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import type { Point } from '../points/index.ts';
import { canonicalJson } from '../rulebooks/index.ts';
import type { DeviceActionInput } from './contract.ts';
import { decide } from './decide.ts';
import { ShelfConflictFound } from './events.ts';
import { type Clerk, feeOf, isRightCode, isSupervisor, open, storeParcel } from './handle.ts';
import { type DeviceAction, findAction, insertAction } from './lease-store.ts';
import type { ShelfParcel } from './model.ts';
import type { ShelfPorts } from './ports.ts';
import { settle, tell } from './settle.ts';
import { lockByNumber, lockNewestOfNumber, saveParcel } from './store.ts';
import { CLOCK_TOLERANCE_MS, type Conflict, judgeHandOut, judgeStore, type Verdict } from './sync.policy.ts';

export type SyncResult = {
  readonly clientId: string;
  readonly outcome: 'done' | 'already' | 'conflict' | 'refused';
  readonly shelfParcelId?: string | undefined;
  readonly conflict?: string | undefined;
  readonly detail?: string | undefined;
};
/** The device sent it twice at once: the first one counts, the second takes back all that it did and is told of it. */
const TWICE = 'being_recorded';
type Device = { readonly deviceId: string; readonly clerk: Clerk; readonly point: Point };

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
  const { clientId } = action;
  const digest = createHash('sha256').update(canonicalJson(action)).digest();
  const outcome = await world.command({ organisationId: device.point.organisationId }, (work) =>
    takeOnce(work, ports, device, action, digest),
  );
  if (outcome.ok) return outcome.value;
  // What the rules refuse still happened at the counter: it is kept, and nothing else of it.
  const kept = await world.command({ organisationId: device.point.organisationId }, async (work) => {
    const known = await findAction(work.db, device.point.organisationId, device.deviceId, clientId);
    if (known !== undefined) return accepted(answerTo(known, digest, clientId));
    return keep(work, device, action, digest, undefined, 'refused', outcome.rejection.code);
  });
  return kept.ok ? kept.value : { clientId, outcome: 'refused', detail: kept.rejection.code };
}

function answerTo(
  known: { readonly action: DeviceAction; readonly digest: Uint8Array },
  digest: Uint8Array,
  clientId: string,
): SyncResult {
  if (Buffer.compare(known.digest, digest) !== 0)
    return { clientId, outcome: 'refused', detail: 'client_id_reused' };
  const { shelfParcelId, conflict } = known.action;
  return { clientId, outcome: 'already', shelfParcelId, conflict };
}

async function takeOnce(
  work: Work,
  ports: ShelfPorts,
  device: Device,
  action: DeviceActionInput,
  digest: Uint8Array,
): Promise<Outcome<SyncResult, string>> {
  const { point, deviceId } = device;
  const { clientId } = action;
  const known = await findAction(work.db, point.organisationId, deviceId, clientId);
  if (known !== undefined) return accepted(answerTo(known, digest, clientId));
  const number = normaliseNumber(action.number);
  if (number === undefined) return refused('unknown_parcel', action.number);
  const occurredAt = timeOf(work, action);
  if (occurredAt === undefined) return keep(work, device, action, digest, undefined, 'clock_wrong');
  const standing =
    (await lockByNumber(work.db, point.organisationId, number)) ??
    (action.kind === 'hand_out'
      ? await lockNewestOfNumber(work.db, point.organisationId, number)
      : undefined);
  return action.kind === 'store'
    ? takeStore(work, ports, device, action, digest, standing, occurredAt)
    : takeHandOut(work, ports, device, action, digest, standing, occurredAt);
}

/** As the device says, not after now; undefined when its clock is far before ours. */
function timeOf({ now }: Work, { occurredAt }: DeviceActionInput): Instant | undefined {
  if (occurredAt > addMs(now, CLOCK_TOLERANCE_MS)) return undefined;
  return occurredAt > now ? now : occurredAt;
}

async function takeStore(
  work: Work,
  ports: ShelfPorts,
  device: Device,
  action: DeviceActionInput,
  digest: Uint8Array,
  standing: ShelfParcel | undefined,
  occurredAt: Instant,
): Promise<Outcome<SyncResult, string>> {
  const { consent, recipient, place = '', carrierCode, size, number, clientId } = action;
  const verdict = judgeStore(standing, { hasConsent: consent !== undefined && recipient !== undefined });
  if (verdict.kind === 'keep') return keep(work, device, action, digest, standing, verdict.conflict);
  const input = { number, carrierCode, place, size, consent, recipient };
  const at = { deviceId: device.deviceId, clientId, occurredAt };
  const stored = await storeParcel(work, ports, device.clerk, device.point, input, at);
  if (!stored.ok) return stored;
  return record(work, device, action, digest, stored.value, verdict);
}

async function takeHandOut(
  work: Work,
  ports: ShelfPorts,
  device: Device,
  action: DeviceActionInput,
  digest: Uint8Array,
  standing: ShelfParcel | undefined,
  occurredAt: Instant,
): Promise<Outcome<SyncResult, string>> {
  const { deviceId, clerk, point } = device;
  const opened =
    standing === undefined ? undefined : await open(work, ports, point.organisationId, standing.id);
  if (opened === undefined || !opened.ok)
    return keep(work, device, action, digest, undefined, 'unknown_parcel');
  const { scene, parcel } = opened.value;
  const feeDue = feeOf(scene, parcel, occurredAt);
  const isCodeRight = await isRightCode(scene, parcel, action.code);
  const isFeeOpen = feeDue !== undefined && action.fee === undefined;
  const verdict = judgeHandOut(parcel, { occurredAt, deviceId, isCodeRight, isFeeOpen });
  if (verdict.kind === 'keep') return keep(work, device, action, digest, parcel, verdict.conflict);
  const decision = decide(
    parcel,
    {
      kind: 'hand_out',
      way: action.way ?? 'code',
      isCodeRight,
      isSupervisor: isSupervisor(clerk),
      fee: action.fee,
      feeDue,
      deviceId,
      isFact: true,
    },
    occurredAt,
  );
  if (!decision.ok) return decision;
  const about = { byCaller: clerk.id, occurredAt, deviceId, clientId: action.clientId };
  const settled = await settle(scene, parcel, decision.value, about);
  return settled.ok ? record(work, device, action, digest, settled.value, verdict) : settled;
}

async function record(
  work: Work,
  device: Device,
  action: DeviceActionInput,
  digest: Uint8Array,
  parcel: ShelfParcel,
  verdict: Extract<Verdict, { kind: 'record' }>,
): Promise<Outcome<SyncResult, string>> {
  if (verdict.conflict !== undefined) return keep(work, device, action, digest, parcel, verdict.conflict);
  if (!(await note(work, device, action, digest, { parcel, conflict: undefined, detail: undefined })))
    return refused(TWICE, '');
  return accepted({ clientId: action.clientId, outcome: 'done', shelfParcelId: parcel.id });
}

/** A person of the network is to look; what else is on record stays as it is. */
async function keep(
  work: Work,
  device: Device,
  action: DeviceActionInput,
  digest: Uint8Array,
  parcel: ShelfParcel | undefined,
  conflict: Conflict,
  detail?: string,
): Promise<Outcome<SyncResult, string>> {
  if (!(await note(work, device, action, digest, { parcel, conflict, detail }))) return refused(TWICE, '');
  if (parcel !== undefined) {
    const after = { ...parcel, version: parcel.version + 1 };
    await saveParcel(work.db, after, [], work.now);
    tell({ work, point: device.point }, after, ShelfConflictFound, work.now, {
      conflict,
      deviceId: device.deviceId,
    });
  }
  return accepted({
    clientId: action.clientId,
    outcome: 'conflict',
    shelfParcelId: parcel?.id,
    conflict,
    detail,
  });
}

async function note(
  work: Work,
  { point, deviceId }: Device,
  action: DeviceActionInput,
  digest: Uint8Array,
  became: {
    readonly parcel: ShelfParcel | undefined;
    readonly conflict: Conflict | undefined;
    readonly detail: string | undefined;
  },
): Promise<boolean> {
  // The recipient's name and phone stay on the device: people look at the parcel itself.
  const { recipient: _person, consent: _consent, clientId, kind, number, occurredAt, ...said } = action;
  return insertAction(
    work.db,
    point,
    {
      ...{ deviceId, clientId, kind, number, occurredAt },
      shelfParcelId: became.parcel?.id,
      outcome: became.conflict === undefined ? 'done' : 'conflict',
      conflict: became.conflict,
      detail: { ...said, ...(became.detail === undefined ? {} : { refusal: became.detail }) },
      receivedAt: work.now,
      resolvedAt: undefined,
      resolvedBy: undefined,
      resolution: undefined,
    },
    digest,
  );
}
