import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import type { Point } from '../points/index.ts';
import { type DeviceAction, insertAction, saveJudgedAgain } from './action-store.ts';
import type { DeviceActionInput } from './contract.ts';
import { digestOf, TWICE } from './device-action.ts';
import { ShelfConflictFound } from './events.ts';
import type { Clerk } from './handle.ts';
import type { ShelfParcel } from './model.ts';
import type { ShelfPorts } from './ports.ts';
import { tell } from './settle.ts';
import { saveParcel } from './store.ts';
import type { Conflict, Counted } from './sync.policy.ts';

export type SyncResult = {
  readonly clientId: string;
  readonly outcome: 'done' | 'already' | 'conflict' | 'refused';
  readonly shelfParcelId?: string | undefined;
  readonly conflict?: string | undefined;
  readonly detail?: string | undefined;
};
export type Device = {
  readonly deviceId: string;
  readonly clerk: Clerk;
  readonly point: Point;
  /** What its clock said as it sent, where it told. */
  readonly now: Instant | undefined;
};
/** An action on its way into the books. */
export type Told = {
  readonly work: Work;
  readonly ports: ShelfPorts;
  readonly device: Device;
  readonly action: DeviceActionInput;
  /** As it was kept, of one that is judged again. */
  readonly before?: DeviceAction | undefined;
  /** When it counts as having happened, not before what it follows. */
  readonly countedFrom: (notBefore: Instant | undefined) => Counted;
};
export type Taken = Promise<Outcome<SyncResult, string>>;

/** It counts, with a conflict beside it if there is one. */
export async function record(told: Told, parcel: ShelfParcel, conflict?: Conflict, counted?: Counted): Taken {
  if (!(await note(told, { parcel, conflict, counted }))) return refused(TWICE, '');
  if (conflict !== undefined) await tellConflict(told, parcel, conflict);
  return accepted(resultOf(told, parcel, conflict));
}

/** A person of the network is to look; what else is on record stays as it is. */
export async function keep(
  told: Told,
  parcel: ShelfParcel | undefined,
  conflict: Conflict,
  detail?: string,
): Taken {
  const { before } = told;
  // Judged again, it is told again only where more is known of it by now.
  if (before !== undefined && (conflict === 'unknown_parcel' || conflict === before.conflict))
    return accepted(asBefore(before));
  if (!(await note(told, { parcel, conflict, detail }))) return refused(TWICE, '');
  if (parcel !== undefined) await tellConflict(told, parcel, conflict);
  return accepted({ ...resultOf(told, parcel, conflict), detail });
}

/** Judged again, nothing has changed. */
export function asBefore({ clientId, shelfParcelId, conflict }: DeviceAction): SyncResult {
  return { clientId, outcome: 'conflict', shelfParcelId, conflict };
}

function resultOf(
  { action }: Told,
  parcel: ShelfParcel | undefined,
  conflict: Conflict | undefined,
): SyncResult {
  const outcome = conflict === undefined ? 'done' : 'conflict';
  return { clientId: action.clientId, outcome, shelfParcelId: parcel?.id, conflict };
}

async function tellConflict({ work, device }: Told, parcel: ShelfParcel, conflict: Conflict): Promise<void> {
  const after = { ...parcel, version: parcel.version + 1 };
  await saveParcel(work.db, after, [], work.now);
  tell({ work, point: device.point }, after, ShelfConflictFound, work.now, {
    conflict,
    deviceId: device.deviceId,
  });
}

async function note(
  { work, device, action, before }: Told,
  became: {
    readonly parcel: ShelfParcel | undefined;
    readonly conflict?: Conflict | undefined;
    readonly detail?: string | undefined;
    readonly counted?: Counted | undefined;
  },
): Promise<boolean> {
  // The recipient's name and phone stay on the device: people look at the parcel itself.
  const { recipient: _person, consent: _consent, clientId, kind, number, occurredAt, ...said } = action;
  const { parcel, conflict, detail, counted } = became;
  const noted = {
    ...{ deviceId: device.deviceId, clientId, kind, occurredAt, number: normaliseNumber(number) ?? number },
    countedAt: counted === undefined || counted.at === occurredAt ? undefined : counted.at,
    shelfParcelId: parcel?.id,
    outcome: conflict === undefined ? 'done' : 'conflict',
    conflict,
    detail: {
      ...(before?.detail ?? { ...said, ...(device.now === undefined ? {} : { deviceClock: device.now }) }),
      ...(detail === undefined ? {} : { refusal: detail }),
    },
  } as const;
  if (before !== undefined) {
    await saveJudgedAgain(work.db, device.point.organisationId, noted);
    return true;
  }
  const more = { receivedAt: work.now, resolvedAt: undefined, resolvedBy: undefined, resolution: undefined };
  return insertAction(work.db, device.point, { ...noted, ...more }, digestOf(action));
}
