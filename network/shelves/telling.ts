import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import type { Point } from '../points/index.ts';
import { insertAction } from './action-store.ts';
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
  /** When it counts as having happened, not before what it follows. */
  readonly countedFrom: (notBefore: Instant | undefined) => Counted;
};
export type Taken = Promise<Outcome<SyncResult, string>>;

/** It counts, with a conflict beside it if there is one. */
export async function record(told: Told, parcel: ShelfParcel, conflict?: Conflict, counted?: Counted): Taken {
  if (conflict !== undefined) return keep(told, parcel, conflict, undefined, counted);
  if (!(await note(told, { parcel, counted }))) return refused(TWICE, '');
  return accepted({ clientId: told.action.clientId, outcome: 'done', shelfParcelId: parcel.id });
}

/** A person of the network is to look; what else is on record stays as it is. */
export async function keep(
  told: Told,
  parcel: ShelfParcel | undefined,
  conflict: Conflict,
  detail?: string,
  counted?: Counted,
): Taken {
  const { work, device, action } = told;
  if (!(await note(told, { parcel, conflict, detail, counted }))) return refused(TWICE, '');
  if (parcel !== undefined) {
    const after = { ...parcel, version: parcel.version + 1 };
    await saveParcel(work.db, after, [], work.now);
    tell({ work, point: device.point }, after, ShelfConflictFound, work.now, {
      conflict,
      deviceId: device.deviceId,
    });
  }
  const { clientId } = action;
  return accepted({ clientId, outcome: 'conflict', shelfParcelId: parcel?.id, conflict, detail });
}

function note(
  { work, device, action }: Told,
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
  return insertAction(
    work.db,
    device.point,
    {
      ...{ deviceId: device.deviceId, clientId, kind, number, occurredAt },
      countedAt: counted === undefined || counted.at === occurredAt ? undefined : counted.at,
      shelfParcelId: parcel?.id,
      outcome: conflict === undefined ? 'done' : 'conflict',
      conflict,
      detail: { ...said, ...(detail === undefined ? {} : { refusal: detail }) },
      receivedAt: work.now,
      ...{ resolvedAt: undefined, resolvedBy: undefined, resolution: undefined },
    },
    digestOf(action),
  );
}
